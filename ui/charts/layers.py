"""What is drawn: zones, team, curve, cliffs, where the rep stands, and the strip of what the next unit pays.

Every picture has the same traces in the same order, empty where the plan has no such thing.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from calc.piecewise.distributions import Distribution
from ui.charts import difference, overlay, people_layer
from ui.charts.axes import Stage, chart_text
from ui.charts.label_layout import Pixels
from ui.charts.palette import faint_colour
from ui.model.profile import Stretch
from ui.text.words import pointed_at

CROWD = 0.2
"""How high the team's spread rises, of the height of the picture."""
HOVER = 80
"""Places that answer to the pointer."""

Trace = dict[str, Any]


def all_traces(stage: Stage) -> list[Trace]:
    """All traces, from back to front."""
    return [layer(stage) for layer in LAYERS]


def _make_trace(name: str, points: list[Pixels | None], **more: Any) -> Trace:
    xs, ys = ([None if p is None else p[i] for p in points] for i in (0, 1))
    return {"type": "scatter", "name": name, "x": xs, "y": ys, "mode": "lines", "hoverinfo": "skip", **more}


def zone_spans(stage: Stage, kind: str) -> list[tuple[float, float]]:
    """Where the zones of a kind lie in the picture."""
    found = [s for s in stage.scene.stretches if s.kind == kind]
    spans = [(max(s.start, stage.low), min(s.end, stage.high)) for s in found]
    return [(start, end) for start, end in spans if end > start]


def _hatched_zone(stage: Stage, kind: str, colour: str, shape: str) -> Trace:
    points: list[Pixels | None] = []
    for start, end in zone_spans(stage, kind):
        low, high = stage.bottom, stage.top
        points += [(start, low), (start, high), (end, high), (end, low), (start, low), None]
    pattern: dict[str, Any] = {
        "shape": shape,
        "fgcolor": faint_colour(colour, 0.38),
        "bgcolor": faint_colour(colour, stage.colours.tint),
    }
    pattern |= {"size": 9, "solidity": 0.14, "fillmode": "replace"}
    return _make_trace(kind, points, fill="toself", fillpattern=pattern, line={"width": 0})


def team_hill(stage: Stage) -> list[Pixels]:
    """The team's spread along the axis [attainment, share of the height]; empty where it is not known."""
    if stage.live is not None:
        return [] if people_layer.shows_dots(stage) else people_layer.people_hill(stage, CROWD)
    return [] if stage.scene.crowd is None else _cached_hill(stage.scene.crowd, stage.low, stage.high)


@lru_cache(64)
def _cached_hill(crowd: Distribution, low: float, high: float) -> list[Pixels]:
    size = (high - low) / 100
    edges = [low + i * size for i in range(101)]
    below = [crowd.below(x)[0] for x in edges]
    mass = [b - a for a, b in zip(below, below[1:], strict=False)]
    peak = max(mass) or 1.0
    hill = [(x + size / 2, CROWD * m / peak) for x, m in zip(edges, mass, strict=False)]
    return [(low, 0.0), *hill, (high, 0.0)]


def _team_trace(stage: Stage) -> Trace:
    fill = faint_colour(stage.colours.crowd, 0.2)
    points: list[Pixels | None] = [*team_hill(stage)]
    return _make_trace("team", points, yaxis="y3", fill="tozeroy", fillcolor=fill, line={"width": 0, "shape": "spline"})


def _strip_trace(stage: Stage) -> Trace:
    points: list[Pixels | None] = []
    for start, end, rate in stage.rates if stage.gap is None else ():
        points += [(start, 0.0), (start, rate), (end, rate), (end, 0.0)]
    colour = stage.colours.curve
    return _make_trace(
        "next",
        points,
        yaxis="y2",
        fill="tozeroy",
        fillcolor=faint_colour(colour, 0.22),
        line={"color": colour, "width": 1.2},
    )


def cliffs_in_picture(stage: Stage) -> list[Stretch]:
    """The jumps in the picture."""
    return [s for s in stage.scene.stretches if s.kind == "cliff" and stage.low <= s.start <= stage.high]


def _cliff_trace(stage: Stage, axis: str) -> Trace:
    points: list[Pixels | None] = []
    for cliff in cliffs_in_picture(stage) if axis == "y" or stage.gap is None else ():
        low, high = (cliff.before, cliff.after) if axis == "y" else (0.0, stage.rate_edges[1])
        points += [(cliff.start, low), (cliff.start, high), None]
    line = {"color": stage.colours.cliff, "width": 2.5 if axis == "y" else 1.5, "dash": "4px,3px"}
    return _make_trace("cliffs", points, yaxis=axis, line=line)


