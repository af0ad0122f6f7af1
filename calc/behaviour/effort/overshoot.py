"""A target that follows the overshoot: what that makes a rep do who sees it coming.

The next target is `q (1 + growth + ratchet max(s/q - 1, 0) + rise [hit] - ease max(1 - s/q, 0))`. What the periods
ahead are worth is read in straight lines between targets from half to twice the first, and goes on straight beyond
them. The next target is a straight line of sales below the target and another above it, so that pay, together with what
follows from it, is again a line with jumps and bends, and the last step stays a closed form.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.rising_target import RisingTarget
from calc.behaviour.effort.solver import TWELVE
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.piecewise.vectorized import Floats

OVERSHOOT_NODES = 25
"""Targets on which what lies ahead is worked out; 13 move sales by 0.002."""
TOLD_OVERSHOOT = 0.1
"""How far beyond the target a rep sells of whom the price of it is told [share of the target]."""


@dataclass(frozen=True)
class TargetRule:
    """How the next target follows from this one and from what was sold.

    Args:
        growth: how much it grows whatever happens.
        rise: how much more it grows after a hit.
        ratchet: the share of an overshoot that is added to it.
        ease: the share of a shortfall that is taken off it.
    """

    growth: float = 0.0
    rise: float = 0.0
    ratchet: float = 0.0
    ease: float = 0.0


class Continuation:
    """What the periods ahead are worth by sales, as a level, a slope, and breaks, for every target of a list.

    Each is linear in what the targets are worth, so the last index of the tables runs over those.

    Args:
        rule: how the target moves.
        targets: (Q,) ascending, as multiples of the first.
    """

    def __init__(self, rule: TargetRule, targets: Floats) -> None:
        self.targets, count = targets, len(targets)
        below, hit = targets * (1.0 + rule.growth), targets * (1.0 + rule.growth + rule.rise)
        slopes = np.diff(np.eye(count), axis=0) / np.diff(targets)[:, None]
        turns, inner = np.diff(slopes, axis=0), targets[1:-1]
        under = (inner < below[:, None]) & (rule.ease > 0.0)
        over = (inner > hit[:, None]) & (rule.ratchet > 0.0)
        away = np.where(under, inner - below[:, None], 0.0) / (rule.ease or 1.0)
        beyond = np.where(over, inner - hit[:, None], 0.0) / (rule.ratchet or 1.0)
        before = slopes[under.sum(axis=1)] if rule.ease else np.zeros((count, count))
        after = slopes[(count - 2) - over.sum(axis=1)] if rule.ratchet else np.zeros((count, count))
        start = self._at(below) if not rule.ease else self._first(below - rule.ease * targets, slopes[0])
        self.level: Floats = start
        self.slope: Floats = rule.ease * slopes[0] + np.zeros((count, count))
        self.breaks: Floats = np.hstack([targets[:, None] + away, targets[:, None] + beyond, targets[:, None]])
        at_target = (rule.ratchet * after - rule.ease * before)[:, None]
        self.bends: Floats = np.concatenate(
            [rule.ease * under[..., None] * turns, rule.ratchet * over[..., None] * turns, at_target], axis=1
        )
        self.jump: Floats = self._at(hit) - self._at(below)
        self._without_idle_breaks()

    def _without_idle_breaks(self) -> None:
        live = np.abs(self.bends).sum(axis=(0, 2)) > 0.0
        live[-1] = True
        self.breaks, self.bends = self.breaks[:, live], self.bends[:, live]

    def _at(self, target: Floats) -> Floats:
        """(Q, Q) weights that read what a target is worth from those of the list, straight on beyond its ends."""
        targets = self.targets
        left = np.clip(np.searchsorted(targets, target, side="right") - 1, 0, len(targets) - 2)
        part = (target - targets[left]) / (targets[left + 1] - targets[left])
        weights = np.zeros((len(target), len(targets)))
        rows = np.arange(len(target))
        weights[rows, left] = 1.0 - part
        weights[rows, left + 1] = part
        return weights

    def _first(self, at_no_sales: Floats, slope: Floats) -> Floats:
        """(Q, Q) where the first piece begins, at sales of 0."""
        found = (at_no_sales - self.targets[0])[:, None] * slope
        found[:, 0] += 1.0
        return np.asarray(found)

    def added_to(self, pay: PayRows, worth: Floats) -> PayRows:
        """Pay (Q x rows) with what lies ahead, where the targets are worth so much (rows, Q) in the next period."""
        rows = len(worth)

        def rowed(table: Floats) -> Floats:
            return np.asarray(np.moveaxis(table @ worth.T, -1, 1).reshape(len(self.targets) * rows, *table.shape[1:-1]))

        bends = rowed(self.bends)
        jumps = np.zeros_like(bends)
        jumps[:, -1] = rowed(self.jump)
        return PayRows(
            pay.level + rowed(self.level),
            pay.slope + rowed(self.slope),
            np.hstack([pay.breaks, np.repeat(self.breaks, rows, axis=0)]),
            np.hstack([pay.jumps, jumps]),
            np.hstack([pay.bends, bends]),
        )

    def chances(self, outcome: Outcome, rows: int) -> Floats:
        """(Q, rows, Q) chances of the next period's targets; their mean is exact."""
        landing, count = outcome.landing, len(self.targets)
        breaks = np.repeat(self.breaks, rows, axis=0)
        zeros = np.zeros(len(breaks))
        ramps = []
        for column in range(breaks.shape[1]):
            one = breaks[:, column : column + 1]
            ramp = PayRows(zeros, zeros, one, np.zeros_like(one), np.ones_like(one))
            ramps.append((landing.mass * ramp.expected(landing.reached, landing.spread)).sum(axis=1))
        beyond = np.array(ramps).T.reshape(count, rows, -1)
        hit = outcome.hit_by_rep.reshape(count, rows)
        sales = outcome.sales_by_rep.reshape(count, rows)
        found = self.level[:, None] + self.slope[:, None] * sales[..., None] + self.jump[:, None] * hit[..., None]
        return np.asarray(found + np.einsum("qrb,qbk->qrk", beyond, self.bends))


