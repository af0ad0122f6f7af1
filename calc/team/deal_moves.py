"""The price of moving a deal: what a person gains by booking it in the next period instead, or in this one already.

For every person and every boundary between two periods: the most, over m from -M to M, of pay(x - m) + pay(y + m) less
pay(x) + pay(y). It is read off the exact pieces: between breaks both pays are straight, so that the most lies where
one of them breaks. It is 0 for a plan that is one straight line through 0, and for one that pays the year so far.

The other KPIs stand at target. Not modelled: what a customer does who is asked to wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.plan import Plan
from calc.team.costs import main_kpi
from calc.team.paid_people import PaidPeople

MOVABLE = 0.1
"""The part of a period's target that can be moved over its end."""
SAME_DEAL = 1e-9
"""Gains that differ by less are the same [money]; of two moves of one gain the shorter is told."""


@dataclass(frozen=True)
class DealMoves:
    """What moving deals is worth.

    Args:
        gain: (n, periods - 1) the most that a move over each boundary brings [money].
        moved: (n, periods - 1) what is moved into the next period for it [attainment]; below 0 what is pulled in.
    """

    gain: Floats
    moved: Floats

    @property
    def total(self) -> float:
        """The gains of all boundaries, each for itself [money]."""
        return float(self.gain.sum())


def pay_of_main_kpi(plan: Plan) -> Curve:
    """Pay [money] by the attainment of the KPI that pays most, the others at target."""
    kpi = plan.kpis[main_kpi(plan)]
    return kpi.by_attainment(plan.pay_along(kpi.id))


def price_of_moves(pay: Curve, attainment: Floats, most: float) -> DealMoves:
    """What moving a part of the sales over a boundary is worth.

    Args:
        pay: pay of a period [money] by its attainment.
        attainment: (n, periods) what each person reached in each period [1 = on target].
        most: the most that can be moved [attainment].

    >>> pay = Curve.through([(0, 0), (1, 0), (1, 100)])
    >>> found = price_of_moves(pay, np.array([[0.95, 1.3], [1.2, 0.9]]), 0.2)
    >>> found.gain.ravel().tolist(), found.moved.ravel().round(2).tolist()
    ([100.0, 100.0], [-0.05, 0.1])
    """
    here, there = attainment[:, :-1], attainment[:, 1:]
    stands = pay(here) + pay(there)
    gain, moved = np.zeros(here.shape), np.zeros(here.shape)
    candidates: list[Floats] = [np.full(here.shape, most), np.full(here.shape, -most)]
    for place in dict.fromkeys(pay.starts[1:]):
        candidates += [here - place, place - there]
    for move in candidates:
        allowed = np.clip(move, -most, most)
        more = pay(np.round(here - allowed, 12)) + pay(np.round(there + allowed, 12)) - stands
        shorter = (more > gain - SAME_DEAL) & (gain > 0) & (np.abs(allowed) < np.abs(moved))
        better = (more > gain + SAME_DEAL) | shorter
        gain, moved = np.where(better, more, gain), np.where(better, allowed, moved)
    return DealMoves(gain, moved)


@dataclass(frozen=True)
class TeamMoves:
    """What moving deals over the ends of periods is worth to named people.

    Args:
        names: (n,) the people who have a result in every period.
        periods: (m,) the labels of the periods, in order.
        moves: by person and boundary.
    """

    names: tuple[str, ...]
    periods: tuple[str, ...]
    moves: DealMoves


def moves_of_team(paid: PaidPeople, movable: float = MOVABLE) -> TeamMoves | None:
    """What moving a part of target over the ends of periods is worth; None where people have one period.

    Args:
        paid: a row a person and period.
        movable: the most that can be moved [attainment].
    """
    periods = ordered_periods(paid.team.periods)
    rows = {(n, p): i for i, (n, p) in enumerate(zip(paid.names, paid.team.periods, strict=True))}
    whole = [name for name in dict.fromkeys(paid.names) if all((name, p) in rows for p in periods)]
    if len(periods) < 2 or not whole:
        return None
    places = np.array([[rows[name, p] for p in periods] for name in whole])
    found = price_of_moves(pay_of_main_kpi(paid.plan), paid.overall[places], movable)
    return TeamMoves(tuple(whole), periods, found)


def ordered_periods(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels of periods, each once, in the order of time: they begin with the year.

    >>> ordered_periods(["2026-Q2", "2026-Q1", "2026-Q2"])
    ('2026-Q1', '2026-Q2')
    """
    return tuple(sorted({*labels}))
