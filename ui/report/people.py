"""What people do under a plan, in a report: a sentence for each finding, the team in figures, and what is left out."""

from calc.diagnosis.conduct import has_conduct
from calc.diagnosis.finding import Finding
from calc.documents.link import View
from ui.model.conduct import Portrait
from ui.number_format import Formats
from ui.report.markup import paragraph_html, table_html
from ui.text.behaviour import conduct as words
from ui.text.findings import in_html


def people_html(view: View, found: tuple[Finding, ...], formats: Formats) -> str:
    """The section; nothing where no finding makes people do something that the model may say.

    Args:
        view: what is on the screen.
        found: what is found in it.
        formats: the reader's conventions.
    """
    if view.preset.team is None or not has_conduct(found):
        return ""
    pinned = None if view.against is None else view.against.preset
    portrait = Portrait(view.preset, dict(view.at), found, pinned)
    if not portrait.conducts:
        return ""
    parts = [f"<p>{in_html(conduct.says, formats)}</p>" for conduct in portrait.conducts]
    if not portrait.pays_activity:
        told = words.team_table(portrait, formats)
        parts.append(table_html(told.heads, told.rows, "What a rep does on average, under each plan"))
    parts += [
        paragraph_html(sentence) for sentence in (*words.asked_about(portrait, formats), words.BANDS, words.LIMITS)
    ]
    return f"<section><h2>What people do</h2>{''.join(parts)}</section>"
