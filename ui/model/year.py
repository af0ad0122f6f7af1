"""What the view of a year is read from: one rep's payments, what the next unit is worth in each, and rows for a hand.

A row is the whole year with one payment at another result, worked out ahead, so that a browser that is dragging has
nothing to work out. Amounts are in full; the browser writes them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from calc.diagnosis.year_case import YearCase
from calc.documents.planfile import Preset
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.situation.calendar import adds_up
from calc.year.beside.history import HistoryFit, rule_of_history
from calc.year.beside.moving import kept_in_all, repeated_person
from calc.year.beside.other_readings import YearReadingResult, other_readings
from calc.year.beside.payment_names import MONTH_NAMES, payment_name
from calc.year.next_unit import unrounded
from calc.year.settle import year_statement
from calc.year.year_results import YearResults

POSITIONS = 40
"""Positions of a month's result from 0 to twice what is asked, about as many."""
MAX_DRAGGED = 26
"""Payments of a year up to which each can be dragged."""
SHORT_NAME = 3
"""Letters of a month under its column."""


@dataclass(frozen=True)
class YearRow:
    """A year as it is drawn, all by payment (t,) [money unless said].

    Args:
        results: [KPI unit]. running: the same since the restart.
        worth: what the next unit brings in its payment. later: what it brings over all payments.
    """

    results: Floats
    earned: Floats
    paid: Floats
    owed: Floats
    running: Floats
    worth: Floats
    later: Floats

    def otherwise(self, rest: "YearRow") -> dict[str, dict[int, float]]:
        """What differs from another row, by series and payment."""
        mine, theirs = self.as_lists(), rest.as_lists()
        return {
            name: {t: x for t, (x, y) in enumerate(zip(values, theirs[name], strict=True)) if x != y}
            for name, values in mine.items()
            if values != theirs[name]
        }

    def as_lists(self) -> dict[str, list[float]]:
        """The row as a browser reads it."""
        return {name: [round(float(x), 6) + 0.0 for x in values] for name, values in vars(self).items()}


@dataclass(frozen=True, eq=False)
class YearView:
    """One rep's year under a plan.

    Args:
        preset: the plan with its year.
        people: results of the people at hand, for the readings; None where there are none.
        paid: (n, t) what those people were paid [money]; NaN where it is not known, None where there are none.
    """

    preset: Preset
    people: YearResults | None = None
    paid: Floats | None = None

    @cached_property
    def kpi(self) -> Kpi | None:
        """The KPI that is moved: of those that add up the one that pays most; None where none does."""
        plan = self.preset.plan
        moved = [k for k in plan.kpis if k.paid and adds_up(k)]
        return max(moved, key=lambda k: plan.targeted[k.id]) if moved else None

    @cached_property
    def case(self) -> YearCase:
        """The payments of the rep."""
        assert self.kpi is not None
        return YearCase(self.preset, self.kpi)

    @property
    def count(self) -> int:
        """How many payments there are."""
        return self.case.people.count

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the payments are called."""
        return tuple(payment_name(self.case.rules.periods, t) for t in range(self.count))

    @cached_property
    def short_names(self) -> tuple[str, ...]:
        """The same under a column: Jan, Q2, 3."""
        return tuple(_short(name) for name in self.names)

    @cached_property
    def step(self) -> float:
        """By how much a month's result is dragged [KPI unit]: one unit, or a round number of them."""
        assert self.kpi is not None
        rough = self._most / POSITIONS
        power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
        step = next(power * factor for factor in (1.0, 2.0, 5.0, 10.0) if power * factor >= rough * 0.999)
        return max(step, 1.0) if self.kpi.counted or self._most >= POSITIONS else step

    @cached_property
    def _most(self) -> float:
        """The largest result that a month can be dragged to [KPI unit]."""
        asked = self.case.targets if self.kpi is not None and self.kpi.has_target else self.case.results
        return max(2.0 * float(np.max(np.abs(asked))), 1.25 * float(np.max(np.abs(self.case.results))), 1e-6)

    @cached_property
    def positions(self) -> int:
        """The last position of a month's result, counted from 0."""
        return math.ceil(self._most / self.step)

    @cached_property
    def rest(self) -> YearRow:
        """The year as it is."""
        return self._rows(self.case.people.results)[0]

    def rows_of(self, period: int) -> list[YearRow]:
        """The year with one payment's result at every position, from 0 on."""
        results = np.repeat(self.case.people.results, self.positions + 1, axis=0)
        results[:, period, self.case.place] = np.arange(self.positions + 1) * self.step
        return self._rows(results)

    def _rows(self, results: Floats) -> list[YearRow]:
        """The rows of some years (n, t, k) of the same rep."""
        rules, people, place, count = self.case.rules, self.case.people, self.case.place, self.count
        n = len(results)
        found = year_statement(rules, repeated_person(people, results))
        more = np.repeat(results, count, axis=0).reshape(n, count, count, -1)
        more[:, np.arange(count), np.arange(count), place] += self.case.kpi.sign
        exact = unrounded(rules)
        everything = np.concatenate([results, more.reshape(n * count, count, -1)])
        whole = repeated_person(people, everything)
        stated = year_statement(exact, whole)
        pays, net = stated.paid + stated.settled, kept_in_all(exact, whole)
        ahead = pays[n:].reshape(n, count, count)[:, np.arange(count), np.arange(count)]
        worth, later = ahead - pays[:n], net[n:].reshape(n, count) - net[:n, None]
        paid = found.paid + found.settled
        running = found.running[..., place]
        return [
            YearRow(results[i, :, place], found.earned[i], paid[i], found.owed[i], running[i], worth[i], later[i])
            for i in range(n)
        ]

    @property
    def can_be_dragged(self) -> bool:
        """Whether each payment's result can be dragged."""
        return self.count <= MAX_DRAGGED

    @cached_property
    def ahead(self) -> list[list[dict[str, dict[int, float]]]]:
        """By payment and position of its result, what differs from the year as it is."""
        return [[row.otherwise(self.rest) for row in self.rows_of(t)] for t in range(self.count)]

    @cached_property
    def readings(self) -> tuple[YearReadingResult, ...]:
        """The same year under the other readings, of all people at hand, else of the rep."""
        return other_readings(self.case.rules, self.people or self.case.people)

    @cached_property
    def history(self) -> HistoryFit | None:
        """The rule that reproduces what people were paid; None where nothing of that is known."""
        if self.people is None or self.paid is None:
            return None
        return rule_of_history(self.case.rules, self.people, self.paid)

    def read_as(self, place: int) -> Preset:
        """The plan under another of the readings."""
        rules = self.readings[place].rules
        return self.preset.changed(plan=rules.plan, year=rules.year, proration=rules.proration, name=self.preset.name)

    def drawn(self) -> Mapping[str, Any]:
        """What a browser draws the year from at rest."""
        case = self.case
        return {
            "names": self.names,
            "short": self.short_names,
            "targets": [round(float(x), 6) for x in case.targets] if case.kpi.has_target else [],
            "against": [round(float(x), 6) for x in case.statement.running_targets[0, :, case.place]],
            "restarts": case.rules.periods.in_span,
            "step": self.step,
            "positions": self.positions if self.can_be_dragged else 0,
            "row": self.rest.as_lists(),
            "ahead": self.ahead if self.can_be_dragged else [],
        }


def _short(name: str) -> str:
    if name in MONTH_NAMES:
        return name[:SHORT_NAME]
    kind, _, number = name.rpartition(" ")
    return f"Q{number}" if kind == "quarter" else number
