"""How the command line sets numbers and words: plainly, the same on every machine."""

from collections.abc import Callable, Sequence

from calc.messages import Fact, Money, Name, Number, Result, Sentence, Share, lower_first, singular_unit, upper_first
from calc.plan.plan import Plan

WHOLE_PERCENT_FROM = 1000
"""Results from which hundredths carry nothing in a sentence."""
HARDLY_A_PART = 0.001
"""A share that is as good as none."""


def text(plan: Plan, sentence: Sentence) -> str:
    """A sentence with its facts in plain conventions."""
    before = ""

    def keep(words: Fact) -> str:
        nonlocal before
        before = words.text if isinstance(words, Name) and words.text else before
        return words.text if isinstance(words, Name) else ""

    def say(fact: Fact) -> str:
        begins = not before or before.rstrip().endswith(".")
        if isinstance(fact, Name):
            return upper_first(fact.text) if begins or before.rstrip().endswith(":") else lower_first(fact.text)
        return upper_first(_fact(plan, fact)) if begins else _fact(plan, fact)

    return upper_first(sentence.shortened.text(say, keep))


def _fact(plan: Plan, fact: Money | Share | Result | Number) -> str:
    if isinstance(fact, Money):
        return f"{plan.currency} {money(plan, fact.amount)}"
    if isinstance(fact, Share):
        return _share(fact.part)
    if isinstance(fact, Result):
        value = (
            round(fact.value, 0 if abs(fact.value) >= WHOLE_PERCENT_FROM else 2 if abs(fact.value) >= 1 else 4) + 0.0
        )
        return f"{value:,.12g} {singular_unit(fact.unit) if abs(value) == 1 else fact.unit}".strip()
    return f"{round(fact.value, 2) + 0.0:,.12g}"


def _share(part: float) -> str:
    """A share that is not said to be none, or all, while it is not."""
    rounded = round(100 * part, 1) + 0.0
    if 0 < part < HARDLY_A_PART:
        return f"less than {100 * HARDLY_A_PART:g} %"
    return f"more than {100 - 100 * HARDLY_A_PART:g} %" if rounded == 100 and part < 1 else f"{rounded:,.12g} %"


def table(rows: Sequence[Sequence[str]], words: Sequence[int]) -> str:
    """Rows as aligned columns, of which some are words and the others numbers."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = [
        [c.ljust(width) if i in words else c.rjust(width) for i, (c, width) in enumerate(zip(row, widths, strict=True))]
        for row in rows
    ]
    return "\n".join("  ".join(cells).rstrip() for cells in aligned)


def span(low: float | None, high: float | None, shape: Callable[[float], str]) -> str:
    """A stretch in words; an end that is None has none."""
    if low is None or high is None:
        return "all" if low is high else f"up to {shape(high)}" if high is not None else f"from {shape(low or 0.0)}"
    return shape(low) if low == high else f"{shape(low)} to {shape(high)}"


def number(x: float) -> str:
    """A number with no more decimals than it has."""
    return f"{x + 0.0:,.12g}"


def percent(x: float) -> str:
    """A share as a percentage."""
    return f"{round(100 * x, 4) + 0.0:,.12g} %"


def money(plan: Plan, x: float) -> str:
    """An amount with its currency's decimals."""
    return f"{x:,.{plan.minor}f}"
