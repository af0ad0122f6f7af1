"""The people under a plan that is being moved: what moves with a handle, in the same frame as the line."""

from dataclasses import dataclass, replace

import numpy as np

from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import cost_of_plan
from calc.piecewise.vectorized import Floats
from calc.plan.plan import Plan
from calc.team.changes import count_changes
from calc.team.overview import TeamShares, described_shares, shares_of_people
from calc.team.paid_people import PaidPeople, TeamResults, by_person, pay_people
from ui.model.team import TeamView


@dataclass(frozen=True)
class LiveTeam:
    """What moves with a handle: where people stand, what it costs, who is where, who gains and who loses.

    Args:
        places: (n,) attainment of the KPI on the axis.
        heights: (n,) payout in money of the plan's own target incentive.
        cost: what all are paid [money]; of a described team what is expected.
        share: the parts of the team.
        size: how many people there are.
        gains, loses: parts of the people who are paid more, and less, than under the plan compared with; None where
            there is no other plan.
    """

    places: Floats
    heights: Floats
    cost: float
    share: TeamShares
    size: int
    gains: float | None
    loses: float | None


def live_team(view: TeamView, plan: Plan, along: str | None) -> LiveTeam:
    """The same people under a plan that is being moved, or as it is.

    Args:
        plan: the plan.
        along: the id of the KPI on the axis; None where all move together.

    Raises:
        Refused: people cannot be paid.
    """
    same = plan.incentive == view.plan.incentive and _same_targets(plan, view.plan)
    rows = pay_people(plan, view.rows.team if same and view.named else _moved_results(view, plan))
    preset = replace_plan(view.preset, plan)
    paid = view.with_places(preset, by_person(rows))
    places = paid.overall if along is None else paid.attainment[:, plan.ids.index(along)]
    gains, loses = _gains_of(view, preset, paid)
    if view.named:
        cost, share, size = paid.total, shares_of_people(paid), len(paid)
    else:
        cost = cost_of_plan(plan, view.team).expected * view.team.size
        share, size = described_shares(plan, view.team, paid), view.team.size
    return LiveTeam(places, paid.multiple * plan.incentive, cost, share, size, gains, loses)


def _moved_results(view: TeamView, plan: Plan) -> TeamResults:
    """The people's results under a plan with other targets; whoever has a target of their own keeps it."""
    own = view.own_targets
    if own is None or plan.incentive != view.plan.incentive:
        return view.results(plan)
    targets = np.where(own, view.rows.team.targets, np.array([kpi.target for kpi in plan.kpis]))
    return replace(view.rows.team, targets=targets)


def _gains_of(view: TeamView, preset: Preset, paid: PaidPeople) -> tuple[float | None, float | None]:
    """The parts of the people who are paid more, and less, than under the other plan."""
    if view.before is None or view.other is None:
        return None, None
    if view.before.plan is preset.plan:
        return 0.0, 0.0
    same = len(view.before) == len(paid) and np.array_equal(view.before.team.results, paid.team.results)
    after = paid if same else view.carried(preset)
    return tuple(count / len(after) for count in count_changes(view.before, after))  # type: ignore[return-value]


def replace_plan(preset: Preset, plan: Plan) -> Preset:
    """A preset with another plan, which was checked when it was made."""
    return preset if preset.plan is plan else preset.model_copy(update={"plan": plan})


def _same_targets(one: Plan, other: Plan) -> bool:
    return [(k.id, k.target, k.team_target) for k in one.kpis] == [(k.id, k.target, k.team_target) for k in other.kpis]
