"""The small sentences on the screen: the four figures, what moved with a weight, what the picture shows in words."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from calc.outcomes.budget import Budget
from calc.plan.plan import Plan
from ui.model.profile import PROFILE_TOLERANCE, Scene, Stretch
from ui.model.unit_name import unit_name
from ui.number_format import Formats, clip_name
from ui.text.findings import lower_label, place_in_words

JOINER = "\u2060"
"""A character without width. Put between two signs, it keeps Markdown from reading them as one mark, and unlike a
backslash it is neither shown nor read out where a label is somebody's name for a field."""
ZONE_MARKS = re.compile(
    r"(?i)(?<=www)(?=\.)|(?<=http)(?=:)|(?<=https)(?=:)|(?<=@)"  # links by themselves
    r"|(?<=\])(?=[(\[:{])|(?<=\[)(?=\^)"  # links, footnotes
    r"|(?<=:)(?=[\w+:-])"  # colours, icons, emoji
    r"|(?<=<)(?=[a-z/!?])|(?<=&)(?=#?\w+;)"  # HTML
    r"|(?<=[-=<>~])(?=[-=<>])"  # arrows and dashes
    r"|(?<=\\)(?=[!-/:-@\[-`{-~])"  # escapes
    r"|^(?=[-+=#>*_`~])"  # headings, lists, quotes, rules, fences
)
"""The places in one line of text where two signs together would be a mark of Markdown."""
NUMBERED = re.compile(r"^\d+(?=[.)](?:\s|$))")
"""A number that would begin a list."""
PAIRED = (re.compile(r"\*(?!(?<= \*) )"), re.compile(r"(?<![^\W_])_|_(?![^\W_])"), re.compile("`"), re.compile("~"))
"""What two of are a mark: stars and lines that do not stand alone or within a word, backticks, tildes."""


WHAT_PAY_DOES = {
    "zero": "pays nothing",
    "flat": "no more",
    "climb": "climbs",
    "cliff": "jumps",
    "drop": "more earns less",
}
"""What pay does along a stretch; a measure that pays nothing beside others earns nothing."""
WHOLES_FROM, TENTHS_UP_TO = 100, 10
"""Distances from which tenths, and hundredths carry nothing."""


@dataclass(frozen=True)
class Figure:
    """One of the four figures: what it is, the figure, and a note under it."""

    label: str
    value: str
    note: str


def plain_markdown(text: str) -> str:
    """Somebody's text as it stands, for a place that reads Markdown.

    >>> plain_markdown("Calls [a day] 6.4, $5"), plain_markdown("*all* of it")
    ('Calls [a day] 6.4, $5', '\\u2060\\\\*all\\\\* of it')
    """
    told = NUMBERED.sub(lambda number: number.group() + JOINER, ZONE_MARKS.sub(JOINER, " ".join(text.split())))
    for mark in PAIRED:
        told = mark.sub(r"\\\g<0>", told) if len(mark.findall(told)) > 1 else told
    return told.replace("$", "\\$") if told.count("$") > 1 else told


def told_apart(names: Mapping[str, str], longest: int) -> dict[str, str]:
    """Names cut to a length, by key, each with a number behind it where another is cut to the same; none is empty.

    >>> told_apart({"a": "Deals", "b": "Deals", "c": " ", "d": "Margin"}, 20)
    {'a': 'Deals (1)', 'b': 'Deals (2)', 'c': 'c', 'd': 'Margin'}
    """
    cut = {key: clip_name(" ".join(name.split()), longest) or key for key, name in names.items()}
    found: dict[str, str] = {}
    for key, name in cut.items():
        alike = [other for other, same in cut.items() if same == name]
        found[key] = f"{name} ({alike.index(key) + 1})" if len(alike) > 1 else name
    return found


def scene_figures(scene: Scene, budget: Budget, formats: Formats) -> tuple[Figure, ...]:
    """Pay here, for the next unit, how far to the next change and where it goes flat, and what the team costs."""
    return (
        _here_figure(scene, formats),
        _next_figure(scene, formats),
        _change_figure(scene, formats),
        _cost_figure(budget, formats),
    )


def _here_figure(scene: Scene, formats: Formats) -> Figure:
    share = formats.share(round(scene.pay / scene.plan.incentive, 3))
    return Figure("Pay here", formats.money(scene.pay), f"{share} of the target incentive")


