"""People's files as results by payment of a year: wide months, a row a month, or deals with dates.

Periods of a file lie where the calendar puts them, from the year's first day on, or from January where the plan file
names none; a fiscal quarter lies where its number says. Months are added up where payments are by the quarter; what
does not add up is averaged. Somebody who lacks a period is left out and named; of deals, a period without any is 0.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.situation.calendar import adds_up
from calc.tables.people import PeopleRead
from calc.tables.person_period import PersonPeriod
from calc.tables.sheets.periods import NoDate, Period, read_date
from calc.year.beside.payment_names import payment_labels
from calc.year.beside.rep_year import MAX_PAYMENTS, SERIES
from calc.year.year_periods import YearPeriods, periods_within
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults

_NUMBERED = re.compile(r"(?:FY(\d\d)-)?(?:month (\d\d)|([QHWMP])(\d{1,2}))")
_KINDS = {"Q": "quarter", "H": "half-year", "W": "week", "M": "month", "P": "month"}


@dataclass(frozen=True)
class YearPeople:
    """People with a year of results.

    Args:
        results: what they did, payment by payment.
        paid: (n, t) what they were paid by the file [money]; NaN where it does not say.
        left_out: names of people who cannot be paid, with the reason.
    """

    results: YearResults
    paid: Floats
    left_out: tuple[tuple[str, str], ...] = ()


def year_people(rules: YearPlan, read: PeopleRead) -> YearPeople:
    """The results by payment of people whom files name.

    Args:
        rules: the plan and the rules of its year.
        read: people as `calc.read_people` gives them.

    Raises:
        Refused: rows have no period or lie outside the year, or nobody can be paid.
    """
    places = _places(rules.periods, read.rows)
    first = min(places.values()) // rules.periods.in_year * rules.periods.in_year
    count = max(places.values()) - first + 1
    if count > MAX_PAYMENTS:
        raise Refused(f"people's periods must lie within {MAX_PAYMENTS} payments (got {count:,})")
    by_person: dict[str, dict[int, list[PersonPeriod]]] = {}
    for row in read.rows:
        label = "" if row.period is None else row.period.label
        by_person.setdefault(row.person, {}).setdefault(places[label] - first, []).append(row)
    deals = all(
        one.shape == "deals" for one in read.match.files if "result" in str(one.columns) or one.shape == "deals"
    )
    kept, left = [], []
    for name, rows in by_person.items():
        reason = _why_left_out(rules.plan, rows, range(count), deals)
        kept += [name] if reason is None else []
        left += [] if reason is None else [(name, reason)]
    if not kept:
        raise Refused([f"{name} cannot be paid (got {reason})" for name, reason in left[:20]])
    return _year_of(rules, {name: by_person[name] for name in kept}, (first, count), read, tuple(left))


def _why_left_out(plan: Plan, rows: Mapping[int, Sequence[PersonPeriod]], places: range, deals: bool) -> str | None:
    """Why somebody cannot be paid; None where they can."""
    for t in places:
        if t not in rows and not deals:
            return f"no row for payment {t + 1} of {len(places)}"
        for name in plan.deciding:
            if any(name not in row.results and name not in row.attainments for row in rows.get(t, ())):
                return f"no result of {name} in payment {t + 1}"
    return None


def _year_of(
    rules: YearPlan,
    people: Mapping[str, Mapping[int, Sequence[PersonPeriod]]],
    span: tuple[int, int],
    read: PeopleRead,
    left: tuple[tuple[str, str], ...],
) -> YearPeople:
    plan, (first, count) = rules.plan, span
    n, k = len(people), len(plan.kpis)
    results, targets = np.zeros((n, count, k)), np.full((n, count, k), np.nan)
    paid, incentives = np.full((n, count), np.nan), np.full(n, np.nan)
    series = {name: np.full((n, count), np.nan) for name in SERIES}
    for i, rows in enumerate(people.values()):
        for t, several in rows.items():
            results[i, t], targets[i, t] = _numbers_of(plan, several)
            told = [row.paid for row in several if row.paid is not None]
            paid[i, t] = sum(told) if told else np.nan
            own = [row.incentive for row in several if row.incentive is not None]
            incentives[i] = own[-1] if own else incentives[i]
            for name, numbers in series.items():
                numbers[i, t] = _series_of(several, name)
    year = YearResults(
        results,
        targets=_own_targets(rules, targets),
        incentives=None if np.isnan(incentives).all() else _with_plans(plan, incentives),
        starts=_starts(rules, people, read),
        names=tuple(people),
        labels=payment_labels(rules.periods, first, count),
    )
    given = {name: np.nan_to_num(numbers) for name, numbers in series.items() if not np.isnan(numbers).all()}
    return YearPeople(replace(year, **given), paid, left)


def _with_plans(plan: Plan, incentives: Floats) -> Floats:
    return np.where(np.isnan(incentives), plan.target_incentive or 0.0, incentives)


def _numbers_of(plan: Plan, rows: Sequence[PersonPeriod]) -> tuple[list[float], list[float]]:
    """Results and own targets of one person in one payment: added up, or averaged where they do not add up."""
    results, targets = [], []
    for k in plan.kpis:
        told = [_result_of(row, k.id, k.target) for row in rows]
        aims = [row.targets.get(k.id, np.nan) for row in rows]
        parts = 1 if adds_up(k) else len(rows)
        results.append(float(sum(told)) / parts)
        targets.append(float(sum(aims)) / parts)
    return results, targets


def _result_of(row: PersonPeriod, kpi: str, target: float) -> float:
    if kpi in row.results:
        return row.results[kpi]
    aim = row.targets.get(kpi, target)
    return row.attainments[kpi] * aim if kpi in row.attainments else aim


def _own_targets(rules: YearPlan, targets: Floats) -> Floats | None:
    """Own targets of payments; the plan's share of its own where somebody has none, None where nobody has any."""
    plan = rules.plan
    reads = [plan.depends_on_target(k.id) for k in plan.kpis]
    if np.isnan(targets[..., reads]).all():
        return None
    shares = rules.periods.share_of(targets.shape[1])[None, :, None]
    own = np.array([k.target for k in plan.kpis]) * np.where([adds_up(k) for k in plan.kpis], shares, 1.0)
    return np.where(np.isnan(targets) | ~np.array(reads), own, targets)


