"""Results that carry names: a DataFrame, a table or a mapping of columns is read by name and never by position.

Columns go by KPI id. A KPI that the pay depends on must be there; every other column is left alone. `<id>.target` and
`target_incentive` are the rep's own, as in a file of results.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.batch.named_columns import INCENTIVE, TARGET, Columns
from calc.plan.errors import Refused, nearest_name
from calc.plan.plan_terms import PlanTerms


@dataclass(frozen=True)
class Named:
    """What was read by name: results (..., k), targets (..., k) and incentives (...,) where they are given."""

    results: Floats
    targets: Floats | None
    incentives: Floats | None


def read_by_name(plan: PlanTerms, columns: Columns) -> Named:
    """Results in the plan's order from columns by name.

    Raises:
        Refused: a KPI that the pay depends on is missing, a name is given twice, a target can change nothing, or a
            column is no numbers.
    """
    deciding = plan.deciding
    known = (*deciding, *(name + TARGET for name in deciding), INCENTIVE)
    faults = [f"results must name every column once (got {n} twice)" for n in known if columns.names.count(n) > 1]
    faults += [
        f"results must have a column {name}, on which the pay depends (got none): "
        f"{nearest_name(name, [n[:40] for n in columns.names])}"
        for name in deciding
        if name not in columns.names
    ]
    aimed = [name for name in deciding if name + TARGET in columns.names]
    faults += [
        f"results must leave out {name}{TARGET} (got it): the pay does not depend on the target of {name}"
        for name in aimed
        if not plan.depends_on_target(name)
    ]
    if faults:
        raise Refused(faults)
    read = {name: _numbers_of(columns, name) for name in deciding}
    results = _stack_columns([read.get(k.id, np.float64(k.target)) for k in plan.kpis])
    goals = {name: _numbers_of(columns, name + TARGET) for name in aimed}
    targets = _stack_columns([goals.get(k.id, np.float64(k.target)) for k in plan.kpis]) if goals else None
    return Named(results, targets, _numbers_of(columns, INCENTIVE) if INCENTIVE in columns.names else None)


def _numbers_of(columns: Columns, name: str) -> Any:
    try:
        found = np.asarray(columns.column(name), dtype=np.float64)
    except (TypeError, ValueError):
        raise Refused(f"{name} must be numbers (got something else in the column)") from None
    if not np.isfinite(found).all():
        raise Refused(f"{name} must be finite numbers (got one that is not)")
    return found


def _stack_columns(columns: list[Any]) -> Floats:
    """Columns of any one shape (...,) as (..., k), each beside itself in memory, as the pay is worked out."""
    try:
        stacked: Floats = np.moveaxis(np.stack(np.broadcast_arrays(*columns)), 0, -1)
        return stacked
    except ValueError:
        raise Refused("results must have columns of one length (got several lengths)") from None
