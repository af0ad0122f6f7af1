"""What people do under a plan that is being moved: bands worked out ahead, coarsely, for every place of a handle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from calc.behaviour.axis import read_plan
from calc.behaviour.behave import Behaved
from calc.behaviour.sweep import ConductBands, bands_of, sweep_conduct
from calc.plan.plan import Plan

MAX_SWEPT = 60
"""Places of a handle whose bands are worked out; of more, those between two take the nearer one's."""


@dataclass(frozen=True)
class LiveConduct:
    """The people as they were read today, to be put under any other plan.

    Args:
        behaved: under the plan at rest.
        at: where the rep stands on the KPIs that stand still [KPI units].
    """

    behaved: Behaved
    at: Mapping[str, float]

    @cached_property
    def rest(self) -> ConductBands | None:
        """Under the plan at rest, exactly."""
        return bands_of(self.behaved.here)

    def swept(self, plans: Sequence[Plan]) -> list[ConductBands | None]:
        """Under each of some plans, coarsely."""
        every = -(-len(plans) // MAX_SWEPT) or 1
        axis, teams = self.behaved.axis, self.behaved.here.outcome.teams
        read = [read_plan(plan, axis, self.at) for plan in plans[::every]]
        found = sweep_conduct(read, axis, self.behaved.reps, teams)
        return [found[min((n + every // 2) // every, len(found) - 1)] for n in range(len(plans))]
