"""An accelerator that brakes: pay climbs more slowly beyond target than before it.

What it is: the climb just above target is gentler than the one just below, though both climb. For a band with a floor
that pays nothing this happens below 1 / (1 - floor): an accelerator of 1.5 brakes where the floor is 40 %. Its money is
the difference between the two climbs over a tenth of the target.

Why it hurts: the plan is kindest to those who are short of target and coolest to those who pass it, though it was meant
the other way round. People stop sooner than the plan implies.

What to do: raise the accelerator at least to the climb before target.

Source: arithmetic of threshold and accelerator; HR Policy Association, "A primer" on payout curves (2023).
"""

import math
from collections.abc import Iterator

from calc.diagnosis.context import Case, better_word, result_difference, round_step
from calc.diagnosis.cures.terms import steepen_climb
from calc.diagnosis.finding import Finding
from calc.messages import Money, Sentence
from calc.piecewise.pieces import Piece
from calc.plan.kpi import Kpi

SLOPE_TOLERANCE = 1e-9
"""The relative difference up to which two climbs are the same."""
STEP_SHARE = 0.1


def find_accelerator_inversion(case: Case) -> Iterator[Finding]:
    """A finding for each KPI along which pay climbs more slowly just above target than just below."""
    for kpi in (k for k in case.paid if k.has_target):
        below, above = _pieces_around(case, kpi)
        if _is_inverted(below, above):
            yield _make_finding(case, kpi, below, above)


def _pieces_around(case: Case, kpi: Kpi) -> tuple[Piece, Piece]:
    """The pieces that end at target and start there; one piece twice where it goes through."""
    pieces = case.along(kpi).pieces()
    below = [p for p in pieces if p.start < 1.0 - SLOPE_TOLERANCE]
    return below[-1], next(p for p in pieces if p.end > 1.0 + SLOPE_TOLERANCE)


def _is_inverted(below: Piece, above: Piece) -> bool:
    return 0.0 < above.slope < below.slope * (1.0 - SLOPE_TOLERANCE)


def _make_finding(case: Case, kpi: Kpi, below: Piece, above: Piece) -> Finding:
    step = _round_step(kpi, below, above)
    before, beyond = (case.money(piece.slope * step / kpi.span) for piece in (below, above))
    start = None if math.isinf(below.start) else round(below.start, 9) + 0.0
    one = result_difference(kpi, step)
    return Finding(
        check="accelerator_inversion",
        severity="warn",
        kpi=kpi.id,
        span=(start, 1.0),
        money=case.money((below.slope - above.slope) * STEP_SHARE),
        share=case.share(kpi, 1.0, None),
        title=Sentence.of("Climbs more slowly beyond {target}", target=case.result(kpi, 1.0)),
        says=Sentence.of(
            "Just before {target} of {kpi}, {one} " + better_word(kpi) + " pays {before}; just beyond it, {beyond}.",
            kpi=case.name(kpi),
            target=case.result(kpi, 1.0),
            one=one,
            before=Money(before),
            beyond=Money(beyond),
        ),
        do=Sentence.of("Pay at least {before} for each {one} beyond target.", before=Money(before), one=one),
        source="arithmetic of floor and accelerator; most accelerators are 1.5-2x: QuotaPath, Forrester",
        mends=lambda: steepen_climb(case, kpi, lambda c, k: _is_inverted(*_pieces_around(c, k))),
    )


def _round_step(kpi: Kpi, below: Piece, above: Piece) -> float:
    """The round step of a KPI [its unit], or the largest tenth, hundredth ... of it that fits on both sides."""
    step, room = round_step(kpi), min(1.0 - below.start, above.end - 1.0) * kpi.span
    while step > room * (1.0 + SLOPE_TOLERANCE) and step > SLOPE_TOLERANCE * kpi.span:
        step /= 10
    return step
