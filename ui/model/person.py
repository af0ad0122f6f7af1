"""One person under the plan: where they stand, what the next unit pays, the nearest edge, what keeps them whole."""

from dataclasses import dataclass
from functools import cached_property

from calc.team.changes import kept_whole_at, own_plan
from calc.team.edges import NearEdge
from ui.model.profile import Scene
from ui.model.team import TeamView


@dataclass(frozen=True, eq=False)
class PersonView:
    """A person in the latest period that the files have.

    Args:
        team: the people.
        place: which of them.
    """

    team: TeamView
    place: int

    @property
    def name(self) -> str:
        """What the person is called on the screen."""
        return self.team.names[self.place]

    @cached_property
    def row(self) -> int:
        """The row of the latest period."""
        rows, name = self.team.rows, self.team.people.names[self.place]
        own = [n for n, one in enumerate(rows.names) if one == name]
        return max(own, key=lambda n: rows.team.periods[n])

    @property
    def period(self) -> str:
        """The label of that period, "" where there is one alone."""
        return self.team.rows.team.periods[self.row] if self.team.periods > 1 else ""

    @cached_property
    def scene(self) -> Scene:
        """The plan as this person has it, along the KPI that pays most."""
        rows = self.team.rows
        plan = own_plan(self.team.plan, rows.team.targets[self.row], float(rows.team.incentives[self.row]))
        at = dict(zip(plan.ids, map(float, rows.team.results[self.row]), strict=True))
        return Scene(plan, plan.kpis[self.team.main].id, at)

    @property
    def pay(self) -> float:
        """What the plan pays in that period, without pay by place [money]."""
        return float(self.team.rows.pay[self.row])

    @cached_property
    def edge(self) -> NearEdge | None:
        """The dearest edge that is near."""
        return next((one for one in self.team.near if one.person == self.place), None)

    @cached_property
    def before(self) -> float | None:
        """What the other plan pays over all periods [money]; None where there is none."""
        found = self.team.change
        name = self.team.people.names[self.place]
        return None if found is None else next((one.before for one in found.people if one.name == name), None)

    @cached_property
    def whole_at(self) -> float | None:
        """The result at which this plan pays what the other one did; None where it pays no less, or no result does."""
        pays = float(self.team.people.pay[self.place])
        if self.before is None or self.before <= pays or self.team.periods > 1:
            return None
        return kept_whole_at(self.team.people, self.place, self.before)
