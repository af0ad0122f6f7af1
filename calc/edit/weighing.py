"""How the target incentive is shared out: weights that add up to 1, typed or moved.

A weight that is moved by a slider is followed by all others, which make room in proportion. Weights that are typed
stay as they were typed; the others make room as long as there are others, and what is then left is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from calc.plan.kpi import Kpi
from calc.plan.plan import Plan

FINEST_WEIGHT = 0.001
"""Weights that make room are rounded to this."""
SHARE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Shares:
    """Weights by id, and what of the whole is still to be given; below 0 where too much was given."""

    weights: Mapping[str, float]
    left: float


def share_out(plan: Plan, typed: Mapping[str, float]) -> Shares:
    """Weights as they were typed, with the others that are paid making room in proportion.

    >>> from calc.plan.mechanics import Band
    >>> kpis = tuple(Kpi(id=name, target=1, weight=w, curve=Band()) for name, w in (("a", 0.5), ("b", 0.3), ("c", 0.2)))
    >>> share_out(Plan(target_incentive=1, kpis=kpis), {"a": 0.7}).weights
    {'a': 0.7, 'b': 0.18, 'c': 0.12}
    """
    given = {kpi.id: typed[kpi.id] for kpi in plan.kpis if kpi.id in typed}
    others = {kpi.id: kpi.weight for kpi in plan.kpis if kpi.weight and kpi.id not in given}
    left = round(1 - sum(given.values()), 9)
    made = share_in_proportion(others, max(left, 0.0))
    if made:
        last = max(made, key=lambda name: made[name])
        made[last] = round(made[last] + max(left, 0.0) - sum(made.values()), 9)
        left = min(left, 0.0)
    weights = given | made
    return Shares({kpi.id: weights[kpi.id] for kpi in plan.kpis if kpi.id in weights}, left + 0.0)


def rebalance_weights(plan: Plan, before: Plan, kpi: str, weight: float) -> dict[str, float]:
    """New weights by path: the one that is moved, and the others in proportion, so that all add up to 1.

    Args:
        plan: the plan as it is.
        before: the plan when the move began; its proportions hold, so that a move there and back ends where it began.
        kpi: whose weight is moved.
        weight: where to.
    """
    others = [k.id for k in plan.kpis if k.id != kpi and k.weight is not None and (k.curve or plan.combine == "score")]
    made = share_in_proportion({name: before.kpi(name).weight or 0.0 for name in others}, 1 - weight)
    own = round(1 - sum(made.values()), 6) if others else weight
    return {f"{kpi}.weight": own, **{f"{name}.weight": part for name, part in made.items()}}


def share_in_proportion(shares: Mapping[str, float], whole: float) -> dict[str, float]:
    """A whole shared out in proportion, each part a multiple of FINEST; in equal parts where nobody has a share."""
    if not shares:
        return {}
    parts = dict(shares) if any(shares.values()) else dict.fromkeys(shares, 1.0)
    steps = round(whole / FINEST_WEIGHT)
    exact = {name: steps * part / sum(parts.values()) for name, part in parts.items()}
    counts = {name: int(part + SHARE_TOLERANCE) for name, part in exact.items()}
    by_rest = sorted(counts, key=lambda name: counts[name] - exact[name])
    for name in by_rest[: steps - sum(counts.values())]:
        counts[name] += 1
    return {name: round(count * FINEST_WEIGHT, 6) for name, count in counts.items()}


def make_whole(kpis: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """KPIs whose weights add up to 1 again, in the proportions that they have."""
    shares = {k.id: k.weight for k in kpis if k.weight}
    if not shares or abs(sum(shares.values()) - 1) <= SHARE_TOLERANCE:
        return tuple(kpis)
    return give_weights(kpis, share_in_proportion(shares, 1.0))


def give_weights(kpis: Iterable[Kpi], weights: Mapping[str, float]) -> tuple[Kpi, ...]:
    """KPIs with new weights by id."""
    return tuple(k.changed(weight=weights[k.id]) if k.id in weights else k for k in kpis)
