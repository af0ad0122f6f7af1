"""The budget of a plan as a table: per rep and for the whole team, for a period and for a year, with base pay."""

from calc.documents.planfile import Preset
from calc.outcomes.budget import Budget, expected_budget
from ui.number_format import Formats


def budget_table(preset: Preset, formats: Formats) -> tuple[list[str], list[list[str]]]:
    """The heads and the lines of the table."""
    plan, budget = preset.plan, expected_budget(preset.plan, preset.team)
    heads = ["", f"A rep, per {plan.period}", "A rep, per year"]
    if budget.size is not None:
        reps = formats.number(budget.size)
        heads += [f"{reps} reps, per {plan.period}", f"{reps} reps, per year"]
    lines = [
        _budget_row("Expected incentive", budget, formats),
        _budget_row("Incentive at target", _at_target(budget), formats),
    ]
    whole = budget.with_base
    if whole is not None:
        lines.append(_budget_row("Base pay", _only_base(budget), formats))
        lines.append(_budget_row("Expected pay with base pay", whole, formats))
    return heads, lines


def _at_target(budget: Budget) -> Budget:
    """The same team, everybody on target in everything."""
    return Budget(budget.at_target, budget.at_target, None, budget.size, budget.periods)


def _only_base(budget: Budget) -> Budget:
    """The same team, paid its base pay alone."""
    base = budget.base_pay or 0.0
    return Budget(base, base, None, budget.size, budget.periods)


def _budget_row(name: str, budget: Budget, formats: Formats) -> list[str]:
    amounts = [budget.per_rep, budget.per_rep_a_year]
    amounts += [a for a in (budget.team, budget.team_a_year) if a is not None]
    return [name, *map(formats.money_rounded, amounts)]
