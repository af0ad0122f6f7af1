"""A rising target: it goes up because it was hit.

What it is: how fast the target rises in a year for a rep who hits it, or on average where overshoot is added to it. Its
money is what the team then expects to lose per period, along the KPI that pays most, against a target a year older.

Why it hurts: a good period costs the next ones. People who expect it stop a little short, keep an order in the drawer,
and the figures settle just below 100 %.

What to do: let a target move as the market does, for everybody, whether it was hit or not, and write it down ahead.

Source: 10-20 % a year normal, 30 % aggressive (guide to quotas, comish.online); ratcheting hurt motivation (Misra and
Nair, quoted by Chung, HBR 2015). The team is taken to stay as it is.
"""

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import cast

from calc.diagnosis.context import Case
from calc.diagnosis.cures.targets import steady_target
from calc.diagnosis.finding import Finding, Severity
from calc.diagnosis.pace import pays_from
from calc.messages import Fact, Name, Number, Sentence, Share
from calc.outcomes.budget import PERIODS_IN_A_YEAR
from calc.piecewise.distributions import Distribution
from calc.situation.target_path import Path, PathPeriod

EVEN_ODDS = 1e-9
"""How far a rise may miss a limit and still be at it."""


def find_rising_target(case: Case) -> Iterator[Finding]:
    """A finding where the target rises in a year by as much as practice calls more than normal, or aggressive."""
    if case.path is None or not case.main.has_target:
        return
    rise = _yearly_rise(case, case.path)
    if rise >= case.practice.growth_warn - EVEN_ODDS:
        yield _make_finding(case, case.path, rise, "alarm" if rise >= case.practice.growth - EVEN_ODDS else "warn")


@lru_cache(maxsize=64)
def _cached_walk(path: Path, landing: Hashable, floor: float) -> tuple[PathPeriod, ...]:
    return path.walk(cast(Distribution, landing), floor)


def _walk_path(path: Path, landing: Distribution, floor: float) -> tuple[PathPeriod, ...]:
    """The walk, kept: a ratchet's takes a while, and is the same as long as path and team are."""
    return _cached_walk(path, cast(Hashable, landing), floor)


def _yearly_rise(case: Case, path: Path) -> float:
    """The rise in a year for a rep who always hits; the team's average where overshoot is added and that is more."""
    many, landing = PERIODS_IN_A_YEAR[case.plan.period], case.landing(case.main)
    rise = path.in_a_year(many)
    if not path.ratchet or landing is None:
        return rise
    walk = _walk_path(path, landing, pays_from(case, case.main))
    period = walk[min(many, len(walk) - 1)]
    on_average = period.mean_target ** (many / (period.number - 1)) - 1.0 if period.number > 1 else 0.0
    return max(rise, on_average)


def _lost_pay(case: Case, landing: Distribution, rise: float) -> float | None:
    """What the team expects to lose in a period [money per rep] against the target of a year on.

    None where it is paid by result, whatever the target is.
    """
    curve = case.main.curve
    if getattr(curve, "of", "attainment") == "result" or case.main.scale is not None:
        return None
    along = case.along(case.main)
    return case.money(along.expect(landing) - along.of_line(1.0 / (1.0 + rise)).expect(landing))


def _what_lies_ahead(case: Case, path: Path, landing: Distribution | None) -> tuple[str, dict[str, Fact], float | None]:
    """What becomes of the team along the path, in words; and the share that misses the last target."""
    if landing is None:
        return "", {}, None
    practice, floor = case.practice, pays_from(case, case.main)
    walk, most = _walk_path(path, landing, floor), 1.0 - practice.below_floor
    said = ""
    facts: dict[str, Fact] = {}
    few = next((p for p in walk if p.at_target < practice.at_target), None)
    out = next((p for p in walk if p.at_floor < most), None)
    gone = next((p for p in walk if 1.0 - landing.below(p.target * floor)[0] < most), None)
    if few is not None:
        said += " From period {few} on fewer than {half} of the team reach it."
        facts |= {"few": Number(few.number), "half": Share(practice.at_target)}
    if out is not None:
        said += " From period {out} on fewer than {most} of it reach the floor."
        facts |= {"out": Number(out.number), "most": Share(most)}
    elif gone is not None:
        said += " Whoever hits each time has {stands} to reach in period {gone}, and fewer than {most} its floor."
        stands = case.result(case.main, gone.target)
        facts |= {"gone": Number(gone.number), "most": Share(most), "stands": stands}
    return said, facts, 1.0 - walk[-1].at_target


def _steps_in_words(case: Case, path: Path) -> tuple[str, dict[str, Fact]]:
    """By how much the target rises from one period to the next, in words."""
    facts: dict[str, Fact] = {"kpi": case.name(case.main), "period": Name(case.plan.period)}
    parts = []
    if path.rise:
        parts.append("{step} a {period}" + (" when it is hit" if path.growth_if_hit else ""))
        facts["step"] = Share(path.rise)
    if path.ratchet:
        parts.append("{ratchet} of what goes beyond it" + ("" if path.rise else " in a {period}"))
        facts["ratchet"] = Share(path.ratchet)
    return "The target of {kpi} rises by " + " and by ".join(parts) + ": {rise} in a year.", facts


def _make_finding(case: Case, path: Path, rise: float, severity: Severity) -> Finding:
    landing = case.landing(case.main)
    said, facts, missed = _what_lies_ahead(case, path, landing)
    steps, known = _steps_in_words(case, path)
    return Finding(
        check="rising_target",
        severity=severity,
        kpi=case.main.id,
        span=None,
        money=None if landing is None else _lost_pay(case, landing, rise),
        share=missed,
        title=Sentence.of("Raises the target by {rise} a year", rise=Share(rise)),
        says=Sentence.of(steps + said, rise=Share(rise), **known, **facts),
        do=Sentence.of("Let the target move with the market, for everybody, whether it was hit or not."),
        source=case.practice.source("growth_warn", "growth"),
        mends=lambda: steady_target(case),
    )
