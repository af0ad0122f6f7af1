"""Where the hours go: one decision a period, how much effort each KPI gets.

The result of KPI k, as an attainment, is `mean (kept + (1 - kept) (effort / share)^gamma)`: the mean that it has
today at the hours that it takes today, and less and less for every further hour. Only pay and the cost of the effort
in all count. Without hours for every KPI there are no numbers.

Not modelled: gates, modifiers and grids that tie KPIs together, and what one KPI costs another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from calc.behaviour.pay import PayRows
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats

GAMMA = 0.7
"""How much of a further hour's worth is left: results grow with hours to this power."""
EFFORTS = 101
ZOOM, LEVELS = 10, 5
"""The best is looked for again around itself on a grid that is so many times finer, so many times."""


@dataclass(frozen=True)
class Task:
    """One KPI as a place where hours can go.

    Args:
        pay: money [target incentives] by attainment.
        share: the share of a normal week that it takes.
        mean: its mean attainment today.
        noise: luck of a period [attainment].
    """

    pay: Curve
    share: float
    mean: float = 1.0
    noise: float = 0.0


@dataclass(frozen=True)
class HoursRep:
    """A rep who divides hours.

    Args:
        kept, response, kappa, max_effort: as in `Reps`.
        gamma: how results grow with hours.
    """

    kept: float
    response: float
    kappa: float
    max_effort: float = 2.5
    gamma: float = GAMMA

    def cost(self, effort: Floats) -> Floats:
        """What effort costs in a period [target incentives]."""
        power = 1.0 + 1.0 / self.response
        return np.asarray(self.kappa * effort**power / power)


@dataclass(frozen=True)
class Split:
    """How a rep divides effort.

    Args:
        effort: (k,) effort on each KPI; 1 in all is normal.
        attainment: (k,) where each KPI then lands.
        pay: expected pay [target incentives].
        cost: the cost of the effort.
    """

    effort: Floats
    attainment: Floats
    pay: float
    cost: float = field(default=0.0)

    @property
    def shares(self) -> Floats:
        """(k,) the share of all hours that each KPI gets."""
        total = self.effort.sum()
        return np.asarray(self.effort / total if total > 0.0 else self.effort)


def attainment_of(task: Task, rep: HoursRep, effort: Floats) -> Floats:
    """Where a KPI lands with these efforts (n,)."""
    return np.asarray(task.mean * (rep.kept + (1.0 - rep.kept) * (effort / task.share) ** rep.gamma))


def expected_pay_of(task: Task, rep: HoursRep, effort: Floats) -> Floats:
    """(n,) what a KPI is expected to pay with these efforts."""
    pay = PayRows.of_curves([task.pay])
    mean = attainment_of(task, rep, effort)[None]
    return np.asarray((pay.expected(mean, task.noise) if task.noise else pay.pay(mean))[0])


def split_hours(tasks: Sequence[Task], rep: HoursRep) -> Split:
    """The efforts that earn most after their cost; floors, ceilings and jumps allowed.

    Exact on a grid of 101 efforts by (max,+) convolution, then looked for again around the best on finer grids.
    """
    step = rep.max_effort / (EFFORTS - 1)
    grid = np.arange(EFFORTS, dtype=np.float64) * step
    tables = [expected_pay_of(task, rep, grid) for task in tasks]
    chosen = step * best_division(tables, rep.cost(grid))
    for _ in range(LEVELS):
        step /= ZOOM
        chosen = _around(tasks, rep, chosen, step)
    pay = sum(float(expected_pay_of(task, rep, np.array([e]))[0]) for task, e in zip(tasks, chosen, strict=True))
    landed = np.array([float(attainment_of(t, rep, np.array([e]))[0]) for t, e in zip(tasks, chosen, strict=True)])
    return Split(chosen, landed, pay, float(rep.cost(np.array([chosen.sum()]))[0]))


def best_division(tables: Sequence[Floats], cost: Floats) -> Floats:
    """(k,) how many grid steps of effort each KPI gets so that pay less cost is most.

    Args:
        tables: for each KPI (n,) what it pays with 0, 1, 2, ... steps of effort.
        cost: (n,) what so many steps cost in all.
    """
    total, choices = tables[0], []
    n = len(cost)
    for table in tables[1:]:
        wide = np.full((n, n), -np.inf)
        for used in range(n):
            wide[used, used:] = table[used] + total[: n - used]
        choices.append(wide.argmax(axis=0))
        total = wide.max(axis=0)
    left = int((total - cost).argmax())
    found = []
    for choice in reversed(choices):
        found.append(int(choice[left]))
        left -= found[-1]
    return np.array([left, *reversed(found)], dtype=float)


def _around(tasks: Sequence[Task], rep: HoursRep, chosen: Floats, step: float) -> Floats:
    """The best efforts within two steps of the coarser grid around those chosen."""
    reach = 2 * ZOOM
    lows = np.maximum(chosen - reach * step, 0.0)
    room = rep.max_effort - lows.sum()
    count = 2 * reach + 1
    offsets = np.arange(count, dtype=np.float64) * step
    tables = []
    for task, low in zip(tasks, lows, strict=True):
        tables.append(expected_pay_of(task, rep, low + offsets))
    widths = len(tasks) * (count - 1) + 1
    padded = [np.concatenate([table, np.full(widths - count, -np.inf)]) for table in tables]
    totals = np.arange(widths, dtype=np.float64) * step
    cost = np.where(totals <= room + 1e-12, rep.cost(lows.sum() + totals), np.inf)
    return np.asarray(lows + step * best_division(padded, cost))
