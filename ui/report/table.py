"""The payout table as CSV: what the plan pays along every KPI, the others where the rep stands.

Numbers are numbers with a point, money in units of the currency; cells that a spreadsheet would run as a formula are
made harmless by an apostrophe. UTF-8 with a mark and lines that end in CRLF, so that a spreadsheet opens it as it is.
"""

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calc.kpi import Kpi
from calc.plan import Plan
from calc.rows import neat
from calc.zones import Zone, zones
from ui.report.exact import Exact
from ui.report.told import sides
from ui.report.walk import by_result, oriented, step_of

STEP = 0.05
"""Between two rows [attainment]."""
BEYOND = 0.25
"""How far the table goes beyond the last break of the plan, and beyond the target [attainment]."""
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


def rows(plan: Plan, at: Mapping[str, float], every: float = STEP) -> list[Row]:
    """The table, KPI by KPI.

    Args:
        plan: the plan.
        at: where the rep stands [KPI units]; a KPI not named stands at its target.
        every: between two rows [attainment].
    """
    standing = plan.standing(at)
    return [row for kpi in plan.kpis for row in _along(plan, kpi, standing, places(plan, kpi, standing, every))]


def _along(plan: Plan, kpi: Kpi, standing: Mapping[str, float], found: Sequence[float]) -> Iterable[Row]:
    j, step = plan.ids.index(kpi.id), step_of(kpi)
    there = [[x if i == kpi.id else standing[i] for i in plan.ids] for x in found]
    onward = [[neat(x + kpi.sign * step) if i == kpi.id else standing[i] for i in plan.ids] for x in found]
    pays, nexts, parts = plan.pay(there), plan.pay(onward), plan.split(there)
    known = zones(plan, kpi.id, standing)
    for x, pay, after, own in zip(found, pays, nexts, parts[:, j], strict=True):
        place = round(float(kpi.attainment(x)), 9) + 0.0
        more = round(float(after - pay), plan.minor) + 0.0
        yield Row(kpi, x, place, float(pay) + 0.0, float(own) + 0.0, step, more, _here(plan, kpi, known, x, float(pay)))


def places(plan: Plan, kpi: Kpi, standing: Mapping[str, float], every: float = STEP) -> list[float]:
    """Results that have a row: evenly to beyond the last break, every break, both sides of every jump, the rep's."""
    curve, way = oriented(plan.along(kpi.id, standing), kpi), by_result(kpi, Exact())
    breaks = [piece.start for piece in curve.pieces()[1:]]
    ends = [float(kpi.attainment(kpi.sign * b)) for b in breaks]
    last = max([1.0, *(a for a in ends if a <= FARTHEST)]) + BEYOND
    counted = math.isfinite(way.start) or math.isfinite(way.end)
    first = 0.0 if counted else min([0.0, *(a for a in ends if a >= -FARTHEST)]) - BEYOND
    count = math.floor((last - first) / every + 1e-9)
    found = {neat(kpi.sign * kpi.result(round(first + i * every, 9))) for i in range(count + 1)}
    found |= {*breaks, kpi.sign * standing[kpi.id]}
    found |= {x for jump in curve.jumps() for x in sides(curve, jump.at, way.step)}
    return [neat(x * kpi.sign) + 0.0 for x in sorted(found) if way.start <= x <= way.end]


def _here(plan: Plan, kpi: Kpi, known: Iterable[Zone], result: float, pay: float) -> str:
    """The zone that a result lies in; of two that meet there, the one that pays what is paid there."""
    place = kpi.sign * result
    around = [zone for zone in known if zone.kind != "cliff" and _spans(kpi, zone, place)]
    if len(around) > 1:
        around.sort(key=lambda zone: (abs(_edge(kpi, zone, place) - pay), -_low(kpi, zone)))
    return HERE[around[0].kind] if around else HERE["flat"]


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
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows(plan, at):
        words = [harmless(row.kpi.label), harmless(row.kpi.unit)]
        numbers = [_number(row.result), _number(row.attainment), _money(row.pay, plan), _money(row.own, plan)]
        writer.writerow([*words, *numbers, _number(row.step), _money(row.onward, plan), row.here, plan.currency])
    return text.getvalue().encode("utf-8-sig")


def _number(value: float) -> str:
    """A number with a point and no exponent, in as many digits as it has."""
    return format(Decimal(repr(value + 0.0)).normalize(), "f") if value else "0"


def _money(value: float, plan: Plan) -> str:
    text = f"{value:.{plan.minor}f}"
    return text.lstrip("-") if not float(text) else text


def harmless(text: str) -> str:
    """Somebody's text as a cell that no spreadsheet runs.

    >>> harmless("=1+1"), harmless("Deals"), harmless("  @SUM(A1)")
    ("'=1+1", 'Deals', "'  @SUM(A1)")
    """
    bare = unicodedata.normalize("NFKC", text)
    while bare and bare[0] not in DANGEROUS and (bare[0] in "\"'`" or unicodedata.category(bare[0])[0] in "ZC"):
        bare = bare[1:]
    dangerous = bare.startswith(DANGEROUS) or bare.startswith("−") or text[:1] in DANGEROUS
    return f"'{text}" if dangerous else text
