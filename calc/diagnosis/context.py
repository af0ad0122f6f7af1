"""A case: a plan with everything around it, read once, so that every check reads the same exact pieces.

Curves here are money by attainment, which is what a team's spread is measured in; the KPIs that do not move stand where
the rep stands, else at target.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from calc.documents.planfile import Preset
from calc.messages import Name, Result
from calc.outcomes.expected_cost import Cost, cost
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Distribution
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.zones import Zone, zones
from calc.situation.calendar import Calendar
from calc.situation.practice import Practice
from calc.situation.target_path import Path
from calc.situation.team import Team, share


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
    def main(self) -> Kpi:
        """The KPI that pays most at target."""
        return self.paid[0]

    @cached_property
    def _curves(self) -> dict[str, Curve]:
        return {}

    def along(self, kpi: Kpi) -> Curve:
        """Pay of the whole plan [money] along one KPI, by its attainment."""
        if kpi.id not in self._curves:
            self._curves[kpi.id] = self.by_attainment(self.plan.along(kpi.id, self.at), kpi)
        return self._curves[kpi.id]

    def by_attainment(self, payout: Curve, kpi: Kpi) -> Curve:
        """A payout curve by result as money by attainment."""
        return payout.of_line(kpi.sign * kpi.span, kpi.target - kpi.sign * kpi.span) * self.plan.incentive

    @cached_property
    def _zones(self) -> dict[str, tuple[Zone, ...]]:
        return {}

    def zones(self, kpi: Kpi) -> tuple[Zone, ...]:
        """The zones along one KPI."""
        if kpi.id not in self._zones:
            self._zones[kpi.id] = zones(self.plan, kpi.id, self.at)
        return self._zones[kpi.id]

    def landing(self, kpi: Kpi) -> Distribution | None:
        """Where the team lands on a KPI [attainment]; None without a team."""
        return None if self.team is None else self.team.landing(kpi)

    def share(self, kpi: Kpi, low: float | None, high: float | None) -> float | None:
        """The share of the team from `low` up to `high` [attainment, None without an end]; None without a team."""
        landing = self.landing(kpi)
        if landing is None:
            return None
        return share(landing, float("-inf") if low is None else low, float("inf") if high is None else high)

    @cached_property
    def cost(self) -> Cost:
        """What the plan costs."""
        return cost(self.plan, self.team)

    def money(self, amount: float) -> float:
        """Money rounded to the currency's smallest unit."""
        return float(self.plan.money(amount / self.plan.incentive))

    def name(self, kpi: Kpi) -> Name:
        """A KPI's name as a fact."""
        return Name(kpi.label)

    def result(self, kpi: Kpi, attainment: float) -> Result:
        """A result as a fact, from an attainment."""
        return Result(kpi.result(attainment), kpi.unit)
