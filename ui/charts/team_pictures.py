"""Small drawings of a team, in SVG: columns, dots, a line with a band, bars by name, boxes.

Every drawing is 380 by 200, so that two stand beside each other. Places are written where they lie.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ui.charts.palette import Palette

TEAM_WIDTH, TEAM_HEIGHT = 380, 200
TEAM_LEFT, TEAM_RIGHT, TEAM_TOP, TEAM_BOTTOM = 8, 8, 26, 34
"""Room around a drawing [px]."""
TEAM_FONT = 'font-family="system-ui, sans-serif" font-size="12"'
ROW_HEIGHT = 20
MAX_ROWS = 12
"""Bars by name that are drawn; a table has the others."""
MARK_ROW, MARK_ROWS = 13, 3
"""How high the name of a mark is [px], and in how many rows names lie over each other."""
NAME_ROOM, AMOUNT_ROOM = 136, 66
"""Room for names, and for amounts, beside bars [px]."""
NAME_LETTERS = 19
"""Letters of a name that have room before a bar."""

AxisEnds = tuple[float, float]
NamedPlace = tuple[float, str]
"""A place on an axis, and what it is called."""


@dataclass(frozen=True)
class Axes:
    """From where to where a drawing goes, and the places that are named along its two axes."""

    x: AxisEnds
    y: AxisEnds
    x_places: Sequence[NamedPlace] = ()
    y_places: Sequence[NamedPlace] = ()
    marks: Sequence[NamedPlace] = ()
    x_title: str = ""
    y_title: str = ""

    def across(self, x: float) -> float:
        """Where a place lies [px]."""
        low, high = self.x
        share = (min(max(x, low), high) - low) / ((high - low) or 1.0)
        return round(TEAM_LEFT + share * (TEAM_WIDTH - TEAM_LEFT - TEAM_RIGHT), 1)

    def up(self, y: float) -> float:
        """How far down a height lies [px]."""
        low, high = self.y
        share = (min(max(y, low), high) - low) / ((high - low) or 1.0)
        return round(TEAM_HEIGHT - TEAM_BOTTOM - share * (TEAM_HEIGHT - TEAM_BOTTOM - TEAM_TOP), 1)


def column_chart(starts: Sequence[float], width: float, counts: Sequence[float], axes: Axes, colours: Palette) -> str:
    """Columns beside each other: how many are where."""
    base = axes.up(axes.y[0])
    parts = []
    for start, count in zip(starts, counts, strict=True):
        left, right, top = axes.across(start), axes.across(start + width), axes.up(count)
        parts.append(_rect(left + 1, top, max(right - left - 2, 1), base - top, colours.curve, 0.75))
    return _drawing([*parts, *_frame(axes, colours)])


def dot_chart(
    dots: Sequence[AxisEnds],
    axes: Axes,
    colours: Palette,
    line: Sequence[Sequence[AxisEnds]] = (),
    joined: Sequence[tuple[AxisEnds, AxisEnds]] = (),
) -> str:
    """Dots at their places, over a line where there is one, and pairs of them joined."""
    parts = []
    for part in line:
        points = " ".join(f"{axes.across(x)},{axes.up(y)}" for x, y in part)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colours.curve}" stroke-width="2"/>')
    for (x0, y0), (x1, y1) in joined:
        parts.append(
            f'<path d="M{axes.across(x0)} {axes.up(y0)}L{axes.across(x1)} {axes.up(y1)}" stroke="{colours.zero}" '
            'stroke-width="1.5"/>'
        )
    size = 4.5 if len(dots) <= 60 else 3 if len(dots) <= 400 else 2
    for x, y in dots:
        parts.append(
            f'<circle cx="{axes.across(x)}" cy="{axes.up(y)}" r="{size}" fill="{colours.people}" fill-opacity="0.8" '
            f'stroke="{colours.page}" stroke-width="0.7"/>'
        )
    return _drawing([*parts, *_frame(axes, colours)])


def line_chart(
    points: Sequence[AxisEnds], axes: Axes, colours: Palette, band: Sequence[tuple[float, float, float]] = ()
) -> str:
    """A line, in a band where there is one: place, lower and upper edge."""
    parts = []
    if band:
        edge = [f"{axes.across(x)},{axes.up(low)}" for x, low, _ in band]
        edge += [f"{axes.across(x)},{axes.up(high)}" for x, _, high in reversed(band)]
        parts.append(f'<polygon points="{" ".join(edge)}" fill="{colours.curve}" fill-opacity="0.16"/>')
    told = " ".join(f"{axes.across(x)},{axes.up(y)}" for x, y in points)
    parts.append(f'<polyline points="{told}" fill="none" stroke="{colours.curve}" stroke-width="3"/>')
    return _drawing([*parts, *_frame(axes, colours)])


@dataclass(frozen=True)
class Bar:
    """A bar with its name and its amount in words; `kind` is "gain", "loss" or "plain"."""

    name: str
    value: float
    told: str
    kind: str = "plain"


def bar_chart(bars: Sequence[Bar], colours: Palette) -> str:
    """Bars under each other, each with its name before and its amount behind it; below zero they go to the left."""
    shown = bars[:MAX_ROWS]
    low, high = min([0.0, *(bar.value for bar in shown)]), max([0.0, *(bar.value for bar in shown)])
    room = TEAM_WIDTH - NAME_ROOM - AMOUNT_ROOM
    size = room / ((high - low) or 1.0)
    zero = NAME_ROOM - low * size
    fills = {"gain": colours.cured, "loss": colours.zero, "plain": colours.curve}
    parts = []
    for n, bar in enumerate(shown):
        top = 8 + n * ROW_HEIGHT
        start, end = sorted((zero, zero + bar.value * size))
        parts.append(_rect(start, top, max(end - start, 1.5), ROW_HEIGHT - 6, fills[bar.kind], 0.85))
        parts.append(_text(NAME_ROOM - 8, top + 11, _cut(bar.name, NAME_LETTERS), colours.text, "end"))
        parts.append(_text(TEAM_WIDTH - 2, top + 11, bar.told, colours.text, "end"))
    bottom = 8 + len(shown) * ROW_HEIGHT
    parts.append(f'<path d="M{zero:.1f} 4V{bottom}" stroke="{colours.quiet}" stroke-opacity="0.6"/>')
    return _drawing(parts, bottom + 6)


@dataclass(frozen=True)
class SizeColumn:
    """A part of a team: what it is called, quartiles with the median."""

    name: str
    quarter: float
    median: float
    three_quarters: float


def box_chart(boxes: Sequence[SizeColumn], axes: Axes, colours: Palette) -> str:
    """Boxes beside each other, from the first to the third quartile, with the median across."""
    parts = []
    step = (TEAM_WIDTH - TEAM_LEFT - TEAM_RIGHT) / max(len(boxes), 1)
    for n, box in enumerate(boxes):
        left = TEAM_LEFT + (n + 0.25) * step
        low, middle, high = (axes.up(y) for y in (box.quarter, box.median, box.three_quarters))
        parts.append(_rect(left, high, step / 2, max(low - high, 1), colours.curve, 0.3))
        line = f'<path d="M{left:.1f} {middle}h{step / 2:.1f}" stroke="{colours.curve}" stroke-width="3"/>'
        parts += [line, _text(left + step / 4, TEAM_HEIGHT - TEAM_BOTTOM + 16, box.name, colours.quiet, "middle")]
    return _drawing([*parts, *_frame(axes, colours)])


def _frame(axes: Axes, colours: Palette) -> list[str]:
    """The axes with their places, the marks across the drawing, and the titles."""
    base, side = TEAM_HEIGHT - TEAM_BOTTOM, TEAM_WIDTH - TEAM_RIGHT
    parts = [f'<path d="M{TEAM_LEFT} {base}H{side}" stroke="{colours.quiet}" stroke-opacity="0.6"/>']
    taken = -1e9
    for x, told in sorted(axes.x_places):
        at = axes.across(x)
        if at - taken > 7 * len(told) * 0.5 + 22:
            parts.append(_text(at, base + 15, told, colours.quiet, _anchor(at)))
            taken = at
    for y, told in axes.y_places:
        at = axes.up(y)
        if base - at < 2:
            continue
        parts.append(
            f'<path d="M{TEAM_LEFT} {at}H{side}" stroke="{colours.quiet}" stroke-opacity="0.25" '
            'stroke-dasharray="2,4"/>'
        )
        parts.append(_text(TEAM_LEFT, at - 3, told, colours.quiet, around=colours.page))
    parts += _marks(axes, colours)
    parts += [_text(TEAM_WIDTH / 2, TEAM_HEIGHT - 4, axes.x_title, colours.quiet, "middle")] if axes.x_title else []
    parts += [_text(TEAM_LEFT, 11, axes.y_title, colours.quiet)] if axes.y_title else []
    return parts


def _marks(axes: Axes, colours: Palette) -> list[str]:
    """Lines across the drawing, and over them what they are called; marks of one place share a line and a name."""
    names: dict[float, list[str]] = {}
    for x, name in sorted(axes.marks):
        names.setdefault(axes.across(x), []).append(name)
    lines, words = [], []
    for n, (at, told) in enumerate(names.items()):
        top = TEAM_TOP - 8 + MARK_ROW * (n % MARK_ROWS)
        lines.append(
            f'<path d="M{at} {top}V{TEAM_HEIGHT - TEAM_BOTTOM}" stroke="{colours.cliff}" stroke-width="1.5" '
            'stroke-dasharray="3,2"/>'
        )
        anchor, aside = ("end", -4) if at > TEAM_WIDTH * 0.7 else ("start", 4)
        words.append(_text(at + aside, top + 10, ", ".join(told), colours.cliff_text, anchor, colours.page))
    return lines + words


def _anchor(at: float) -> str:
    return "start" if at < TEAM_LEFT + 12 else "end" if at > TEAM_WIDTH - TEAM_RIGHT - 12 else "middle"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _rect(x: float, y: float, wide: float, high: float, colour: str, opacity: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{max(high, 0):.1f}" fill="{colour}" '
        f'fill-opacity="{opacity}"/>'
    )


def _text(x: float, y: float, words: str, colour: str, anchor: str = "start", around: str = "") -> str:
    """Words at a place, with a rim in another colour where they lie over something."""
    rim = f' stroke="{around}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if around else ""
    at = f'x="{x:.1f}" y="{y:.1f}" {TEAM_FONT} fill="{colour}" text-anchor="{anchor}"{rim}'
    return f"<text {at}>{escape(words)}</text>"


def _drawing(parts: Sequence[str], height: float = TEAM_HEIGHT) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {TEAM_WIDTH} {height:.0f}">{"".join(parts)}</svg>'
