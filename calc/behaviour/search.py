"""A search over shapes: floor, pay at the floor, accelerator, ceiling and target, at the same whole cost.

Without rules such a search finds people and not plans: shapes under which everybody works harder for the same money,
and the weakest give up. So every shape is scaled to today's whole cost (pay, and what leaves every ability as well off
as today); shapes are ranked by their worst case over the three readings of the evidence and over people who are a tenth
weaker or abler than thought; and those under which somebody gives up, that fall much faster than ability, or that keep
people at the limit of effort, are dropped. No shape passes the even line, so that line is always told.

No jumps unless they are asked for: the field does not bear out what the model says of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from calc.behaviour.axis import Axis, read_plan
from calc.behaviour.behave import Behaved, FigureBand, as_band, behave, conduct, reference_plan
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.step import COARSE, DEFAULT, Precision
from calc.behaviour.effort.yardsticks import even_line
from calc.behaviour.shapes import SearchLimits, SearchShape, list_shapes
from calc.documents.planfile import Preset
from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused

ABILITIES = (1.0, 0.9, 1.1)
"""People as they are taken to be, a tenth weaker, a tenth abler."""
MAX_GIVEN_UP, MAX_FALL, MAX_AT_LIMIT = 0.1, 1.6, 0.1
"""Shares of time, and how many times faster than ability sales may fall."""
NEAR_TODAY = 0.01
"""Where the best shape gains less, the shape is not what is wrong."""
SEARCH_SHAPES, FINALISTS, SHOWN = 200, 20, 5
COARSE_CHUNK, FINE_CHUNK = 5, 2
"""Shapes that are tried together before it is told how far the search has come; small, so that others need not wait."""
SCALINGS = 4
"""Runs in which a shape's money is scaled to today's whole cost."""
SAME_COST_SHARE = 0.005
"""How near a shape's whole cost comes to today's."""


@dataclass(frozen=True)
class Proposal:
    """One shape at today's whole cost.

    Args:
        shape: the shape.
        money: its target incentive, as a multiple of today's.
        gain: sales against whole cost over today's, in the worst case, less 1.
        sales, pay, net: as bands over the three readings of the evidence.
        given_up: (abilities,) the share of time given up, weakest first, in the worst reading.
    """

    shape: SearchShape
    money: float
    gain: float
    sales: FigureBand
    pay: FigureBand
    net: FigureBand
    given_up: tuple[float, ...]


@dataclass(frozen=True)
class SearchFound:
    """How far a search has come.

    Args:
        done: the part that is done, 0 to 1.
        best: proposals, the best first.
        budget: what they cost in full [target incentives a head].
        bound: what a line of the same whole cost would sell more than today at the most.
        dropped: shapes that were left out because somebody gives up, sales fall, or effort is at its limit.
    """

    done: float
    best: tuple[Proposal, ...]
    bound: FigureBand
    dropped: int
    budget: float

    @property
    def shape_is_wrong(self) -> bool:
        """Whether the best shape gains so much that the shape is what is wrong."""
        return bool(self.best) and self.best[0].gain > NEAR_TODAY


@dataclass(frozen=True)
class _Ground:
    """The people, today's plan, and what every shape is held against."""

    behaved: Behaved
    today: tuple[Outcome, ...]
    least_net: tuple[Floats, ...]
    whole_cost: tuple[Floats, ...]
    teams: int

    @property
    def axis(self) -> Axis:
        return self.behaved.axis

    @property
    def target(self) -> float:
        return self.behaved.here.plan.target


@dataclass
class _Tried:
    """Shapes under one team of people after the other."""

    money: Floats
    outcomes: list[Outcome] = field(default_factory=list)


