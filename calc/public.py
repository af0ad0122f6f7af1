"""What Python is given beside a plan's own methods: findings, a comparison and a cost, each readable with `str()`.

They hold what the command line prints with `--json`, under the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calc.commands.answers import finding_answer, findings_text
from calc.commands.compare_plans import comparison_of, comparison_text
from calc.console import money
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import cost_of_plan


@dataclass(frozen=True)
class DiagnosedFinding:
    """One way in which a plan stops paying.

    Args:
        check: the check's name.
        severity: "note", "warn" or "alarm".
        kpi: the id of the KPI it lies on, None for the whole plan.
        span: where it lies [attainment], None for no end; None where it has no place on an axis.
        money: what it is about [money per rep and period], as the text says.
        share: the share of the team that it meets, None where no team is described.
        title, says, do, source: what is, in words; what to do; where the rule comes from.
    """

    check: str
    severity: str
    kpi: str | None
    span: tuple[float | None, float | None] | None
    money: float | None
    share: float | None
    title: str
    says: str
    do: str
    source: str

    def __str__(self) -> str:
        return findings_text([vars(self)])


@dataclass(frozen=True)
class PlanComparison:
    """Two plans, A and B, on the same people.

    Args:
        changes: every term that differs: `where`, and its value in `a` and `b`.
        apart: why the two cannot be compared in money, None where they can.
        cost: `expected` and `at_target`, each of `a` and `b` [money per rep and period].
        team: shares of the team who earn `more`, `less` and the `same` under B; `mean_gain` and `mean_loss` [money].
        text: the comparison in words.
    """

    changes: tuple[Mapping[str, Any], ...]
    apart: str | None
    cost: Mapping[str, Any] | None
    team: Mapping[str, Any] | None
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PlanCost:
    """What a plan costs.

    Args:
        expected: expected pay of a rep [money per period], base pay left out.
        at_target: the pay where every KPI stands at target [money per period].
        size: how many reps there are.
        text: the same in words.
    """

    expected: float
    at_target: float
    size: int
    text: str

    def __str__(self) -> str:
        return self.text


def diagnose(preset: Preset, at: Mapping[str, float] | None = None) -> tuple[DiagnosedFinding, ...]:
    """Every way in which a plan stops paying, the costliest first.

    Args:
        preset: the plan with what it is looked at with, as `calc.load` gives it.
        at: results of the rep looked at [KPI units]; a KPI not named stands at its target.

    Raises:
        Refused: `at` names no KPI of the plan, or a result is not finite.
    """
    answers = (finding_answer(preset.plan, one) for one in diagnose_preset(preset, at))
    return tuple(
        DiagnosedFinding(**{**answer, "span": None if answer["span"] is None else tuple(answer["span"])})
        for answer in answers
    )


def compare(a: Preset, b: Preset) -> PlanComparison:
    """What differs between two plans, what each costs, and who earns more or less under B.

    The people are those that plan A describes, else plan B's, else a typical team.
    """
    called = [preset.name or preset.title or letter for preset, letter in ((a, "A"), (b, "B"))]
    answer = comparison_of(a, b, called, None)
    text = comparison_text(a, b, answer)
    return PlanComparison(tuple(answer["changes"]), answer["apart"], answer["cost"], answer["team"], text)


def expected_cost(preset: Preset) -> PlanCost:
    """What a plan costs per rep and period where its team lands; a typical team where none is described."""
    plan, found = preset.plan, cost_of_plan(preset.plan, preset.team)
    currency = plan.currency
    expected, at_target = (f"{currency} {money(plan, amount)}" for amount in (found.expected, found.at_target))
    told = f"{expected} per rep and {plan.period} expected, {at_target} at target, {found.size:,} reps"
    return PlanCost(found.expected, found.at_target, found.size, told)
