"""All analyses of a team, those that matter for a plan first."""

from ui.analyses.analysis import NOT_HERE, Analysis
from ui.analyses.change import CHANGE_ANALYSES
from ui.analyses.cost import COST_ANALYSES
from ui.analyses.fairness import FAIRNESS_ANALYSES
from ui.analyses.landing import LANDING_ANALYSES
from ui.analyses.performance import PERFORMANCE_ANALYSES
from ui.model.team import TeamView

TEAM_ANALYSES: tuple[Analysis, ...] = (
    *LANDING_ANALYSES,
    *PERFORMANCE_ANALYSES,
    *COST_ANALYSES,
    *CHANGE_ANALYSES,
    *FAIRNESS_ANALYSES,
)
"""All of them, in the order of the subject."""
FIRST_SHOWN = 3
"""Analyses that are shown before anybody asks for more."""


def ranked_analyses(view: TeamView) -> tuple[list[Analysis], list[Analysis]]:
    """The analyses that can be drawn, those that matter most first; and those for which something is missing."""
    weights = {one.key: one.weigh(view) for one in TEAM_ANALYSES}
    here = [one for one in TEAM_ANALYSES if weights[one.key] > NOT_HERE]
    missing = [one for one in TEAM_ANALYSES if weights[one.key] <= NOT_HERE]
    return sorted(here, key=lambda one: -weights[one.key]), missing
