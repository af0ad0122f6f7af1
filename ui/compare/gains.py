"""Who gains and who loses when one plan takes another's place, in sentences and as a table."""

import math
from collections.abc import Sequence

from calc.messages import Fact, Money, Name, Result, Sentence, Share
from calc.outcomes.difference import GapSide
from calc.outcomes.impact import Impact
from ui.charts.axes import Stage
from ui.model.profile import Scene
from ui.model.unit_name import unit_name
from ui.number_format import Formats
from ui.text.findings import place_in_words

MAX_STRETCHES = 4
"""Stretches that are told in sentences; the table has all."""
HARDLY_ANYBODY = 0.0005
"""A share of a team that is nobody."""


def gains_in_words(stage: Stage, sides: Sequence[GapSide], later: str, formats: Formats) -> list[Sentence]:
    """A sentence for every stretch on which one plan pays more; of many, for those that meet most."""
    if all(side.kind == "same" for side in sides):
        return [Sentence.of("Along this axis both plans pay the same, everywhere.")]
    apart = [side for side in sides if side.kind != "same"]
    met = sorted(apart, key=lambda side: (-(side.share or 0.0), -abs(_finite_money(side.most))))[:MAX_STRETCHES]
    return [_side_sentence(stage, side, later, formats) for side in sides if side in met]


def _finite_money(money: float) -> float:
    return money if math.isfinite(money) else 0.0


def _side_sentence(stage: Stage, side: GapSide, later: str, formats: Formats) -> Sentence:
    """Between 70 and 130 deals (54 % of the team) plan B pays up to $150 less, $90 on average."""
    facts: dict[str, Fact] = {}
    where = _where_in_words(stage.scene, side, facts)
    if side.share is not None and side.share < HARDLY_ANYBODY:
        where += " (nobody of the team)"
    elif side.share is not None:
        facts["share"] = Share(side.share)
        where += " ({share} of the team)"
    return Sentence.of(f"{where}, {later} pays {_money_in_words(stage.scene, side, facts, formats)}.", **facts)


def _money_in_words(scene: Scene, side: GapSide, facts: dict[str, Fact], formats: Formats) -> str:
    level = side.mean is not None and side.share is not None and side.share >= HARDLY_ANYBODY
    if level and side.mean is not None:
        facts["mean"] = Money(abs(side.mean))
    if math.isfinite(side.most):
        facts["most"] = Money(abs(side.most))
        most = f"{{most}} {side.kind}" if side.rate == 0 and _is_even(side) else f"up to {{most}} {side.kind}"
        return f"{most}, {{mean}} on average" if level and not _is_even(side) else _without_fact(most, facts)
    facts["rate"] = Money(abs(side.rate) * scene.step)
    unit = unit_name(scene, formats)
    facts["unit"] = Name(unit)
    each = f"{{rate}} {side.kind} with every further {{unit}}"
    return f"{{mean}} {side.kind} on average, and {each}" if level else each


def _is_even(side: GapSide) -> bool:
    """Whether it is the same amount everywhere on the stretch."""
    return side.mean is not None and abs(abs(side.mean) - abs(side.most)) <= 1e-6 * abs(side.most)


def _without_fact(text: str, facts: dict[str, Fact]) -> str:
    """The text, without the fact that it does not tell."""
    facts.pop("mean", None)
    return text


def _where_in_words(scene: Scene, side: GapSide, facts: dict[str, Fact]) -> str:
    """Below 70 deals; between 70 and 130 deals; from 130 deals on."""
    begins = math.isfinite(side.start) and not (scene.from_zero and side.start <= 0)
    lower = scene.kpi is not None and scene.kpi.better == "lower"
    best = lower and scene.from_zero and scene.kpi is not None and side.end >= float(scene.kpi.attainment(0.0))
    ends = math.isfinite(side.end) and not best
    if begins:
        facts["start"] = _place_fact(scene, side.start)
    if ends:
        facts["end"] = _place_fact(scene, side.end)
    of = " of target" if scene.kpi is None else ""
    if begins and ends:
        return f"Between {{start}} and {{end}}{of}"
    if begins:
        return f"From {{start}}{of} on"
    return f"{'Worse than' if lower else 'Below'} {{end}}{of}" if ends else "Everywhere"


def _place_fact(scene: Scene, attainment: float) -> Fact:
    return Share(attainment) if scene.kpi is None else Result(scene.kpi.result(attainment), scene.kpi.unit)


def whole_team(found: Impact, later: str, described: bool) -> Sentence:
    """Of the whole team, with every measure moving, how many earn more and how many less."""
    team = "Of the whole team" if described else "Of a team as teams usually are"
    if found.same > 1 - HARDLY_ANYBODY:
        return Sentence.of(f"{team}, everybody earns the same under {later}.")
    facts: dict[str, Fact] = {}
    parts = []
    for name, share, money in (("more", found.more, found.gain), ("less", found.less, found.loss)):
        if share >= HARDLY_ANYBODY:
            facts |= {name: Share(share), f"{name}_by": Money(money)}
            parts.append(f"{{{name}}} earn {name} ({{{name}_by}} on average)")
    if found.same >= HARDLY_ANYBODY:
        facts["same"] = Share(found.same)
        parts.append("{same} the same")
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return Sentence.of(f"{team}, with every measure moving, {listed}.", **facts)


GAIN_HEADS = ("From", "To", "{a} pays", "{b} pays", "Difference", "Of the team")


def gain_rows(stage: Stage, sides: Sequence[GapSide], later: str, formats: Formats) -> list[list[str]]:
    """The difference as a table: every stretch on which one plan pays more, with both plans' pay at its ends."""
    return [_gain_row(stage, side, later, formats) for side in sides]


def _gain_row(stage: Stage, side: GapSide, later: str, formats: Formats) -> list[str]:
    assert stage.beside is not None
    own, other = (_pay_ends(curve, side, formats) for curve in (stage.scene.curve, stage.beside))
    a, b = (other, own) if later == "own" else (own, other)
    share = "–" if side.share is None else formats.share(round(side.share, 3))
    gap = "the same"
    if math.isinf(side.most):
        gap = f"{formats.gain(side.rate * stage.scene.step)} for each {unit_name(stage.scene, formats)}"
    elif side.kind != "same":
        gap = f"up to {formats.gain(side.most)}"
    return [_end_text(stage.scene, side.start, formats), _end_text(stage.scene, side.end, formats), a, b, gap, share]


def _pay_ends(curve, side: GapSide, formats: Formats) -> str:  # type: ignore[no-untyped-def]
    pays = [
        formats.money(float(curve(x, limit)))
        for x, limit in ((side.start, "right"), (side.end, "left"))
        if math.isfinite(x)
    ]
    return " → ".join(dict.fromkeys(pays)) if math.isfinite(side.end) else f"{' → '.join(pays)} → …"


def _end_text(scene: Scene, attainment: float, formats: Formats) -> str:
    return "–" if math.isinf(attainment) else place_in_words(scene, attainment, formats)
