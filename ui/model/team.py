"""The people under the plan on the screen: all that is shown of them, each thing worked out when it is asked for.

They are people of files, those whom a plan file names, or a described team; of the last, reps who land as it is likely.
All three give the same views.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.situation.team import TYPICAL, Team, draw_team
from calc.tables.people import PeopleRead
from calc.team.changes import TeamChange, at_the_same_cost, carried_results, team_change
from calc.team.contest import Contest, add_rank_pay, contest_of
from calc.team.costs import TeamCost, main_kpi, team_cost
from calc.team.deal_moves import TeamMoves, moves_of_team
from calc.team.edges import NearEdge, near_edges
from calc.team.landing import LandingShares, landing_shares
from calc.team.overview import (
    TeamOverview,
    edges_of_main,
    overview_of_people,
    overview_of_team,
    team_of_reps,
)
from calc.team.paid_people import PaidPeople, TeamResults, by_person, pay_people, results_of, team_results
from calc.team.performance import Inversion, worst_inversions

MAX_PEOPLE_DRAWN = 1000
"""People who are drawn one by one; more are drawn as a spread."""
MAX_REPS_DRAWN = 400
"""Reps of a described team who are looked at one by one."""
AS_IT_CAME = "the plan as it came"
"""What the plan is called that winners and losers are told against where none is pinned."""
PINNED = "plan A"
"""What a pinned plan is called."""
Source = Literal["files", "plan", "described"]


@dataclass(frozen=True, eq=False)
class TeamView:
    """People under a plan.

    Args:
        preset: the plan with its situation.
        read: what files say of people; None where the plan file's own are looked at.
        other: the plan that winners and losers are told against; None where there is none.
        other_name: what that plan is called within a sentence.
        hidden: whether names are hidden.
        made_up: whether the people are nobody.
        quotas: by KPI and name, quotas in place of those that files have [KPI units].
    """

    preset: Preset
    read: PeopleRead | None = None
    other: Preset | None = None
    other_name: str = ""
    hidden: bool = False
    made_up: bool = False
    quotas: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def pinned(self) -> bool:
        """Whether the other plan is one that somebody has pinned."""
        return self.other_name == PINNED

    @property
    def plan_differs(self) -> bool:
        """Whether the other plan is another one indeed."""
        return self.other is not None and self.other.plan != self.plan

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.preset.plan

    @property
    def source(self) -> Source:
        """Where the people come from."""
        return "files" if self.read is not None else "plan" if self.preset.reps else "described"

    @property
    def named(self) -> bool:
        """Whether the people are somebody each."""
        return self.source != "described"

    @cached_property
    def team(self) -> Team:
        """The described team; a typical one where none is described."""
        return self.preset.team or TYPICAL

    def results(self, plan: Plan) -> TeamResults:
        """The people's results under a plan.

        Raises:
            Refused: a KPI on which the pay depends has no result of anybody.
        """
        if self.read is not None:
            return self._with_quotas(plan, team_results(plan, self.read))
        if self.preset.reps:
            return team_of_reps(plan, self.preset.reps)
        size = min(max(self.team.size, 12), MAX_REPS_DRAWN)
        return results_of(plan, [f"Rep {n + 1}" for n in range(size)], draw_team(self.team, plan)[:size])

    def _with_quotas(self, plan: Plan, team: TeamResults) -> TeamResults:
        """The people with the quotas that were set in place of their own."""
        if not self.quotas:
            return team
        targets = team.targets.copy()
        for kpi, quotas in self.quotas.items():
            for n, name in enumerate(team.names):
                if kpi in plan.ids and name in quotas:
                    targets[n, plan.ids.index(kpi)] = quotas[name]
        return replace(team, targets=targets)

    @cached_property
    def own_targets(self) -> NDArray[np.bool_] | None:
        """Whether a target (n, k) is the person's own, as files have it; None where results hang on targets too."""
        if self.read is None or any(row.attainments for row in self.read.rows):
            return None
        told = {(row.person, "" if row.period is None else row.period.label): row.targets for row in self.read.rows}
        own = [
            [k.id in told[key] or name in self.quotas.get(k.id, {}) for k in self.plan.kpis]
            for name, key in ((one, (one, at)) for one, at in zip(self.rows.names, self.rows.team.periods, strict=True))
        ]
        return np.array(own, dtype=np.bool_).reshape(-1, len(self.plan.kpis))

    @cached_property
    def rows(self) -> PaidPeople:
        """A row a person and period, paid.

        Raises:
            Refused: people cannot be paid.
        """
        return pay_people(self.plan, self.results(self.plan))

    @cached_property
    def people(self) -> PaidPeople:
        """A row a person, with what their places pay."""
        return self.with_places(self.preset, by_person(self.rows))

    def with_places(self, preset: Preset, paid: PaidPeople) -> PaidPeople:
        """People with what their places pay, where they are named."""
        return add_rank_pay(preset, paid) if self.named else paid

    @cached_property
    def periods(self) -> int:
        """How many periods the people have results of; 1 where none are told apart."""
        return len({*self.rows.team.periods})

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each person is called on the screen: by name, or by a letter where names are hidden."""
        return letters(len(self.people)) if self.hidden and self.named else self.people.names

    @cached_property
    def overview(self) -> TeamOverview:
        """The dozen figures that the command `team` prints."""
        return overview_of_people(self.people) if self.named else overview_of_team(self.preset)

    @cached_property
    def main(self) -> int:
        """The place of the KPI that pays most."""
        return main_kpi(self.plan)

    @cached_property
    def edges(self) -> tuple[float, float]:
        """The floor and the ceiling of the KPI that pays most [attainment]; infinite where it has none."""
        return edges_of_main(self.plan)

    @cached_property
    def landing(self) -> LandingShares:
        """How people land."""
        return landing_shares(self.people.overall, self.edges[0])

    @cached_property
    def near(self) -> tuple[NearEdge, ...]:
        """Who stands near an edge, the dearest first."""
        return near_edges(self.people)

    @cached_property
    def inversions(self) -> tuple[Inversion, ...]:
        """Who sells more and is paid a smaller multiple."""
        return worst_inversions(self.people.overall, self.people.multiple)

    @cached_property
    def costs(self) -> TeamCost:
        """What the plan costs these people: at target, expected, as they landed."""
        return team_cost(self.people)

    @cached_property
    def before(self) -> PaidPeople | None:
        """The same people under the other plan, a row a person; None where there is none."""
        rows = self._rows_before
        return None if rows is None or self.other is None else self.with_places(self.other, by_person(rows))

    @cached_property
    def _rows_before(self) -> PaidPeople | None:
        if self.other is None:
            return None
        try:
            return pay_people(self.other.plan, self.results(self.other.plan))
        except Refused:
            return None  # the other plan pays what these people have no results of

    @cached_property
    def change(self) -> TeamChange | None:
        """Who gains and who loses against the other plan, on the same results."""
        return None if self.before is None else team_change(self.before, self.carried(self.preset))

    def carried(self, preset: Preset) -> PaidPeople:
        """The people of the other plan under a plan, with the results that they have there."""
        rows = self._rows_before
        assert rows is not None
        return self.with_places(preset, by_person(pay_people(preset.plan, carried_results(rows, preset.plan))))

    @cached_property
    def same_money(self) -> TeamChange | None:
        """The same money in another shape: this plan's shape at the other plan's cost; None where no factor does it."""
        if self.before is None or self._rows_before is None:
            return None
        scaled = at_the_same_cost(self.plan, carried_results(self._rows_before, self.plan), self.before.total)
        return None if scaled is None else team_change(self.before, by_person(pay_people(*scaled)))

    @cached_property
    def contest(self) -> Contest | None:
        """Pay by place, where the plan has it."""
        return contest_of(self.preset, self.people if self.named else None)

    @cached_property
    def moves(self) -> TeamMoves | None:
        """What moving deals over the ends of periods is worth; None where people have one period."""
        return moves_of_team(self.rows)

    def place_of(self, name: str) -> int:
        """The place of a person among the people, by name."""
        return self.people.names.index(name)

    def shown_name(self, name: str) -> str:
        """What a person is called on the screen."""
        return self.names[self.place_of(name)]


def without_names(found: Sequence[Finding], preset: Preset) -> tuple[Finding, ...]:
    """Findings with a letter in place of each name of the reps that a plan file names."""
    others = dict(zip((rep.name for rep in preset.reps), letters(len(preset.reps)), strict=True))
    return tuple(one.with_names(others) for one in found)


def letters(count: int) -> tuple[str, ...]:
    """Letters in place of names: A, B, ... Z, AA, AB.

    >>> letters(28)[0], letters(28)[25:]
    ('A', ('Z', 'AA', 'AB'))
    """
    return tuple(map(_letter, range(count)))


def _letter(n: int) -> str:
    return ("" if n < len(string.ascii_uppercase) else _letter(n // 26 - 1)) + string.ascii_uppercase[n % 26]
