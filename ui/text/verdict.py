"""What plan B costs against plan A, and who gains and who loses: the sentence and the figures over a comparison."""

from calc.documents.planfile import Preset
from calc.messages import Fact, Money, Sentence, Share
from calc.outcomes.budget import Budget, expected_budget
from calc.outcomes.impact import Impact
from ui.number_format import Formats
from ui.text.words import Figure

VERDICT_TOLERANCE = 0.0005
"""Expected costs that differ by less than this part are the same."""


def cost_verdict(a: Preset, b: Preset) -> Sentence:
    """Plan B costs $63.07 more per rep and month than plan A, 33% more; two settled presets."""
    was, now = (expected_budget(p.plan, p.team) for p in (a, b))
    period, gap = b.plan.period, now.per_rep - was.per_rep
    if abs(gap) <= VERDICT_TOLERANCE * abs(was.per_rep):
        return Sentence.of(f"Plan B costs as much as plan A: {{now}} per rep and {period}.", now=Money(now.per_rep))
    facts: dict[str, Fact] = {"gap": Money(abs(gap))}
    side = "more" if gap > 0 else "less"
    by = ""
    if was.per_rep > 0:
        facts["by"] = Share(abs(gap) / was.per_rep)
        by = f", {{by}} {side}"
    return Sentence.of(f"Plan B costs {{gap}} {side} per rep and {period} than plan A{by}.", **facts)


def verdict_figures(
    a: Preset, b: Preset, titles: tuple[str, str], found: Impact, formats: Formats
) -> tuple[Figure, ...]:
    """What each plan costs, what changes, and who gains and who loses; two settled presets with their titles."""
    was, now = (expected_budget(p.plan, p.team) for p in (a, b))
    names = (f"Plan {name}: {title}" for name, title in zip("AB", titles, strict=True))
    costs = [
        Figure(name, _per_rep(formats.money_rounded(budget.per_rep)), _of_team(budget, formats))
        for name, budget in zip(names, (was, now), strict=True)
    ]
    return (*costs, _cost_figure(was, now, formats), _people_figure(found, formats))


def _per_rep(amount: str) -> str:
    return f"{amount} per rep"


def _of_team(budget: Budget, formats: Formats) -> str:
    """$91,200 a year for 40 reps."""
    if budget.team_a_year is None:
        return "of a typical team"
    return f"{formats.money_rounded(budget.team_a_year)} a year for {formats.number(budget.size or 0)} reps"


def _cost_figure(was: Budget, now: Budget, formats: Formats) -> Figure:
    told = _per_rep(formats.gain_rounded(now.per_rep - was.per_rep))
    if was.team_a_year is None or now.team_a_year is None:
        return Figure("Change in cost", told, "of a typical team")
    team = formats.gain_rounded(now.team_a_year - was.team_a_year)
    return Figure("Change in cost", told, f"{team} a year for {formats.number(now.size or 0)} reps")


def _people_figure(found: Impact, formats: Formats) -> Figure:
    """74% gain, 0% lose; and by how much on average."""
    shares = f"{formats.share(round(found.more, 3))} gain, {formats.share(round(found.less, 3))} lose"
    parts = [formats.gain_rounded(found.gain)] if found.more else []
    parts += [formats.gain_rounded(-found.loss)] if found.less else []
    told = f"{' and '.join(parts)} on average" if parts else "everybody is paid as before"
    return Figure("Who gains, who loses", shares, told)
