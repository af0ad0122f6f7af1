"""What the best shapes of a search gain, as bars under the line that no shape passes, in SVG."""

from collections.abc import Sequence
from html import escape

from ui.charts.palette import Palette
from ui.number_format import Formats

BARS_WIDTH, BAR_HEIGHT, BARS_TOP, BARS_LEFT = 600, 20, 26, 90
BARS_FONT = 'font-family="system-ui, sans-serif" font-size="13"'


def gain_bars(gains: Sequence[float], bound: float, colours: Palette, formats: Formats) -> str:
    """Bars of what each shape gains, best first, with the most that any shape could.

    Args:
        gains: sales for the same full cost over today's, less 1.
        bound: the most of it, above 0.
        colours: of the page.
        formats: of the reader.
    """
    reach = max(bound, *gains, 0.01) * 1.15
    height = BARS_TOP + BAR_HEIGHT * len(gains) + 8

    def across(gain: float) -> float:
        return round(BARS_LEFT + max(gain, 0.0) / reach * (BARS_WIDTH - BARS_LEFT), 1)

    parts = []
    for number, gain in enumerate(gains):
        top = BARS_TOP + number * BAR_HEIGHT
        parts.append(_text(0, top + 13, f"Shape {number + 1}", colours.quiet))
        wide = max(across(gain) - BARS_LEFT, 1.0)
        parts.append(
            f'<rect x="{BARS_LEFT}" y="{top + 2}" width="{wide:.1f}" height="{BAR_HEIGHT - 6}" fill="{colours.curve}"/>'
        )
    place = across(bound)
    parts.append(
        f'<path d="M{place} 18V{height}" stroke="{colours.cliff}" stroke-width="1.5" stroke-dasharray="3,2"/>'
        f'<path d="M{BARS_LEFT} 18V{height}" stroke="{colours.quiet}"/>'
    )
    most = f"no shape passes +{formats.share(round(bound, 3))}"
    parts.append(_text(place, 13, most, colours.cliff_text, "end" if place > BARS_WIDTH * 0.6 else "start"))
    parts.append(_text(BARS_LEFT, 13, "today" if place > BARS_LEFT + 60 else "", colours.quiet, "middle"))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BARS_WIDTH} {height}">{"".join(parts)}</svg>'


def _text(x: float, y: float, words: str, colour: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {BARS_FONT} fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
