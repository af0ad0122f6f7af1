"""Plan files with terms that nobody means: each is refused in sentences, or it can be paid and shown everywhere.

What is accepted pays what an independent oracle of plain ifs pays, along every KPI as in every result, and can be
checked, drawn, told, linked, written and compared without an exception.
"""

import copy
import math
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from calc import Refused
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import link, planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.documents.toml_text import toml_of
from calc.outcomes.budget import expected_budget
from calc.piecewise.pieces import NotALine
from tests import oracle
from ui.charts.axes import Stage
from ui.charts.figure import stage_figure
from ui.charts.handles import handles_of
from ui.charts.palette import LIGHT_PALETTE
from ui.model.knobs import kpi_knobs, plan_knobs, stand_knob
from ui.model.profile import ALL_MEASURES, Scene
from ui.number_format import Formats
from ui.report import page, table
from ui.report.words.plan_in_words import plan_in_words
from ui.text.differences import changes_between
from ui.text.findings import headline_of, in_html
from ui.text.words import describe_picture, scene_figures, zone_rows

WILD: tuple[Any, ...] = (
    *(0, 0.0, -0.0, 1, -1, 0.5, 2, 100, 0.1 + 0.2, 1 / 3, 1e-12, 1e-9, 1e-6, -1e-9, 1e6, 1e9, 1e12, 1e15, -1e15, 1e16),
    *(1e300, 1e-300, 0.7, 0.999999999, 1.0000000001, 20, 200, -0.5, math.inf, math.nan, 10**30),
    *("", "x", "plan", "deals", "higher", "lower", "zero", "extend", "above", "result", "money", "step", "lognormal"),
    *(True, False, [], {}, [0], [[1, 1]], [[0, 0], [1, 1]], [[0, 0], [1, -1]], ["deals"]),
)
STORY = ("title", "description", "source", "example", "expects", "cured_by", "reps", "behaviour", "practice")
CLOSE = 1e-6
"""How far the oracle may be from the pay, of the largest amount in it: far less than a cent of any incentive."""
SLOW = 2.0
"""What a plan that is no larger than a preset may take on one surface [s of this process]."""
SLOW_REPORT = 15.0
"""What it may take with its report, in which the effort model answers several times."""


@cache
def _starts() -> tuple[dict[str, Any], ...]:
    """The presets as documents, without their stories."""
    whole = [
        planfile.plan_document(planfile.load_preset(name)) for name in planfile.preset_names() if name != "hundred-kpis"
    ]
    return tuple({key: value for key, value in one.items() if key not in STORY} for one in whole)


def document(dice: random.Random) -> dict[str, Any]:
    """A preset with some of its terms replaced, taken away, doubled or exchanged."""
    found = copy.deepcopy(dice.choice(_starts()))
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 5))):
        _change(dice, found)
    return found


def _change(dice: random.Random, whole: dict[str, Any]) -> None:
    places = list(_places(whole))
    holder, key = dice.choice(places)
    act = dice.random()
    numbers = [(where, name) for where, name in places if type(where[name]) in (int, float)]
    if act < 0.6 and numbers:
        holder, key = dice.choice(numbers)
        near = [holder[key] * f for f in (0, -1, 1e-9, 1e-3, 0.5, 0.999999999, 1.5, 10, 1e6, 1e12)]
        holder[key] = dice.choice([*near, *near, *[value for value in WILD if type(value) in (int, float)]])
    elif act < 0.75:
        holder[key] = copy.deepcopy(dice.choice(WILD))
    elif act < 0.85:
        del holder[key]
    elif isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        other, where = dice.choice(list(_places(whole)))
        holder[key] = copy.deepcopy(other[where])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document: what holds it, and its key there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(items):
        yield value, key
        yield from _places(part)


def results(dice: random.Random, preset: Preset) -> list[float]:
    """Results of a rep: on and around target, at nothing, and far off."""
    at = dice.choice((0.0, 0.5, 0.7, 0.999999999, 1.0, 1.0, 1.1, 1.5, 2.0, 3.7, 50.0, -1.0))
    spots = (at, at, dice.choice((0.0, 0.85, 1.0, 1.2)), dice.uniform(0, 2.5))
    return [k.result(dice.choice(spots)) for k in preset.plan.kpis]


def wrong_pay(dice: random.Random, whole: dict[str, Any], preset: Preset) -> str | None:
    """How a plan pays otherwise than the oracle, or along a KPI otherwise than in a result."""
    plan, given = preset.plan, results(dice, preset)
    at = dict(zip(plan.ids, given, strict=True))
    payout = float(plan.payout(given))
    size = 1.0 + abs(payout) + max(abs(float(plan.along(i, at).values[0])) for i in plan.ids)
    for name in plan.ids:
        along = float(plan.along(name, at)(at[name]))
        if abs(along - payout) > CLOSE * size:
            return f"along {name} it pays {along!r}, and {payout!r} at {at}"
    if not plan.pay_below_zero and float(plan.pay(given)) < 0:
        return f"it pays below zero at {at}"
    meant = {key: whole.get(key, []) for key in ("kpis", "gates", "modifiers")} | {"plan": whole.get("plan", {})}
    expected = oracle.pays(oracle.Rep(_as_read(meant), at, {})).total
    paid = float(np.asarray(payout * plan.incentive))
    if abs(paid - expected) > CLOSE * size * max(plan.incentive, abs(expected)):
        return f"it pays {paid!r}, and the oracle {expected!r} at {at}"
    return None


def _as_read(whole: dict[str, Any]) -> dict[str, Any]:
    """A document with ids as lists, as the oracle wants them."""
    return whole


