"""Examples of what a plan pays, at round places and on both sides of every jump; the parts that they are told in."""

import math
from dataclasses import dataclass

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from ui.report.size import is_small, measures_shown
from ui.report.words.exact import Exact
from ui.report.words.walk import by_result
from ui.text.documents import Table

ROUND = (0.8, 1.0, 1.2)
"""Attainments that are shown as examples."""


@dataclass(frozen=True)
class PayExample:
    """What the whole plan pays for one result [KPI unit] of a KPI, everything else on target."""

    kpi: str
    result: float
    pays: float


@dataclass(frozen=True)
class Part:
    """A heading, what is told under it, and what of it is a table; with the examples that the sentences show."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    examples: tuple[PayExample, ...] = ()


def pay_examples(plan: Plan, kpi: Kpi) -> tuple[PayExample, ...]:
    """What the plan pays at round places of a KPI that pays."""
    if not kpi.paid or (not is_small(plan) and kpi not in measures_shown(plan)):
        return ()
    results = dict.fromkeys(neat_number(kpi.result(place)) + 0.0 for place in ROUND)
    return tuple(_example_at(plan, kpi, result) for result in results)


def jump_examples(plan: Plan, kpi: Kpi) -> list[tuple[PayExample, PayExample]]:
    """What the plan pays on both sides of every jump along a KPI."""
    if not is_small(plan):
        return []
    curve, way = kpi.from_worse(plan.along(kpi.id)), by_result(kpi, Exact())
    found: dict[tuple[float, float], tuple[PayExample, PayExample]] = {}
    for jump in curve.jumps():
        low, high = step_sides(curve, jump.at, way.step)
        if low >= way.start:
            pair = (_example_at(plan, kpi, low * kpi.sign), _example_at(plan, kpi, high * kpi.sign))
            found |= {(low, high): pair} if pair[0].pays != pair[1].pays else {}
    return list(found.values())


def step_sides(curve: Curve, at: float, step: float) -> tuple[float, float]:
    """The last whole step that comes short of a jump, and the first that has made it."""
    made = abs(float(curve(at)) - float(curve(at, "right"))) <= abs(float(curve(at)) - float(curve(at, "left")))
    low = (math.ceil(round(at / step, 6)) - 1) * step if made else math.floor(round(at / step, 6)) * step
    return neat_number(low), neat_number(low + step)


def _example_at(plan: Plan, kpi: Kpi, result: float) -> PayExample:
    result = neat_number(result) + 0.0
    results = [result if k.id == kpi.id else k.target for k in plan.kpis]
    return PayExample(kpi.id, result, float(plan.pay(results)))
