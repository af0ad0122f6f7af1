"""The same named people under two plans: who gains, who loses, what keeps somebody whole, and the same money reshaped.

Both plans pay the same results. A KPI that only one of them has stands at its target where people have no result of it.
Not modelled: that anybody sells more, or less, because of the other plan.
"""

from dataclasses import dataclass

import numpy as np

from calc.outcomes.expected_cost import rescale_plan
from calc.piecewise.pieces import NotALine
from calc.piecewise.vectorized import Floats
from calc.plan.plan import Plan
from calc.team.costs import main_kpi
from calc.team.paid_people import PaidPeople, TeamResults, pay_people

UNHARMED = 0.05
"""A loss of more than this part of the old pay is told first."""
MAX_CHANGE_TRIES = 200
"""Factors that are tried until a cost is equal to the smallest unit."""


@dataclass(frozen=True)
class PayChange:
    """What becomes of one person: pay under both plans and the change [money]; `share` is the change of the old pay.

    `share` is None where nothing was paid before.
    """

    name: str
    period: str
    before: float
    after: float
    change: float
    share: float | None


@dataclass(frozen=True)
class TeamChange:
    """What becomes of a team: everybody with the worst losses first, and the sums [money].

    Args:
        people: losers of more than a twentieth first, then by change, the largest loss first.
        before, after: what all are paid [money].
        winners, losers: how many are paid more, and less.
    """

    people: tuple[PayChange, ...]
    before: float
    after: float
    winners: int
    losers: int

    @property
    def total(self) -> float:
        """What all gain less what all lose [money]."""
        return self.after - self.before


def team_change(before: PaidPeople, after: PaidPeople) -> TeamChange:
    """What becomes of the same people under another plan.

    >>> from calc.plan.kpi import Kpi
    >>> from calc.plan.mechanics import Band
    >>> from calc.team.paid_people import results_of
    >>> old, new = (
    ...     Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=floor)),))
    ...     for floor in (0.0, 0.7)
    ... )
    >>> team = results_of(old, ("Jo", "Sam"), [[50], [120]])
    >>> change = team_change(pay_people(old, team), pay_people(new, team))
    >>> change.total, [(one.name, one.change, one.share) for one in change.people]
    (-500.0, [('Jo', -500.0, -1.0), ('Sam', 0.0, 0.0)])
    """
    changes = _changes(before, after)
    winners, losers = count_changes(before, after)
    people = [
        PayChange(name, period, float(old), float(new), float(by), float(by / old) if old else None)
        for name, period, old, new, by in zip(
            before.names, before.team.periods, before.pay, after.pay, changes, strict=True
        )
    ]
    people.sort(key=lambda one: (not (one.share is not None and one.share < -UNHARMED), one.change, one.name))
    return TeamChange(tuple(people), before.total, after.total, winners, losers)


def count_changes(before: PaidPeople, after: PaidPeople) -> tuple[int, int]:
    """How many of the same people are paid more under another plan, and how many less."""
    changes = _changes(before, after)
    return int((changes > 0).sum()), int((changes < 0).sum())


def _changes(before: PaidPeople, after: PaidPeople) -> Floats:
    """By how much each person's pay changes (n,) [money], to the smallest unit."""
    found: Floats = np.round(after.pay - before.pay, after.plan.minor) + 0.0
    return found


def carried_results(a: PaidPeople, b: Plan) -> TeamResults:
    """The people of plan A with their results in the order of plan B's KPIs.

    Args:
        a: the people under plan A.
        b: the other plan.
    """
    place = {name: i for i, name in enumerate(a.plan.ids)}
    own = (a.team.targets != np.array([k.target for k in a.plan.kpis])).any(axis=0)
    results = [a.team.results[:, place[k.id]] if k.id in place else np.full(len(a), k.target) for k in b.kpis]
    targets = [
        a.team.targets[:, place[k.id]] if k.id in place and own[place[k.id]] else np.full(len(a), k.target)
        for k in b.kpis
    ]
    shared = a.plan.target_incentive is None or bool((a.team.incentives == a.plan.target_incentive).all())
    whole = np.full(len(a), b.target_incentive or b.incentive) if shared else a.team.incentives
    return TeamResults(
        a.names,
        a.team.periods,
        np.stack(results, axis=1),
        np.stack(targets, axis=1),
        whole,
        a.team.attributes,
        a.team.left_out,
    )


def own_plan(plan: Plan, targets: Floats, incentive: float) -> Plan:
    """The plan as one person has it: with targets (k,) of their own [KPI units] and an own target incentive [money]."""
    kpis = tuple(
        k if target == k.target or not k.has_target else k.changed(target=float(target))
        for k, target in zip(plan.kpis, targets, strict=True)
    )
    changes = {} if plan.target_incentive in (None, incentive) else {"target_incentive": float(incentive)}
    return forgetful_twin(plan) if kpis == plan.kpis and not changes else plan.changed(kpis=kpis, **changes)


def forgetful_twin(plan: Plan) -> Plan:
    """The same plan with a memory of its own: sessions share presets, and what a plan remembers tells of results."""
    twin = plan.model_copy()
    twin.__dict__.pop("known", None)
    return twin


def kept_whole_at(after: PaidPeople, place: int, pay: float) -> float | None:
    """The result of the KPI that pays most at which a person is first paid as much as before, the others standing.

    Args:
        after: the people under the new plan.
        place: which of them.
        pay: what the old plan pays them [money].

    Returns:
        A result [KPI unit]; None where no result pays so much, or the pay along the KPI is no line.
    """
    main = main_kpi(after.plan)
    plan = own_plan(after.plan, after.team.targets[place], float(after.team.incentives[place]))
    kpi = plan.kpis[main]
    at = dict(zip(plan.ids, map(float, after.team.results[place]), strict=True))
    try:
        along = plan.pay_along(kpi.id, at)
    except NotALine:
        return None
    found = kpi.from_worse(along).inverse(pay)
    return None if found is None else found * kpi.sign + 0.0


def at_the_same_cost(plan: Plan, team: TeamResults, cost: float) -> tuple[Plan, TeamResults] | None:
    """A plan with all its money multiplied by one factor, so that it costs these people so much to the smallest unit.

    Args:
        plan: the plan whose shape stays as it is.
        team: the people.
        cost: what it is to cost [money].

    Returns:
        The plan and the people with incentives to match; None where no factor does it.
    """
    start = pay_people(plan, team).total
    if start <= 0 or cost <= 0:
        return None
    low, high = 0.5 * cost / start, 2.0 * cost / start
    unit = 10.0**-plan.minor
    factor = cost / start
    for _ in range(MAX_CHANGE_TRIES):
        scaled, people = _multiplied(plan, team, factor)
        gap = pay_people(scaled, people).total - cost
        if abs(gap) < unit / 2:
            return scaled, people
        low, high = (low, factor) if gap > 0 else (factor, high)
        factor = (low + high) / 2
        if not low < factor < high:
            return None
    return None


def _multiplied(plan: Plan, team: TeamResults, factor: float) -> tuple[Plan, TeamResults]:
    scaled = rescale_plan(plan, factor)
    exact = scaled if plan.target_incentive is None else scaled.changed(target_incentive=plan.target_incentive * factor)
    people = TeamResults(
        team.names,
        team.periods,
        team.results,
        team.targets,
        team.incentives * factor,
        team.attributes,
        team.left_out,
    )
    return exact, people