def surfaces(preset: Preset, at: dict[str, float], *, report: bool) -> Iterator[str]:
    """Goes through everything that is shown of a plan; yields what each part is called after it was made."""
    plan, formats = preset.plan, Formats("en_US", preset.plan.currency, preset.plan.minor)
    view = View(preset, at=at)
    found = diagnose_preset(preset, at)
    yield "check"
    said = tuple(in_html(part, formats) for part in headline_of(preset, found))
    for one in found:
        in_html(one.title, formats), in_html(one.says, formats), in_html(one.do, formats)
    yield "headline"
    budget = expected_budget(plan, preset.team)
    for along in (*plan.ids[:3], ALL_MEASURES):
        scene = Scene(plan, along, at, preset.team)
        try:
            bool(scene.curve)
        except NotALine:
            if along != ALL_MEASURES:
                raise
            continue
        stage = Stage(scene, Scene(plan, along, {}, preset.team), formats, LIGHT_PALETTE, lane=along != ALL_MEASURES)
        (
            stage_figure(stage),
            scene_figures(scene, budget, formats),
            describe_picture(scene, said, formats),
            zone_rows(scene, formats),
        )
        if scene.kpi is not None:
            handles_of(stage, preset, preset)
            stand_knob(scene, scene.kpi, scene.kpi, formats), kpi_knobs(preset, preset, scene.kpi, formats)
        yield f"picture along {along}"
    plan_knobs(preset, preset), plan_in_words(plan, formats), table.csv_of(plan, at)
    yield "words and table"
    for one in found:
        if one.cure is not None:
            changes_between(preset, one.cure.after, "en_US")
    yield "cures"
    if report:
        page.report_page(view, formats, "https://example.org/", date(2026, 11, 27))
        yield "report"


def there_and_back(preset: Preset, at: dict[str, float]) -> str | None:
    """How a plan is another one after it was written, or linked."""
    if planfile.loads(planfile.dumps(preset)) != preset:
        return "it is another one after it was written"
    query = link.encode_view(View(preset, at=at))
    if link.too_long(query) is None:
        opened = link.decode_link(query)
        if opened.dropped or opened.view.preset.plan != preset.plan:
            return f"it is another one after it was linked: {opened.dropped}"
    return None


def largest_documents() -> dict[str, dict[str, Any]]:
    """Plans that have as much of one thing as a plan may have, by what that is."""
    steps = [round(0.1 + n / 25, 2) for n in range(50)]
    payouts = [[round((i + j) / 98, 4) for j in range(50)] for i in range(50)]
    grid = {"kind": "matrix", "with": "csat", "rows": steps, "columns": steps, "payouts": payouts}
    points = {"kind": "points", "points": [[round(n / 100, 2), round(n / 150, 4)] for n in range(200)]}
    measured = [{"id": "csat", "target": 85, "weight": 0}]

    def plan(curve: dict[str, Any], count: int) -> dict[str, Any]:
        paid = [{"id": f"k{n}", "target": 99.5, "weight": 1 / count, "curve": curve} for n in range(count)]
        return {"plan": {"target_incentive": 1000}, "kpis": [*paid, *measured]}

    return {"a grid": plan(grid, 1), "ten grids": plan(grid, 10), "fifty curves of points": plan(points, 50)}


def run_largest() -> list[str]:
    """What is wrong with the largest plans: they can be made, so their own files can be read."""
    wrong = []
    for name, whole in largest_documents().items():
        try:
            fault = there_and_back(planfile.parse_plan(whole), {})
        except Refused as refused:
            fault = f"its own file is refused: {refused}"
        wrong += [f"{name}: {fault}"] if fault else []
    return wrong


def outcome(seed: int, *, deep: bool, report: bool = False) -> tuple[str, str]:
    """What becomes of one plan file, and what is wrong with that."""
    dice = random.Random(seed)
    whole = document(dice)
    start = time.process_time()
    part = "read"
    try:
        try:
            preset = planfile.loads(toml_of(whole))
        except Refused as refused:
            bad = [one for one in refused.sentences if not one or "Traceback" in one or len(one) > 600]
            return ("refused", f"a sentence that nobody reads: {bad[0][:200]}") if bad else ("refused", "")
        part = "pay"
        wrong = wrong_pay(dice, whole, preset)
        if wrong:
            return "accepted", f"wrong pay: {wrong}"
        if deep:
            at = {k.id: value for k, value in zip(preset.plan.kpis, results(dice, preset), strict=True)}
            at = {name: value for name, value in at.items() if value != preset.plan.kpi(name).target}
            part = "there and back"
            wrong = there_and_back(preset, at)
            if wrong:
                return "accepted", wrong
            for done in surfaces(preset, at, report=report):
                part = f"after {done}"
    except Exception as error:  # noqa: BLE001
        return "failed", f"{part}: {type(error).__name__}: {error}"
    took = time.process_time() - start
    return ("accepted and shown" if deep else "accepted"), f"took {took:.1f} s" if took > (
        SLOW_REPORT if report else SLOW
    ) else ""


def run(seed: int, count: int, every: int = 10) -> tuple[Counter[str], list[str]]:
    """So many plan files: counts by outcome, and what was wrong, each with the seed that makes it again.

    Args:
        every: one in so many of them is shown on all surfaces, and one in ten of these as a report.
    """
    counts: Counter[str] = Counter()
    wrong = []
    for number in range(seed, seed + count):
        what, fault = outcome(number, deep=number % every == 0, report=number % (10 * every) == 0)
        counts[what] += 1
        if fault:
            wrong.append(f"plan file {number}: {fault}")
    return counts, wrong
