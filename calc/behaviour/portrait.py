"""What people do under a plan, for somebody who looks: three reps, the team as bands, where results land."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calc.behaviour.behave import Behaved, FigureBand, PlanConduct, as_band
from calc.behaviour.effort.late_plan import play_late
from calc.behaviour.effort.outcome import Outcome
from calc.behaviour.effort.overshoot import TargetRule, play_overshoot
from calc.behaviour.effort.rising_target import RisingTarget, play_rising_target
from calc.behaviour.effort.step import COARSE
from calc.piecewise.vectorized import Floats
from calc.situation.target_path import Path

BARS = 24
PORTRAIT_REACH = 3.2
"""How many standard deviations to both sides of today's mean results are drawn."""
MAX_PERIODS = 12
FEW_TARGETS = 13
"""Targets on which a ratchet is worked out; 25 move sales by 0.002."""
FORESIGHT = 0.9
"""What the next period counts for a rep who looks ahead."""


@dataclass(frozen=True)
class RepPortrait:
    """One rep under a plan.

    Args:
        name: weak, middling or strong.
        ability: what the rep sells at normal effort [today's mean result].
        effort: (T,) effort of every step in the standard reading, 1 = normal.
        sales, pay, net: as bands.
        given_up, coasting, sprinting: shares of the period, as bands.
    """

    name: str
    ability: float
    effort: tuple[float, ...]
    sales: FigureBand
    pay: FigureBand
    net: FigureBand
    given_up: FigureBand
    coasting: FigureBand
    sprinting: FigureBand


@dataclass(frozen=True)
class Bars:
    """Where results land.

    Args:
        edges: (n + 1,) of the bars [sales].
        shares: (n,) the share of people in each, in the standard reading.
    """

    edges: tuple[float, ...]
    shares: tuple[float, ...]


