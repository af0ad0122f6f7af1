"""Mending and what it is compared with: the plan before the first cure, until it is kept or undone.

Nothing is remembered beside the way back: a mended plan is a move on it, and the view before that move is the plan as
it was.
"""

from dataclasses import dataclass, replace

from calc.documents.link import View
from ui.session.workspace import Desk

MEND, KEPT_MOVE = "mend.", "kept"
SAME_COST = "same-cost"
ENDING_MOVES = ("preset", "reset", "address", KEPT_MOVE)
"""Moves over which nothing is compared."""


@dataclass(frozen=True)
class Comparison:
    """The view before, and which of its findings were mended since, by their numbers in the diagnosis of that time.

    `steps` are the views that were mended with those numbers; `rescaled` says that money was, to keep the cost.
    """

    before: View
    steps: tuple[tuple[View, int], ...]
    rescaled: bool


def mended_comparison(desk: Desk) -> Comparison | None:
    """What the plan on the desk is compared with; nothing where it has not been mended since it was opened or kept."""
    steps, rescaled = [], False
    for past in reversed(desk.past):
        if past.path in ENDING_MOVES:
            break
        rescaled = rescaled or past.path == SAME_COST
        if past.path.startswith(MEND):
            steps.append((past.view, int(past.path.removeprefix(MEND))))
    return Comparison(steps[-1][0], tuple(reversed(steps)), rescaled) if steps else None


def end_comparison(desk: Desk) -> Desk:
    """The desk with the comparison ended; the way back stays."""
    return replace(desk, past=tuple(replace(p, path=KEPT_MOVE) if p.path.startswith(MEND) else p for p in desk.past))
