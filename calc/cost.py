"""What a plan costs when a team lives under it: expected pay per rep, and the same plan rescaled to cost the same.

The team is a fixed lattice of equally likely reps, so that two plans are compared on the same people. Not modelled:
that people land elsewhere under another plan.
"""

from dataclasses import dataclass

from calc.mechanics import Tiers
from calc.plan import Plan
from calc.planfile import Preset
from calc.refusal import Refused
from calc.team import Team, draws

TYPICAL = Team(size=1, mean=1.0, spread=0.2)
"""A team that is nobody's, where a preset describes none: on target on average, and a fifth off either way."""

UNSEEN = 2e-4
"""How far a rescaled incentive may be rounded to whole cents: a fifth of the thousandth that a cost may move by."""


@dataclass(frozen=True)
class Cost:
    """Money per rep and period: expected, and at 100 % of everything; and how many reps there are."""

    expected: float
    at_target: float
    size: int


def cost(plan: Plan, team: Team | None) -> Cost:
    """What a plan costs per rep and period [money, not rounded], base pay left out.

    Args:
        plan: the plan.
        team: who lives under it; a typical team where None.
    """
    people = team or TYPICAL
    expected = float(plan.payout(draws(people, plan)).mean()) * plan.incentive
    return Cost(expected, plan.money(1.0), people.size)


def at_the_cost_of(before: Preset, after: Preset) -> Preset:
    """A changed preset with its money rescaled, so that it costs what it did before the change.

    The target incentive, in whole cents where that cannot be seen, and every commission rate are multiplied by one
    factor: the shape stays as it is. Where either
    plan costs nothing, or next to nothing, there is no such factor, and the changed preset is given back as it is.
    """
    was, now = (cost(p.plan, p.team).expected for p in (before, after))
    if was <= 0 or now <= 0:
        return after
    try:
        return after.changed(plan=rescaled(after.plan, was / now), name=after.name)
    except Refused:
        return after


def rescaled(plan: Plan, factor: float) -> Plan:
    """The plan with all its money multiplied by a factor."""
    kpis = tuple(
        k.changed(curve=k.curve.changed(tiers=tuple((start, rate * factor) for start, rate in k.curve.tiers)))
        if isinstance(k.curve, Tiers)
        else k
        for k in plan.kpis
    )
    if plan.target_incentive is None:
        return plan.changed(kpis=kpis)
    exact = plan.target_incentive * factor
    whole = round(exact, plan.minor)
    return plan.changed(kpis=kpis, target_incentive=whole if abs(whole - exact) <= UNSEEN * exact else exact)
