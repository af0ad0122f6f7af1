"""Laws of a year on random plans, rules, results and restarts, and an oracle of plain ifs beside the engine."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calc.piecewise.pieces import NotALine
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Tiers
from calc.plan.plan import Plan
from calc.year.next_unit import unrounded
from calc.year.period_curve import period_curves
from calc.year.rules.draw import Draw
from calc.year.rules.holdback import Holdback
from calc.year.rules.limit import Limit
from calc.year.rules.proration import Proration
from calc.year.rules.ramp import Ramp
from calc.year.rules.recovery import Recovery
from calc.year.settle import year_statement
from calc.year.statement_lines import YearStatement
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults, year_results
from calc.year.year_terms import Year
from tests.strategies import Document, decimals, examples, maybe, plans, stands

CENT = 0.01
SIGNS = {
    "earned": 1,
    "withheld": -1,
    "collected": 1,
    "taken_back": -1,
    "kept_back": -1,
    "released": 1,
    "advanced": 1,
    "guaranteed": 1,
    "recovered": -1,
    "raised": 1,
    "trued_up": 1,
}


def tiered(apply: str = "marginal", period: str = "year") -> Plan:
    curve = Tiers(tiers=((0, 0.03), (0.5, 0.07), (1, 0.12)), of="attainment", apply=apply)
    return Plan(period=period, kpis=(Kpi(id="sales", target=1200, curve=curve),))


@st.composite
def limits(draw: st.DrawFn, running: bool) -> Limit | None:
    if maybe(draw, 0.5):
        return None
    beyond = draw(st.sampled_from(("lost", "reconciled", "held")))
    more: dict[str, Any] = {"pay": draw(decimals(1, 60, 0))} if maybe(draw) else {"share": draw(decimals(0.2, 1.5, 1))}
    more |= {"overpaid": draw(st.sampled_from(("kept", "taken_back")))} if beyond == "reconciled" else {}
    more |= {"held_at_end": draw(st.sampled_from(("paid", "lost")))} if beyond == "held" else {}
    if running:
        more["on"] = draw(st.sampled_from(("payment", "to_date"))) if beyond == "lost" else "payment"
    return Limit(beyond=beyond, **more)


@st.composite
def draws(draw: st.DrawFn) -> Draw | None:
    kind = draw(st.sampled_from(("none", "recoverable", "guarantee")))
    amount = draw(decimals(0, 50, 0))
    if kind == "none":
        return None
    if kind == "guarantee":
        return Draw(amount=amount, kind="guarantee", settled=draw(st.sampled_from(("each_payment", "end_of_span"))))
    most = draw(decimals(1, 30, 0)) if maybe(draw, 0.3) else None
    return Draw(
        amount=amount,
        kind="recoverable",
        recovers=draw(st.sampled_from((0.25, 0.5, 1.0))),
        at_year_end=draw(st.sampled_from(("carried", "forgiven"))),
        recovery_starts=draw(st.integers(1, 4)),
        ends=draw(st.sampled_from((None, 3, 6))),
        most_recovered=most,
    )


@st.composite
def years(draw: st.DrawFn) -> dict[str, Any]:
    """A year's rules, for a plan of a year."""
    reading = draw(st.sampled_from(("by_period", "running_total", "rate_reached")))
    running = reading == "running_total"
    year = Year(
        reading=reading,
        paid=draw(st.sampled_from(("month", "quarter"))),
        against=None if reading == "by_period" else draw(st.sampled_from(("to_date", "whole"))),
        begins_again=draw(st.sampled_from(("quarter", "half-year", "year"))),
        begins="2026-01-01",
        below_zero=draw(st.sampled_from(("allowed", "carried", "forgiven"))),
        zero_tested=draw(st.sampled_from(("payment", "payment", "restart"))),
        limit=draw(limits(running)),
    )
    more: dict[str, Any] = {"year": year, "draw": draw(draws())}
    if maybe(draw, 0.3):
        more["holdback"] = Holdback(paid_now=0.6, window=draw(st.sampled_from((1, 2))))
    if maybe(draw, 0.3):
        more["recovery"] = Recovery(takes="by_months_served", contract_months=12)
    if maybe(draw, 0.3):
        more["ramp"] = Ramp(shares=(0.25, 0.5), target_incentive=draw(st.sampled_from(("whole", "ramps"))))
    if maybe(draw, 0.3):
        by = draw(st.sampled_from(("days_of_year", "days_of_period", "months_of_year", "months_of_period")))
        ones = {"target": True, "target_incentive": maybe(draw), "floor": maybe(draw), "draw": maybe(draw)}
        more["proration"] = Proration(start="2026-02-10", by=by, month_counts_until=15, **ones)
    return more


