"""The payout table as CSV: what the plan pays along every KPI, the others where the rep stands.

Numbers are numbers with a point, money in units of the currency; cells that a spreadsheet would run as a formula are
made harmless by an apostrophe. UTF-8 with a mark and lines that end in CRLF, so that a spreadsheet opens it as it is.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.zones import Zone, zones
from ui.report.size import is_small
from ui.report.words.exact import Exact
from ui.report.words.pay_examples import step_sides
from ui.report.words.walk import by_result, step_of

PARTING = r"(?<=\S)([;,|\t\r\n])"
"""What parts cells in one spreadsheet or another."""
STEP = 0.05
"""Between two rows [attainment]."""
BEYOND = 0.25
"""How far the table goes beyond the last break of the plan, and beyond the target [attainment]."""
TOGETHER = 25
"""KPIs that are paid at once."""
LAST_FULL_STEP = 10.0
"""Attainment up to which every step has its row; farther breaks have theirs alone."""
TABLE_HEADS = (
    "KPI",
    "Unit",
    "Result",
    "Attainment (1 = target)",
    "Pay of the whole plan",
    "Pay for this KPI",
    "Next step",
    "Pay for the next step",
    "Here",
    "Currency",
)
ZONE_WORDS = {"zero": "pays nothing", "flat": "no more", "climb": "climbs", "drop": "more earns less", "cliff": "jumps"}
DANGEROUS = tuple("=+-@\t\r\n|%")
"""What a spreadsheet may read as the start of a formula, or of a command."""


@dataclass(frozen=True)
class PayoutRow:
    """One place along a KPI: result [KPI unit], attainment, pay [money] of the plan and for this KPI, and onward."""

    kpi: Kpi
    result: float
    attainment: float
    pay: float
    own: float
    step: float
    onward: float
    here: str


def payout_rows(plan: Plan, at: Mapping[str, float]) -> list[PayoutRow]:
    """The table, KPI by KPI; a KPI that is not named stands at its target [at: KPI units]."""
    groups = (plan.kpis[i : i + TOGETHER] for i in range(0, len(plan.kpis), TOGETHER))
    return [row for group in groups for row in _paid_rows(plan, group, plan.standing(at), STEP)]


def rows_along_kpi(plan: Plan, kpi: Kpi, at: Mapping[str, float], every: float = STEP) -> list[PayoutRow]:
    """The rows of one KPI.

    Args:
        plan: the plan.
        kpi: the KPI that moves.
        at: where the rep stands on the others [KPI units], else at target.
        every: between two rows [attainment].
    """
    return _paid_rows(plan, (kpi,), plan.standing(at), every)


def _paid_rows(plan: Plan, kpis: Sequence[Kpi], standing: Mapping[str, float], every: float) -> list[PayoutRow]:
    """The rows of some KPIs, paid all at once."""
    found = [(kpi, x) for kpi in kpis for x in row_places(plan, kpi, standing, every)]
    there = [_results_with(plan, standing, kpi, x) for kpi, x in found]
    pays, parts = plan.pay(there), plan.split(there)
    nexts = plan.pay([_results_with(plan, standing, kpi, neat_number(x + kpi.sign * step_of(kpi))) for kpi, x in found])
    known = {kpi.id: zones(plan, kpi.id, standing) if is_small(plan) else () for kpi in kpis}
    made = []
    for (kpi, x), pay, after, own in zip(found, pays, nexts, parts, strict=True):
        place = round(float(kpi.attainment(x)), 9) + 0.0
        more = round(float(after - pay), plan.minor) + 0.0
        here, part = _zone_here(kpi, known[kpi.id], x, float(pay)), float(own[plan.ids.index(kpi.id)]) + 0.0
        made.append(PayoutRow(kpi, x, place, float(pay) + 0.0, part, step_of(kpi), more, here))
    return made


def _results_with(plan: Plan, standing: Mapping[str, float], kpi: Kpi, result: float) -> list[float]:
    return [result if name == kpi.id else standing[name] for name in plan.ids]


def row_places(plan: Plan, kpi: Kpi, standing: Mapping[str, float], every: float = STEP) -> list[float]:
    """Results that have a row: evenly to beyond the last break, every break, both sides of every jump, the rep's."""
    curve, way = _curve_for(plan, kpi, standing), by_result(kpi, Exact())
    breaks = [piece.start for piece in curve.pieces()[1:]]
    ends = [float(kpi.attainment(kpi.sign * b)) for b in breaks]
    last = max([1.0, *(a for a in ends if a <= LAST_FULL_STEP)]) + BEYOND
    counted = math.isfinite(way.start) or math.isfinite(way.end)
    first = 0.0 if counted else min([0.0, *(a for a in ends if a >= -LAST_FULL_STEP)]) - BEYOND
    count = math.floor((last - first) / every + 1e-9)
    found = {neat_number(kpi.sign * kpi.result(round(first + i * every, 9))) for i in range(count + 1)}
    found |= {*breaks, kpi.sign * standing[kpi.id]}
    found |= {x for jump in curve.jumps() for x in step_sides(curve, jump.at, way.step)}
    return [neat_number(x * kpi.sign) + 0.0 for x in sorted(found) if way.start <= x <= way.end]