def _next_figure(scene: Scene, formats: Formats) -> Figure:
    if scene.kpi is None:
        return Figure("1% more of everything pays", formats.gain(scene.next_pays), "on every paid KPI")
    where = formats.amount(scene.kpi, scene.standing[scene.kpi.id])
    return Figure(f"Pay for the next {unit_name(scene, formats)}", formats.gain(scene.next_pays), f"from {where}")


def _change_figure(scene: Scene, formats: Formats) -> Figure:
    ahead, flat = scene.ahead, _flat_text(scene, formats)
    if ahead is None:
        return Figure("Next change in pay", "–", f"climbs on; {flat}" if scene.stretches[-1].kind == "climb" else flat)
    then = _then_text(scene, ahead, formats)
    last = ahead is scene.stretches[-1] and ahead.kind in ("zero", "flat")
    told = f"{then}: {formats.money(ahead.before)} is the most" if last else f"{then}; {flat}"
    return Figure("Next change in pay", _distance_text(scene, ahead.start, formats), told)


def _distance_text(scene: Scene, to: float, formats: Formats) -> str:
    if scene.kpi is None:
        return f"{formats.share(to - scene.here)} more"
    gap = scene.kpi.result(to) - scene.standing[scene.kpi.id]
    return f"{formats.amount(scene.kpi, _readable_gap(abs(gap)))} {'more' if gap > 0 else 'less'}"


def _readable_gap(gap: float) -> float:
    """A distance in as many digits as somebody counts: 174 deals, and not 174.04."""
    return round(gap) if gap >= WHOLES_FROM else round(gap, 1) if gap >= TENTHS_UP_TO else gap


def _then_text(scene: Scene, ahead: Stretch, formats: Formats) -> str:
    if ahead.kind == "cliff":
        return f"then {formats.gain(ahead.height)} at once"
    if ahead.kind in ("zero", "flat"):
        return "then nothing more"
    return f"then {formats.gain(ahead.slope * scene.step)} for the next {unit_name(scene, formats)}"


def _flat_text(scene: Scene, formats: Formats) -> str:
    """Where pay goes flat for good: flat from 200 deals."""
    last = scene.stretches[-1]
    if last.kind in ("climb", "drop"):
        return "never flat for good" if any(zone.kind == "flat" for zone in scene.stretches) else "never flat"
    return "flat everywhere" if math.isinf(last.start) else f"flat from {short_place(scene, last.start, formats)}"


def _cost_figure(budget: Budget, formats: Formats) -> Figure:
    """What one rep of the team is expected to be paid, what the whole team is in a year, and what is paid at target."""
    at_target = f"{formats.money_rounded(budget.at_target)} at target"
    whose = "per rep of a typical team"
    if budget.team_a_year is not None:
        whose = f"{formats.money_rounded(budget.team_a_year)} a year for {formats.number(budget.size or 0)} reps"
    return Figure("Expected cost per rep", formats.money_rounded(budget.per_rep), f"{whose}; {at_target}")


def room_made(before: Plan, after: Plan, moved: str, formats: Formats) -> str:
    """What moving a weight did to the others: Deals 60 → 70 %; made room: margin 40 → 30 %."""
    was, now_is = (formats.parts_of_whole({k.id: k.weight or 0.0 for k in plan.kpis}) for plan in (before, after))
    changed = [
        (kpi.id, f"{clip_name(kpi.label)} {was[kpi.id]} → {now_is[kpi.id]}")
        for kpi, now in zip(before.kpis, after.kpis, strict=True)
        if abs((kpi.weight or 0) - (now.weight or 0)) > PROFILE_TOLERANCE
    ]
    own = [text for name, text in changed if name == moved]
    others = [text for name, text in changed if name != moved]
    verb = "made room" if (after.kpi(moved).weight or 0) > (before.kpi(moved).weight or 0) else "took it up"
    return "; ".join([*own, f"{verb}: {', '.join(others)}"]) + "." if others else ""


