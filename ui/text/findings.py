"""What the diagnosis says, in the reader's conventions: the sentence at the top, and every sentence of a finding."""

import html
import math
from collections.abc import Callable, Iterable, Sequence

from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.messages import (
    Fact,
    Money,
    Name,
    Number,
    Result,
    Sentence,
    Share,
    holds_unit,
    lower_first,
    upper_first,
)
from ui.model.profile import Scene
from ui.number_format import Formats, clip_name

MAX_TOLD_AT_ONCE = 2
"""Findings told at once."""
WHOLE_RESULT_FROM, TENTHS_FROM = 100, 10
"""Results from a tenth of which, and from which, hundredths and tenths carry nothing in a sentence."""
LITTLE = 50
"""Characters of a sentence that does not say much by itself."""
HARDLY_A_SHARE = 0.001
"""A share that is as good as none."""
EVEN_TOLERANCE = 1e-12
"""How far a share that a plan states in tenths of a percent may lie from them."""

Set = Callable[[str], str]


def sentence_in_words(sentence: Sentence, formats: Formats) -> str:
    """A sentence as text."""
    return _tell_sentence(sentence, formats, str, str)


def in_html(sentence: Sentence, formats: Formats) -> str:
    """A sentence for a page: names are text whatever they hold, and what is counted is strong."""
    return _tell_sentence(sentence, formats, html.escape, lambda fact: f"<strong>{html.escape(fact)}</strong>")


def _tell_sentence(sentence: Sentence, formats: Formats, words: Set, figures: Set) -> str:
    sentence, before = sentence.shortened, ""

    def keep_name(part: Name) -> str:
        nonlocal before
        before = part.text or before
        return words(part.text)

    def say_figure(fact: Fact) -> str:
        begins = not before or before.rstrip().endswith(".")
        if isinstance(fact, Name):
            listed = before.rstrip().endswith(":")
            return words(upper_first(clip_name(fact.text, 40)) if begins or listed else lower_label(fact.text))
        figure = _figure_text(fact, formats)
        return figures(upper_first(figure) if begins else figure)

    told = sentence.text(say_figure, keep_name)  # type: ignore[arg-type]
    return upper_first(told)


def _figure_text(fact: Money | Share | Result | Number, formats: Formats) -> str:
    if isinstance(fact, Money):
        return formats.money_rounded(fact.amount)
    if isinstance(fact, Share):
        return _share_text(fact.part, formats)
    if isinstance(fact, Result):
        places = 0 if abs(fact.value) >= 10 * WHOLE_RESULT_FROM else 1 if abs(fact.value) >= TENTHS_FROM else 9
        return formats.result(round(fact.value, places), fact.unit)
    return formats.number(fact.value)


def _share_text(part: float, formats: Formats) -> str:
    """A share that is not said to be none, or all, while it is not."""
    if 0 < part < HARDLY_A_SHARE:
        return f"less than {formats.share(HARDLY_A_SHARE)}"
    if abs(part - round(part, 3)) < EVEN_TOLERANCE:
        return formats.stated_share(part)
    nearly = 1 - 10 * HARDLY_A_SHARE
    return f"more than {formats.share(nearly)}" if nearly < part < 1 else formats.share(part)


def headline_of(preset: Preset, found: Sequence[Finding]) -> tuple[Sentence, ...]:
    """The sentences at the top: the costliest alarm, then the next of another kind; else that nothing stops paying."""
    told: list[Finding] = []
    for finding in found:
        places = [(f.kpi, f.span) for f in told if f.span is not None]
        if finding.severity == "note" or finding.check in {f.check for f in told}:
            continue
        if (finding.kpi, finding.span) not in places:
            told.append(finding)
    return tuple(
        _first_sentences(finding.says, len(told) == 1) for finding in told[:MAX_TOLD_AT_ONCE]
    ) or _sound_sentences(preset)


def _first_sentences(says: Sentence, alone: bool) -> Sentence:
    """The first of several sentences, and the second where the first says little or stands alone."""
    parts = says.template.split(". ")
    most = 2 if alone or len(parts[0]) < LITTLE else 1
    template = ". ".join(parts[:most]).rstrip(".") + "."
    return Sentence(template, tuple((name, fact) for name, fact in says.facts if f"{{{name}}}" in template))


def _sound_sentences(preset: Preset) -> tuple[Sentence, ...]:
    """What there is to say of a plan in which nothing is amiss."""
    scenes = [Scene(preset.plan, kpi.id, {}, preset.team) for kpi in preset.plan.kpis if kpi.paid]
    facts: dict[str, Fact] = {}
    starts = [part for i, scene in enumerate(scenes[:3]) for part in _begins_text(scene, i, facts)]
    kinds = {(stretch.kind, math.isinf(stretch.end)) for scene in scenes for stretch in scene.stretches}
    parts = ["pay begins low (" + ", ".join(starts) + ")" if starts else "pay begins with the first unit"]
    parts.append("climbs in small steps" if ("cliff", False) in kinds else "climbs without a jump")
    parts.append("is capped only above what nearly all reach" if ("flat", True) in kinds else "is uncapped")
    if preset.team is None:
        parts[-1] += "; no team is described, so nobody knows who is where"
    return (Sentence.of(f"Nothing in this plan stops paying: {parts[0]}, {parts[1]} and {parts[2]}.", **facts),)


def _begins_text(scene: Scene, i: int, facts: dict[str, Fact]) -> Iterable[str]:
    """Where a KPI begins to pay, if it does not from the first unit; its facts are added to the others."""
    zone, kpi = scene.stretches[0], scene.kpi
    if kpi is not None and zone.kind == "zero" and 0 < zone.end < math.inf:
        facts |= {f"kpi{i}": Name(kpi.label), f"from{i}": Result(kpi.result(zone.end), kpi.unit)}
        yield f"{{kpi{i}}} from {{from{i}}}"


# Words about one place


def place_in_words(scene: Scene, attainment: float, formats: Formats) -> str:
    """A place on the axis in words: 70 deals; $32,000 of revenue; 24% gross margin; 70% of target."""
    kpi = scene.kpi
    if kpi is None:
        return f"{formats.stated_share(attainment)} of target"
    amount = formats.amount(kpi, kpi.result(attainment))
    if holds_unit(kpi.label, kpi.unit):
        return amount
    return f"{amount} {'' if kpi.unit == '%' else 'of '}{lower_label(kpi.label)}"


def lower_label(label: str) -> str:
    """A KPI's name within a sentence: revenue, but NPS."""
    return lower_first(clip_name(label, 40))
