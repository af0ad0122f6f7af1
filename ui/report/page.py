"""The report: one file that opens without a network, holds every picture, finding and number, and prints.

A function of what is on the screen and of nothing else, so that the same link on the same day gives the same report.
"""

import html
from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from calc.diagnosis.diagnose import diagnose_preset
from calc.diagnosis.finding import Finding
from calc.documents import link, planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.outcomes.budget import expected_budget
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from ui.model.profile import ALL_MEASURES, Scene
from ui.model.team import TeamView, without_names
from ui.number_format import Formats
from ui.report import around, pictures, qr, sheet, team
from ui.report import people as conduct_section
from ui.report.compared import comparison_html
from ui.report.markup import escape_text, paragraph_html, plan_html, table_html
from ui.report.pictures import REPORT_FONT, Looked
from ui.report.size import is_small, measures_shown
from ui.report.table import rows_along_kpi as payouts
from ui.report.words.exact import Exact
from ui.report.words.plan_in_words import plan_in_words
from ui.report.words.year_rules import year_part
from ui.text.findings import headline_of, in_html, sentence_in_words
from ui.text.words import describe_picture, scene_figures, zone_rows

SEVERITY_MARKS = {"alarm": ("▲", "Alarm"), "warn": ("◆", "Warning"), "note": ("●", "Good to know")}
"""The mark and the word of a severity."""
SAFE = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
"""What the file may do: nothing is loaded, and nothing is sent."""
PAID = ("Result", "Attainment", "Pay of the plan", "Pay for this measure", "Pay for the next step")
MAX_SHORT_TABLE = 10
"""Lines of a table that stays on one sheet."""
ORDER = (
    "Result, attainment, the curve of the measure, its ceiling, its weight, gates, modifiers, the floor and the "
    "ceiling of the plan, money; then rounding to the currency's smallest unit, half up, once, at the end."
)
LEFT_OUT = (
    "That people answer to a plan, but where it is told what people do: elsewhere the team lands where it lands.",
    "Splits of a deal. Pictures and costs are of one period: draws, recoveries and money that moves between periods "
    "are told in words alone.",
    "Shares of the team and expected costs follow from the mean and the spread that are described, not from people.",
    "What counts as practice is the field's practice and not law; the source of each rule stands beside it.",
)


def report_page(
    view: View, formats: Formats, address: str, day: date, people: TeamView | None = None, *, hidden: bool = False
) -> str:
    """The report of a view.

    Args:
        view: what is on the screen.
        formats: the reader's conventions.
        address: the link that opens it, in full.
        day: the day that is written on it.
        people: who is told of, where that was ticked.
        hidden: whether findings tell letters in place of the names of a plan file's reps.
    """
    preset, at = view.preset, dict(view.at)
    found = diagnose_preset(preset, at)
    found = without_names(found, preset) if hidden else found
    looked = pictures.scenes_of(preset, at)
    sections = [
        _head_html(preset, formats, day),
        _top_html(view, found, looked, formats),
        _pictures_html(view, found, looked, formats),
        _findings_html(preset, found, formats),
        conduct_section.people_html(view, found, formats),
        comparison_html(view, formats),
        "" if people is None else team.team_html(people, formats),
        f'<section class="page told"><h2>The plan in words</h2>'
        f"{plan_html((*plan_in_words(preset.plan, formats), *year_part(preset, formats)), 3)}</section>",
        _payouts_html(preset, at, formats),
        around.around_html(preset, at, formats),
        _method_html(),
        _link_html(address, formats, day),
    ]
    return _document_html(preset.title or "A pay plan", "".join(sections))


def _document_html(title: str, body: str) -> str:
    from plotly.offline import get_plotlyjs

    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{SAFE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="Flatline">\n<title>{escape_text(title)} – pay plan report</title>\n'
        f"<style>{sheet.report_css(REPORT_FONT)}</style>\n</head>\n<body>\n<main>{body}</main>\n"
        f"<script>{get_plotlyjs()}</script>\n<script>{sheet.REPORT_JS}</script>\n</body>\n</html>\n"
    )


# What it is about


