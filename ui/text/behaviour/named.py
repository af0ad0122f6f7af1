"""When each named rep stops trying, in words and a table."""

from collections.abc import Sequence

from calc.behaviour.named_reps import MAX_NAMED_REPS, RepStop
from ui.model.person_name import clip_person
from ui.number_format import Formats
from ui.text.documents import Table

STOP_HEADS = ("Rep", "In all three readings", "In two", "In one", "Why")
TRIES_ON = "tries to the end"
PERIOD_PARTS = {"month": ("day", 30), "quarter": ("week", 13), "year": ("month", 12), "half-year": ("week", 26)}
"""What the steps of a period are told in, and how many of them it has."""
REASONS = {"out of reach": "pay out of reach", "in the bag": "most pay in the bag"}


def stop_sentence(stops: Sequence[RepStop], count: int, formats: Formats) -> str:
    """How many stop, and what the columns mean."""
    stopping = sum(stop.ordered[-1] is not None for stop in stops)
    unsure = sum(stop.ordered[0] is not None and stop.ordered[-1] is None for stop in stops)
    left = f" The first {MAX_NAMED_REPS} of {formats.number(count)} are looked at." if count > MAX_NAMED_REPS else ""
    basis = f" Ability is read from each one's own result, and from nothing else.{left}"
    if not stopping and not unsure:
        return f"For all {formats.number(len(stops))} the next sale is worth trying for to the end.{basis}"
    told = f"{formats.number(stopping)} of {formats.number(len(stops))} in all three readings of the evidence"
    more = f", {formats.number(unsure)} more in one or two of them" if unsure else ""
    return f"{told}{more}. From then on the next sale pays less than a quarter of the plain rate.{basis}"


def stops_table(stops: Sequence[RepStop], period: str, steps: int, formats: Formats) -> Table:
    """Who stops when, the earliest first; who tries on to the end in every reading is left out."""
    stopping = [stop for stop in stops if stop.ordered[0] is not None]
    stopping.sort(key=lambda stop: tuple(steps if step is None else step for step in reversed(stop.ordered)))
    rows = []
    for stop in stopping:
        one, two, every = (_when(step, period, steps, formats) for step in stop.ordered)
        rows.append((clip_person(stop.name), every, two, one, REASONS[stop.reason]))
    return Table(STOP_HEADS, tuple(rows))


def _when(step: int | None, period: str, steps: int, formats: Formats) -> str:
    """From which day, week or month on: step 0 is the first day."""
    if step is None:
        return TRIES_ON
    if step == 0:
        return "from the first day"
    if period not in PERIOD_PARTS:
        return f"after {formats.share(round(step / steps, 2))} of the {period}"
    word, count = PERIOD_PARTS[period]
    return f"from {word} {1 + round(step / steps * count)}"
