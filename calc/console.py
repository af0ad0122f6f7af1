"""How the command line sets numbers and words: plainly, the same on every machine."""

from collections.abc import Callable, Sequence

from calc.messages import Fact, Money, Name, Result, Sentence, Share
from calc.plan.plan import Plan


def text(plan: Plan, sentence: Sentence) -> str:
    """A sentence with its facts in plain conventions."""
    return sentence.text(lambda fact: _fact(plan, fact))


def _fact(plan: Plan, fact: Fact) -> str:
    if isinstance(fact, Money):
        return f"{plan.currency} {money(plan, fact.amount)}"
    if isinstance(fact, Share):
        return f"{round(100 * fact.part, 1):,.12g} %"
    if isinstance(fact, Result):
        return f"{round(fact.value, 2 if abs(fact.value) >= 1 else 4):,.12g} {fact.unit}".strip()
    return fact.text if isinstance(fact, Name) else f"{round(fact.value, 2):,.12g}"


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
    return f"{x:,.12g}"


def percent(x: float) -> str:
    """A share as a percentage."""
    return f"{round(100 * x, 4):,.12g} %"


def money(plan: Plan, x: float) -> str:
    """An amount with its currency's decimals."""
    return f"{x:,.{plan.minor}f}"
