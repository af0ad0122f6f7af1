"""Worked examples of a plan document, held against what its plan pays.

Many plan documents contradict themselves: their terms say one thing, their example another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from calc.documents.planfile import Preset
from calc.year.beside.payment_names import payment_name
from calc.year.settle import year_statement


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


@dataclass(frozen=True)
class WrongPayment:
    """A payment of the rep's year that the plan pays otherwise than the file states.

    Args:
        place: which payment, counted from 0.
        called: what it is called.
        stated: the pay that the file states [money].
        paid: what the plan pays [money, rounded].
    """

    place: int
    called: str
    stated: float
    paid: float


def wrong_payments(preset: Preset) -> tuple[WrongPayment, ...]:
    """The payments of the rep's year that do not pay what the file states, to the smallest unit of money."""
    if not preset.year_pays:
        return ()
    rules = preset.year_plan
    found = year_statement(rules, preset.year_results)
    pays = (found.paid + found.settled)[0]
    return tuple(
        WrongPayment(t, payment_name(rules.periods, t), stated, float(pays[t]))
        for t, stated in enumerate(preset.year_pays)
        if abs(float(pays[t]) - stated) > 1e-6 * 10.0**-rules.plan.minor + 1e-12 * abs(stated)
    )