def search_shapes(
    preset: Preset,
    limits: SearchLimits | None = None,
    *,
    at: Mapping[str, float] | None = None,
    shapes: int = SEARCH_SHAPES,
    budget: float = 1.0,
) -> Iterator[SearchFound]:
    """Search, telling after every few shapes how far it has come; the last one is the answer.

    Args:
        preset: today's plan with its team.
        limits: what a shape may look like.
        at: where the rep stands on the KPIs that stand still [KPI units].
        shapes: how many are tried.
        budget: the whole cost, as a share of today's.
        budget: the whole cost [target incentives a head]; today's if left out.

    Raises:
        Refused: results have no zero from which shapes could be drawn.
    """
    ground = _read_ground(preset, at)
    tried = list_shapes(limits or SearchLimits(), shapes)
    bound = as_band(_bound(ground, budget))
    whole = budget * float(ground.whole_cost[0][0])
    ranked: list[tuple[float, SearchShape]] = []
    dropped = 0
    for begin in range(0, len(tried), COARSE_CHUNK):
        some = tried[begin : begin + COARSE_CHUNK]
        gains = _gains(some, _scaled(some, ground, COARSE, whole, ABILITIES[:1]), ground, ABILITIES[:1])
        ranked += [(gain, shape) for shape, gain in zip(some, gains, strict=True) if gain > -np.inf]
        dropped += int(np.isneginf(gains).sum())
        yield SearchFound(0.8 * (begin + len(some)) / len(tried), (), bound, dropped, whole)
    ranked.sort(key=lambda one: -one[0])
    proposals: list[Proposal] = []
    finalists = [shape for _, shape in ranked[:FINALISTS]]
    for begin in range(0, len(finalists), FINE_CHUNK):
        some = finalists[begin : begin + FINE_CHUNK]
        found = _scaled(some, ground, DEFAULT, whole, ABILITIES)
        gains = _gains(some, found, ground, ABILITIES)
        dropped += int(np.isneginf(gains).sum())
        proposals += _proposals(some, found, gains, ground.teams)
        proposals.sort(key=lambda one: -one.gain)
        done = 0.8 + 0.2 * (begin + len(some)) / len(finalists)
        yield SearchFound(done, tuple(proposals[:SHOWN]), bound, dropped, whole)
    yield SearchFound(1.0, tuple(proposals[:SHOWN]), bound, dropped, whole)


def _read_ground(preset: Preset, at: Mapping[str, float] | None) -> _Ground:
    behaved = behave(preset, at)
    if not behaved.axis.from_zero:
        raise Refused(
            f"{behaved.axis.kpi.id} must count from zero, more being better, for shapes to be drawn "
            "(got one that does not)"
        )
    teams = behaved.here.outcome.teams
    reference = conduct(read_plan(reference_plan(preset).plan, behaved.axis, at), behaved.axis, behaved.reps, teams)
    today, least, costs = [], [], []
    for ability in ABILITIES:
        reps = _abler(behaved.reps, ability)
        here = conduct(behaved.here.plan, behaved.axis, reps, teams).outcome
        there = reference.outcome if ability == 1.0 else conduct(reference.plan, behaved.axis, reps, teams).outcome
        today.append(here)
        least.append(np.maximum(here.net_by_rep, there.net_by_rep))
        costs.append(_whole_cost(here, least[-1]))
    return _Ground(behaved, tuple(today), tuple(least), tuple(costs), teams)


def _bound(ground: _Ground, budget: float) -> Floats:
    """(teams,) what a line of the same whole cost sells more than today for its cost, at the most.

    Where everybody just gets what they must keep, all that is left of the whole cost is the cost of effort; a line
    spends that best.
    """
    today, cost = ground.today[0], ground.whole_cost[0]
    whole = budget * cost
    effort = np.maximum(whole - today.by_team(ground.least_net[0]), 0.0)
    return np.asarray(even_line(whole, effort, today.reps).sales / whole / (today.sales / cost) - 1.0)


def _abler(reps: Reps, by: float) -> Reps:
    return replace(reps, ability=reps.ability * by)


