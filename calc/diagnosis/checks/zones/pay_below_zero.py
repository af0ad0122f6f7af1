"""Pay below zero: a result that costs the rep money.

What it is: a stretch along a KPI on which the pay of the whole plan is less than nothing, in a plan that says that it
may be. Its money is the most that it comes to, down to a result of zero, or to the worst in twenty of the team.

Why it hurts: a rep who owes money for a month's work leaves, and in many places the law forbids to take it back from
wages.

What to do: give the plan a floor of 0, or hold the pay where the line would go below zero.

Source: our own reading; rules on deductions from wages differ by country (in the United States 29 CFR 531.35).
"""

import math
from collections.abc import Iterator

from calc.diagnosis.context import Case, worse_word
from calc.diagnosis.finding import Finding
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi

WORST_IN_TWENTY = -1.6448536269514722
"""The standard normal score that one in twenty lies below."""


def find_pay_below_zero(case: Case) -> Iterator[Finding]:
    """A finding for each KPI along which the plan pays less than nothing."""
    if not case.plan.pay_below_zero:
        return
    for kpi in case.paid:
        span = _stretch_below_zero(case, kpi)
        if span is not None:
            yield _make_finding(case, kpi, *span)


def _stretch_below_zero(case: Case, kpi: Kpi) -> tuple[float | None, float | None] | None:
    """From where to where pay is below zero [attainment], the first such stretch; None for no end."""
    least = 0.0 if kpi.target > 0 and kpi.scale is None and kpi.better == "higher" else -math.inf
    found: list[tuple[float, float]] = []
    for piece in case.along(kpi).pieces():
        start, end = max(piece.start, least), piece.end
        if end <= least or min(piece.value, piece.end_value) >= 0:
            continue
        crossing = _zero_crossing(case, kpi, piece.start, piece.end) if max(piece.value, piece.end_value) > 0 else None
        if crossing is not None:
            start, end = (start, crossing) if piece.slope > 0 else (max(start, crossing), end)
        if start < end:
            if found and found[-1][1] == start:
                start = found.pop()[0]
            found.append((start, end))
    if not found:
        return None
    start, end = found[0]
    return (start if math.isfinite(start) else None), (end if math.isfinite(end) else None)


def _zero_crossing(case: Case, kpi: Kpi, start: float, end: float) -> float:
    """Where a sloped piece between two attainments pays nothing."""
    curve = case.along(kpi)
    inside = end - 1.0 if math.isfinite(end) else start + 1.0 if math.isfinite(start) else 0.0
    inside = (start + end) / 2 if math.isfinite(start) and math.isfinite(end) else inside
    slope = next(piece.slope for piece in curve.pieces() if piece.start <= inside < piece.end)
    return float(inside - curve(inside) / slope)


def _make_finding(case: Case, kpi: Kpi, start: float | None, end: float | None) -> Finding:
    share = case.share(kpi, start, end)
    money = case.money(-_least_pay(case, kpi, start, end))
    worst = start is None or start == 0.0
    facts: dict[str, Fact] = {} if worst else {"start": case.result(kpi, start or 0.0)}
    facts |= {} if end is None else {"end": case.result(kpi, end)}
    where = "On {kpi}, whatever the result," if not facts else "From {start} of {kpi} on"
    if end is not None:
        where = f"{worse_word(kpi).capitalize()} {{end}} of {{kpi}}" if worst else "From {start} to {end} of {kpi}"
    met = " That meets {share} of the team." if share is not None else ""
    return Finding(
        check="pay_below_zero",
        severity="alarm" if share is not None and share >= case.practice.at_ceiling else "warn",
        kpi=kpi.id,
        span=(start, end),
        money=money,
        share=share,
        title=Sentence.of("Takes up to {money} from the rep", money=Money(money)),
        says=Sentence.of(
            f"{where} a rep is paid less than nothing, and owes up to {{money}}.{met}",
            kpi=case.name(kpi),
            money=Money(money),
            **facts,
            **({} if share is None else {"share": Share(share)}),
        ),
        do=Sentence.of("Give the plan a floor of 0, or hold the pay where the line goes below zero."),
        source="our own reading; rules on deductions from wages differ by country",
    )


def _least_pay(case: Case, kpi: Kpi, start: float | None, end: float | None) -> float:
    """The least that is paid from `start` to `end`; where there is no end, down to the worst in twenty of the team."""
    landing = case.landing(kpi)
    far = 0.0 if landing is None else float(landing.at_score(WORST_IN_TWENTY))
    low = min(far, 0.0 if end is None else end - 1.0) if start is None else start
    high = max(2.0, low + 1.0) if end is None else end
    curve = case.along(kpi)
    inside = [x for piece in curve.pieces() for x in (piece.start, piece.end) if low < x < high]
    return min(
        float(curve(low, "right")),
        float(curve(high, "left")),
        *(float(curve(x, side)) for x in inside for side in ("left", "right")),
    )