def portray_reps(conduct: PlanConduct) -> tuple[RepPortrait, ...]:
    """A weak, a middling and a strong rep; one alone where the people do not differ."""
    outcome = conduct.outcome
    count = outcome.reps.rows // outcome.teams
    if count < 3:
        return (_portray(conduct, count // 2, "middling"),)
    places = (("weak", 0), ("middling", count // 2), ("strong", count - 1))
    return tuple(_portray(conduct, place, name) for name, place in places)


def _portray(conduct: PlanConduct, place: int, name: str) -> RepPortrait:
    outcome = conduct.outcome
    widths = np.array(outcome.policy.widths)
    times = np.einsum("t,str->sr", widths, outcome.states_by_rep) / widths.sum()

    def band(rows: Floats) -> FigureBand:
        return as_band(rows.reshape(outcome.teams, -1)[:, place])

    return RepPortrait(
        name,
        float(outcome.reps.ability[place]),
        tuple(float(e) for e in outcome.landing.effort[:, place]),
        band(outcome.sales_by_rep),
        band(outcome.pay_by_rep),
        band(outcome.net_by_rep),
        *(band(times[state]) for state in range(3)),
    )


def bar_results(behaved: Behaved, conduct: PlanConduct) -> Bars:
    """Where the results of a team land under one of two plans; the target of the first lies on an edge."""
    spread = float(np.hypot(behaved.axis.noise, behaved.axis.ability_spread))
    target = behaved.here.plan.target
    width = max(2.0 * PORTRAIT_REACH * spread / BARS, 1e-6)
    low = target + width * np.floor((1.0 - PORTRAIT_REACH * spread - target) / width)
    edges = low + width * np.arange(BARS + 1)
    shares = conduct.outcome.histogram(edges)[0]
    return Bars(tuple(map(float, edges)), tuple(map(float, shares)))


def where_pay_begins(conduct: PlanConduct) -> float | None:
    """Sales from which a plan pays anything; None where it pays from the first sale, or never."""
    pay = conduct.plan.pay
    for start, value, slope in zip(pay.starts, pay.values, pay.slopes, strict=True):
        if value > 0.0 or slope > 0.0:
            return start if start > 0.0 else None
    return None


@dataclass(frozen=True)
class SilentDays:
    """What a plan costs that is known late, against one known in time.

    Args:
        days: silent days.
        trust: how much of the promise people work for before it is made.
        sales: what is sold more or less over the period [share], as a band.
        pay, net: what a head is paid and keeps more or less [target incentives].
    """

    days: float
    trust: float
    sales: FigureBand
    pay: FigureBand
    net: FigureBand

    @property
    def per_day(self) -> FigureBand:
        """What each silent day changes of the period's sales [share]."""
        return FigureBand(self.sales.low / self.days, self.sales.standard / self.days, self.sales.high / self.days)


def cost_silence(behaved: Behaved, days: float, silent: float, trust: float) -> SilentDays | None:
    """What silence costs; None where the model has no number.

    Args:
        behaved: the plan as if it were known in time.
        days: of the period.
        silent: days that are over when the plan is known, above 0 and below `days`.
        trust: 0 to 1.
    """
    known = behaved.here.outcome
    if behaved.here.band("sales") is None:
        return None
    late = play_late(
        known.pay,
        known.reps,
        known.target,
        known.plain_rate,
        silent=silent / days,
        trust=trust,
        teams=known.teams,
        steps=behaved.axis.steps,
    )
    return SilentDays(silent, trust, *_gaps(late, known))


def _gaps(late: Outcome, known: Outcome) -> tuple[FigureBand, FigureBand, FigureBand]:
    return (
        as_band(late.sales / known.sales - 1.0),
        as_band(late.expected_pay - known.expected_pay),
        as_band(late.net - known.net),
    )


@dataclass(frozen=True)
class RisingPeriods:
    """What people do over several periods while the target rises after a hit, who look ahead and who do not.

    Args:
        seen: for reps who look ahead.
        blind: for reps who do not.
        teams: readings of the evidence.
        ratchet: whether the target follows the overshoot; the price is then that of a tenth beyond the target.
    """

    seen: RisingTarget
    blind: RisingTarget
    teams: int
    ratchet: bool = False

    @cached_property
    def price_of_hitting(self) -> FigureBand:
        """What hitting the first target takes from a middling rep's later pay [target incentives]."""
        prices = self.seen.price_of_hitting.reshape(self.teams, -1)
        return as_band(prices[:, prices.shape[1] // 2])

    @property
    def first_quarter(self) -> tuple[FigureBand, FigureBand, FigureBand]:
        """What looking ahead changes in the first period: sales [share], pay and net [target incentives]."""
        seen, blind = self.seen, self.blind
        return (
            as_band(seen.sales[0] / blind.sales[0] - 1.0),
            as_band(seen.pay[0] - blind.pay[0]),
            as_band(seen.net[0] - blind.net[0]),
        )

    def change(self, number: int, *, ahead: bool) -> FigureBand:
        """What is sold more or less in a period (0 is the first) than in one alone [share]."""
        told = self.seen if ahead else self.blind
        return as_band(told.sales[number] / self.blind.sales[0] - 1.0)

    def hits(self, number: int, *, ahead: bool) -> FigureBand:
        """The share who reach the target of a period."""
        return as_band((self.seen if ahead else self.blind).hit[number])


def follow_path(behaved: Behaved, path: Path) -> RisingPeriods | None:
    """The periods of a target that rises when it is hit, or follows the overshoot; None where it does neither."""
    if not (path.ratchet or path.growth_if_hit) or behaved.here.band("sales") is None:
        return None
    follow = _follow_overshoot if path.ratchet else _follow_hits
    seen, blind = (follow(behaved, path, foresight) for foresight in (FORESIGHT, 0.0))
    return RisingPeriods(seen, blind, behaved.here.outcome.teams, path.ratchet > 0.0)


def _follow_hits(behaved: Behaved, path: Path, foresight: float) -> RisingTarget:
    outcome = behaved.here.outcome
    return play_rising_target(
        outcome.pay,
        outcome.reps,
        outcome.target,
        outcome.plain_rate,
        periods=min(path.periods, MAX_PERIODS),
        growth=path.growth,
        rise=path.growth_if_hit,
        foresight=foresight,
        teams=outcome.teams,
        precision=COARSE,
    )


def _follow_overshoot(behaved: Behaved, path: Path, foresight: float) -> RisingTarget:
    outcome, plan = behaved.here.outcome, behaved.here.plan
    return play_overshoot(
        outcome.pay,
        outcome.reps,
        plan.target,
        plan.plain_rate,
        TargetRule(growth=path.growth, rise=path.growth_if_hit, ratchet=path.ratchet),
        periods=min(path.periods, MAX_PERIODS),
        foresight=foresight,
        teams=outcome.teams,
        nodes=FEW_TARGETS,
        precision=COARSE,
    )
