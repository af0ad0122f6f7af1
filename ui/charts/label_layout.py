"""Words on the picture, laid so that none covers another, the line, or the edge.

A picture is as wide as its window, which nobody knows when it is drawn. So a place for a label is taken only if it is
free on a phone and on a wide screen alike. Every label brings several wordings and places, best first; one that finds
none is left out (the table under the picture has it).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

SIZE = 13
"""Of the letters [px]."""
LINE_HEIGHT, LABEL_EDGE = 17.0, 3.0
"""Room for one line, and around a label [px]."""
NARROW, WIDE_LETTERS = frozenset(" .,:;'`!|/()[]ijlIftr-"), frozenset("mwMW%@")
LETTER_WIDTHS = {"narrow": 4.8, "wide": 11.0, "capital": 8.2, "other": 7.1, "foreign": 9.5}
"""Widths of bold letters of that size [px], measured, each the widest of its kind."""

Pixels = tuple[float, float]
Placed = tuple["Wish", str, "Spot"]


@dataclass(frozen=True)
class Frame:
    """The drawn area: what it shows from left to right and from bottom to top, and its sizes.

    `sizes` are widths and heights [px] on a phone, a laptop, a wide screen; a place for a label must be free on all.
    """

    left: float
    right: float
    bottom: float
    top: float
    sizes: tuple[Pixels, ...]

    def at(self, x: float, y: float, size: Pixels) -> Pixels:
        """Where a point of the data lies from the upper left corner [px]."""
        across = (x - self.left) / (self.right - self.left)
        return across * size[0], (self.top - y) / (self.top - self.bottom) * size[1]


@dataclass(frozen=True)
class Box:
    """A rectangle [px from the upper left corner]."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any room."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def crossed(self, a: Pixels, b: Pixels) -> bool:
        """Whether a straight line from a to b runs through it."""
        if max(a[0], b[0]) <= self.left or min(a[0], b[0]) >= self.right:
            return False
        if max(a[1], b[1]) <= self.top or min(a[1], b[1]) >= self.bottom:
            return False
        low, high = 0.0, 1.0
        for start, run, least, most in (
            (a[0], b[0] - a[0], self.left, self.right),
            (a[1], b[1] - a[1], self.top, self.bottom),
        ):
            if abs(run) < 1e-12:
                if not least < start < most:
                    return False
                continue
            first, last = sorted(((least - start) / run, (most - start) / run))
            low, high = max(low, first), min(high, last)
        return low < high


@dataclass(frozen=True)
class Spot:
    """A place for a label: its anchor in data, which of its corners lies there, and how far it is moved [px].

    `across` is -1 when the anchor is its left edge, 0 its middle, 1 its right edge; `up` is -1 top, 0 middle, 1 bottom.
    """

    x: float
    y: float
    across: int = 0
    up: int = 0
    right: float = 0.0
    down: float = 0.0

    def box(self, extent: Pixels, frame: Frame, size: Pixels) -> Box:
        """The room that something of an extent [px] takes there."""
        x, y = frame.at(self.x, self.y, size)
        left = x + self.right - extent[0] * (self.across + 1) / 2
        top = y + self.down - extent[1] * (self.up + 1) / 2
        return Box(left, top, left + extent[0], top + extent[1])


@dataclass(frozen=True)
class Wish:
    """A label that wants a place: its wordings with their spots, best first, its colour, how much it matters, and
    whether what lies behind it shows."""

    tries: Sequence[tuple[str, Spot]]
    colour: str
    bold: bool = False
    name: str = ""
    weight: float = 1.0
    bare: bool = False

    def brevity(self, text: str) -> int:
        """How many of its wordings are fuller than this one."""
        return list(dict.fromkeys(text for text, _ in self.tries)).index(text)


def make_wish(texts: Iterable[str], spots: Sequence[Spot], colour: str, **more: Any) -> Wish:
    """A label whose fullest wording is tried at every spot before a shorter one is."""
    return Wish([(text, spot) for text in texts for spot in spots], colour, **more)


@lru_cache(1024)
def text_extent(text: str) -> Pixels:
    """Width and height of a text of one or more lines [px]."""
    lines = text.split("<br>")
    return max(line_length(line) for line in lines) + 2 * LABEL_EDGE, len(lines) * LINE_HEIGHT + 2 * LABEL_EDGE


def line_length(line: str) -> float:
    """How long a line is [px]; an escaped sign is one letter, as in &amp;."""
    for sign in ("&amp;", "&lt;", "&gt;"):
        line = line.replace(sign, "w")
    return sum(LETTER_WIDTHS[_letter_class(letter)] for letter in line)


def _letter_class(letter: str) -> str:
    if letter in NARROW:
        return "narrow"
    if letter in WIDE_LETTERS:
        return "wide"
    if letter.isascii():
        return "capital" if letter.isupper() else "other"
    return "other" if letter in "€£–−×" else "foreign"


