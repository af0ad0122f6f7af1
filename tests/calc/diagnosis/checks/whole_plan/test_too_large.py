"""Too large to be looked through: said at once, instead of after minutes."""

import pytest

from calc import names
from calc.diagnosis.checks.whole_plan import too_large
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import planfile
from calc.documents.planfile import Preset
from tests.calc.diagnosis.checks.cases import text
from tests.calc.diagnosis.checks.situation import found, kpi, situation
from ui.charts.axes import Stage
from ui.charts.handles import handles_of
from ui.charts.palette import palette_of
from ui.model.profile import Scene
from ui.number_format import Formats


def of(measures: int, entries: int = 0, gates: int = 0, modifiers: int = 0) -> Preset:
    """A plan of so many measures, with payout tables of so many entries, or bands."""
    table = [[round((n + 1) / 100, 4), round(n / 100, 4)] for n in range(entries)]
    curve = {"kind": "steps", "steps": table} if entries else {"kind": "band", "floor": 0.5}
    weights = [1 - (measures - 1) * round(1 / measures, 9)] + [round(1 / measures, 9)] * (measures - 1)
    kpis = [kpi(f"k{n}", weight, curve=curve) for n, weight in enumerate(weights)]
    gated = [{"kpi": "k0", "at_least": 0.5, "closes": "plan", "keeps": 0.9}] * gates
    steps = {"kind": "steps", "steps": [[0, 0.9], [1, 1.1]]}
    moved = [{"kpi": "k0", "multiplies": "plan", "curve": steps}] * modifiers
    return situation(*kpis, gates=gated, modifiers=moved)


@pytest.mark.parametrize(
    ("preset", "large"),
    [
        (of(40), False),
        (of(41), True),
        (of(1, 200), False),
        (of(20, 10), False),
        (of(20, 11), True),
        (of(12, 0, 20, 20), False),
        (of(12, 0, 50, 30), True),
        (of(200), True),
    ],
    ids=["40 bands", "41", "a table of 200", "20 tables of 10", "of 11", "a dozen, 40 conditions", "80", "200 bands"],
)
def test_both_sides_of_the_limit(preset: Preset, large: bool) -> None:
    assert [f.severity for f in found("too_large", preset)] == ["alarm"] * large


def test_nothing_else_is_looked_for() -> None:
    (finding,) = diagnose_preset(of(200, 2, 50, 50))
    assert finding.check == "too_large"
    assert text(finding.title) == "Is too large to be looked through: 550 breaks"
    assert "200 measures, 550 breaks in what they pay and 100 gates and modifiers" in text(finding.says)


@pytest.mark.parametrize("name", names())
def test_no_preset_comes_near(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(too_large, "MAX_WORK", too_large.MAX_WORK / 5)
    assert not found("too_large", planfile.load_preset(name))


def test_a_plan_that_is_too_large_is_not_dragged() -> None:
    for preset, count in ((of(40), 3), (of(41), 0)):
        scene = Scene(preset.plan, "k0", {}, preset.team)
        stage = Stage(scene, scene, Formats(), palette_of("light"))
        assert sum(bool(handle.word) for handle in handles_of(stage, preset, preset)) == count
