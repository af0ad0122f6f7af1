"""What lies over the picture: the line of the plan before it was mended, and the place that a finding is about."""

import math
from typing import Any

from ui.charts.axes import Stage
from ui.charts.label_layout import Pixels, Spot, Wish, make_wish
from ui.charts.palette import faint_colour

SLIM = 0.012
"""The least width of a place that is lit, of the width of the picture: a jump has none of its own."""
OVERLAY_PLACES = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15)
"""Where along a line its name may stand, of its length."""
FAR = 10.0
"""Up, and down, from a line to its name [px]."""
OVERLAY_SIDES = ((1, 1), (-1, -1), (0, 1), (0, -1))
"""Which corner of a name lies near its line: across, up."""
OVERLAY_TOLERANCE = 0.002
"""Of the height of the picture: so near to each other, two lines are one."""

OverlayTrace = dict[str, Any]


def line_before(stage: Stage) -> OverlayTrace:
    """The line of the plan before, dashed; whole, since it lies under the plan's own, which may yet be dragged away."""
    points: list[Pixels | None] = [p for part in stage.past for p in part]
    return _overlay_trace(
        "before", points, line={"color": stage.line or stage.colours.quiet, "width": 2, "dash": "7px,4px"}
    )


def parts_apart(stage: Stage) -> list[tuple[Pixels, Pixels]]:
    """The straight parts of the line before that do not lie on the line as it is."""
    bends = sorted({x for part in stage.knots for x, _ in part})
    curve, near = stage.scene.curve, OVERLAY_TOLERANCE * (stage.top - stage.bottom)
    found = []
    for part in stage.past:
        for (a, low), (b, high) in zip(part, part[1:], strict=False):
            places = [a, *(x for x in bends if a < x < b), b]
            line = [(x, low + (high - low) * (x - a) / (b - a) if b > a else low) for x in places]
            for one, two in zip(line, line[1:], strict=False):
                same = abs(float(curve(one[0])) - one[1]) <= near and abs(float(curve(two[0], "left")) - two[1]) <= near
                found += [] if same else [(one, two)]
    return found


def lit_frame(stage: Stage) -> OverlayTrace:
    """A frame around the place that a finding is about."""
    edges, points = lit_span(stage), list[Pixels | None]()
    if edges is not None:
        (start, end), low, high = edges, stage.bottom, stage.top
        points = [(start, low), (start, high), (end, high), (end, low), (start, low)]
    line = {"color": stage.colours.text, "width": 2}
    return _overlay_trace("lit", points, fill="toself", fillcolor=faint_colour(stage.colours.text, 0.07), line=line)


def lit_span(stage: Stage) -> Pixels | None:
    """The part of the picture that is lit."""
    if stage.lit is None:
        return None
    start = -math.inf if stage.lit[0] is None else stage.lit[0]
    end = math.inf if stage.lit[1] is None else stage.lit[1]
    room = max(SLIM * (stage.high - stage.low) - (end - start), 0.0) / 2
    start, end = max(start - room, stage.low), min(end + room, stage.high)
    return (start, end) if end > start else None


def line_names(stage: Stage) -> list[Wish]:
    """The names of the two lines, before and after, where they part."""
    parts = [[*part] for part in parts_apart(stage)]
    if not parts:
        return []
    low, high = min(part[0][0] for part in parts), max(part[-1][0] for part in parts)
    places = [low + part * (high - low) for part in OVERLAY_PLACES]
    wishes = []
    mended = stage.gap is None and not stage.line
    for word, lines, colour in (
        (stage.names[0], parts, stage.line or stage.colours.quiet),
        (stage.names[1], stage.knots, stage.colours.cured_text if mended else stage.colours.curve),
    ):
        heights = [(x, y) for x in places if (y := _height_at(lines, x)) is not None]
        spots = [Spot(x, y, across, up, 0, -up * FAR) for x, y in heights for across, up in OVERLAY_SIDES]
        wishes.append(make_wish([word], spots, colour, bold=True, name=word, weight=2))
    return wishes


def _height_at(parts: list[list[Pixels]], x: float) -> float | None:
    """The height of a line at a place."""
    for part in parts:
        for (a, low), (b, high) in zip(part, part[1:], strict=False):
            if a <= x <= b and b > a:
                return low + (high - low) * (x - a) / (b - a)
    return None


def _overlay_trace(name: str, points: list[Pixels | None], **more: Any) -> OverlayTrace:
    xs, ys = ([None if p is None else p[i] for p in points] for i in (0, 1))
    return {"type": "scatter", "name": name, "x": xs, "y": ys, "mode": "lines", "hoverinfo": "skip", **more}
