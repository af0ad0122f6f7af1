"""What surrounds a plan, in a report: its team and cost, its calendar, the path of its target."""

from collections.abc import Mapping

from calc.diagnosis.context import Case
from calc.diagnosis.pace import pays_from
from calc.documents.planfile import Preset
from calc.situation.team import PEOPLE
from ui.number_format import Formats
from ui.report.markup import paragraph_html, table_html
from ui.report.words.exact import Exact
from ui.text.budget import budget_table

PATH_HEADS = ("Period", "Target, if always hit", "Reach it", "Reach the floor")
SHAPES = {"normal": "evenly to both sides", "lognormal": "with a tail upward", "skewed": "with a long tail upward"}


def around_html(preset: Preset, at: Mapping[str, float], formats: Formats) -> str:
    """The team, the calendar and the path, where they are described."""
    parts = [*_team_html(preset, formats), *_calendar_html(preset, formats), *_path_html(preset, at, formats)]
    return f"<section><h2>The team and the period</h2>{''.join(parts)}</section>" if parts else ""


def _team_html(preset: Preset, formats: Formats) -> list[str]:
    team, plan, exact = preset.team, preset.plan, Exact.of(formats)
    if team is None:
        return [paragraph_html("No team is described, so nobody can say who stands where.")]
    lands = f"On average it lands at {exact.share(team.mean)} of target, with a spread of {exact.share(team.spread)}"
    told = [f"The team is of {exact.number(team.size)}. {lands}, {SHAPES[team.shape]}."]
    own = [
        f"{kpi.label}: at {exact.amount(kpi, kpi.result(landing.mean))}, {exact.share(landing.mean)} of target, "
        f"with a spread of {exact.share(landing.sd)}."
        for kpi in plan.kpis
        for landing in [team.landing(kpi)]
        if any(getattr(kpi, name) is not None for name in PEOPLE)
    ]
    heads, lines = budget_table(preset, formats)
    return [*(paragraph_html(sentence) for sentence in (*told, *own)), table_html(heads, lines)]


def _calendar_html(preset: Preset, formats: Formats) -> list[str]:
    calendar = preset.calendar
    if calendar is None:
        return []
    known = (
        "and the plan is known before it begins"
        if calendar.announced_day <= 1
        else f"and the plan is known on day {formats.number(calendar.announced_day)}"
    )
    today = f" {formats.number(calendar.today)} of them are over." if calendar.today is not None else ""
    return [paragraph_html(f"The period has {formats.number(calendar.days)} days, {known}.{today}")]


def _path_html(preset: Preset, at: Mapping[str, float], formats: Formats) -> list[str]:
    case = Case(preset, at)
    if preset.path is None:
        return []
    landing, exact, kpi = case.landing(case.main), Exact.of(formats), case.main
    rise = f"The target rises by {exact.share(preset.path.growth)} a period"
    rise += f", and by {exact.share(preset.path.growth_if_hit)} more after it was hit" * bool(preset.path.growth_if_hit)
    rise += f"; {exact.share(preset.path.ratchet)} of what was sold beyond is added" * bool(preset.path.ratchet)
    if landing is None:
        return [paragraph_html(f"{rise}.")]
    lines = [
        [
            str(period.number),
            formats.amount(kpi, kpi.result(period.target)),
            formats.share(round(period.at_target, 3)),
            formats.share(round(period.at_floor, 3)),
        ]
        for period in preset.path.walk(landing, pays_from(case, kpi))
    ]
    left = (
        "The team lands anew in every period where it lands today; that reps hold back because of the rise is left out."
    )
    return [paragraph_html(f"{rise}."), table_html(PATH_HEADS, lines, f"The path of {kpi.label}"), paragraph_html(left)]
