"""Many plans at once on the same people, coarsely: what a handle that is dragged passes through."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calc.behaviour.axis import Axis, PlanOnAxis
from calc.behaviour.behave import LIMIT_BARRED, FigureBand, PlanConduct, as_band
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.step import COARSE, Precision

PIECE = 15
"""Plans that are worked out together, so that arrays stay in the cache."""


@dataclass(frozen=True)
class ConductBands:
    """What moves while a plan is moved.

    Args:
        sales: in today's mean result.
        pay, net: in target incentives.
        idle: the share of time in which the next sale is worth too little to try.
    """

    sales: FigureBand
    pay: FigureBand
    net: FigureBand
    idle: FigureBand


def sweep_conduct(
    plans: Sequence[PlanOnAxis], axis: Axis, reps: Reps, teams: int, precision: Precision = COARSE
) -> tuple[ConductBands | None, ...]:
    """What people do under each of many plans; None where they are at the limit of effort most of the time.

    Args:
        plans: read along the axis.
        axis: how results become sales.
        reps: the people, under every reading.
        teams: readings.
        precision: of the solver; the coarse one is within a pixel of the default.
    """
    found: list[ConductBands | None] = []
    for begin in range(0, len(plans), PIECE):
        some = plans[begin : begin + PIECE]
        outcome = _play_all(some, axis, reps, teams, precision)
        limits = outcome.at_limit.reshape(len(some), teams).max(axis=1)
        idle = outcome.given_up + outcome.coasting
        figures = (outcome.sales, outcome.expected_pay, outcome.net, idle)
        for n, limit in enumerate(limits):
            bands = (as_band(figure.reshape(len(some), teams)[n]) for figure in figures)
            found.append(None if limit > LIMIT_BARRED else ConductBands(*bands))
    return tuple(found)


def bands_of(conduct: PlanConduct) -> ConductBands | None:
    """The same of one plan, as exactly as it was worked out."""
    figures = (
        conduct.band_of(lambda outcome: outcome.sales),
        conduct.band_of(lambda outcome: outcome.expected_pay),
        conduct.band_of(lambda outcome: outcome.net),
        conduct.band_of(lambda outcome: outcome.given_up + outcome.coasting),
    )
    sales, pay, net, idle = figures
    if sales is None or pay is None or net is None or idle is None:
        return None
    return ConductBands(sales, pay, net, idle)


def sweep_sales(
    plans: Sequence[PlanOnAxis], axis: Axis, reps: Reps, teams: int, precision: Precision = COARSE
) -> tuple[FigureBand, ...]:
    """Sales alone under each of many plans; arguments as in `sweep_conduct`."""
    found: list[FigureBand] = []
    for begin in range(0, len(plans), PIECE):
        some = plans[begin : begin + PIECE]
        sales = _play_all(some, axis, reps, teams, precision).sales
        found += [as_band(part) for part in sales.reshape(len(some), teams)]
    return tuple(found)


def _play_all(plans: Sequence[PlanOnAxis], axis: Axis, reps: Reps, teams: int, precision: Precision) -> Outcome:
    """The people under every plan; teams are the readings under the first plan, then under the next."""
    rows = np.repeat(np.arange(len(plans)), reps.rows)
    targets, rates = np.array([plan.target for plan in plans]), np.array([plan.plain_rate for plan in plans])
    return play(
        PayRows.of_curves([plan.pay for plan in plans]).take(rows),
        reps.taken(np.tile(np.arange(reps.rows), len(plans))),
        targets[rows],
        rates[rows],
        teams=len(plans) * teams,
        widths=axis.widths,
        precision=precision,
    )
