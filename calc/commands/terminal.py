"""What the command line says: to a program in one line, to eyes on a terminal wrapped to its width.

Nothing that is said makes a terminal obey, and no sentence is longer than somebody reads.
"""

import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TextIO

LONGEST_LINE = 2_000
"""Letters of the line that a refusal is, for a program."""
WIDEST = 120
"""Columns that text is wrapped to at the most, however wide the terminal."""


def harmless(text: str) -> str:
    """Text without what a terminal would obey; line ends are kept out too."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def on_one_line(sentences: Sequence[str], longest: int = LONGEST_LINE) -> str:
    """As many sentences as fit on a line, and how many more there are.

    >>> on_one_line(["one", "two", "three"]), on_one_line(["one", "two", "three"], 16)
    ('one | two | three', 'one (and 2 more)')
    """
    told = [harmless(sentence) for sentence in sentences]
    for count in range(len(told), 1, -1):
        more = f" (and {len(told) - count} more)" if count < len(told) else ""
        if len(line := " | ".join(told[:count]) + more) <= longest:
            return line
    more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
    room = longest - len(more)
    return (told[0] if len(told[0]) <= room else f"{told[0][: room - 4]} ...") + more


def refuse(sentences: Sequence[str]) -> None:
    """Say on stderr what does not hold: on one line, or on a terminal a sentence a line."""
    if sys.stderr is None:
        return
    if is_terminal(sys.stderr):
        for sentence in sentences:
            note(sentence)
    else:
        sys.stderr.write(f"{on_one_line(sentences)}\n")


def note(sentence: str) -> None:
    """Say something beside the answer, on stderr."""
    if sys.stderr is not None:
        sys.stderr.write(f"{wrapped(on_one_line([sentence]), sys.stderr)}\n")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether eyes read what a stream is sent."""
    return stream is not None and stream.isatty()


def wrapped(text: str, stream: TextIO | None) -> str:
    """Text with its lines wrapped to the width of a terminal; as it is for a program."""
    if not is_terminal(stream):
        return text
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return "\n".join(_wrapped_line(line, max(width - 1, 20)) for line in text.splitlines())


def _wrapped_line(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    if len(line) <= width:
        return line
    return textwrap.fill(line, width, subsequent_indent=f"{indent}  ", break_on_hyphens=False)
