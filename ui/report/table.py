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
from calc.plan.mechanics import Matrix
from calc.plan.plan import Plan
from calc.plan.zones import Zone, zones
from ui.report.exact import Exact
from ui.report.plan_in_words import sides
from ui.report.size import small
from ui.report.walk import by_result, oriented, step_of

PARTING = r"(?<=\S)([;,|\t\r\n])"
"""What parts cells in one spreadsheet or another."""
STEP = 0.05
"""Between two rows [attainment]."""
BEYOND = 0.25
"""How far the table goes beyond the last break of the plan, and beyond the target [attainment]."""
TOGETHER = 25
"""KPIs that are paid at once."""
FARTHEST = 10.0
"""Attainment up to which every step has its row; farther breaks have theirs alone."""
HEADS = (
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
HERE = {"zero": "pays nothing", "flat": "no more", "climb": "climbs", "drop": "more earns less", "cliff": "jumps"}
DANGEROUS = tuple("=+-@\t\r\n|%")
"""What a spreadsheet may read as the start of a formula, or of a command."""


@dataclass(frozen=True)
class Row:
    """One place along a KPI: result [KPI unit], attainment, pay [money] of the plan and for this KPI, and onward."""

    kpi: Kpi
    result: float
    attainment: float
    pay: float
    own: float
    step: float
    onward: float
    here: str


def rows(plan: Plan, at: Mapping[str, float]) -> list[Row]:
    """The table, KPI by KPI; a KPI that is not named stands at its target [at: KPI units]."""
    groups = (plan.kpis[i : i + TOGETHER] for i in range(0, len(plan.kpis), TOGETHER))
    return [row for group in groups for row in _paid(plan, group, plan.standing(at), STEP)]


def along(plan: Plan, kpi: Kpi, at: Mapping[str, float], every: float = STEP) -> list[Row]:
    """The rows of one KPI.

    Args:
        plan: the plan.
        kpi: the KPI that moves.
        at: where the rep stands on the others [KPI units], else at target.
        every: between two rows [attainment].
    """
    return _paid(plan, (kpi,), plan.standing(at), every)


def _paid(plan: Plan, kpis: Sequence[Kpi], standing: Mapping[str, float], every: float) -> list[Row]:
    """The rows of some KPIs, paid all at once."""
    found = [(kpi, x) for kpi in kpis for x in places(plan, kpi, standing, every)]
    there = [_moved(plan, standing, kpi, x) for kpi, x in found]
    pays, parts = plan.pay(there), plan.split(there)
    nexts = plan.pay([_moved(plan, standing, kpi, neat_number(x + kpi.sign * step_of(kpi))) for kpi, x in found])
    known = {kpi.id: zones(plan, kpi.id, standing) if small(plan) else () for kpi in kpis}
    made = []
    for (kpi, x), pay, after, own in zip(found, pays, nexts, parts, strict=True):
        place = round(float(kpi.attainment(x)), 9) + 0.0
        more = round(float(after - pay), plan.minor) + 0.0
        here, part = _here(kpi, known[kpi.id], x, float(pay)), float(own[plan.ids.index(kpi.id)]) + 0.0
        made.append(Row(kpi, x, place, float(pay) + 0.0, part, step_of(kpi), more, here))
    return made


def _moved(plan: Plan, standing: Mapping[str, float], kpi: Kpi, result: float) -> list[float]:
    return [result if name == kpi.id else standing[name] for name in plan.ids]


def places(plan: Plan, kpi: Kpi, standing: Mapping[str, float], every: float = STEP) -> list[float]:
    """Results that have a row: evenly to beyond the last break, every break, both sides of every jump, the rep's."""
    curve, way = _curve(plan, kpi, standing), by_result(kpi, Exact())
    breaks = [piece.start for piece in curve.pieces()[1:]]
    ends = [float(kpi.attainment(kpi.sign * b)) for b in breaks]
    last = max([1.0, *(a for a in ends if a <= FARTHEST)]) + BEYOND
    counted = math.isfinite(way.start) or math.isfinite(way.end)
    first = 0.0 if counted else min([0.0, *(a for a in ends if a >= -FARTHEST)]) - BEYOND
    count = math.floor((last - first) / every + 1e-9)
    found = {neat_number(kpi.sign * kpi.result(round(first + i * every, 9))) for i in range(count + 1)}
    found |= {*breaks, kpi.sign * standing[kpi.id]}
    found |= {x for jump in curve.jumps() for x in sides(curve, jump.at, way.step)}
    return [neat_number(x * kpi.sign) + 0.0 for x in sorted(found) if way.start <= x <= way.end]


def _curve(plan: Plan, kpi: Kpi, standing: Mapping[str, float]) -> Curve:
    """The plan along a KPI; of a plan too large for that, what the KPI pays by itself."""
    if small(plan) or isinstance(kpi.curve, Matrix):
        return oriented(plan.along(kpi.id, standing), kpi)
    return oriented(kpi.by_result, kpi)


def _here(kpi: Kpi, known: Iterable[Zone], result: float, pay: float) -> str:
    """The zone that a result lies in; of two that meet there, the one that pays what is paid there."""
    place = kpi.sign * result
    around = [zone for zone in known if zone.kind != "cliff" and _spans(kpi, zone, place)]
    if len(around) > 1:
        around.sort(key=lambda zone: (abs(_edge(kpi, zone, place) - pay), -_low(kpi, zone)))
    return HERE[around[0].kind] if around else ""


def _low(kpi: Kpi, zone: Zone) -> float:
    return -math.inf if zone.start_result is None else kpi.sign * zone.start_result


def _spans(kpi: Kpi, zone: Zone, place: float) -> bool:
    high = math.inf if zone.end_result is None else kpi.sign * zone.end_result
    return _low(kpi, zone) - 1e-9 * kpi.span <= place <= high + 1e-9 * kpi.span


def _edge(kpi: Kpi, zone: Zone, place: float) -> float:
    """What a zone pays at the one of its ends that a place is."""
    starts = abs(_low(kpi, zone) - place) <= 1e-9 * kpi.span
    pay = zone.pay_start if starts else zone.pay_end
    return math.inf if pay is None else pay


def csv_of(plan: Plan, at: Mapping[str, float]) -> bytes:
    """The table as a file."""
    lines = [",".join(map(_quoted, HEADS))]
    for row in rows(plan, at):
        words = [_quoted(row.kpi.name or row.kpi.id), _quoted(row.kpi.unit)]
        numbers = [_number(row.result), _number(row.attainment), _money(row.pay, plan), _money(row.own, plan)]
        numbers += [_number(row.step), _money(row.onward, plan)]
        lines.append(",".join([*words, *numbers, _quoted(row.here), _quoted(plan.currency)]))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _quoted(text: str) -> str:
    """Text as a cell that is always quoted."""
    doubled = harmless(text).replace('"', '""')
    return f'"{doubled}"'


def _number(value: float) -> str:
    """A number with a point and no exponent, in as many digits as it has."""
    return format(Decimal(repr(value + 0.0)).normalize(), "f") if value else "0"


def _money(value: float, plan: Plan) -> str:
    text = f"{value:.{plan.minor}f}"
    return text.lstrip("-") if not float(text) else text


def harmless(text: str) -> str:
    """Somebody's text as a cell that no spreadsheet runs, nor any part of it where a spreadsheet parts cells elsewhere.

    >>> harmless("=1+1"), harmless("Deals"), harmless("  @SUM(A1)"), harmless("a;=SUM(1);")
    ("'=1+1", 'Deals', "'  @SUM(A1)", "a;'=SUM(1);")
    """
    first, *rest = re.split(PARTING, text)
    return (
        ("'" if _runs(text) else "")
        + first
        + "".join(
            f"{mark}'{part}" if _runs(part) else mark + part for mark, part in zip(rest[::2], rest[1::2], strict=True)
        )
    )


def _runs(text: str) -> bool:
    """Whether a spreadsheet may run a cell of this text."""
    bare = unicodedata.normalize("NFKC", text)
    while bare and bare[0] not in DANGEROUS and (bare[0] in "\"'`" or unicodedata.category(bare[0])[0] in "ZC"):
        bare = bare[1:]
    return bare.startswith(DANGEROUS) or bare.startswith("−") or text[:1] in DANGEROUS