def _whole_cost(outcome: Outcome, least_net: Floats) -> Floats:
    """(teams,) pay and what leaves every ability with at least this net (rows of the people, repeated)."""
    wanted = np.tile(least_net, outcome.reps.rows // len(least_net))
    return outcome.expected_pay + outcome.by_team(np.maximum(0.0, wanted - outcome.net_by_rep))


def _scaled(
    shapes: Sequence[SearchShape],
    ground: _Ground,
    precision: Precision,
    whole: float,
    abilities: Sequence[float],
) -> _Tried:
    """The shapes with their money scaled to the budget, under every ability."""
    curves = PayRows.of_curves([shape.curve(ground.target) for shape in shapes])
    money = np.full(len(shapes), 1.0)
    low, high = np.full(len(shapes), 0.1), np.full(len(shapes), 4.0)
    for _ in range(SCALINGS):
        outcome = _played(shapes, curves, money, ground, 1.0, precision, teams=1)
        cost = _whole_cost(outcome, ground.least_net[0][: outcome.reps.rows // len(shapes)])
        low, high = np.where(cost < whole, money, low), np.where(cost < whole, high, money)
        guess = money * whole / cost
        money = np.where((guess > low) & (guess < high), guess, 0.5 * (low + high))
    found = _Tried(money)
    for ability in abilities:
        found.outcomes.append(_played(shapes, curves, money, ground, ability, precision, teams=ground.teams))
    return found


def _played(
    shapes: Sequence[SearchShape],
    curves: PayRows,
    money: Floats,
    ground: _Ground,
    ability: float,
    precision: Precision,
    *,
    teams: int,
) -> Outcome:
    """The shapes at this money, each for the first `teams` readings of the evidence."""
    size = ground.behaved.reps.rows // ground.teams
    people = _abler(ground.behaved.reps.taken(np.arange(teams * size)), ability)
    rows = np.repeat(np.arange(len(shapes)), people.rows)
    reps = people.taken(np.tile(np.arange(people.rows), len(shapes)))
    pay = curves.take(rows).scaled(np.ones(len(rows)), money[rows])
    targets = np.array([shape.target for shape in shapes]) * ground.target
    rates = money / targets
    return play(
        pay,
        reps,
        targets[rows],
        rates[rows],
        teams=len(shapes) * teams,
        widths=ground.axis.widths,
        precision=precision,
    )


def _gains(shapes: Sequence[SearchShape], tried: _Tried, ground: _Ground, abilities: Sequence[float]) -> Floats:
    """(shapes,) sales against whole cost over today's in the worst case, less 1; minus infinity for what is dropped."""
    worst = np.full(len(shapes), np.inf)
    for number, outcome in enumerate(tried.outcomes):
        today = ground.today[number]
        cost = _whole_cost(outcome, ground.least_net[number]).reshape(len(shapes), -1)
        sales = outcome.sales.reshape(len(shapes), -1)
        gain = (sales / cost) / (today.sales / ground.whole_cost[number]) - 1.0
        worst = np.minimum(worst, gain.min(axis=1))
        gives_up = _given_up(outcome).reshape(len(shapes), -1).max(axis=1)
        limit = outcome.at_limit.reshape(len(shapes), -1).max(axis=1)
        worst = np.where((gives_up > MAX_GIVEN_UP) | (limit > MAX_AT_LIMIT), -np.inf, worst)
        if abilities[number] < 1.0:
            whole = tried.outcomes[0].sales.reshape(len(shapes), -1)
            falls = ((1.0 - sales / whole) / (1.0 - abilities[number])).max(axis=1)
            worst = np.where(falls > MAX_FALL, -np.inf, worst)
    return worst


def _given_up(outcome: Outcome) -> Floats:
    """(rows,) the share of time that each rep has given up."""
    widths = np.array(outcome.policy.widths)
    return np.asarray(np.einsum("t,tr->r", widths, outcome.states_by_rep[0]) / widths.sum())


def _proposals(shapes: Sequence[SearchShape], tried: _Tried, gains: Floats, teams: int) -> Iterator[Proposal]:
    outcome = tried.outcomes[0]
    figures = [part.reshape(len(shapes), -1) for part in (outcome.sales, outcome.expected_pay, outcome.net)]
    given_up = _given_up(outcome).reshape(len(shapes), teams, -1).max(axis=1)
    for i, (shape, gain) in enumerate(zip(shapes, gains, strict=True)):
        if gain > -np.inf:
            sales, pay, net = (as_band(part[i]) for part in figures)
            quits = tuple(float(share) for share in given_up[i])
            yield Proposal(shape, float(tried.money[i]), float(gain), sales, pay, net, quits)