def _head_html(preset: Preset, formats: Formats, day: date) -> str:
    written = format_date(day, "long", formats.locale)
    parts = [
        f'<p class="eyebrow">Pay plan report · {escape_text(written)}</p>',
        f"<h1>{escape_text(preset.title or 'A pay plan')}</h1>",
    ]
    parts += [paragraph_html(preset.description)] if preset.description else []
    parts += [f"<p><small>{escape_text(preset.source)}</small></p>"] if preset.source else []
    return f"<header>{''.join(parts)}</header>"


def main_scene(view: View, looked: Sequence[Looked]) -> Scene:
    """The scene that is on the screen: along what was chosen, else along the first KPI that pays."""
    plan = view.preset.plan
    chosen = [one.scene for one in looked if one.scene.along == view.along]
    if chosen:
        return chosen[0]
    kpi = view.along if view.along in plan.ids else next((k.id for k in plan.kpis if k.paid), plan.ids[0])
    return Scene(plan, str(kpi), dict(view.at), view.preset.team)


def _top_html(view: View, found: Sequence[Finding], looked: Sequence[Looked], formats: Formats) -> str:
    said = " ".join(in_html(sentence, formats) for sentence in headline_of(view.preset, found))
    scene = main_scene(view, looked)
    cells = "".join(
        f"<div><dt>{escape_text(f.label)}</dt><dd><strong>{escape_text(f.value)}</strong><span>{escape_text(f.note)}</span></dd></div>"
        for f in scene_figures(scene, expected_budget(view.preset.plan, view.preset.team), formats)
    )
    return f'<p class="finding">{said}</p><dl class="figures">{cells}</dl>'


def _pictures_html(view: View, found: Sequence[Finding], looked: Sequence[Looked], formats: Formats) -> str:
    said = tuple(sentence_in_words(sentence, formats) for sentence in headline_of(view.preset, found))
    shown = sorted(looked, key=lambda one: one.scene.along != main_scene(view, looked).along)[: pictures.MAX_PICTURES]
    start = _start_of(view)
    parts = [_looked_html(i, one, start, said, formats) for i, one in enumerate(shown)]
    if len(looked) > len(shown):
        parts.append(
            paragraph_html(f"Shown are the {len(shown)} that pay most; the table of payouts has all {len(looked)}.")
        )
    return f"<section><h2>What is paid, and where it stops</h2>{''.join(parts)}</section>"


def _start_of(view: View) -> Preset:
    """The preset that a view started from, where it still has the same measures."""
    start = planfile.load_preset(view.base) if view.base in planfile.preset_names() else view.preset
    return start if start.plan.ids == view.preset.plan.ids else view.preset


def _looked_html(number: int, one: Looked, start: Preset, said: tuple[str, ...], formats: Formats) -> str:
    scene = one.scene
    before = Scene(start.plan, scene.along, {}, start.team)
    before = before if scene.along != ALL_MEASURES else scene
    image = pictures.picture_html(number, scene, before, formats, describe_picture(scene, said, formats))
    lines = zone_rows(scene, formats)
    heads = list(lines[0])
    table = table_html(heads, [list(line.values()) for line in lines], f"The zones along {one.name}", "zones")
    picture = f'<div class="looked"><h3>{escape_text(one.name)}</h3>{image}</div>'
    return picture + (f'<div class="short">{table}</div>' if len(lines) <= MAX_SHORT_TABLE else table)


# What is found


def _findings_html(preset: Preset, found: Sequence[Finding], formats: Formats) -> str:
    cards = "".join(_card_html(preset, finding, formats) for finding in found)
    cured = preset.cured_by if preset.cured_by in planfile.preset_names() else None
    if cured is not None:
        cards += paragraph_html(f"A plan that fixes this situation: {planfile.load_preset(cured).title}.")
    nothing = paragraph_html("Nothing in this plan stops paying.")
    return f'<section class="page"><h2>What was found</h2>{cards or nothing}</section>'


