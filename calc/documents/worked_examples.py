"""Worked examples of a plan document, held against what its plan pays.

Many plan documents contradict themselves: their terms say one thing, their example another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from calc.documents.planfile import Preset


@dataclass(frozen=True)
class WrongExample:
    """An example that the plan pays otherwise.

    Args:
        number: which of the examples, counted from 1.
        results: its results [KPI units]; a KPI not named stands at its target.
        stated: the pay that it states [money].
        paid: what the plan pays [money, rounded].
    """

    number: int
    results: Mapping[str, float]
    stated: float
    paid: float


def wrong_examples(preset: Preset) -> tuple[WrongExample, ...]:
    """The worked examples that do not pay what they state, to the smallest unit of money.

    >>> from calc.documents.planfile import load_preset
    >>> wrong_examples(load_preset("low-ceiling"))
    ()
    """
    plan, found = preset.plan, []
    for number, example in enumerate(preset.example, start=1):
        paid = float(plan.pay(list(plan.standing(example.results).values())))
        if abs(paid - example.pays) > 1e-6 * 10.0**-plan.minor + 1e-12 * abs(paid):
            found.append(WrongExample(number, example.results, example.pays, paid))
    return tuple(found)
