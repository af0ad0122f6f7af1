"""What the page catches, heard: every exception that it tells in one calm sentence is in its log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Caught(logging.Handler):
    """What the page has caught and put a calm sentence in place of: an error in the log, with where it came from."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.faults.append(logging.Formatter("%(message)s").format(record))

    @contextmanager
    def listening(self) -> Iterator[list[str]]:
        """What is caught from here on."""
        log = logging.getLogger("flatline")
        log.addHandler(self)
        try:
            yield self.faults
        finally:
            log.removeHandler(self)