def _card_html(preset: Preset, finding: Finding, formats: Formats) -> str:
    mark, word = SEVERITY_MARKS[finding.severity]
    parts = [f'<h3><span class="mark"><span aria-hidden="true">{mark}</span> {word}</span> ']
    parts.append(
        f"{escape_text(sentence_in_words(finding.title, formats))}</h3><p>{in_html(finding.says, formats)}</p>"
    )
    where = _where_in_words(preset, finding, formats)
    parts += [f"<p>Where: {escape_text(where)}.</p>"] if where else []
    parts.append(f"<p>What to do: {in_html(finding.do, formats)}</p>")
    if finding.cure is not None:
        parts.append(f"<p>The fix: {in_html(finding.cure.label, formats)}.</p>")
    parts.append(f"<small>Source: {escape_text(finding.source)}</small>")
    return f'<article class="card {finding.severity}">{"".join(parts)}</article>'


def _where_in_words(preset: Preset, finding: Finding, formats: Formats) -> str:
    """Where a finding lies, in words."""
    if finding.kpi is None or finding.span is None:
        return ""
    kpi, exact = preset.plan.kpi(finding.kpi), Exact.of(formats)
    low, high = (None if x is None else exact.amount(kpi, kpi.result(x)) for x in finding.span)
    if low is None or high is None:
        ends = "everywhere" if low is high else f"up to {high}" if low is None else f"from {low} on"
    else:
        ends = f"at {low}" if low == high else f"from {low} to {high}"
    return f"{kpi.label}, {ends}"


# Numbers, method, link


def _payouts_html(preset: Preset, at: Mapping[str, float], formats: Formats) -> str:
    plan = preset.plan
    deciding = [kpi for kpi in measures_shown(plan) if kpi.paid or (is_small(plan) and _has_jumps(plan, kpi, at))]
    tables = "".join(_paid_for(plan, kpi, at, formats) for kpi in deciding)
    lead = "One measure moves, the others stand where the rep stands. Places where pay jumps have a line on both sides."
    if len(plan.kpis) > len(measures_shown(plan)):
        lead += f" Shown are the {len(deciding)} measures that pay most."
    return f'<section class="page"><h2>What is paid for which result</h2>{paragraph_html(lead)}{tables}</section>'


def _has_jumps(plan: Plan, kpi: Kpi, at: Mapping[str, float]) -> bool:
    return bool(plan.along(kpi.id, at).jumps())


def _paid_for(plan: Plan, kpi: Kpi, at: Mapping[str, float], formats: Formats) -> str:
    exact, found = Exact.of(formats), payouts(plan, kpi, at, 0.1)
    lines = [
        [
            exact.amount(kpi, row.result),
            exact.share(row.attainment),
            formats.money(row.pay),
            formats.money(row.own),
            formats.gain(row.onward),
        ]
        for row in found
    ]
    return (
        f"<h3>{escape_text(kpi.label)}</h3>{table_html(PAID, lines, f'A step is {exact.amount(kpi, found[0].step)}.')}"
    )


def _method_html() -> str:
    left = "".join(f"<li>{escape_text(sentence)}</li>" for sentence in LEFT_OUT)
    order = paragraph_html(ORDER)
    return f"<section><h2>How it is worked out</h2>{order}<h3>What is left out</h3><ul>{left}</ul></section>"


def _link_html(address: str, formats: Formats, day: date) -> str:
    code = qr.draw_code(address)
    drawing = ""
    if code is not None:
        drawing = f'<div class="code" role="img" aria-label="QR code of the link">{code}</div>'
    if link.too_long(address.partition("?")[2]) is None:
        told = paragraph_html("This link opens exactly this plan. It holds no names of people and no uploaded pay.")
        told += f'<p class="link"><a href="{html.escape(address)}">{escape_text(address)}</a></p>'
    else:
        told, drawing = paragraph_html("This plan is too large for a link; its plan file opens it."), ""
    written = format_date(day, "long", formats.locale)
    made = f"Made by Flatline on {written}, with links of version {link.LINK_VERSION}."
    told = f'<div>{told}<p class="quiet">{escape_text(made)}</p></div>'
    return f'<section><h2>Open it again</h2><div class="share">{told}{drawing}</div></section>'
