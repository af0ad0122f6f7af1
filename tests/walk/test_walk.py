"""The walk in Streamlit's own runner, in walks that are the same in every run; `FLATLINE_WALKS` takes more of them."""

import os

import pytest

from tests.walk.moves import retold
from tests.walk.walking import shortened, taken, walk
from tests.walk.ways import WAYS

STEPS = 50
ASKED = int(os.environ.get("FLATLINE_WALKS", "100"))
"""Walks that are taken, from the first on."""


@pytest.mark.parametrize("seed", range(1, ASKED + 1))
def test_whatever_is_moved_the_screen_stays_true(seed: int) -> None:
    failure = walk(seed, STEPS)
    assert failure is None, str(shortened(failure))


@pytest.mark.parametrize("name", WAYS)
def test_what_a_walk_has_found_stays_mended(name: str) -> None:
    preset, way = WAYS[name]
    failure = taken(preset, retold(way))
    assert failure is None, str(failure)
