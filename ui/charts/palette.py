"""The colours of the picture, for a light and a dark page: Okabe and Ito's set, which the colour-blind can tell apart.

What is written stands in a darker (or lighter) cousin of its zone's colour, so that words keep a contrast of 4.5 to 1.
"""

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Palette:
    """A colour by what it means; `..._text` for words about it."""

    page: str
    text: str
    quiet: str
    grid: str
    curve: str
    zero: str
    zero_text: str
    flat: str
    flat_text: str
    drop: str
    cliff: str
    cliff_text: str
    crowd: str
    people: str
    tint: float
    cured: str
    cured_text: str


LIGHT_PALETTE = Palette(
    page="#FFFFFF",
    text="#1F2124",
    quiet="#5F6368",
    grid="#E6E6E2",
    curve="#0072B2",
    zero="#D55E00",
    zero_text="#A84300",
    flat="#7F7F7F",
    flat_text="#55585C",
    drop="#E69F00",
    cliff="#AA4499",
    cliff_text="#8E2F80",
    crowd="#5F6368",
    people="#B8860B",
    tint=0.07,
    cured="#009E73",
    cured_text="#00724F",
)
DARK = Palette(
    page="#121417",
    text="#ECEDEE",
    quiet="#B4B8BC",
    grid="#2A2F34",
    curve="#56B4E9",
    zero="#E8702A",
    zero_text="#FF9A5C",
    flat="#8C9094",
    flat_text="#C3C6C9",
    drop="#F0B840",
    cliff="#D987CB",
    cliff_text="#E7A6DC",
    crowd="#B4B8BC",
    people="#F0B840",
    tint=0.12,
    cured="#4CC9A2",
    cured_text="#4CC9A2",
)


def palette_of(theme: Literal["light", "dark"] | str | None) -> Palette:
    """The colours for a page's theme; light where it is not known."""
    return DARK if theme == "dark" else LIGHT_PALETTE


def mended_palette(colours: Palette) -> Palette:
    """The colours of a plan that has been mended."""
    return replace(colours, curve=colours.cured)


def faint_colour(colour: str, alpha: float) -> str:
    """A colour that lets through what lies under it.

    >>> faint_colour("#FF0000", 0.5)
    'rgba(255,0,0,0.5)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"