def _pay_trace(stage: Stage) -> Trace:
    points = [p for part in stage.knots for p in (*part, None)]
    return _make_trace("pay", points, line={"color": stage.colours.curve, "width": 3})


def _jump_ends(stage: Stage) -> Trace:
    """The two ends of every jump: full where the place itself is paid, open where it is not."""
    points: list[Pixels | None] = []
    fills: list[str] = []
    for cliff in cliffs_in_picture(stage):
        at = float(stage.scene.curve(cliff.start))
        full = abs(at - cliff.after) <= abs(at - cliff.before)
        points += [(cliff.start, cliff.before), (cliff.start, cliff.after)]
        fills += [stage.colours.page, stage.colours.curve][:: 1 if full else -1]
    marker = {"size": 7, "color": fills, "line": {"color": stage.colours.curve, "width": 1.5}}
    return _make_trace("ends", points, mode="markers", marker=marker)


def _pointer_trace(stage: Stage) -> Trace:
    """Answers to the pointer with the pay at that place; unseen itself."""
    size = (stage.high - stage.low) / HOVER
    corners = {x for part in stage.knots for x, _ in part}
    places = sorted({*corners, *(stage.low + i * size for i in range(HOVER + 1))})
    points: list[Pixels | None] = [(x, float(stage.scene.curve(x))) for x in places]
    if stage.gap is not None:
        texts = [chart_text(difference.pays_at_pointer(stage, x)) for x in places]
    else:
        texts = [chart_text(pointed_at(stage.scene, x, stage.formats)) for x in places]
    more = {"hovertemplate": "%{text}<extra></extra>", "text": texts, "hoverinfo": "text"}
    return _make_trace(
        "pointer", points, line={"width": 0}, **more
    )  # a mark for each place would cost a third of a repaint


def stand_trace(stage: Stage) -> Trace:
    """Where the rep stands."""
    marker = {"size": 13, "color": stage.colours.text, "line": {"color": stage.colours.page, "width": 2.5}}
    inside = stage.stands and math.isfinite(stage.scene.here) and stage.low <= stage.scene.here <= stage.high
    return _make_trace("here", [(stage.scene.here, stage.scene.pay)] if inside else [], mode="markers", marker=marker)


LAYERS: tuple[Callable[[Stage], Trace], ...] = (
    lambda stage: _hatched_zone(stage, "zero", stage.colours.zero, "/"),
    lambda stage: _hatched_zone(stage, "flat", stage.colours.flat, "\\"),
    lambda stage: _hatched_zone(stage, "drop", stage.colours.drop, "x"),
    _team_trace,
    _strip_trace,
    lambda stage: _cliff_trace(stage, "y"),
    lambda stage: _cliff_trace(stage, "y2"),
    lambda stage: difference.gap_area(stage, "more"),
    lambda stage: difference.gap_area(stage, "less"),
    difference.gap_line,
    overlay.line_before,
    _pay_trace,
    _jump_ends,
    _pointer_trace,
    people_layer.axis_marks,
    people_layer.people_dots,
    stand_trace,
    overlay.lit_frame,
)
"""What draws each trace, from back to front."""
CROWD_LAYER = LAYERS.index(_team_trace)
RESTING = (
    CROWD_LAYER,
    LAYERS.index(_pointer_trace),
    LAYERS.index(overlay.line_before),
    LAYERS.index(overlay.lit_frame),
)
"""Traces that wait until a handle is let go."""
HIDDEN = (LAYERS.index(_pointer_trace), LAYERS.index(overlay.lit_frame))
"""Those of them that are put away meanwhile: they tell of the plan as it was before the handle was moved."""


def helper_lines(stage: Stage) -> list[dict[str, Any]]:
    """Lines that help the eye: the target, and from every jump down to its place on the axis."""
    line = {"type": "line", "xref": "x", "layer": "below"}
    target = {**line, "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1}
    found = [{**target, "line": {"color": stage.colours.quiet, "width": 1, "dash": "1px,3px"}}]
    faded = {"color": faint_colour(stage.colours.cliff, 0.55), "width": 1, "dash": "2px,4px"}
    for cliff in cliffs_in_picture(stage):
        ends = {"x0": cliff.start, "x1": cliff.start, "y0": stage.bottom, "y1": min(cliff.before, cliff.after)}
        found.append({**line, "yref": "y", **ends, "line": faded})
    return [*found, *difference.zero_line(stage)]
