"""What a file leaves open, and what in it cannot be used: questions with their answers, and rows with their reasons.

A question has a key by which its answer is kept in a map file, so that the next export of the same kind opens without
it. The page asks; the command line refuses, with the answers that the map file may give.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LINES_NAMED = 5
"""Lines that a question names at the most."""


@dataclass(frozen=True)
class Answer:
    """One way to answer a question: the word that is kept, and what it means."""

    word: str
    means: str


@dataclass(frozen=True)
class Question:
    """What whoever gave the file must decide.

    Args:
        key: by what its answer is kept in a map file.
        file: what the file is called that it is about.
        asks: the question, in a sentence.
        answers: the ways to answer it.
        suggested: the answer that was taken for now; None where what it is about is left out until it is answered.
        lines: the lines that it is about.
    """

    key: str
    file: str
    asks: str
    answers: tuple[Answer, ...]
    suggested: str | None = None
    lines: tuple[int, ...] = ()

    def __str__(self) -> str:
        ways = ", or ".join(f'"{one.word}" ({one.means})' for one in self.answers)
        where = f" ({lines_in_words(self.lines)})" if self.lines else ""
        return f"{self.file}{where}: {self.asks} Say in the map: {self.key} = {ways}"


@dataclass(frozen=True, order=True)
class BadRow:
    """A row, or a cell of it, that cannot be used.

    Args:
        file: what its file is called.
        line: its line.
        reason: why, as a clause behind the line.
    """

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.reason}"


def lines_in_words(lines: Sequence[int]) -> str:
    """Lines as a sentence names them.

    >>> lines_in_words([3]), lines_in_words([3, 5]), lines_in_words(range(2, 20))
    ('line 3', 'lines 3 and 5', 'lines 2, 3, 4, 5, 6 and 13 more')
    """
    first = [str(line) for line in lines[:LINES_NAMED]]
    more = [f"{len(lines) - LINES_NAMED:,} more"] if len(lines) > LINES_NAMED else []
    words = first + more
    return f"line {words[0]}" if len(words) == 1 else f"lines {', '.join(words[:-1])} and {words[-1]}"


def yes_or_no(key: str, file: str, asks: str, yes: Answer, no: Answer, lines: Iterable[int] = ()) -> Question:
    """A question of two answers, of which none is taken before it is given."""
    return Question(key, file, asks, (yes, no), None, tuple(lines))
