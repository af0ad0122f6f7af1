"""A draw: money paid in advance of what is earned, owed back or not.

A recoverable draw D pays at least D; what is short of it joins what is owed, and a share of what later exceeds D
recovers it, never more than is owed. A guarantee (non-recoverable draw) pays at least D and nothing is owed; settled
over a whole span it pays D in each payment and the span's excess in the last.

Practice: draws against commission as public plan documents have them; what may be recovered is a question of law that
differs by place, and is not answered here.
"""

from typing import Any, Literal, Self

from pydantic import model_validator

from calc.plan.terms import FiniteNumber, Terms, Whole, term
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import Amount, at_least, lesser, round_amounts


class Draw(Terms):
    """What a payment pays at least, and what becomes of the difference."""

    amount: FiniteNumber = term(ge=0, unit="money per payment", help="what a payment pays at least")
    kind: Literal["recoverable", "guarantee"] = term(
        help="whether what is paid in advance is owed, and taken out of later pay, or is the rep's to keep"
    )
    recovers: FiniteNumber | None = term(
        None,
        ge=0,
        le=1,
        unit="share of what exceeds the draw",
        help="of a recoverable draw, how much of later pay goes into what is owed",
    )
    at_year_end: Literal["carried", "forgiven"] | None = term(
        None, help="of a recoverable draw, what becomes of what is still owed"
    )
    settled: Literal["each_payment", "end_of_span"] | None = term(
        None, help="of a guarantee, whether it is compared with each payment, or with the whole until the restart"
    )
    starts: Whole = term(1, ge=1, le=520, unit="payment", help="the first payment with a draw")
    ends: Whole | None = term(None, ge=1, le=520, unit="payment", help="the last payment with a draw; all if left out")
    recovery_starts: Whole = term(1, ge=1, le=520, unit="payment", help="the first payment that recovers")
    recovery_ends: Whole | None = term(
        None, ge=1, le=520, unit="payment", help="the last payment that recovers; all if left out"
    )
    most_recovered: FiniteNumber | None = term(
        None, ge=0, unit="money per payment", help="the most that one payment recovers"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        needed = {"recoverable": ("recovers", "at_year_end"), "guarantee": ("settled",)}
        for kind, names in needed.items():
            for name in names:
                given = getattr(self, name)
                if (given is None) == (self.kind == kind):
                    verb = "given" if given is None else "left out"
                    raise ValueError(f"{name} must be {verb} where kind is '{self.kind}' (got {given or 'none'})")
        if self.ends is not None and self.ends < self.starts:
            raise ValueError(f"ends must be at least starts, {self.starts} (got {self.ends})")
        return self

    def amount_in(self, place: PeriodPlace) -> Any:
        """The draw of one payment [money]."""
        return round_amounts(place.served_part * self.amount, place.unit) if self._is_drawn(place) else 0.0

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What is paid under the draw."""
        draw = flow.before * 0.0 + self.amount_in(place)
        if self.kind == "recoverable":
            return self._advance_and_recover(flow, place, draw)
        if self.settled == "each_payment":
            paid = at_least(flow.due, draw)
            return flow.then(paid, draw=draw, guaranteed=paid - flow.due)
        together, given = flow.due + flow.balance("span_due"), flow.balance("guaranteed_due")
        paid = at_least(together - given, draw) if place.ends_span else flow.due * 0.0 + draw
        goes_on = 0.0 if place.ends_span else 1.0
        kept = {"span_due": together * goes_on, "guaranteed_due": (paid + given) * goes_on}
        return flow.then(paid, draw=draw, guaranteed=paid - flow.due).keeping(**kept)

    def _advance_and_recover(self, flow: Flow, place: PeriodPlace, draw: Any) -> Flow:
        drawn = self._is_drawn(place)
        advanced = at_least(flow.due * -1.0 + draw, 0.0) if drawn else flow.due * 0.0
        recovered = self._recovered(flow.due - draw, flow.balance("owed"), place)
        paid = flow.due + advanced - recovered
        owed = advanced - recovered + flow.balance("owed")
        return flow.then(paid, draw=draw, advanced=advanced, recovered=recovered).keeping(owed=owed)

    def _is_drawn(self, place: PeriodPlace) -> bool:
        return self.starts <= place.number and (self.ends is None or place.number <= self.ends)

    def _recovered(self, beyond: Amount, owed: Amount, place: PeriodPlace) -> Amount:
        """How much of what exceeds the draw goes into what is owed."""
        last = place.number if self.recovery_ends is None else self.recovery_ends
        if not self.recovery_starts <= place.number <= last:
            return beyond * 0.0
        share = round_amounts(at_least(beyond, 0.0) * (self.recovers or 0.0), place.unit)
        most = owed if self.most_recovered is None else lesser(owed, self.most_recovered)
        return lesser(share, most)

    def settle_end(self, flow: Flow, place: PeriodPlace, rest: Amount) -> tuple[Flow, Amount]:
        """The flow after a restart, and what is paid of an amount that is made up for then [money]."""
        if self.kind != "recoverable":
            return flow, rest
        owed = flow.balance("owed")
        recovered = self._recovered(rest, owed, place)
        return flow.then(flow.due, recovered=recovered).keeping(owed=owed - recovered), rest - recovered

    def forgive(self, flow: Flow, place: PeriodPlace) -> Flow:
        """The flow after the year's end, at which what is owed may be forgiven."""
        if not place.ends_year or self.at_year_end != "forgiven":
            return flow
        owed = flow.balance("owed")
        return flow.then(flow.due, forgiven=owed).keeping(owed=owed * 0.0)
