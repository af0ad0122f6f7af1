"""Ctrl-C, and the signals by which a system ends a process: work stops within a block, and what was half made goes.

A signal raises where the program stands. Where that is swallowed, as within a callback, the next `check` raises again;
the reader of a file asks once a block. A library may answer a signal with an error of its own: `heeded` raises the
signal instead. Once all is done, a signal no longer raises.

Not modelled: a process that is killed outright. While the command line is still loading, `calc.loading` answers Ctrl-C.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNAL_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
SIGNALLED = 128
"""The status of a process that a signal ended is this and the signal's number, as shells have it."""
PAUSE = 1.0
"""Seconds for which no second signal disturbs the cleaning up after the first."""


class Interrupted(KeyboardInterrupt):
    """A signal came; `status` is what the process ends with."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = SIGNALLED + number


class Interruptions:
    """The signals that a process has received."""

    def __init__(self) -> None:
        self.received: int | None = None
        self._since = 0.0
        self._over = False

    def catch(self) -> None:
        """From now on the signals raise here; one that the process was told to ignore is ignored as before."""
        for name in SIGNAL_NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        first, now = self.received is None, time.monotonic()
        self.received = number
        if not self._over and (first or now - self._since > PAUSE):
            self._since = now
            raise Interrupted(number)

    def check(self) -> None:
        """Stop if a signal has come.

        Raises:
            Interrupted: it has.
        """
        if self.received is not None:
            raise Interrupted(self.received)

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Within, what goes wrong after a signal is the signal's doing, whatever error a library made of it.

        Raises:
            Interrupted: something went wrong, and a signal had come.
        """
        try:
            yield
        except Exception:
            self.check()
            raise

    def end(self) -> None:
        """All is done: a signal no longer raises."""
        self._over = True