def here_words(scene: Scene, formats: Formats) -> list[str]:
    """Where the rep stands, from the fullest wording to the shortest."""
    pay = formats.money(scene.pay)
    if scene.kpi is None:
        where = f"{formats.share(round(scene.here, 3))} on average"
    else:
        where = formats.amount(scene.kpi, scene.standing[scene.kpi.id])
    return [
        f"You are here: {where}\n{pay}",
        f"You are here\n{where}\n{pay}",
        f"You: {where}\n{pay}",
        f"You: {pay}",
        pay,
    ]


def zone_words(scene: Scene, zone: Stretch, formats: Formats) -> list[str]:
    """The name of a zone where it lies, from the fullest wording to the shortest."""
    if zone.kind == "cliff":
        fall = zone.height < 0
        price = formats.gain(zone.height)
        where = short_place(scene, zone.start, formats)
        name = "drop" if fall else "cliff"
        return [f"{name} at {where}: {price}", f"{name} at {where}:\n{price}", f"{name}: {price}", price]
    if zone.kind == "zero":
        verb = "Pays nothing" if zone.before <= 0 else "Earns nothing"
        if math.isinf(zone.end):
            return [verb]
        side = "below" if scene.kpi is None or scene.kpi.better == "higher" else "worse than"
        end = short_place(scene, zone.end, formats)
        return [
            f"{verb}\n{side} {end}",
            f"{verb}\n{side}\n{end}",
            f"{verb.replace(' ', chr(10))}\n{side}\n{end}",
            "Zero",
        ]
    if zone.kind == "drop":
        return ["More earns less", "More\nearns\nless"]
    if math.isinf(zone.start):
        return ["Pays the same everywhere", "Pays the same\neverywhere", "Flat"]
    if math.isinf(zone.end):
        start = short_place(scene, zone.start, formats)
        return [f"No more\nfrom {start}", f"No more\nfrom\n{start}", f"No\nmore\nfrom\n{start}", "Flat"]
    return ["Flat: the next one earns nothing", "Flat: earns\nnothing more", "Flat"]


def short_place(scene: Scene, attainment: float, formats: Formats) -> str:
    """A place on the axis, short: 70 deals, $32,000."""
    return (
        formats.stated_share(attainment)
        if scene.kpi is None
        else formats.amount(scene.kpi, scene.kpi.result(attainment))
    )


def next_words(scene: Scene, formats: Formats) -> str:
    """The next unit, for a title: next deal."""
    return f"next {unit_name(scene, formats)}"


def pointed_at(scene: Scene, attainment: float, formats: Formats) -> str:
    """What is paid at a place of the axis."""
    return f"{short_place(scene, attainment, formats)}: {formats.money(float(scene.curve(attainment)))}"


def describe_picture(scene: Scene, sentences: tuple[str, ...], formats: Formats) -> str:
    """The picture for somebody who does not see it."""
    about = "everything together" if scene.kpi is None else lower_label(scene.kpi.label)
    here = f"You are at {place_in_words(scene, scene.here, formats)}: {formats.money(scene.pay)}."
    return f"Pay along {about}. {' '.join(sentences)} {here}"


def zone_rows(scene: Scene, formats: Formats) -> list[Mapping[str, str]]:
    """The zones as a table: where, what, pay, pay for the next unit."""
    return [
        {
            "From": _end_text(scene, stretch.start, formats),
            "To": _end_text(scene, stretch.end, formats),
            "Here": "earns nothing" if stretch.kind == "zero" and stretch.before > 0 else WHAT_PAY_DOES[stretch.kind],
            "Pay from": formats.money(stretch.before),
            "Pay to": "–" if math.isinf(stretch.end) and stretch.slope else formats.money(stretch.after),
            f"For the next {unit_name(scene, formats)}": _rate_text(scene, stretch, formats),
        }
        for stretch in scene.stretches
    ]


def _end_text(scene: Scene, attainment: float, formats: Formats) -> str:
    if math.isinf(attainment):
        return "–"
    share = formats.stated_share(attainment)
    return share if scene.kpi is None else f"{formats.amount(scene.kpi, scene.kpi.result(attainment))} ({share})"


def _rate_text(scene: Scene, stretch: Stretch, formats: Formats) -> str:
    if stretch.kind == "cliff":
        return f"{formats.gain(stretch.height)} at once"
    return formats.gain(stretch.slope * scene.step) if stretch.slope else formats.money(0)