def lay_labels(
    orders: Iterable[Sequence[Wish]],
    frame: Frame,
    lines: Sequence[Sequence[Pixels]],
    taken: Sequence[tuple[Spot, Pixels]],
    page: str,
) -> list[dict[str, Any]]:
    """Plotly annotations for the labels that found a place.

    Args:
        orders: the same labels in several orders; in each, first come is first served, and the order that leaves most
            said is taken.
        frame: the drawn area.
        lines: lines in data that no label may lie on.
        taken: other things that take room: where they are, with their width and height [px].
        page: the colour behind the letters.
    """
    return [label_note(one, text, spot, page) for one, text, spot in best_layout(orders, frame, lines, taken)]


def best_layout(
    orders: Iterable[Sequence[Wish]],
    frame: Frame,
    lines: Sequence[Sequence[Pixels]],
    taken: Sequence[tuple[Spot, Pixels]],
) -> list[Placed]:
    """The labels with their wordings and places, in the order that leaves most said."""
    room, most, found = _Room(frame, lines, taken), -1.0, list[Placed]()
    for order in orders:
        tried = _place_in(order, room)
        said = sum(one.weight * (1 - 0.25 * one.brevity(text)) for one, text, _ in tried)
        if said > most:
            most, found = said, tried
        if said == sum(one.weight for one in order):
            break  # all is said in full, and no order says more
    return found


def place_order(
    order: Sequence[Wish], frame: Frame, lines: Sequence[Sequence[Pixels]], taken: Sequence[tuple[Spot, Pixels]]
) -> list[Placed]:
    """The labels of one order that found a place, with their wordings and places."""
    return _place_in(order, _Room(frame, lines, taken))


def _place_in(order: Sequence[Wish], room: "_Room") -> list[Placed]:
    found: list[Placed] = []
    laid: list[tuple[Box, ...]] = []
    for one in order:
        for text, spot in one.tries:
            boxes = room.boxes(text, spot)
            if boxes and not any(a.meets(b) for other in laid for a, b in zip(boxes, other, strict=True)):
                laid.append(boxes)
                found.append((one, text, spot))
                break
    return found


class _Room:
    """The drawn area in all its sizes, with the lines and things in it; what fits there is worked out once."""

    def __init__(self, frame: Frame, lines: Sequence[Sequence[Pixels]], taken: Sequence[tuple[Spot, Pixels]]) -> None:
        self.frame = frame
        self.things = [[spot.box(size, frame, seen) for spot, size in taken] for seen in frame.sizes]
        self.strokes = []
        for seen in frame.sizes:
            drawn = [[frame.at(x, y, seen) for x, y in line] for line in lines]
            self.strokes.append([pair for line in drawn for pair in zip(line, line[1:], strict=False)])
        self.known: dict[tuple[str, Spot], tuple[Box, ...]] = {}

    def boxes(self, text: str, spot: Spot) -> tuple[Box, ...]:
        """The room that a text takes at a spot in every size; empty where it is not free of edges, lines and things."""
        key = (text, spot)
        if key not in self.known:
            self.known[key] = self._free_boxes(text_extent(text), spot)
        return self.known[key]

    def _free_boxes(self, size: Pixels, spot: Spot) -> tuple[Box, ...]:
        found = []
        for seen, things, strokes in zip(self.frame.sizes, self.things, self.strokes, strict=True):
            box = spot.box(size, self.frame, seen)
            if box.left < 0 or box.right > seen[0] or box.top < 0 or box.bottom > seen[1]:
                return ()
            found.append(box)
            if any(box.meets(thing) for thing in things) or any(box.crossed(a, b) for a, b in strokes):
                return ()
        return tuple(found)


def label_note(one: Wish, text: str, spot: Spot, page: str) -> dict[str, Any]:
    """A label in its place, for plotly."""
    return {
        "text": f"<b>{text}</b>" if one.bold else text,
        "name": one.name,
        "x": spot.x,
        "y": spot.y,
        "xshift": spot.right + spot.across * -LABEL_EDGE,
        "yshift": -spot.down,
        "xanchor": ("left", "center", "right")[spot.across + 1],
        "yanchor": ("top", "middle", "bottom")[spot.up + 1],
        "align": ("left", "center", "right")[spot.across + 1],
        "showarrow": False,
        "font": {"size": SIZE, "color": one.colour},
        "bgcolor": "rgba(0,0,0,0)" if one.bare else page,
        "borderpad": 1,
    }


def round_steps(low: float, high: float, most: int) -> list[float]:
    """Round places between two numbers, at most so many: 0, 0.5, 1, 1.5.

    >>> round_steps(0, 2.2, 6)
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    size = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
    return [round(i * size, 12) for i in range(first, last + 1)]
