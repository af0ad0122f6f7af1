"""Two plans beside each other: what each costs, and what each pays for the same results."""

from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.outcomes.difference import shared_kpis
from calc.outcomes.impact import settle_people
from ui.number_format import Formats
from ui.report.markup import escape_text, paragraph_html, table_html
from ui.text.findings import sentence_in_words
from ui.text.verdict import cost_verdict

COMPARISON_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 2.0)
"""Attainments of every measure that the two are compared at."""


def comparison_html(view: View, formats: Formats) -> str:
    """The comparison, where a plan is pinned."""
    if view.against is None:
        return ""
    a, b = view.against.preset, view.preset
    alike = a.plan.currency == b.plan.currency and a.plan.period == b.plan.period
    heads = ["Every measure at, of plan B's targets", "Plan A", "Plan B", *(["B pays more by"] if alike else [])]
    lines = [_comparison_row(place, a, b, formats, alike) for place in COMPARISON_STEPS]
    told = f"Plan A is {_title_of(a)}; plan B, which this report is about, is {_title_of(b)}."
    apart = "" if alike else paragraph_html("The two pay in different money, or for different periods.")
    table = table_html(heads, lines)
    cost = paragraph_html(_cost_in_words(a, b, formats)) if alike else ""
    return f"<section><h2>Beside the other plan</h2><p>{escape_text(told)}</p>{apart}{cost}{table}</section>"


def _cost_in_words(a: Preset, b: Preset, formats: Formats) -> str:
    """What plan B costs against plan A, with the same people under both."""
    same = settle_people(a, b)
    return sentence_in_words(cost_verdict(same.a, same.b), formats)


def _comparison_row(place: float, a: Preset, b: Preset, formats: Formats, alike: bool) -> list[str]:
    both = shared_kpis(a.plan, b.plan)
    at = {k.id: b.plan.kpi(k.id).result(place) if k.id in both else k.result(place) for k in a.plan.kpis}
    one = float(a.plan.pay([at[name] for name in a.plan.ids]))
    two = float(b.plan.pay([kpi.result(place) for kpi in b.plan.kpis]))
    other = Formats(formats.locale, a.plan.currency, a.plan.minor)
    return [formats.share(place), other.money(one), formats.money(two), *([formats.gain(two - one)] if alike else [])]


def _title_of(preset: Preset) -> str:
    return preset.title or "a plan without a title"
