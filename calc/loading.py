"""Ctrl-C while the command line still loads what it needs: the process ends at once, without a word.

Loading takes a moment, in which Python would answer with where it stood. So until the command line listens to signals
itself, the system ends it, with the status that shells know. A process that was told to ignore Ctrl-C ignores it, and
who imports `calc` for something else keeps Python's own way.
"""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

COMMAND = "flatline"
"""What the command line is called where it is installed."""


def starts_command_line(words: Sequence[str]) -> bool:
    """Whether Python was started with these words for the command line.

    >>> starts_command_line(["python", "-m", "calc", "presets"]), starts_command_line(["python", "-m", "pytest"])
    (True, False)
    """
    if "-m" in words:
        return list(words[words.index("-m") + 1 :][:1]) == ["calc"]
    return any(Path(word).stem == COMMAND for word in words[1:2])


if starts_command_line(sys.orig_argv) and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