def ruled(plan: Plan, rules: dict[str, Any]) -> YearPlan:
    try:
        return YearPlan(plan, **rules)
    except Refused:
        assume(False)
        raise


def conserved(statement: YearStatement) -> None:
    """Every payment is what was earned, and what each rule took and added."""
    lines = {**statement.lines, "earned": statement.earned}
    expected = sum(sign * lines[name] for name, sign in SIGNS.items())
    np.testing.assert_allclose(statement.paid + statement.settled, expected, atol=1e-6)


@given(st.data(), years())
@examples(60)
def test_money_is_conserved_and_what_is_owed_is_never_negative(data: st.DataObject, rules: dict[str, Any]) -> None:
    """Four people, random results and cancellations: paid = earned + advanced - recovered and so on, to the cent."""
    plan = data.draw(st.sampled_from((tiered(), tiered("retroactive"))))
    rules_of = ruled(plan, rules)
    numbers = st.lists(decimals(-100, 400, 0), min_size=9, max_size=9)
    results = np.array(data.draw(st.lists(numbers, min_size=4, max_size=4)))[..., None]
    more: dict[str, Any] = {}
    if rules_of.recovery is not None or rules_of.holdback is not None:
        more["cancelled"] = np.abs(results[..., 0]) / 40
    statement = year_statement(rules_of, year_results(plan, results, **more))
    conserved(statement)
    for line in (statement.paid, statement.settled, statement.owed):
        np.testing.assert_allclose(line, np.round(line, 2), atol=1e-9)
    recovered, forgiven = statement.line("recovered"), statement.line("forgiven")
    before = np.concatenate([np.zeros((4, 1)), statement.owed[:, :-1]], axis=1)
    assert (statement.owed >= 0).all()
    assert (recovered <= before + statement.line("advanced") + 1e-9).all()
    np.testing.assert_allclose(statement.owed, before + statement.line("advanced") - recovered - forgiven, atol=1e-6)


@given(plans(), years(), st.data())
@examples(40)
def test_the_curve_of_a_payment_is_what_arrays_pay(
    drawn: tuple[Document, Plan], rules: dict[str, Any], data: st.DataObject
) -> None:
    """At every break, on both sides of it, and between, for random plans of several KPIs."""
    document, plan = drawn
    exact = unrounded(ruled(plan.changed(period="year"), rules))
    period = data.draw(st.integers(0, 4 if exact.periods.paid == "month" else 3))
    rows = [list(data.draw(stands(document)).values()) for _ in range(period + 1)]
    moving = data.draw(st.sampled_from(plan.ids))
    people = year_results(plan, rows)
    try:
        curve = period_curves(exact, people, period, moving).paid
    except NotALine:
        assume(False)
        raise
    starts = curve.starts[1:8]
    gaps = [max(abs(start), 1.0) * 1e-6 for start in starts]
    places = [*(s - g for s, g in zip(starts, gaps, strict=True)), *(s + g for s, g in zip(starts, gaps, strict=True))]
    places += [data.draw(decimals(-100, 300, 1)) for _ in range(3)]
    paid = paid_at(exact, people, (period, plan.ids.index(moving)), places)
    np.testing.assert_allclose(paid, [curve(x) for x in places], rtol=1e-6, atol=2e-5)


