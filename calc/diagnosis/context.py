"""A case: a plan with everything around it, read once, so that every check reads the same exact pieces.

Curves here are money by attainment, which is what a team's spread is measured in; the KPIs that do not move stand where
the rep stands, else at target.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from calc.diagnosis.stairs import stairs_as_climbs
from calc.diagnosis.year_case import YearCase, year_case
from calc.documents.planfile import Preset
from calc.messages import Name, Result
from calc.outcomes.expected_cost import Cost, cost_of_plan
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Distribution
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.rounding import round_money
from calc.plan.zones import Zone, zones
from calc.situation.calendar import Calendar
from calc.situation.practice import Practice
from calc.situation.target_path import Path
from calc.situation.team import Team, share_between
from calc.team.overview import team_of_reps
from calc.team.paid_people import PaidPeople, pay_people

BEST_TENTH = 1.2815515655446004
"""The standard normal score that one in ten lies above."""
BEST_IN_TWENTY = 1.6448536269514722
"""The standard normal score that one in twenty lies above."""
STATED = 1.5e-9
"""How far a place as a zone states it, to nine decimals, may lie from the curve's own break [attainment]."""


def round_step(kpi: Kpi) -> float:
    """One unit of a KPI, or the round number of units that a rep thinks in [KPI unit].

    >>> round_step(Kpi(id="deals", target=100)), round_step(Kpi(id="revenue", target=80_000))
    (1.0, 1000.0)
    """
    power = float(10.0 ** math.floor(math.log10(kpi.span / 20)))
    return max(power, 1.0) if kpi.span >= 2 or kpi.counted else power


def result_difference(kpi: Kpi, size: float) -> Result:
    """The difference of two results of a KPI as a fact: of two percentages, it is in percentage points."""
    return Result(size + 0.0, "percentage points" if kpi.unit == "%" else kpi.unit)


def worse_word(kpi: Kpi) -> str:
    """The word for results that are worse than a place."""
    return "below" if kpi.better == "higher" else "above"


def better_word(kpi: Kpi) -> str:
    """The word for a result that is better by one."""
    return "more" if kpi.better == "higher" else "less"


