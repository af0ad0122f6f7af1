"""Many plans at once on the same people, coarsely: what a handle that is dragged passes through."""

from collections.abc import Sequence

import numpy as np

from calc.behaviour.axis import Axis, PlanOnAxis
from calc.behaviour.behave import FigureBand, as_band
from calc.behaviour.outcome import play
from calc.behaviour.pay import PayRows
from calc.behaviour.rep import Reps
from calc.behaviour.step import COARSE, Precision

PIECE = 15
"""Plans that are worked out together, so that arrays stay in the cache."""


def sweep_sales(
    plans: Sequence[PlanOnAxis], axis: Axis, reps: Reps, teams: int, precision: Precision = COARSE
) -> tuple[FigureBand, ...]:
    """Sales under each of many plans, as bands over the readings of the evidence.

    Args:
        plans: read along the axis.
        axis: how results become sales.
        reps: the people, under every reading.
        teams: readings.
        precision: of the solver; the coarse one is within a pixel of the default.
    """
    found: list[FigureBand] = []
    for begin in range(0, len(plans), PIECE):
        some = plans[begin : begin + PIECE]
        rows = np.repeat(np.arange(len(some)), reps.rows)
        batch = reps.taken(np.tile(np.arange(reps.rows), len(some)))
        targets, rates = np.array([plan.target for plan in some]), np.array([plan.plain_rate for plan in some])
        pay = PayRows.of_curves([plan.pay for plan in some]).take(rows)
        outcome = play(
            pay,
            batch,
            targets[rows],
            rates[rows],
            teams=len(some) * teams,
            widths=axis.widths,
            precision=precision,
        )
        found += [as_band(sales) for sales in outcome.sales.reshape(len(some), teams)]
    return tuple(found)