def paid_at(rules: YearPlan, people: YearResults, at: tuple[int, int], places: list[float]) -> Any:
    """What arrays pay in a payment at other results of it; a person a place."""
    period, moving = at
    results = np.repeat(people.results, len(places), axis=0)
    results[:, period, moving] = places
    statement = year_statement(rules, replace(people, results=results))
    return statement.paid[:, period] + statement.settled[:, period]


RESULTS = st.lists(decimals(0, 400, 0), min_size=12, max_size=12)


def running_year(against: str = "whole", **more: Any) -> Year:
    given = {"paid": "month", "begins_again": "year", "below_zero": "allowed", **more}
    return Year(reading="running_total", against=against, **given)


@given(RESULTS, st.randoms(use_true_random=False), st.sampled_from(("marginal", "retroactive")))
@examples(30)
def test_a_running_year_pays_its_total_in_any_order(results: list[float], random: Any, apply: str) -> None:
    plan = tiered(apply)
    rules = YearPlan(plan, running_year())
    mixed = list(results)
    random.shuffle(mixed)
    whole = float(plan.pay([sum(results)]))
    for order in (results, mixed):
        assert year_statement(rules, year_results(plan, order)).total[0] == pytest.approx(whole, abs=1e-6)


@given(RESULTS)
@examples(30)
def test_a_running_total_under_marginal_tiers_splits_the_deal_that_crosses(results: list[float]) -> None:
    """Each part of a month's sales is paid by the tier in which it lies, counted from the year's start."""
    paid = year_statement(YearPlan(tiered(), running_year()), year_results(tiered(), results)).paid[0]
    edges, rates, so_far = (0.0, 600.0, 1200.0, 1e9), (0.03, 0.07, 0.12), 0.0
    for month, result in zip(paid, results, strict=True):
        split = 0.0
        for low, high, rate in zip(edges, edges[1:], rates, strict=False):
            split += rate * max(min(so_far + result, high) - max(so_far, low), 0.0)
        assert month == pytest.approx(split, abs=CENT)
        so_far += result


def test_the_rate_reached_depends_on_the_order() -> None:
    rules = YearPlan(
        tiered(), Year(reading="rate_reached", paid="month", against="whole", begins_again="year", below_zero="allowed")
    )
    paid = [year_statement(rules, year_results(tiered(), order)).total[0] for order in ([900, 400], [400, 900])]
    assert paid == pytest.approx([900 * 0.07 + 400 * 0.12, 400 * 0.03 + 900 * 0.12])


@given(plans(), st.data())
@examples(40)
def test_with_every_option_off_a_year_is_single_periods(drawn: tuple[Document, Plan], data: st.DataObject) -> None:
    document, plan = drawn
    rows = np.array([list(data.draw(stands(document)).values()) for _ in range(3)])
    statement = year_statement(YearPlan(plan), year_results(plan, rows))
    np.testing.assert_allclose(statement.paid[0], plan.pay(rows), rtol=1e-12, atol=1e-9)


@given(RESULTS, years())
@examples(60)
def test_an_oracle_of_plain_ifs_pays_the_same(results: list[float], rules: dict[str, Any]) -> None:
    """One person, tiers on everything, without ramps, proration and holdbacks; the oracle knows nothing of arrays."""
    rules = {"year": rules["year"].changed(zero_tested="payment"), "draw": rules["draw"]}
    plan = tiered("retroactive")
    statement = year_statement(ruled(plan, rules), year_results(plan, results[:8]))
    expected = Oracle(rules["year"], rules["draw"]).payments_of(results[:8])
    found = [(a, b, c) for a, b, c in zip(statement.paid[0], statement.settled[0], statement.owed[0], strict=True)]
    np.testing.assert_allclose(found, expected, atol=0.03)


