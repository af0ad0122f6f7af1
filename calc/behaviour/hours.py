"""Where the hours go: one decision a period, how much effort each KPI gets.

The result of KPI k, as an attainment, is `mean (kept + (1 - kept) (effort / share)^gamma)`: the mean that it has
today at the hours that it takes today, and less and less for every further hour. Only pay and the cost of the effort
in all count. Without hours for every KPI there are no numbers.

A KPI may also act on others: a gate or a modifier multiplies what they pay, or limits it, and what one KPI takes from
another lowers where that one lands. Effort on such a KPI is tried out in an outer loop, of which there are two at most.

Not modelled: grids, scores, the greater of several groups, and the plan's own floor and ceiling.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from calc.behaviour.effort.pay import PayRows
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats

GAMMA = 0.7
"""How much of a further hour's worth is left: results grow with hours to this power."""
EFFORTS = 101
LEAST_TRIED, OUTER = 8, 4
"""Of the efforts on a KPI that acts on others, so many of the least are tried at first, and then every so many-th."""
ZOOM, LEVELS = 5, 6
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
class Tie:
    """One KPI that acts on others.

    Args:
        source: the number of the KPI that acts.
        on: the numbers of those that it acts on.
        factor: what it multiplies their pay by, by its own attainment; of a gate that limits, 1 where it is open.
        limits: by number, the most that each pays where the gate is closed; empty for what multiplies.
        takes: by number, attainment that each loses for one whole attainment of the source above today's.
    """

    source: int
    on: tuple[int, ...] = ()
    factor: Curve = field(default_factory=lambda: Curve.constant(1.0))
    limits: Mapping[int, float] = field(default_factory=dict)
    takes: Mapping[int, float] = field(default_factory=dict)


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


def expected_of(curve: Curve, attainment: Floats, noise: float) -> Floats:
    """(n,) the mean of a curve where results are normal around these attainments (n,)."""
    rows = PayRows.of_curves([curve])
    return np.asarray((rows.expected(attainment[None], noise) if noise else rows.pay(attainment[None]))[0])


def split_hours(tasks: Sequence[Task], rep: HoursRep, ties: Sequence[Tie] = ()) -> Split:
    """The efforts that earn most after their cost; floors, ceilings and jumps allowed.

    Exact on a grid of efforts by (max,+) convolution, then looked for again around the best on finer grids.

    Args:
        tasks: the KPIs.
        rep: who divides the hours.
        ties: those that act on others; from at most two sources.
    """
    problem = _Problem(tuple(tasks), rep, tuple(ties))
    lows, step = np.zeros(len(tasks)), rep.max_effort / (EFFORTS - 1)
    chosen = problem.best(lows, step, EFFORTS, (*range(LEAST_TRIED), *range(LEAST_TRIED, EFFORTS, OUTER)))
    for _ in range(LEVELS):
        step /= ZOOM
        lows = np.maximum(chosen - 2 * ZOOM * step, 0.0)
        chosen = problem.best(lows, step, 4 * ZOOM + 1, range(0, 4 * ZOOM + 1, ZOOM))
    return problem.split(chosen)


def best_division(tables: Sequence[Floats], cost: Floats) -> Floats:
    """(k,) how many grid steps of effort each KPI gets so that pay less cost is most.

    Args:
        tables: for each KPI (n,) what it pays with 0, 1, 2, ... steps of effort.
        cost: (n,) what so many steps cost in all.
    """
    total, choices = tables[0], []
    for table in tables[1:]:
        wide = table[:, None] + _shifted(total, len(table))
        choices.append(wide.argmax(axis=0))
        total = wide.max(axis=0)
    left = int((total - cost).argmax())
    found = []
    for choice in reversed(choices):
        found.append(int(choice[left]))
        left -= found[-1]
    return np.array([left, *reversed(found)], dtype=float)


def _shifted(total: Floats, rows: int) -> Floats:
    """(rows, n) row r is `total` moved on by r, with nothing before it."""
    padded = np.concatenate([np.full(rows - 1, -np.inf), total])
    return np.lib.stride_tricks.sliding_window_view(padded, len(total))[::-1]


