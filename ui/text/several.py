"""Several plans beside each other in one table: what each costs, who gains and loses against the first, what it pays.

All are lived in by the people of the first. Plans whose money cannot be set against the first one's keep their own
amounts, and no difference is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.outcomes.budget import Budget, expected_budget
from calc.outcomes.difference import shared_kpis, why_not_comparable
from calc.outcomes.impact import Impact, measure_impact, settle_people
from calc.situation.team import TYPICAL
from ui.number_format import Formats
from ui.text.words import told_apart

MAX_PLANS_BESIDE = 5
"""Plans in one table."""
RANKS = ((-1.2815515655446004, "the lowest tenth"), (0.0, "the middle"), (1.2815515655446004, "the best tenth"))
"""Standard normal scores of three reps of the team, and what they are called."""
MAX_PLAN_TITLE = 40
"""Characters of a plan's title in a table."""

FindingsJudge = Callable[[Preset, Mapping[str, float]], tuple[Finding, ...]]


@dataclass(frozen=True)
class Beside:
    """A plan with the people of the first, and what both have in common."""

    title: str
    first: Preset
    preset: Preset

    @cached_property
    def lived_in(self) -> tuple[Preset, Preset]:
        """The first and this plan, with the same people."""
        same = settle_people(self.first, self.preset)
        return same.a, same.b

    @property
    def comparable(self) -> bool:
        """Whether its money can be set against the first one's; the first's own cannot."""
        return self.preset is not self.first and why_not_comparable(self.first.plan, self.preset.plan) is None

    @cached_property
    def budget(self) -> Budget:
        """What it costs."""
        _, own = self.lived_in
        return expected_budget(own.plan, own.team)

    @cached_property
    def impact(self) -> Impact | None:
        """Who earns more and who less than under the first."""
        return measure_impact(*self.lived_in) if self.comparable else None

    def pay_at(self, score: float) -> float:
        """Pay of the rep of the first plan's team who stands at a score in every measure [money]."""
        first, own = self.lived_in
        team, both = first.team or TYPICAL, shared_kpis(first.plan, own.plan)
        at = {}
        for kpi in own.plan.kpis:
            home = first.plan.kpi(kpi.id) if kpi.id in both else kpi
            at[kpi.id] = home.result(float(team.landing(home).at_score(score)))
        return float(own.plan.pay([at[name] for name in own.plan.ids]))


def plans_table(
    plans: Sequence[tuple[str, Preset]], judge: FindingsJudge, formats: Formats
) -> tuple[list[str], list[list[str]]]:
    """The heads and the lines of the table.

    Args:
        plans: from one to MOST plans with their titles; the first is what the others are held against.
        judge: the findings in a preset, for a rep at some results.
        formats: the reader's conventions.
    """
    names = told_apart({str(i): title for i, (title, _) in enumerate(plans)}, MAX_PLAN_TITLE)
    found = [Beside(names[str(i)], plans[0][1], preset) for i, (_, preset) in enumerate(plans)]
    how = [replace(formats, currency=p.preset.plan.currency, minor=p.preset.plan.minor) for p in found]
    lines = [[name, *map(say, found, how)] for name, say in _line_tellers(found, judge).items()]
    return ["", *(one.title for one in found)], lines


def _line_tellers(found: Sequence[Beside], judge: FindingsJudge) -> dict[str, Callable[[Beside, Formats], str]]:
    """What each line tells of a plan, by the line's name."""
    rows: dict[str, Callable[[Beside, Formats], str]] = {
        "Expected cost, per rep and period": _per_rep,
        "Expected cost, the team in a year": lambda one, how: _amount_text(one.budget.team_a_year, how),
        "Change in cost, the team in a year": lambda one, how: _change_text(one, found[0], how),
    }
    if any(one.budget.base_pay is not None for one in found):
        rows["With base pay, the team in a year"] = lambda one, how: _with_base(one, how)
    rows |= {
        "Pay at target": lambda one, how: how.money_rounded(one.budget.at_target),
        "Who gains against the first": lambda one, how: _moved_text(one, "more", how),
        "Who loses against the first": lambda one, how: _moved_text(one, "less", how),
    }
    for score, name in RANKS:
        rows[f"Pay of {name} of the team"] = lambda one, how, at=score: how.money_rounded(one.pay_at(at))  # type: ignore[misc]
    rows["Alarms and warnings"] = lambda one, how: _counted_text(one, judge)
    return rows


def _per_rep(one: Beside, how: Formats) -> str:
    return f"{how.money_rounded(one.budget.per_rep)} a {one.preset.plan.period}"


def _amount_text(amount: float | None, how: Formats) -> str:
    return "–" if amount is None else how.money_rounded(amount)


def _with_base(one: Beside, how: Formats) -> str:
    whole = one.budget.with_base or one.budget
    return _amount_text(whole.team_a_year, how)


def _change_text(one: Beside, first: Beside, how: Formats) -> str:
    was, now = first.budget.team_a_year, one.budget.team_a_year
    if not one.comparable or was is None or now is None:
        return "–"
    share = f" ({'+' if now > was else ''}{how.share(now / was - 1)})" if was > 0 and now != was else ""
    return f"{how.gain_rounded(now - was)}{share}"


def _moved_text(one: Beside, side: str, how: Formats) -> str:
    """74%, $84.75 on average."""
    if one.impact is None:
        return "–"
    part, money = (one.impact.more, one.impact.gain) if side == "more" else (one.impact.less, one.impact.loss)
    return f"{how.share(round(part, 3))}, {how.money_rounded(money)} each" if part else how.share(0)


def _counted_text(one: Beside, judge: FindingsJudge) -> str:
    found = judge(one.preset, {})
    return ", ".join(str(sum(f.severity == severity for f in found)) for severity in ("alarm", "warn"))
