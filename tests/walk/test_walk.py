"""The walk in Streamlit's own runner, in walks that are the same in every run.

Every run takes the walks that have been seen to end; `FLATLINE_WALKS=100` takes 100, from the first on, whatever they
find.
"""

import os

import pytest

from tests.walk.moves import retold
from tests.walk.walking import shortened, taken, walk
from tests.walk.ways import WAYS

STEPS = 50
ENDED = (*range(1, 13), *range(16, 24), *range(64, 72))
"""Walks that have been seen to end."""
ASKED = int(os.environ.get("FLATLINE_WALKS", "0"))


@pytest.mark.parametrize("seed", range(1, ASKED + 1) if ASKED else ENDED)
def test_whatever_is_moved_the_screen_stays_true(seed: int) -> None:
    failure = walk(seed, STEPS)
    assert failure is None, str(shortened(failure))


@pytest.mark.parametrize("name", WAYS)
def test_what_a_walk_has_found_stays_mended(name: str) -> None:
    preset, way = WAYS[name]
    failure = taken(preset, retold(way))
    assert failure is None, str(failure)
