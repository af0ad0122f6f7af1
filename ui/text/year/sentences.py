"""The year on the page in sentences: the first of them, the words in the picture, readings, and moved deals."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from calc.diagnosis.finding import Finding
from calc.messages import lower_first, singular_unit
from ui.model.year import YearView
from ui.number_format import Formats
from ui.text.findings import sentence_in_words

YEAR_CHECKS = (
    "year_stops",
    "unpaid_start",
    "draw_swallows",
    "moved_deals",
    "negative_payment",
    "guarantee_hides",
    "late_starter",
)
"""Findings that are about a year."""
NOTHING_SHARE = 1e-6
"""What one more may bring that is nothing, as a part of what a payment earns."""


def lead_sentence(view: YearView, findings: Sequence[Finding], formats: Formats) -> str:
    """The one sentence about the year: the costliest finding, else what is sound about it."""
    told = [one for one in findings if one.check in YEAR_CHECKS and one.severity != "note"]
    if told:
        return f"{sentence_in_words(told[0].title, formats)}."
    row = view.rest
    dead = [view.names[t] for t in range(view.count) if abs(row.worth[t]) <= NOTHING_SHARE]
    if dead:
        return f"In {_listed(dead)} one more pays nothing out in its own payment; in the others it does."
    return f"One more earns something in every {view.case.paid_word} of this year."


def year_findings(findings: Sequence[Finding], formats: Formats) -> list[tuple[str, str]]:
    """Title and text of each finding about the year."""
    return [
        (
            sentence_in_words(one.title, formats),
            f"{sentence_in_words(one.says, formats)} {sentence_in_words(one.do, formats)}",
        )
        for one in findings
        if one.check in YEAR_CHECKS
    ]


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def year_figures(view: YearView, formats: Formats) -> list[tuple[str, str, str]]:
    """Label, value and note of the figures above the picture."""
    case, row = view.case, view.rest
    earned, paid = float(row.earned.sum()), float(row.paid.sum())
    dead = int((np.abs(row.worth) <= NOTHING_SHARE).sum())
    owed = float(row.owed[-1])
    return [
        ("Paid in the year", formats.money(paid), f"of {formats.money(earned)} earned"),
        ("Owed at the end", formats.money(owed), "for what was advanced" if owed else "nothing"),
        (
            "One more pays nothing out",
            f"{dead} of {view.count}",
            f"{case.paid_word}s",
        ),
        (
            "Most for moving a deal",
            formats.money_rounded(max((m.gain for m in case.moves), default=0.0)),
            "over the end of one payment",
        ),
    ]


def year_picture_words(view: YearView, formats: Formats) -> dict[str, Any]:
    """What is written in the picture, and how numbers are written in it."""
    kpi, word = view.case.kpi, view.case.paid_word
    lot = _lot(view)
    one = singular_unit(kpi.unit) if lot == 1 and kpi.unit else f"{formats.number(lot)} {kpi.unit}".strip()
    name = lower_first(kpi.label)
    runs = view.case.rules.year.remembers
    target = ", dashed the target" if kpi.has_target else ""
    return {
        "kpi": kpi.label,
        "unit": kpi.unit,
        "sold": f"{kpi.label} by {word}{target}; pull a bar up or down" if view.can_be_dragged else kpi.label,
        "total": f"The running total of {name}, dashed what it is held against"
        if runs
        else f"All {name} so far, dashed the target; each {word} is paid by itself",
        "soldShort": f"{kpi.label}; pull a bar",
        "totalShort": "So far, dashed the target",
        "money": "Paid (bars), earned (short lines)" + (", owed (dashed)" if view.rest.owed.any() else ""),
        "strip": f"Paid out for the next {one}, by {word}. Hatched: nothing. Dotted: nothing yet",
        "stripShort": f"For the next {one}. Hatched, dotted: nothing",
        "next": f"the next {one}",
        "inAll": "In all",
        "owed": "owed at the end",
        "paid": "pay",
        "hint": f"Pull a {word}'s bar, and the rest of the year follows.",
        "nothing": NOTHING_SHARE,
        "lot": lot,
        "locale": formats.locale.replace("_", "-"),
        "currency": formats.currency,
        "decimals": formats.minor,
    }


def _lot(view: YearView) -> float:
    """One unit of the KPI, or the round number of units that one payment is thought of in [KPI unit]."""
    kpi = view.case.kpi
    asked = view.case.targets if kpi.has_target else view.case.results
    size = max(float(np.abs(asked).max()), 1e-9)
    power = float(10.0 ** math.floor(math.log10(size / 20)))
    return max(power, 1.0) if size >= 2 or kpi.counted else power


def year_picture_spoken(view: YearView, formats: Formats) -> str:
    """The picture in words."""
    row = view.rest
    parts = [
        f"{name}: {formats.number(round(float(row.results[t]), 2))} {view.case.kpi.unit} pay "
        f"{formats.money(float(row.paid[t]))}"
        for t, name in enumerate(view.names)
    ]
    return f"The year, {view.case.paid_word} by {view.case.paid_word}. " + "; ".join(parts) + "."


def readings_table(view: YearView, formats: Formats) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: the same year under each reading, with what it pays more or less."""
    rows = []
    for one in view.readings:
        words = one.words[:1].upper() + one.words[1:]
        label = f"{words} (this plan)" if one.own else words
        rows.append([label, formats.money(one.total), "" if one.own else formats.gain(one.difference)])
    return ["The same year, read as", "Paid", "More or less"], rows


def moves_table(view: YearView, formats: Formats) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: at which end of a payment moving deals is worth something."""
    case = view.case
    rows = []
    for move in sorted(case.moves, key=lambda one: (-one.gain, one.period)):
        if move.gain <= 0:
            continue
        here, there = view.names[move.period], view.names[move.period + 1]
        size = formats.amount(case.kpi, abs(move.moved))
        what = f"{size} from {here} to {there}" if move.moved > 0 else f"{size} from {there} into {here}"
        rows.append([what, formats.gain(round(move.gain, formats.minor))])
    return ["Moved", "Worth"], rows
