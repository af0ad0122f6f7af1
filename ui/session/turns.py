"""Turns: what changes of many people show is worked out one after the other, in the order in which they came.

Threads that share one processor make each other late: of twenty that work at once, all end at the end. In turn the
first is done after a twentieth of that time, and the last no later. While it waits, a change may be replaced by a newer
one of the same session, which shows all that it would have shown.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

LOOK = 0.05
"""How often a change that waits looks whether it was replaced [s]."""


class Turns:
    """Who works, and who waits for it, the first to come before the others.

    >>> turns = Turns()
    >>> with turns.turn() as mine:
    ...     print(mine)
    True
    """

    def __init__(self) -> None:
        self._door = Lock()
        self._waiting: deque[Event] = deque()
        self._taken = False

    @contextmanager
    def turn(self, replaced: Callable[[], bool] = lambda: False) -> Iterator[bool]:
        """A turn, once those before have had theirs.

        Args:
            replaced: whether nothing need be done any more; asked while it waits.

        Yields:
            Whether it has come; false where what waited for it was replaced.
        """
        mine = self._take_place()
        if not self._wait_turn(mine, replaced):
            yield False
            return
        try:
            yield True
        finally:
            self._leave_place()

    def _take_place(self) -> Event:
        """Takes a place in the row."""
        mine = Event()
        with self._door:
            if self._taken:
                self._waiting.append(mine)
            else:
                self._taken = True
                mine.set()
        return mine

    def _wait_turn(self, mine: Event, replaced: Callable[[], bool]) -> bool:
        """Waits for a turn; false where it was given up before it came."""
        while not mine.wait(LOOK):
            if replaced():
                with self._door:
                    if mine not in self._waiting:
                        return True
                    self._waiting.remove(mine)
                return False
        return True

    def _leave_place(self) -> None:
        """Lets the next one work."""
        with self._door:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


TURNS = Turns()
"""Of this process."""


def newer_waits() -> bool:
    """Whether this session's browser has asked for something newer, which runs as soon as this has ended."""
    requests = getattr(get_script_run_ctx(suppress_warning=True), "script_requests", None)
    return getattr(requests, "_state", None) is ScriptRequestType.RERUN
