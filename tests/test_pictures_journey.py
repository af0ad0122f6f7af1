"""The README's pictures are what the app shows: each is taken anew and held against the file that was looked at.

They are compared in cells of a few pixels, so that another smoothing of letters is no change and a moved part is.
"""

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from docs.screenshot import SHOTS, file, taken

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CELL = 10
"""The side of a cell [px]."""
FAR = 40
"""Levels of grey, of 255, from which on a cell counts as changed."""
MOST = 0.01
"""The part of all cells that may have changed."""


def cells(picture: bytes) -> np.ndarray:
    """The mean grey of every cell."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    return np.asarray(image.resize((image.width // CELL, image.height // CELL), Image.Resampling.BOX), dtype=float)


def changed(one: bytes, other: bytes) -> float:
    """The part of the cells in which two pictures of one size differ."""
    return float((np.abs(cells(one) - cells(other)) > FAR).mean())


@pytest.mark.browser
@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_of_the_readme_is_what_the_app_shows(name: str, browser: "Browser", server: str) -> None:
    kept, now = file(name).read_bytes(), taken(browser, server, SHOTS[name])
    assert Image.open(io.BytesIO(now)).size == Image.open(io.BytesIO(kept)).size
    part = changed(kept, now)
    assert part <= MOST, f"{part:.1%} of docs/{name}.png has changed: look at it, and run python docs/screenshot.py"


def test_another_picture_counts_as_changed() -> None:
    kept = [file(name).read_bytes() for name in ("screenshot", "phone")]
    assert changed(kept[0], kept[0]) == 0
    turned = io.BytesIO()
    Image.open(io.BytesIO(kept[0])).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(turned, "png")
    assert changed(kept[0], turned.getvalue()) > 5 * MOST