class Oracle:
    """A year of one person, payment by payment, as somebody would work it out on paper."""

    def __init__(self, year: Year, draw: Draw | None) -> None:
        self.terms, self.draw = year, draw
        self.payments = {"month": 12, "quarter": 4}[year.paid or "month"]
        self.span = self.payments // {"quarter": 4, "half-year": 2, "year": 1}[year.begins_again or "year"]

    def pays(self, total: float, goal: float) -> float:
        rate = 0.12 if total >= goal - 1e-6 else 0.07 if total >= goal / 2 - 1e-6 else 0.03 if total >= 0 else 0.0
        return total * rate

    def rate(self, total: float, goal: float) -> float:
        return 0.12 if total >= goal - 1e-6 else 0.07 if total >= goal / 2 - 1e-6 else 0.03 if total >= 0 else 0.0

    def payments_of(self, results: list[float]) -> list[tuple[float, float, float]]:
        held = carried = owed = together = given = limited = total = last = last_limited = 0.0
        rows = []
        for t, x in enumerate(results):
            if t % self.span == 0:
                total = last = together = given = limited = last_limited = 0.0
            total += x
            goal = 1200 / self.payments * (self.span if self.terms.against == "whole" else t % self.span + 1)
            if self.terms.reading == "by_period":
                due = self.pays(x, 1200 / self.payments)
            elif self.terms.reading == "running_total":
                due, last = self.pays(total, goal) - last, self.pays(total, goal)
            else:
                due = self.rate(total, goal) * x
            ends, settled = (t + 1) % self.span == 0, 0.0
            limit = self.terms.limit
            if limit is not None:
                most = limit.pay if limit.pay is not None else (limit.share or 0.0) * 0.0
                if limit.on == "to_date":
                    now = min(last, most * (t % self.span + 1))
                    due, last_limited = now - last_limited, now
                elif limit.beyond == "held":
                    free = min(due + held, most)
                    held, due = held + due - free, free
                else:
                    due = min(due, most)
                limited += due
            owed, due, together, given = self.drawn(t, ends, due, owed, together, given)
            due -= carried if self.terms.below_zero == "carried" else 0.0
            if self.terms.below_zero != "allowed":
                carried = max(-due, 0.0) if self.terms.below_zero == "carried" else 0.0
                due = max(due, 0.0)
            if limit is not None and ends:
                if limit.beyond == "held":
                    settled, held = (held if limit.held_at_end == "paid" else 0.0), 0.0
                if limit.beyond == "reconciled":
                    settled = self.pays(total, 1200 / self.payments * self.span) - limited
                    settled = max(settled, 0.0) if limit.overpaid == "kept" else settled
                if self.draw is not None and self.draw.kind == "recoverable":
                    taken = self.taken(t, max(settled, 0.0), owed)
                    settled, owed = settled - taken, owed - taken
            if self.draw is not None and self.draw.at_year_end == "forgiven" and (t + 1) % self.payments == 0:
                owed = 0.0
            rows.append((due, settled, owed))
        return rows

    def drawn(
        self, t: int, ends: bool, due: float, owed: float, together: float, given: float
    ) -> tuple[float, float, float, float]:
        """What is owed and paid under the draw, and the span's sums of what was due and given."""
        draw = self.draw
        if draw is None:
            return owed, due, together, given
        amount = draw.amount if draw.ends is None or t + 1 <= draw.ends else 0.0
        in_force = draw.ends is None or t + 1 <= draw.ends
        if draw.kind == "guarantee" and draw.settled == "each_payment":
            return owed, max(due, amount), together, given
        if draw.kind == "guarantee":
            together += due
            paid = max(together - given, amount) if ends else amount
            return owed, paid, together, given + paid
        if in_force and due < amount:
            return owed + amount - due, amount, together, given
        taken = self.taken(t, max(due - amount, 0.0), owed)
        return owed - taken, due - taken, together, given

    def taken(self, t: int, beyond: float, owed: float) -> float:
        """How much of what exceeds the draw is taken."""
        assert self.draw is not None
        if t + 1 < self.draw.recovery_starts:
            return 0.0
        most = self.draw.most_recovered if self.draw.most_recovered is not None else owed
        return min(beyond * (self.draw.recovers or 0.0), owed, most)
