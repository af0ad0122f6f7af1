"""Turns: one after the other, in the order in which they came, and what was replaced is not worked out."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui.session import fragments, turns
from ui.session.turns import Turns

APP = str(Path(__file__).resolve().parents[3] / "app.py")


def waiting(row: Turns, count: int) -> None:
    """Waits until so many wait."""
    end = time.monotonic() + 20
    while len(row._waiting) < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_who_came_first_works_first_and_nobody_beside_another() -> None:
    row, done, inside = Turns(), list[int](), list[int]()

    def work(number: int) -> None:
        with row.turn() as mine:
            assert mine
            inside.append(number)
            time.sleep(0.002)
            assert inside == [number]
            inside.clear()
            done.append(number)

    with row.turn():
        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for number, thread in enumerate(threads):
            thread.start()
            waiting(row, number + 1)
    for thread in threads:
        thread.join(20)
    assert done == list(range(8))
    with row.turn() as mine:
        assert mine


def test_what_was_replaced_gives_its_place_up() -> None:
    row, told = Turns(), list[bool]()

    def replaced() -> None:
        with row.turn(lambda: True) as mine:
            told.append(mine)

    with row.turn():
        thread = threading.Thread(target=replaced)
        thread.start()
        thread.join(20)
        assert told == [False]
        assert not row._waiting


def test_a_turn_that_fails_is_over() -> None:
    row = Turns()
    with pytest.raises(ValueError, match="lost"), row.turn():
        raise ValueError("lost")
    with row.turn(lambda: True) as mine:
        assert mine


def test_nothing_is_replaced_where_nothing_runs() -> None:
    assert not turns.newer_waits()


def test_a_change_that_was_given_up_is_shown_where_nothing_newer_came(monkeypatch: pytest.MonkeyPatch) -> None:
    page = AppTest.from_file(APP, default_timeout=60).run()
    row, whole = Turns(), list[object]()
    begin = fragments.note_page

    def replaced() -> bool:
        row._taken = False  # who held the turn is gone, and this one gives its place up
        return True

    def noted(one: Any) -> Any:
        whole.append(one)
        return begin(one)

    monkeypatch.setattr(fragments, "TURNS", row)
    monkeypatch.setattr(fragments, "newer_waits", replaced)
    monkeypatch.setattr(fragments, "note_page", noted)
    first = page.slider[0]
    row._taken = True
    first.set_value(first.min + 7 * first.step).run()
    assert not page.exception
    assert page.slider[0].value == first.min + 7 * first.step
    assert len(whole) == 1