@dataclass(frozen=True)
class Case:
    """What a check reads.

    Args:
        preset: the plan, its team, calendar, path and practice.
        at: results of the rep looked at [KPI units]; a KPI not named stands at its target.
    """

    preset: Preset
    at: Mapping[str, float] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.preset.plan

    @property
    def team(self) -> Team | None:
        """The team, where one is described."""
        return self.preset.team

    @property
    def calendar(self) -> Calendar | None:
        """The calendar, where one is described."""
        return self.preset.calendar

    @property
    def path(self) -> Path | None:
        """The path of the target, where one is described."""
        return self.preset.path

    @cached_property
    def practice(self) -> Practice:
        """The field's ranges, or the organisation's own."""
        return self.preset.practice or Practice()

    @cached_property
    def paid(self) -> tuple[Kpi, ...]:
        """The KPIs that pay, the heaviest first."""
        return tuple(sorted((k for k in self.plan.kpis if k.paid), key=lambda k: -self.plan.targeted[k.id]))

    @cached_property
    def outcome(self) -> Kpi | None:
        """The KPI that says who brings more: the outcome or profit that pays most, else one that is measured; None."""
        found = [k for k in self.paid if k.kind in ("outcome", "profit")]
        found += [k for k in self.plan.kpis if not k.paid and k.kind in ("outcome", "profit")]
        return found[0] if found else None

    @cached_property
    def main(self) -> Kpi:
        """The KPI that pays most at target."""
        return self.paid[0]

    @cached_property
    def _curves(self) -> dict[str, Curve]:
        return {}

    def along(self, kpi: Kpi) -> Curve:
        """Pay of the whole plan [money] along one KPI, by its attainment."""
        if kpi.id not in self._curves:
            self._curves[kpi.id] = kpi.by_attainment(self.plan.pay_along(kpi.id, self.at))
        return self._curves[kpi.id]

    @cached_property
    def _zones(self) -> dict[str, tuple[Zone, ...]]:
        return {}

    def zones(self, kpi: Kpi) -> tuple[Zone, ...]:
        """The zones along one KPI; a step for every unit is a climb."""
        if kpi.id not in self._zones:
            self._zones[kpi.id] = stairs_as_climbs(zones(self.plan, kpi.id, self.at), kpi)
        return self._zones[kpi.id]

    def landing(self, kpi: Kpi) -> Distribution | None:
        """Where the team lands on a KPI [attainment]; None without a team, or without a target to land on."""
        return None if self.team is None or not kpi.has_target else self.team.landing(kpi)

    def share(self, kpi: Kpi, low: float | None, high: float | None) -> float | None:
        """The share of the team from `low` up to `high` [attainment, None without an end]; None without a team."""
        landing = self.landing(kpi)
        if landing is None:
            return None
        return share_between(landing, float("-inf") if low is None else low, float("inf") if high is None else high)

    @cached_property
    def people(self) -> PaidPeople | None:
        """The named reps with what the plan pays them; None where the plan file names none."""
        if not self.preset.reps:
            return None
        return pay_people(self.plan, team_of_reps(self.plan, self.preset.reps))

    @cached_property
    def year(self) -> YearCase | None:
        """The year of the rep looked at; None where the plan says nothing of one."""
        return year_case(self.preset)

    @cached_property
    def cost(self) -> Cost:
        """What the plan costs."""
        return cost_of_plan(self.plan, self.team)

    def money(self, amount: float) -> float:
        """An average, or a difference of two pays, rounded to the currency's smallest unit.

        What the plan itself rounds to does not count here: where pay is rounded to 100, a rep can expect 40.
        """
        return float(round_money(np.asarray(amount, dtype=np.float64), self.plan.minor))

    def pay(self, moved: Mapping[str, float] | None = None) -> float:
        """What is paid [money, rounded as the plan says] where the rep stands, some results moved [KPI units]."""
        return float(self.plan.pay([*{**self.plan.standing(self.at), **(moved or {})}.values()]))

    def others_stand(self, kpi: Kpi) -> bool:
        """Whether every other KPI that pays stands at a target, or where it was said to stand, along a KPI.

        One without a target stands where somebody must; what is then paid along another is nobody's pay.
        """
        others = [k for k in self.paid if k.id != kpi.id and not k.has_target]
        return all(self.at.get(k.id, k.target) != k.target for k in others)

    @cached_property
    def has_targets(self) -> bool:
        """Whether every KPI that the pay depends on has a target of its own, so that there is a pay at target."""
        return all(self.plan.kpi(name).has_target for name in self.plan.deciding)

    @cached_property
    def whole(self) -> float:
        """What shares of the pay are measured against [money]: pay at target, else the target incentive."""
        return self.plan.pay_at_target if self.plan.pay_at_target > 0 else self.plan.incentive

    @cached_property
    def guaranteed(self) -> float:
        """What the plan pays at least [money]; 0 where it guarantees nothing."""
        return float(self.plan.money((self.plan.limits[0] or 0.0) / self.plan.incentive))

    def own_break(self, kpi: Kpi, attainment: float) -> float:
        """The break of the pay along a KPI that a place stands for, which has been rounded to nine decimals."""
        breaks = (piece.start for piece in self.along(kpi).pieces()[1:])
        return next((b for b in breaks if abs(b - attainment) <= STATED), attainment)

    def name(self, kpi: Kpi) -> Name:
        """A KPI's name as a fact."""
        return Name(kpi.label)

    def result(self, kpi: Kpi, attainment: float) -> Result:
        """A result as a fact, from an attainment."""
        return Result(kpi.result(attainment) + 0.0, kpi.unit)

    def result_of(self, kpi: Kpi, result: float) -> Result:
        """A result as a fact [KPI unit]."""
        return Result(result + 0.0, kpi.unit)

    def one_more(self, kpi: Kpi) -> Result:
        """One unit of a KPI, or the round number of units that a rep thinks in: 1,000 of a target of 80,000."""
        return result_difference(kpi, round_step(kpi))

    def next_pays(self, kpi: Kpi) -> float:
        """What one unit better pays, from where the rep stands [money]."""
        stands = self.plan.standing(self.at)
        better = {**stands, kpi.id: stands[kpi.id] + kpi.sign * round_step(kpi)}
        here, there = self.plan.payout([list(stands.values()), list(better.values())])
        return float(there - here) * self.plan.incentive