def play_overshoot(
    pay: PayRows,
    reps: Reps,
    target: float,
    plain_rate: float,
    rule: TargetRule,
    *,
    periods: int,
    foresight: float,
    teams: int = 1,
    nodes: int = OVERSHOOT_NODES,
    precision: Precision = DEFAULT,
    paid_at: Callable[[PayRows, Floats], PayRows] | None = None,
) -> RisingTarget:
    """What the teams do over several periods.

    Args:
        pay, reps, teams: of the first period, as in `Outcome`.
        target: the first target [sales], the same for all.
        plain_rate: of the first period [target incentives for one unit of sales].
        rule: how the target moves.
        periods: how many.
        foresight: what the next period counts today.
        nodes: targets on which what lies ahead is worked out; an odd number.
        paid_at: pay under targets (rows,), as multiples of the first; stretched along sales if left out.
    """
    targets, rows = np.geomspace(0.5, 2.0, nodes), reps.rows
    every, factor = np.tile(np.arange(rows), nodes), np.repeat(targets, rows)
    scaled = pay.take(every)
    paid = scaled.scaled(factor, np.ones(len(every))) if paid_at is None else paid_at(scaled, factor)
    ahead = Continuation(rule, targets * target)
    batch = reps.taken(every)
    worth = np.zeros((rows, nodes))
    played: list[Outcome] = []
    for _ in range(periods):
        whole = ahead.added_to(paid, foresight * worth)
        outcome = play(
            whole, batch, target * factor, plain_rate / factor, teams=nodes, widths=TWELVE, precision=precision
        )
        worth = outcome.policy.start_value.reshape(nodes, rows).T
        played.insert(0, outcome)
        if not foresight:  # then every period is as the last
            played *= periods
            break
    return _forward(played, ahead, paid, rows, teams, foresight, target)


def _forward(
    played: list[Outcome], ahead: Continuation, paid: PayRows, rows: int, teams: int, foresight: float, first: float
) -> RisingTarget:
    """Means over the chances of every target."""
    nodes = len(ahead.targets)
    chance = np.zeros((nodes, rows))
    chance[nodes // 2] = 1.0
    found: list[Floats] = []
    for number, outcome in enumerate(played, start=1):
        landing = outcome.landing
        earned = (landing.mass * paid.expected(landing.reached, landing.spread)).sum(axis=1).reshape(nodes, rows)
        parts = (
            outcome.sales_by_rep.reshape(nodes, rows),
            earned,
            ahead.targets[:, None] / first,
            outcome.hit_by_rep.reshape(nodes, rows),
            earned - landing.cost.reshape(nodes, rows),
        )
        found.append(np.array([(chance * part).sum(axis=0).reshape(teams, -1).mean(axis=1) for part in parts]))
        if number < len(played):
            chance = np.einsum("qr,qrk->kr", chance, ahead.chances(outcome, rows))
    sales, pay, target, hits, net = np.array(found).transpose(1, 0, 2)
    return RisingTarget(sales, pay, target, hits, net, _price(played, ahead, rows, foresight))


def _price(played: list[Outcome], ahead: Continuation, rows: int, foresight: float) -> Floats:
    """(rows,) what selling a tenth beyond the first target, and not just short of it, takes from what lies ahead."""
    if len(played) < 2:
        return np.zeros(rows)
    nodes = len(ahead.targets)
    middle = nodes // 2
    worth = played[1].policy.start_value.reshape(nodes, rows)
    target, breaks = float(ahead.targets[middle]), ahead.breaks[middle]
    beyond = target * (1.0 + TOLD_OVERSHOOT)
    stretch = np.maximum(beyond - breaks, 0.0) - np.maximum(target - breaks, 0.0)
    change = ahead.jump[middle] + ahead.slope[middle] * (beyond - target) + stretch @ ahead.bends[middle]
    return np.asarray(-foresight * (change @ worth))
