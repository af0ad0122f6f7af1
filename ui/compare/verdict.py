"""The head of a comparison: what plan B costs, and who loses, in place of what the plan alone would say there."""

from dataclasses import dataclass

from calc.messages import Sentence
from ui.charts.axes import Stage
from ui.compare import gains
from ui.compare.pairs import Pair, pinned_pair
from ui.number_format import Formats
from ui.session.workspace import Desk
from ui.text.verdict import cost_verdict, verdict_figures
from ui.text.words import Figure


@dataclass(frozen=True)
class Verdict:
    """The sentence, the four figures, and who gains and who loses along the axis."""

    says: Sentence
    figures: tuple[Figure, ...]
    along: tuple[Sentence, ...]


def pinned_verdict(desk: Desk, stage: Stage, formats: Formats) -> Verdict | None:
    """The head of a comparison with a pinned plan; None where none is pinned, or their money has nothing in common.

    Args:
        desk: what is on the screen.
        stage: the picture, with both lines where there are two.
        formats: the reader's conventions.
    """
    pair = pinned_pair(desk)
    if pair is None or pair.same or not pair.comparable:
        return None
    a, b = pair.settled.a, pair.settled.b
    return Verdict(
        cost_verdict(a, b), verdict_figures(a, b, pair.titles, pair.impact, formats), along_axis(pair, stage, formats)
    )


def along_axis(pair: Pair, stage: Stage, formats: Formats) -> tuple[Sentence, ...]:
    """Who gains and who loses along the axis, or why there are no two lines to tell it from."""
    reason = pair.apart(stage.scene.along)
    if reason is not None or stage.gap is None:
        return () if reason is None else (reason,)
    return tuple(gains.gains_in_words(stage, pair.sides(stage), pair.name_b, formats))
