"""A plan's curve as a small drawing, in SVG: exact pieces, zones tinted, no words."""

from collections.abc import Sequence

from ui.charts.axes import Stage
from ui.charts.label_layout import Pixels
from ui.charts.layers import team_hill
from ui.charts.palette import Palette

THUMB_WIDTH, THUMB_HEIGHT = 240, 108
THUMB_EDGE = 6
"""Room around the drawing [px]."""


def draw_thumbnail(stage: Stage) -> str:
    """The curve of a stage, its zones and its team."""
    draw = _Drawing(stage.low, stage.high, stage.bottom, stage.top)
    colours = stage.colours
    parts = [draw.zone(stage, kind, colour) for kind, colour in (("zero", colours.zero), ("flat", colours.flat))]
    parts += [draw.zone(stage, "drop", colours.drop)]
    hill = [(x, stage.bottom + y * (stage.top - stage.bottom)) for x, y in team_hill(stage)]
    parts.append(draw.hill(hill, colours.crowd))
    for stretch in stage.scene.stretches:
        if stretch.kind == "cliff" and stage.low <= stretch.start <= stage.high:
            ends = [(stretch.start, stretch.before), (stretch.start, stretch.after)]
            parts.append(draw.line(ends, colours.cliff, 1.5, "3,2"))
    parts += [draw.line(part, colours.curve, 2.5) for part in stage.knots]
    return _svg_of(parts, colours)


def draw_bars(heights: Sequence[float], shares: Sequence[float], colours: Palette) -> str:
    """Bars side by side; of each, the lower part up to its share is filled: who gets that far."""
    draw = _Drawing(0.0, float(len(heights)), 0.0, max(heights) * 1.05)
    parts = []
    for i, (height, share) in enumerate(zip(heights, shares, strict=True)):
        box = (i + 0.12, i + 0.88)
        parts.append(draw.box(box, (0.0, height), colours.zero, 0.16))
        parts.append(draw.box(box, (0.0, height * share), colours.curve, 0.9))
    return _svg_of(parts, colours)


class _Drawing:
    """Places of the data on a small sheet."""

    def __init__(self, left: float, right: float, bottom: float, top: float) -> None:
        self.left, self.right, self.bottom, self.top = left, right, bottom, top

    def at(self, x: float, y: float) -> Pixels:
        across, up = (x - self.left) / (self.right - self.left), (y - self.bottom) / (self.top - self.bottom)
        return round(THUMB_EDGE + across * (THUMB_WIDTH - 2 * THUMB_EDGE), 1), round(
            THUMB_HEIGHT - THUMB_EDGE - up * (THUMB_HEIGHT - 2 * THUMB_EDGE), 1
        )

    def zone(self, stage: Stage, kind: str, colour: str) -> str:
        found = [s for s in stage.scene.stretches if s.kind == kind]
        spans = [(max(s.start, stage.low), min(s.end, stage.high)) for s in found]
        heights = (self.bottom, self.top)
        return "".join(self.box(span, heights, colour, 0.16) for span in spans if span[1] > span[0])

    def box(self, across: Pixels, up: Pixels, colour: str, alpha: float) -> str:
        (x, low), (end, high) = self.at(across[0], up[0]), self.at(across[1], up[1])
        size = f'width="{end - x:.1f}" height="{low - high:.1f}"'
        return f'<rect x="{x}" y="{high}" {size} fill="{colour}" fill-opacity="{alpha}"/>'

    def hill(self, points: Sequence[Pixels], colour: str) -> str:
        told = " ".join(f"{x},{y}" for x, y in (self.at(*point) for point in points))
        return f'<polygon points="{told}" fill="{colour}" fill-opacity="0.22"/>' if points else ""

    def line(self, points: Sequence[Pixels], colour: str, width: float, dash: str = "") -> str:
        told = " ".join(f"{x},{y}" for x, y in (self.at(*point) for point in points))
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        return f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _svg_of(parts: Sequence[str], colours: Palette) -> str:
    y = THUMB_HEIGHT - THUMB_EDGE
    axis = f'<path d="M{THUMB_EDGE} {y}H{THUMB_WIDTH - THUMB_EDGE}" stroke="{colours.quiet}" stroke-opacity="0.5"/>'
    size = f'width="{THUMB_WIDTH}" height="{THUMB_HEIGHT}" viewBox="0 0 {THUMB_WIDTH} {THUMB_HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}{axis}</svg>'
