"""A wrong example: a worked example that states another pay than the plan's own terms give.

What it is: an example of the plan document says what some results pay, and its terms pay something else for them. Its
money is the difference: above 0 where the terms pay more than the example says.

Why it hurts: whoever reads the example counts on it, and whoever reads the terms pays by them. One of the two is a
promise that nobody keeps, and it is found out on payday.

What to do: look which of the two was meant, and set the other right.

Source: none; it is arithmetic.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.worked_examples import WrongExample, WrongPayment, wrong_examples, wrong_payments
from calc.messages import Fact, Money, Name, Number, Result, Sentence

MAX_EXAMPLES_SHOWN = 3
"""Results of an example that are told; the others are counted."""


def find_wrong_example(case: Case) -> Iterator[Finding]:
    """An alarm for each worked example that is paid otherwise."""
    for wrong in wrong_examples(case.preset):
        yield _make_finding(case, wrong)
    for payment in wrong_payments(case.preset)[:MAX_EXAMPLES_SHOWN]:
        yield _wrong_payment(case, payment)


def _wrong_payment(case: Case, wrong: WrongPayment) -> Finding:
    stated, paid = Money(wrong.stated), Money(wrong.paid)
    return Finding(
        check="wrong_example",
        severity="alarm",
        kpi=None,
        span=None,
        money=case.money(wrong.paid - wrong.stated),
        share=None,
        title=Sentence.of(f"Pays {{paid}} in {wrong.called}, where the file says {{stated}}", paid=paid, stated=stated),
        says=Sentence.of(
            f"The rep's year in the file says {{stated}} for {wrong.called}; by the terms of this plan it is {{paid}}.",
            stated=stated,
            paid=paid,
        ),
        do=Sentence.of("Look which of the two was meant, and set the other right."),
        source="arithmetic: the rep's year against the terms",
    )


def _make_finding(case: Case, wrong: WrongExample) -> Finding:
    stated, paid = Money(wrong.stated), Money(wrong.paid)
    facts: dict[str, Fact] = {"number": Number(wrong.number), "stated": stated, "paid": paid}
    told = []
    for i, (name, result) in enumerate([*wrong.results.items()][:MAX_EXAMPLES_SHOWN]):
        kpi = case.plan.kpi(name)
        facts |= {f"kpi{i}": Name(kpi.label), f"result{i}": Result(result, kpi.unit)}
        told.append(f"{{result{i}}} of {{kpi{i}}}")
    more = len(wrong.results) - len(told)
    facts |= {"more": Number(more)} if more > 0 else {}
    told += ["{more} more results"] if more > 0 else []
    listed = ", ".join(told) or "everything at target"
    return Finding(
        check="wrong_example",
        severity="alarm",
        kpi=None,
        span=None,
        money=case.money(wrong.paid - wrong.stated),
        share=None,
        title=Sentence.of("Pays {paid} where an example says {stated}", paid=paid, stated=stated),
        says=Sentence.of(
            f"Example {{number}} says {{stated}} for {listed}; by the terms of this plan it is {{paid}}.",
            **facts,
        ),
        do=Sentence.of("Look which of the two was meant, and set the other right."),
        source="arithmetic: the example against the terms",
    )
