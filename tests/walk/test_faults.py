"""That the walk can fail: faults planted by hand are found. `python -m tests.walk.faults` plants them all."""

import pytest

from tests.walk.faults import FAULTS, found

SOON = [
    "a slider begins at its least value",
    "the sentence and the figures stay as they were",
    "the link leaves out where the rep stands",
]
"""Faults that are found within a few walks."""


@pytest.mark.parametrize("name", SOON)
def test_a_planted_fault_is_found(name: str) -> None:
    failure, _ = found(name, walks=12)
    assert failure is not None


def test_what_is_planted_is_there() -> None:
    assert len(FAULTS) >= 10
