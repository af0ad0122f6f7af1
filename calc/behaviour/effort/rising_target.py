"""A target that rises when it is hit: what that makes a rep do who sees it coming.

After n periods with k hits the target is `(1 + growth + rise)^k (1 + growth)^(n - k)` times the first. Hitting costs
the difference between what the periods ahead are worth with one more hit and without it; that difference is a drop in
pay at the target, and each period is solved for its pay with the drop. No grid of targets is needed.
"""

from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.solver import TWELVE
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.piecewise.vectorized import Floats


@dataclass(frozen=True)
class RisingTarget:
    """What teams do period by period while the target follows them.

    Args:
        sales, pay, target, hit: (periods, teams) expected sales, expected pay, mean target as a multiple of the first,
            and the share at target.
        net: (periods, teams) pay less the cost of effort.
        price_of_hitting: (rows,) what reaching the first target takes from what later periods are worth to each rep;
            under a ratchet, what selling a tenth beyond it does.
    """

    sales: Floats
    pay: Floats
    target: Floats
    hit: Floats
    net: Floats
    price_of_hitting: Floats


def play_rising_target(
    pay: PayRows,
    reps: Reps,
    target: Floats,
    plain_rate: Floats,
    *,
    periods: int,
    growth: float,
    rise: float,
    foresight: float,
    teams: int = 1,
    precision: Precision = DEFAULT,
) -> RisingTarget:
    """What the teams do over several periods.

    Args:
        pay, reps, target, plain_rate, teams: of the first period, as in `Outcome`.
        periods: how many.
        growth: by how much the target grows each period whatever happens.
        rise: by how much more it grows after a hit.
        foresight: what the next period counts today: patience times the belief that the rise will come.
    """
    rows = reps.rows
    ahead = np.zeros((periods + 1, rows))
    played: list[tuple[Outcome, Floats]] = []
    price = np.zeros(rows)
    for n in reversed(range(periods)):
        hits = np.arange(n + 1)
        factor = (1.0 + growth + rise) ** hits * (1.0 + growth) ** (n - hits)
        drop = foresight * (ahead[1 : n + 2] - ahead[: n + 1])
        outcome = _period(pay, reps, target, plain_rate, factor, drop, precision)
        ahead = outcome.policy.start_value.reshape(n + 1, rows) + foresight * ahead[: n + 1]
        played.insert(0, (outcome, factor))
        price = -drop[0]
    return _forward(played, pay, rows, teams, price)


def _period(
    pay: PayRows, reps: Reps, target: Floats, plain_rate: Floats, factor: Floats, drop: Floats, precision: Precision
) -> Outcome:
    """One period under every number of hits so far: rows are all reps with none, then all reps with one, and so on."""
    states = len(factor)
    every = np.tile(np.arange(reps.rows), states)
    size = np.repeat(factor, reps.rows)
    aims = target[every] * size
    paid = pay.take(every).scaled(size, np.ones(len(every))).with_jump(aims, drop.ravel())
    batch = reps.taken(every)
    return play(paid, batch, aims, plain_rate[every] / size, teams=states, widths=TWELVE, precision=precision)


def _forward(played: list[tuple[Outcome, Floats]], pay: PayRows, rows: int, teams: int, price: Floats) -> RisingTarget:
    """Means over the chances of every number of hits."""
    chance = np.ones((1, rows))
    found: list[Floats] = []
    for outcome, factor in played:
        states = len(factor)
        every = np.tile(np.arange(rows), states)
        paid = pay.take(every).scaled(np.repeat(factor, rows), np.ones(len(every)))
        landing = outcome.landing
        earned = (landing.mass * paid.expected(landing.reached, landing.spread)).sum(axis=1)
        hit = outcome.hit_by_rep.reshape(states, rows)
        kept = (earned - landing.cost).reshape(states, rows)
        parts = (outcome.sales_by_rep.reshape(states, rows), earned.reshape(states, rows), factor[:, None], hit, kept)
        found.append(np.array([(chance * part).sum(axis=0).reshape(teams, -1).mean(axis=1) for part in parts]))
        after = np.zeros((states + 1, rows))
        after[:-1] += chance * (1.0 - hit)
        after[1:] += chance * hit
        chance = after
    sales, earned_pay, target, hits, net = np.array(found).transpose(1, 0, 2)
    return RisingTarget(sales, earned_pay, target, hits, net, price)