def _series_of(rows: Sequence[PersonPeriod], name: str) -> float:
    """What a column of a series says in one payment; NaN where it says nothing."""
    told = [text for row in rows for heading, text in row.attributes.items() if heading.strip().casefold() == name]
    try:
        return float(sum(float(text.replace(",", "")) for text in told)) if told else np.nan
    except ValueError:
        raise Refused(f"{name} must be numbers (got {told[0][:40]!r})") from None


def _starts(
    rules: YearPlan, people: Mapping[str, Mapping[int, Sequence[PersonPeriod]]], read: PeopleRead
) -> tuple[datetime.date | None, ...]:
    """On which day each was hired, where a file says so and the plan prorates; else as the plan file says."""
    headings = {h for one in read.match.files for h, role in one.columns.items() if role == "hired"}
    if rules.proration is None or not headings:
        return ()
    return tuple(_start_of([row for rows in several.values() for row in rows], headings) for several in people.values())


def _start_of(rows: Sequence[PersonPeriod], headings: set[str]) -> datetime.date | None:
    for row in rows:
        for heading in headings & set(row.attributes):
            try:
                return read_date(row.attributes[heading], None)
            except NoDate as error:
                raise Refused(f"{row.person}: {heading} must be a day (got {error})") from None
    return None


def _places(periods: YearPeriods, rows: Sequence[PersonPeriod]) -> dict[str, int]:
    """By label of a period, the payment in which it lies, counted from the year's first.

    Raises:
        Refused: rows have no period, or one that is no part of a payment.
    """
    found = {row.period.label: row.period for row in rows if row.period is not None}
    if len(found) < 1 or any(row.period is None for row in rows):
        raise Refused("people must have a period in every row (got a row without one): a year is paid by its periods")
    dated = {label: _first_day(period) for label, period in found.items()}
    years = [day.year for day in dated.values() if day is not None]
    begun = periods if periods.begins or not years else replace(periods, begins=datetime.date(min(years), 1, 1))
    fiscal = [int(m[1]) for label in found if (m := _NUMBERED.fullmatch(label)) and m[1]]
    places = {}
    for label, period in found.items():
        day = dated[label]
        _check_kind(periods, period)
        place = _numbered(periods, label, min(fiscal, default=0)) if day is None else begun.place_of(day)
        if place < 0:
            raise Refused(f"{label} must lie within the year, which begins on {periods.begins} (got it before)")
        places[label] = place
    return places


def _kind_of(period: Period) -> str:
    """What kind of period it is: by its own kind, or by the letter of a fiscal or unnamed one."""
    match = _NUMBERED.fullmatch(period.label)
    if match is None:
        return period.kind
    return "month" if match[2] else _KINDS[match[3]]


def _check_kind(periods: YearPeriods, period: Period) -> None:
    kind = _kind_of(period)
    if kind != "day" and periods_within(kind, periods.paid) is None:
        raise Refused(f"{period.label} must be a {periods.paid}, or a part of one (got a {kind})")


def _first_day(period: Period) -> datetime.date | None:
    """The first day of a period; of a week its Thursday, which says in which year it lies; None for one by number."""
    label, kind = period.label, period.kind
    if kind == "day":
        return datetime.date.fromisoformat(label)
    if kind == "week":
        return datetime.date.fromisocalendar(int(label[:4]), int(label[6:]), 4)
    months = {"month": 1, "quarter": 3, "half-year": 6}
    if kind in months:
        return datetime.date(int(label[:4]), (int(label[-2:].strip("-QH")) - 1) * months[kind] + 1, 1)
    return datetime.date(int(label), 1, 1) if kind == "year" else None


def _numbered(periods: YearPeriods, label: str, first_year: int) -> int:
    """The payment in which a period lies that goes by its number."""
    match = _NUMBERED.fullmatch(label)
    if match is None:
        raise Refused(f"{label} must be a period that can be placed within a year (got one that cannot)")
    kind = "month" if match[2] else _KINDS[match[3]]
    parts = periods_within(kind, periods.paid) or 1
    years = int(match[1]) - first_year if match[1] else 0
    return (int(match[2] or match[4]) - 1) // parts + years * periods.in_year