def _curve_for(plan: Plan, kpi: Kpi, standing: Mapping[str, float]) -> Curve:
    """The plan along a KPI; of a plan too large for that, what the KPI pays by itself."""
    if is_small(plan) or kpi.grid is not None:
        return kpi.from_worse(plan.along(kpi.id, standing))
    return kpi.from_worse(kpi.by_result)


def _zone_here(kpi: Kpi, known: Iterable[Zone], result: float, pay: float) -> str:
    """The zone that a result lies in; of two that meet there, the one that pays what is paid there."""
    place = kpi.sign * result
    around = [zone for zone in known if zone.kind != "cliff" and _zone_spans(kpi, zone, place)]
    if len(around) > 1:
        around.sort(key=lambda zone: (abs(_edge_pay(kpi, zone, place) - pay), -_zone_low(kpi, zone)))
    return ZONE_WORDS[around[0].kind] if around else ""


def _zone_low(kpi: Kpi, zone: Zone) -> float:
    return -math.inf if zone.start_result is None else kpi.sign * zone.start_result


def _zone_spans(kpi: Kpi, zone: Zone, place: float) -> bool:
    high = math.inf if zone.end_result is None else kpi.sign * zone.end_result
    return _zone_low(kpi, zone) - 1e-9 * kpi.span <= place <= high + 1e-9 * kpi.span


def _edge_pay(kpi: Kpi, zone: Zone, place: float) -> float:
    """What a zone pays at the one of its ends that a place is."""
    starts = abs(_zone_low(kpi, zone) - place) <= 1e-9 * kpi.span
    pay = zone.pay_start if starts else zone.pay_end
    return math.inf if pay is None else pay


def csv_of(plan: Plan, at: Mapping[str, float]) -> bytes:
    """The table as a file."""
    lines = [",".join(map(_quote_cell, TABLE_HEADS))]
    for row in payout_rows(plan, at):
        words = [_quote_cell(row.kpi.name or row.kpi.id), _quote_cell(row.kpi.unit)]
        numbers = [
            _number_cell(row.result),
            _number_cell(row.attainment),
            _money_cell(row.pay, plan),
            _money_cell(row.own, plan),
        ]
        numbers += [_number_cell(row.step), _money_cell(row.onward, plan)]
        lines.append(",".join([*words, *numbers, _quote_cell(row.here), _quote_cell(plan.currency)]))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _quote_cell(text: str) -> str:
    """Text as a cell that is always quoted."""
    doubled = harmless_cell(text).replace('"', '""')
    return f'"{doubled}"'


def _number_cell(value: float) -> str:
    """A number with a point and no exponent, in as many digits as it has."""
    return format(Decimal(repr(value + 0.0)).normalize(), "f") if value else "0"


def _money_cell(value: float, plan: Plan) -> str:
    text = f"{value:.{plan.minor}f}"
    return text.lstrip("-") if not float(text) else text


def harmless_cell(text: str) -> str:
    """Somebody's text as a cell that no spreadsheet runs, nor any part of it where a spreadsheet parts cells elsewhere.

    >>> harmless_cell("=1+1"), harmless_cell("Deals"), harmless_cell("  @SUM(A1)"), harmless_cell("a;=SUM(1);")
    ("'=1+1", 'Deals', "'  @SUM(A1)", "a;'=SUM(1);")
    """
    first, *rest = re.split(PARTING, text)
    return (
        ("'" if _may_run(text) else "")
        + first
        + "".join(
            f"{mark}'{part}" if _may_run(part) else mark + part
            for mark, part in zip(rest[::2], rest[1::2], strict=True)
        )
    )


def _may_run(text: str) -> bool:
    """Whether a spreadsheet may run a cell of this text."""
    bare = unicodedata.normalize("NFKC", text)
    while bare and bare[0] not in DANGEROUS and (bare[0] in "\"'`" or unicodedata.category(bare[0])[0] in "ZC"):
        bare = bare[1:]
    return bare.startswith(DANGEROUS) or bare.startswith("−") or text[:1] in DANGEROUS
