"""Quotas for the people at hand: what is known of each, the methods side by side, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

import numpy as np

from calc.piecewise.distributions import Normal
from calc.piecewise.pieces import NotALine
from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.team.changes import own_plan
from calc.team.quotas import INTERVAL, QuotaMethod, chances, mean_at_goal, quota_methods, read_forecast, round_to_goal
from ui.model.team import TeamView

EQUAL_CHANCE = "equal chance"
AS_THEY_ARE = "as they are"
MAX_COSTED = 200
"""People up to which what each method costs is worked out."""
ROUNDINGS = (1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000)
LEAST_SPREAD = 0.02
"""The least spread of a forecast that nobody has given, of the result."""


@dataclass(frozen=True)
class QuotaRow:
    """What is known of one person's territory.

    Args:
        name: what the person is called on the screen.
        now: the last result [KPI unit].
        target: the target as it is [KPI unit].
        before: the result of the year before; None where unknown.
        forecast: what is expected, as somebody types it: `110`, or `90 to 130`.
        potential: what the market holds; None where unknown.
    """

    name: str
    now: float
    target: float
    before: float | None
    forecast: str
    potential: float | None = None


def quota_rows(view: TeamView, kpi: Kpi) -> list[QuotaRow]:
    """What is known of everybody's territory; a forecast that nobody has given lies around the last result."""
    people, place = view.people, view.plan.ids.index(kpi.id)
    given = {rep.name: rep.forecasts.get(kpi.id) for rep in view.preset.reps} if view.source == "plan" else {}
    spread = max(float(people.attainment[:, place].std()), LEAST_SPREAD)
    score = NormalDist().inv_cdf(0.5 + INTERVAL / 2)
    found = []
    for n, name in enumerate(people.names):
        now = float(people.team.results[n, place])
        low, high = given.get(name) or (now * (1 - score * spread), now * (1 + score * spread))
        last = None if people.team.last_year is None else float(people.team.last_year[n, place])
        before = last if last is not None and np.isfinite(last) else None
        text = f"{_neat(max(low, 0.0))} to {_neat(high)}"
        found.append(QuotaRow(view.names[n], now, float(people.team.targets[n, place]), before, text))
    return found


def _neat(value: float) -> str:
    """A number in four digits, as somebody would type it."""
    return f"{float(f'{value:.4g}'):.12g}"


def usual_rounding(rows: Sequence[QuotaRow]) -> int:
    """The rounding that leaves a mean quota three digits."""
    mean = max(sum(row.target for row in rows) / max(len(rows), 1), 1.0)
    return max((one for one in ROUNDINGS if one <= mean / 100), default=1)


@dataclass(frozen=True)
class MethodShown:
    """A way to set quotas: rounded quotas (n,), chances (n,), last year's error, and what the plan would cost [money].

    `error` and `cost` are None where they are not known.
    """

    name: str
    quotas: Floats
    chances: Floats
    error: float | None
    cost: float | None


@dataclass(frozen=True, eq=False)
class QuotaTable:
    """Quotas of one KPI by every method that can be worked out.

    Args:
        view: the people.
        kpi: the KPI.
        rows: what is known of each.
        goal: what the company needs [KPI unit].
        over: how much more is given out than that, as a part of it.
        unit: what quotas are rounded to [KPI unit].
    """

    view: TeamView
    kpi: Kpi
    rows: Sequence[QuotaRow]
    goal: float
    over: float
    unit: float

    @property
    def given_out(self) -> float:
        """What quotas add up to [KPI unit]."""
        return self.goal * (1 + self.over)

    @property
    def judged_at(self) -> float:
        """The mean attainment at which the company reaches its goal: where the plan must be judged."""
        return mean_at_goal(self.over)

    @cached_property
    def forecasts(self) -> list[Normal]:
        """What is expected of each.

        Raises:
            Refused: a sentence for each forecast that cannot be read.
        """
        found, faults = [], []
        for row in self.rows:
            try:
                found.append(read_forecast(row.forecast))
            except Refused as refused:
                faults.append(f"{row.name}: {refused.sentences[0]}")
        if faults:
            raise Refused(faults)
        return found

    @cached_property
    def methods(self) -> list[MethodShown]:
        """The quotas as they are, and by every method.

        Raises:
            Refused: a forecast cannot be read, or a method cannot add up to the goal.
        """
        now = np.array([row.now for row in self.rows])
        more: dict[str, Floats] = {}
        if all(row.before is not None for row in self.rows):
            more["before"] = np.array([row.before for row in self.rows], dtype=np.float64)
            growth = now - more["before"]
            more |= {"growth": growth} if growth.sum() > 0 else {}
        if all(row.potential is not None for row in self.rows):
            more["potential"] = np.array([row.potential for row in self.rows], dtype=np.float64)
        targets = np.array([row.target for row in self.rows])
        kept = QuotaMethod(AS_THEY_ARE, targets, chances(targets, self.forecasts), None)
        found = [kept, *quota_methods(now, self.given_out, self.forecasts, more)]
        return [self._shown(one) for one in found]

    def _shown(self, method: QuotaMethod) -> MethodShown:
        quotas = method.quotas if method.name == AS_THEY_ARE else round_to_goal(method.quotas, self.unit)
        return MethodShown(method.name, quotas, chances(quotas, self.forecasts), method.error, self._cost(quotas))

    def _cost(self, quotas: Floats) -> float | None:
        """What the plan is expected to pay at these quotas [money], the other KPIs at target."""
        if len(self.rows) > MAX_COSTED or (quotas <= 0).any() or self.view.periods > 1:
            return None
        place, incentives = self.view.plan.ids.index(self.kpi.id), self.view.people.team.incentives
        whole = 0.0
        try:
            for n, quota in enumerate(quotas):
                targets = self.view.people.team.targets[n].copy()
                targets[place] = quota
                plan = own_plan(self.view.plan, targets, float(incentives[n]))
                whole += plan.pay_along(self.kpi.id).expect(self.forecasts[n])
        except NotALine:
            return None
        return whole

    @property
    def equal(self) -> MethodShown:
        """The quotas of equal chances."""
        return next(one for one in self.methods if one.name == EQUAL_CHANCE)