@dataclass(frozen=True)
class _Problem:
    """The tasks of one rep, and how they act on each other."""

    tasks: tuple[Task, ...]
    rep: HoursRep
    ties: tuple[Tie, ...]
    known: dict[tuple[object, ...], Floats] = field(default_factory=dict)

    def best(self, lows: Floats, step: float, count: int, tried: Sequence[int]) -> Floats:
        """(k,) the best efforts among `lows` and `count - 1` steps up from each; of sources, those in `tried`."""
        sources = sorted({tie.source for tie in self.ties})
        grids = [low + step * np.arange(count) for low in lows]
        best, found = -np.inf, lows
        for efforts in product(*(grids[source][list(tried)] for source in sources)):
            at = dict(zip(sources, efforts, strict=True))
            chosen, worth = self._best_beside(at, grids, step)
            if worth > best:
                best, found = worth, chosen
        return found

    def _best_beside(self, at: Mapping[int, float], grids: list[Floats], step: float) -> tuple[Floats, float]:
        """The best efforts where those of the sources are given, and what they are worth."""
        rep, count = self.rep, len(grids[0])
        landed = {k: float(attainment_of(self.tasks[k], rep, np.array([e]))[0]) for k, e in at.items()}
        free = [k for k in range(len(self.tasks)) if k not in at]
        fixed = sum(float(self.pay(k, np.array([e]), landed)[0]) for k, e in at.items())
        used = sum(at.values()) + sum(grids[k][0] for k in free)
        if used > rep.max_effort + 1e-9 or not free:
            worth = fixed - float(rep.cost(np.array([used]))[0])
            efforts = np.array([at.get(k, grids[k][0]) for k in range(len(self.tasks))])
            return efforts, -np.inf if used > rep.max_effort + 1e-9 else worth
        wide = len(free) * (count - 1) + 1 if count < EFFORTS else count
        tables = [self._padded(self.pay(k, grids[k], landed), wide) for k in free]
        totals = used + step * np.arange(wide)
        cost = np.where(totals <= rep.max_effort + 1e-9, rep.cost(totals), np.inf)
        steps = best_division(tables, cost)
        efforts = np.empty(len(self.tasks))
        efforts[list(at)] = list(at.values())
        efforts[free] = [grids[k][0] + step * n for k, n in zip(free, steps, strict=True)]
        earned = sum(float(table[int(n)]) for table, n in zip(tables, steps, strict=True))
        return efforts, fixed + earned - float(rep.cost(np.array([efforts.sum()]))[0])

    @staticmethod
    def _padded(table: Floats, count: int) -> Floats:
        return np.concatenate([table, np.full(count - len(table), -np.inf)])

    def landing(self, k: int, efforts: Floats, landed: Mapping[int, float]) -> Floats:
        """(n,) where a KPI lands with these efforts, less what the sources take from it."""
        return attainment_of(self.tasks[k], self.rep, efforts) - self._taken(k, landed)

    def _taken(self, k: int, landed: Mapping[int, float]) -> float:
        ties = [tie for tie in self.ties if k in tie.takes]
        return sum(tie.takes[k] * (landed[tie.source] - self.tasks[tie.source].mean) for tie in ties)

    def pay(self, k: int, efforts: Floats, landed: Mapping[int, float]) -> Floats:
        """(n,) what a KPI is expected to pay with these efforts, where the sources land there."""
        taken = self._taken(k, landed)
        paid = self._expected(k, efforts, taken)
        for tie in self.ties:
            if k in tie.on:
                factor = self._factor(tie, landed[tie.source])
                limited = tie.limits.get(k)
                paid = factor * paid
                if limited is not None:
                    paid = paid + (1.0 - factor) * self._expected(k, efforts, taken, limited)
        return paid

    def _expected(self, k: int, efforts: Floats, taken: float, limit: float | None = None) -> Floats:
        """(n,) a KPI's own expected pay, remembered while the efforts are the same."""
        key = (k, taken, limit, float(efforts[0]), float(efforts[-1]))
        if key not in self.known:
            task = self.tasks[k]
            curve = task.pay if limit is None else task.pay.clip(high=limit)
            at = attainment_of(task, self.rep, efforts) - taken
            self.known[key] = expected_of(curve, at, task.noise)
        return self.known[key]

    def _factor(self, tie: Tie, landed: float) -> float:
        noise = self.tasks[tie.source].noise
        return float(expected_of(tie.factor, np.array([landed]), noise)[0])

    def split(self, efforts: Floats) -> Split:
        """What these efforts (k,) bring."""
        sources = {tie.source for tie in self.ties}
        landed = {k: float(attainment_of(self.tasks[k], self.rep, efforts[k : k + 1])[0]) for k in sources}
        one = [efforts[k : k + 1] for k in range(len(self.tasks))]
        at = np.array([float(self.landing(k, e, landed)[0]) for k, e in enumerate(one)])
        pay = sum(float(self.pay(k, e, landed)[0]) for k, e in enumerate(one))
        return Split(efforts, at, pay, float(self.rep.cost(np.array([efforts.sum()]))[0]))
