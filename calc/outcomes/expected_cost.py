"""What a plan costs when a team lives under it: expected pay per rep, and the same plan rescaled to cost the same.

What every KPI pays for itself is expected in closed form. Gates, modifiers, grids, a score and the plan's own floor
and ceiling tie KPIs together: what they add or take is the mean over a fixed lattice of equally likely reps, so that
two plans are compared on the same people. Not modelled: that people land elsewhere under another plan.
"""

from dataclasses import dataclass

import numpy as np

from calc.documents.planfile import Preset
from calc.piecewise.curve import Curve
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.plan_terms import trim_cache
from calc.situation.team import TYPICAL, Team, draw_team

UNSEEN = 2e-4
"""How far a rescaled incentive may be rounded to whole cents: a fifth of the thousandth that a cost may move by."""


@dataclass(frozen=True)
class Cost:
    """Money per rep and period: expected, and when every KPI stands at target; and how many reps there are."""

    expected: float
    at_target: float
    size: int


def cost_of_plan(plan: Plan, team: Team | None) -> Cost:
    """What a plan costs per rep and period [money, not rounded], base pay left out.

    Args:
        plan: the plan.
        team: who lives under it; a typical team where None.
    """
    people, known = team or TYPICAL, plan.known.means
    if people not in known:
        trim_cache(known)[people] = expected_pay(plan, people)
    return Cost(known[people], plan.pay_at_target, people.size)


def expected_pay(plan: Plan, team: Team) -> float:
    """Expected pay of one rep of a team [money, not rounded], base pay left out.

    Exact where the pay hangs on one KPI, and where KPIs are paid each for itself: the mean of a sum needs no more than
    the means of its parts. The lattice carries the rest alone, which is what makes its error small.

    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(accelerator=3)),))
    >>> round(expected_pay(plan, Team(mean=1.0, spread=0.2)), 2)  # 1000 * (1 + 2 * 0.2 / sqrt(2 pi))
    1159.58
    """
    if len(plan.deciding) == 1:
        (kpi,) = (plan.kpi(name) for name in plan.deciding)
        return _mean_along(plan.pay_along(kpi.id), kpi, team)
    alone = [] if plan.combine == "score" else [k for k in plan.kpis if k.paid and k.grid is None]
    own = {k.id: k.by_result * plan.worth[k.id] for k in alone}
    sure = sum(_mean_along(own[k.id], k, team) for k in alone)
    if not _is_tied(plan):
        return sure
    reps = draw_team(team, plan)
    paid = plan.payout(reps) * plan.incentive
    rest = paid
    for column, name in zip(reps.T, plan.ids, strict=True):
        rest = rest - own[name](np.ascontiguousarray(column)) if name in own else rest
    if rest.var() > paid.var():  # a plan that caps nearly everything is better read by itself
        return float(paid.mean())
    return sure + float(rest.mean())


def _mean_along(by_result: Curve, kpi: Kpi, team: Team) -> float:
    """The mean of a curve by result where the team lands."""
    return kpi.by_attainment(by_result).expect(team.landing(kpi))


def _is_tied(plan: Plan) -> bool:
    """Whether anything makes the pay more, or less, than the sum of what KPIs pay each for itself."""
    limits = plan.limits != (None, None)
    grids = any(k.paid and k.grid is not None for k in plan.kpis)
    return plan.combine == "score" or limits or grids or bool(plan.gates or plan.modifiers or plan.greater_of)


def at_the_cost_of(before: Preset, after: Preset) -> Preset:
    """A changed preset with its money rescaled, so that it costs what it did before the change.

    The target incentive, in whole cents where that cannot be seen, and every commission rate are multiplied by one
    factor: the shape stays as it is. Where either plan costs less than half of the currency's smallest unit, there is
    no such factor, and the changed preset is given back as it is.
    """
    was, now = (cost_of_plan(p.plan, p.team).expected for p in (before, after))
    if min(was, now) < 0.5 * 10.0**-before.plan.minor:
        return after
    try:
        return after.changed(plan=rescale_plan(after.plan, was / now), name=after.name)
    except Refused:
        return after


def rescale_plan(plan: Plan, factor: float) -> Plan:
    """The plan with all its money multiplied by a factor."""
    kpis = tuple(k.changed(curve=k.curve.times(factor)) if k.in_money and k.curve is not None else k for k in plan.kpis)
    money = {name: getattr(plan, name) for name in ("floor_pay", "ceiling_pay") if getattr(plan, name) is not None}
    plan = plan.changed(kpis=kpis, **{name: amount * factor for name, amount in money.items()})
    if plan.target_incentive is None:
        return plan
    exact = plan.target_incentive * factor
    whole = round(exact, plan.minor)
    return plan.changed(target_incentive=whole if abs(whole - exact) <= UNSEEN * exact else exact)
