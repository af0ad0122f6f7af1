"""A curve as a plotly figure, in one call. plotly is imported here alone, and only for a plot; the engine has none."""

from collections.abc import Mapping
from typing import Any

from calc.piecewise.curve import Curve
from calc.plan.errors import Refused
from calc.plan.plan import Plan

REACH = 2.5
"""How far the axis goes, in targets, where nobody says."""


def plot(plan: Plan, kpi: str, at: Mapping[str, float] | None = None, *, until: float | None = None) -> Any:
    """The pay of a plan along one KPI's result as a plotly figure; jumps are vertical lines.

    Args:
        plan: the plan.
        kpi: the id of the KPI that moves.
        at: results of the others [their units]; a KPI not named stands at its target.
        until: where the axis ends [KPI unit]; at two and a half targets if left out.

    Raises:
        Refused: there is no such KPI, or plotly is not installed.
    """
    try:
        from plotly import graph_objects
    except ImportError:
        raise Refused("plotly must be installed to plot a curve (got none): pip install plotly") from None
    one = plan.kpi(kpi)
    end = until if until is not None else max(one.target, one.target + one.span * (REACH - 1.0))
    x, y = curve_corners(plan.pay_along(kpi, at), min(0.0, one.target - one.span), end)
    axis = f"{one.label} [{one.unit}]" if one.unit else one.label
    return graph_objects.Figure(
        data=[graph_objects.Scatter(x=x, y=y, mode="lines", name=one.label)],
        layout={
            "xaxis": {"title": {"text": axis}},
            "yaxis": {"title": {"text": f"pay per {plan.period} [{plan.currency}]"}, "rangemode": "tozero"},
        },
    )


def curve_corners(curve: Curve, low: float, high: float) -> tuple[list[float], list[float]]:
    """The corners of a curve from `low` to `high`: x and y, both sides of every jump.

    >>> curve_corners(Curve.through([(0, 0), (1, 1), (1, 3)]), 0.0, 2.0)
    ([0.0, 1.0, 1.0, 2.0], [0.0, 1.0, 3.0, 3.0])
    """
    x, y = [], []
    for piece in curve.pieces():
        start, end = max(piece.start, low), min(piece.end, high)
        if start < end:
            x += [start, end]
            y += [float(curve(start, side="right")), float(curve(end, side="left"))]
    return x, y
