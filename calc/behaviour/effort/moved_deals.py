"""Deals that are moved across the close of a period: pulled in or held back, for what the plan pays for it.

At the close a rep books `sales + r`, where r lies between what can be held back and what can be pulled in. The next
period then starts short by what was pulled in and its loss, or ahead by what was held back less its decay. The last
period has none after it, and its deals cost nothing to pull in.

The best r is among a grid and the exact distance to every break of pay; a grid alone puts the bunching in the wrong
place.
"""

from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.grid import Grid, cubic_weights, make_grid
from calc.behaviour.effort.landing import land, move_to
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.solver import Policy, farthest_reach, solve_before
from calc.behaviour.effort.step import Precision
from calc.piecewise.vectorized import Floats

FINE = Precision(cells=12, last=1)
PARTS = 8
"""Parts of a cell over which the close is averaged."""
MAX_DEAL_TRIES = 41


@dataclass(frozen=True)
class Moving:
    """How much may be moved, and what that costs.

    Args:
        pull_in, hold_back: the most that may be moved at a close [sales].
        loss: what a deal that is pulled in costs the next period, beyond itself.
        decay: the part of a deal held back that is lost.
        patience: what the next period's value counts today.
    """

    pull_in: float = 0.06
    hold_back: float = 0.0
    loss: float = 0.07
    decay: float = 0.07
    patience: float = 0.97

    def next_start(self, moved: Floats) -> Floats:
        """Where the next period starts after so much was pulled in (above 0) or held back (below 0) [sales]."""
        return np.where(moved > 0.0, -(1.0 + self.loss) * moved, (self.decay - 1.0) * moved)


@dataclass(frozen=True)
class MovedPeriod:
    """One period in which deals are moved, for one rep.

    Args:
        booked: (T,) sales booked in every step; the first bears what was moved into the period, the last what is moved
            at its close.
        earned: sales made in the period.
        hit: the chance that the target is booked.
        moved: mean amount moved at the close.
        pay: expected pay.
    """

    booked: Floats
    earned: float
    hit: float
    moved: float
    pay: float


def play_moved_deals(
    pay: PayRows, reps: Reps, target: float, *, periods: int, moving: Moving, widths: tuple[float, ...]
) -> tuple[MovedPeriod, ...]:
    """What one rep does over several periods at whose closes deals can be moved.

    Args:
        pay: one row.
        reps: one rep.
        target: the target [sales].
        periods: how many; after the last there is none.
    """
    grid = make_grid(reps.noise, widths, farthest_reach(reps), FINE.cells)
    closes: list[_Close] = []
    policies: list[Policy] = []
    ahead: Floats | None = None
    for _ in range(periods):
        close = _Close(pay, reps, grid, moving, ahead)
        policy = solve_before(Policy((grid,), (), (), (), close.value[None]), reps, grid, widths, FINE)
        closes.insert(0, close)
        policies.insert(0, policy)
        ahead = policy.value[0]
    return _forward(closes, policies, reps, target, grid, widths)


class _Close:
    """The close of a period: how much is moved from every place, and what each node is worth.

    Args:
        ahead: (count,) what the next period is worth by where it starts; None after the last.
    """

    def __init__(self, pay: PayRows, reps: Reps, grid: Grid, moving: Moving, ahead: Floats | None) -> None:
        parts = (np.arange(PARTS) + 0.5) / PARTS - 0.5
        places = grid.nodes[:, None] + parts * grid.cell + float(reps.without_effort[0])
        tries = np.linspace(-moving.hold_back, moving.pull_in, MAX_DEAL_TRIES)
        around = np.broadcast_to(tries, (*places.shape, MAX_DEAL_TRIES))
        exact = np.clip(pay.breaks[0] - places[..., None], -moving.hold_back, moving.pull_in)
        moved = np.concatenate([around, exact, np.zeros((*places.shape, 1))], axis=-1)
        paid = pay.pay((places[..., None] + moved)[None] + 1e-12)[0]
        later = 0.0 if ahead is None else moving.patience * read_line(ahead, grid, moving.next_start(moved))
        worth = paid + later - 1e-12 * np.abs(moved)
        best = worth.argmax(axis=-1)[..., None]
        self.places = places
        self.moved = np.take_along_axis(moved, best, -1)[..., 0]
        self.paid = np.take_along_axis(paid, best, -1)[..., 0]
        self.value = np.take_along_axis(worth, best, -1)[..., 0].mean(axis=1)
        self.starts = moving.next_start(self.moved)


def read_line(values: Floats, grid: Grid, at: Floats) -> Floats:
    """Values (count,) at nodes, read between them by four nodes each, at places of any shape within the grid."""
    ahead = np.clip(at / grid.cell + grid.low, 1.0, grid.count - 3.0)
    base = np.floor(ahead).astype(np.int64)
    found = np.zeros_like(ahead)
    for offset, weight in enumerate(cubic_weights(ahead - base)):
        found += weight * values[base + offset - 1]
    return found


def _forward(
    closes: list[_Close], policies: list[Policy], reps: Reps, target: float, grid: Grid, widths: tuple[float, ...]
) -> tuple[MovedPeriod, ...]:
    """Chances through all periods."""
    start = np.zeros((1, grid.count))
    start[0, grid.low] = 1.0
    found = []
    for close, policy in zip(closes, policies, strict=True):
        landing = land(policy, reps, FINE, mass=start)
        begun = float((start[0] * grid.nodes).sum())
        made = np.array(widths) * (reps.without_effort[0] + reps.by_effort[0] * landing.effort[:, 0])
        end = move_to(policy, reps, grid, FINE, mass=start)[0]
        share = end[:, None] / PARTS
        moved = float((share * close.moved).sum())
        booked = made.copy()
        booked[0] += begun
        booked[-1] += moved
        hit = float((share * (close.places + close.moved >= target - 1e-9)).sum())
        found.append(MovedPeriod(booked, float(made.sum()), hit, moved, float((share * close.paid).sum())))
        start = _spread(share, close.starts, grid)
    return tuple(found)


def _spread(share: Floats, at: Floats, grid: Grid) -> Floats:
    """(1, count) chances at places as chances of the nodes around them."""
    ahead = np.clip(at / grid.cell + grid.low, 1.0, grid.count - 3.0)
    base = np.floor(ahead).astype(np.int64)
    mass = np.zeros(grid.count)
    for offset, weight in enumerate(cubic_weights(ahead - base)):
        mass += np.bincount((base + offset - 1).ravel(), (share * weight).ravel(), minlength=grid.count)
    return mass[None]
