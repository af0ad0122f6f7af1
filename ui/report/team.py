"""The people under a plan in a report, where that was ticked: the figures, and the analyses that matter most."""

from ui.analyses.ranking import FIRST_SHOWN, ranked_analyses
from ui.charts.palette import LIGHT_PALETTE
from ui.model.live_team import live_team
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.report.markup import escape_text, paragraph_html, table_html
from ui.text.team import live_figures


def team_html(view: TeamView, formats: Formats) -> str:
    """The section.

    Args:
        view: the people; by letters where names are hidden.
        formats: the reader's conventions.
    """
    formats = formats.forgetful
    figures = live_figures(view, live_team(view, view.plan, None), formats)
    rows = [[one.label, one.value, one.note] for one in figures]
    parts = [table_html(["", "", ""], rows, "The people under this plan")]
    here, _ = ranked_analyses(view)
    for one in here[:FIRST_SHOWN]:
        drawn = one.draw(view, formats, LIGHT_PALETTE)
        parts.append(f'<div class="looked"><h3>{escape_text(one.title)}</h3>{drawn.picture}</div>')
        parts += [paragraph_html(text) for text in (drawn.says, drawn.practice) if text]
        if drawn.table is not None and drawn.table.rows:
            parts.append(table_html(drawn.table.heads, drawn.table.rows, one.title))
    return f'<section class="page"><h2>The team</h2>{"".join(parts)}</section>'
