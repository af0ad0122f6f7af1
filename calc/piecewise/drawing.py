"""A curve as a small picture in SVG, for a notebook: its line, its jumps, and the stretches where it does not move.

The picture has no colour of its own; it takes the text's, so that it reads in a light and in a dark notebook.
"""

import html
import math

from calc.piecewise.curve import Curve

SVG_WIDTH, SVG_HEIGHT, SVG_EDGE = 420, 160, 34
"""Of the picture, and of the edge around the curve [px]."""


def curve_svg(curve: Curve, low: float, high: float, label: str) -> str:
    """A curve from `low` to `high` as an SVG element.

    Args:
        curve: what is drawn.
        low, high: the ends of the axis; `low` is less than `high`.
        label: what the picture shows, for those who cannot see it.

    Raises:
        ValueError: the axis has no length.

    >>> curve_svg(Curve.through([(0, 0), (1, 1)]), 0.0, 2.0, "pay").startswith("<svg")
    True
    """
    if not low < high:
        raise ValueError(f"the axis must end right of where it begins (got {low} to {high})")
    stretches = [_clip_ends(piece.start, piece.end, low, high) for piece in curve.pieces()]
    ends = [
        (start, end, float(curve(start, side="right")), float(curve(end, side="left")))
        for start, end in stretches
        if start < end
    ]
    bottom = min(0.0, *(min(a, b) for _, _, a, b in ends))
    top = max(0.0, *(max(a, b) for _, _, a, b in ends))
    top = top if top > bottom else bottom + 1.0

    def to_picture(x: float, y: float) -> str:
        across = SVG_EDGE + (SVG_WIDTH - 2 * SVG_EDGE) * (x - low) / (high - low)
        down = SVG_HEIGHT - SVG_EDGE - (SVG_HEIGHT - 1.5 * SVG_EDGE) * (y - bottom) / (top - bottom)
        return f"{across:.1f},{down:.1f}"

    lines = [
        _line_element(to_picture(start, a), to_picture(end, b), 2.5 if a != b else 5.0) for start, end, a, b in ends
    ]
    jumps = [
        _line_element(to_picture(jump.at, jump.before), to_picture(jump.at, jump.after), 1.5, dashed=True)
        for jump in curve.jumps()
        if low <= jump.at <= high
    ]
    axis = _line_element(to_picture(low, bottom), to_picture(high, bottom), 1.0)
    marks = [
        _text_element(to_picture(low, bottom), f"{low:,.6g}", "start", 16),
        _text_element(to_picture(high, bottom), f"{high:,.6g}", "end", 16),
        _text_element(to_picture(low, top), f"{top:,.6g}", "start", -6),
    ]
    size = f'width="{SVG_WIDTH}" height="{SVG_HEIGHT}" viewBox="0 0 {SVG_WIDTH} {SVG_HEIGHT}"'
    named = f'role="img" aria-label="{html.escape(label, quote=True)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named}>{"".join([axis, *lines, *jumps, *marks])}</svg>'


def _clip_ends(start: float, end: float, low: float, high: float) -> tuple[float, float]:
    return max(start if math.isfinite(start) else low, low), min(end if math.isfinite(end) else high, high)


def _line_element(start: str, end: str, width: float, dashed: bool = False) -> str:
    (x1, y1), (x2, y2) = start.split(","), end.split(",")
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor" stroke-width="{width}"{dashes}/>'


def _text_element(place: str, words: str, anchor: str, below: int) -> str:
    x, y = place.split(",")
    shape = f'text-anchor="{anchor}" font-size="11" fill="currentColor"'
    return f'<text x="{x}" y="{float(y) + below:.1f}" {shape}>{html.escape(words)}</text>'
