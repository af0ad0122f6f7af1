"""Small drawings of what people do, in SVG: a rep's effort step by step, and where a team's results land."""

from collections.abc import Sequence
from html import escape

from ui.charts.palette import Palette

WIDTH, WIDE, HEIGHT = 300, 420, 170
CONDUCT_LEFT, CONDUCT_RIGHT, CONDUCT_TOP, CONDUCT_BOTTOM = 8, 8, 14, 22
"""Room around the drawing [px]."""
FONT = 'font-family="system-ui, sans-serif" font-size="12"'


def effort_lines(
    here: Sequence[float], there: Sequence[float] | None, most: float, colours: Palette, *, labelled: bool = True
) -> str:
    """Effort step by step under one plan, and dashed under another.

    Args:
        here, there: effort of every step, 1 = normal.
        most: the effort at the top of the drawing, the same for drawings beside each other.
        colours: of the page.
        labelled: whether normal effort is named; of several beside each other the first says it.
    """
    base, normal = _up(0.0, most), _up(1.0, most)
    parts = [
        f'<path d="M{CONDUCT_LEFT} {base}H{WIDTH - CONDUCT_RIGHT}" stroke="{colours.quiet}" stroke-opacity="0.6"/>',
        f'<path d="M{CONDUCT_LEFT} {normal}H{WIDTH - CONDUCT_RIGHT}" stroke="{colours.quiet}" stroke-opacity="0.5" '
        'stroke-dasharray="2,4"/>',
        _text(CONDUCT_LEFT, normal - 4, "normal effort" if labelled else "", colours.quiet),
        _text(CONDUCT_LEFT, HEIGHT - 6, "first day", colours.quiet),
        _text(WIDTH - CONDUCT_RIGHT, HEIGHT - 6, "last day", colours.quiet, "end"),
    ]
    if there is not None:
        parts.append(_stairs(there, most, colours.cured, 2.0, "6,4"))
    area = f"{CONDUCT_LEFT},{base} {_points(here, most)} {WIDTH - CONDUCT_RIGHT},{base}"
    parts.append(f'<polygon points="{area}" fill="{colours.curve}" fill-opacity="0.14"/>')
    parts.append(_stairs(here, most, colours.curve, 3.0))
    return _svg(parts, HEIGHT)


def result_bars(
    here: Sequence[float], there: Sequence[float] | None, marks: Sequence[tuple[str, float]], colours: Palette
) -> str:
    """Where results land: bars for one plan, an outline for another, and places that are named.

    Args:
        here, there: the share of people in every bar.
        marks: names of places, and where they lie [bars from the left].
        colours: of the page.
    """
    most = max([*here, *(there or ())], default=0.0) or 1.0
    step, base = (WIDE - CONDUCT_LEFT - CONDUCT_RIGHT) / len(here), _up(0.0, 1.0)
    parts = []
    for i, share in enumerate(here):
        top = _up(share / most, 1.0)
        parts.append(
            f'<rect x="{CONDUCT_LEFT + i * step + 1:.1f}" y="{top}" width="{step - 2:.1f}" height="{base - top:.1f}" '
            f'fill="{colours.curve}" fill-opacity="0.75"/>'
        )
    if there is not None:
        tops = [_up(share / most, 1.0) for share in there]
        told = " ".join(f"{CONDUCT_LEFT + (i + side) * step:.1f},{y}" for i, y in enumerate(tops) for side in (0, 1))
        parts.append(
            f'<polyline points="{told}" fill="none" stroke="{colours.cured}" stroke-width="2" stroke-dasharray="6,4"/>'
        )
    for nth, (name, place) in enumerate(marks):
        parts += _mark(CONDUCT_LEFT + place * step, name, nth, colours)
    parts.append(
        f'<path d="M{CONDUCT_LEFT} {base}H{WIDE - CONDUCT_RIGHT}" stroke="{colours.quiet}" stroke-opacity="0.6"/>'
    )
    parts.append(_text(CONDUCT_LEFT, HEIGHT - 6, "sells little", colours.quiet))
    parts.append(_text(WIDE - CONDUCT_RIGHT, HEIGHT - 6, "sells much", colours.quiet, "end"))
    return _svg(parts, HEIGHT, WIDE)


def _mark(at: float, name: str, nth: int, colours: Palette) -> list[str]:
    """A place with its name; the names of two stand one under the other."""
    if not CONDUCT_LEFT <= at <= WIDE - CONDUCT_RIGHT:
        return []
    anchor, aside = ("end", -5) if at > WIDE * 0.6 else ("start", 5)
    line = f'<path d="M{at:.1f} 4V{_up(0.0, 1.0)}" stroke="{colours.cliff}" stroke-width="1.5" stroke-dasharray="3,2"/>'
    return [line, _text(at + aside, 12 + 14 * nth, name, colours.cliff_text, anchor, colours.page)]


def _up(value: float, most: float) -> float:
    return round(HEIGHT - CONDUCT_BOTTOM - (HEIGHT - CONDUCT_BOTTOM - CONDUCT_TOP) * min(value / most, 1.0), 1)


def _points(efforts: Sequence[float], most: float) -> str:
    step = (WIDTH - CONDUCT_LEFT - CONDUCT_RIGHT) / len(efforts)
    corners = [(CONDUCT_LEFT + (i + side) * step, _up(e, most)) for i, e in enumerate(efforts) for side in (0, 1)]
    return " ".join(f"{x:.1f},{y}" for x, y in corners)


def _stairs(efforts: Sequence[float], most: float, colour: str, width: float, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    points = _points(efforts, most)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _text(x: float, y: float, words: str, colour: str, anchor: str = "start", behind: str = "") -> str:
    halo = f' stroke="{behind}" stroke-width="4" paint-order="stroke"' if behind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" {FONT} fill="{colour}" text-anchor="{anchor}"{halo}>{escape(words)}</text>'


def _svg(parts: Sequence[str], height: int, width: int = WIDTH) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'
