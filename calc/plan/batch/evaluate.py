"""A plan on many reps at once: the same order of operations as along one KPI, on arrays, in blocks that fit the cache.

A million reps by five KPIs need no more memory than their pay and a few blocks. Every rep may have targets and a
target incentive of their own.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calc.piecewise.vectorized import KERNEL_BLOCK, Floats
from calc.plan.batch.block import PlanBlock, Scratch, count_units
from calc.plan.errors import Refused, quote_value
from calc.plan.plan_terms import PlanTerms
from calc.plan.rounding import round_in_place


@dataclass(frozen=True)
class PaidReps:
    """What reps are paid [money, not rounded unless asked]: `total` (...,), and `by_kpi` (..., k) where asked for.

    `whole` is the money that a payout of 1 is, one number or one for each rep (...,), where asked for.
    """

    total: Floats
    by_kpi: Floats
    whole: Any


def evaluate_plan(
    plan: PlanTerms,
    results: ArrayLike,
    targets: ArrayLike | None = None,
    incentives: ArrayLike | None = None,
    *,
    rounding: bool = False,
    split: bool = False,
    whole: bool = False,
) -> PaidReps:
    """Money for results of shape (..., k); see `Plan.pay`.

    Args:
        rounding: round the total to the currency's smallest unit.
        split: fill `by_kpi` too; it is empty otherwise.
        whole: fill `whole` too; it is 0 otherwise.

    Raises:
        Refused: a shape does not fit, or a number is not finite.
    """
    given = _as_numbers(results, "results")
    k = len(plan.kpis)
    if given.ndim == 0 or given.shape[-1] != k:
        raise Refused(f"results must have {k} columns, one for each of {', '.join(plan.ids)} (got shape {given.shape})")
    shape = given.shape[:-1]
    rows = given.reshape(-1, k)
    goals = None if targets is None else _spread_over(targets, given.shape, "targets").reshape(-1, k)
    shares = None if incentives is None else _spread_over(incentives, shape, "incentives").reshape(-1)
    total, parts = np.empty(len(rows)), np.empty((len(rows) if split else 0, k))
    work = Scratch.of(plan, rounding)
    if any(kpi.counted for kpi in plan.kpis):
        rows = count_units(plan, rows)
    with np.errstate(over="ignore", invalid="ignore"):
        _fill_blocks(plan, work, (rows, goals, shares), (total, parts), rounding=rounding, split=split)
    if not np.isfinite(np.add.reduce(total)) and not np.isfinite(total).all():
        raise Refused(f"results must be small enough to pay a finite amount (got up to {np.abs(rows).max():g})")
    each = PlanBlock(plan, work, rows, goals, shares).whole() if whole else 0.0
    each = each.reshape(shape) if isinstance(each, np.ndarray) else each
    return PaidReps(total.reshape(shape), parts.reshape((*shape, k)) if split else parts, each)


def _fill_blocks(
    plan: PlanTerms,
    work: "Scratch",
    given: tuple[Floats, Floats | None, Floats | None],
    filled: tuple[Floats, Floats],
    *,
    rounding: bool,
    split: bool,
) -> None:
    """Block by block, from results, targets and incentives to totals and parts."""
    (rows, goals, shares), (total, parts) = given, filled
    for low in range(0, len(rows), KERNEL_BLOCK):
        here = slice(low, low + KERNEL_BLOCK)
        block = PlanBlock(
            plan, work, rows[here], None if goals is None else goals[here], None if shares is None else shares[here]
        )
        block.fill(total[here], parts[here] if split else None)
        if rounding:
            round_in_place(total[here], plan.unit)


def _as_numbers(values: ArrayLike, name: str) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise Refused(f"{name} must be an array of numbers (got {quote_value(values)})") from None


def _spread_over(values: ArrayLike, shape: tuple[int, ...], name: str) -> Floats:
    given = _as_numbers(values, name)
    try:
        whole = np.broadcast_to(given, shape)
    except ValueError:
        raise Refused(f"{name} must fit the results' shape {shape} (got shape {given.shape})") from None
    if not np.isfinite(given).all():
        raise Refused(f"{name} must be finite numbers (got one that is not)")
    return whole
