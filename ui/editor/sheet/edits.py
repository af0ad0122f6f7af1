"""What was typed into the sheet, put into the plan: one cell, a row more or less, a block from a spreadsheet."""

import re
from collections.abc import Callable

from calc.documents.planfile import Preset
from calc.edit import around, building, kpi_changes
from calc.plan.errors import Refused
from ui.editor.sheet.cells import COLUMNS, HEAD, MONEY, TIMES_COLUMNS
from ui.number_format import Formats
from ui.number_reader import is_none, read_typed

Weigh = Callable[[str, Preset, float | None], Preset]
"""Puts a typed weight into a document."""
Aim = Callable[[str, Preset, float, str], Preset]
"""Puts a typed target into a document, with the unit that was typed with it."""


def put_cell(preset: Preset, at: str, text: str, formats: Formats, weigh: Weigh, aim: Aim) -> Preset:
    """The document after something was typed into a cell.

    Args:
        preset: the document.
        at: the cell's path.
        text: what was typed.
        formats: the reader's conventions.
        weigh: puts a typed weight into a document.
        aim: puts a typed target into a document.

    Raises:
        Unclear: it can be read in two ways.
        Refused: it does not hold, or there is no such cell.
    """
    place, _, name = at.partition(".")
    if at in HEAD:
        return _change_head(preset, at, text)
    if place == "plan" and name in MONEY:
        return around.change_table(preset, "plan", **{name: _read_money(text, name, preset, formats)})
    if place not in preset.plan.ids or name not in COLUMNS:
        raise Refused(f"{at[:60]} is not known (got it from the page): a cell of the sheet")
    if name == "name":
        return kpi_changes.change_kpi(preset, place, name=" ".join(text.split()) or None)
    if name == "target":
        found = read_typed(text, formats.locale, "amount", preset.plan.currency)
        return aim(place, preset, found.value, found.unit)
    kind = "times" if name in TIMES_COLUMNS else "share"
    value = None if is_none(text) else read_typed(text, formats.locale, kind).value  # type: ignore[arg-type]
    return weigh(place, preset, value) if name == "weight" else building.set_band_term(preset, place, name, value)


def _change_head(preset: Preset, name: str, text: str) -> Preset:
    if name == "title":
        return preset.changed(title=" ".join(text.split()))
    return (
        building.in_currency(preset, text) if name == "currency" else around.change_table(preset, "plan", period=text)
    )


def _read_money(text: str, name: str, preset: Preset, formats: Formats) -> float | None:
    if is_none(text):
        return None
    found = read_typed(text, formats.locale, "amount", preset.plan.currency)
    if found.unit not in ("", preset.plan.currency):
        raise Refused(f"must be in {preset.plan.currency} (got {text.strip()!r}): the currency is chosen above")
    return found.value


def sentence_of(refused: Refused, at: str, label: str) -> str:
    """The sentence of a refusal with the cell's name in place of its path.

    >>> sentence_of(Refused("revenue.curve.floor must lie in [0, 1] (got 3.0)"), "revenue.floor", "Floor")
    'Floor must lie in [0, 1] (got 3.0)'
    >>> sentence_of(Refused("revenue.scale must be given where the target is 0"), "revenue.target", "Target")
    'Scale must be given where the target is 0'
    """
    found = re.match(r"(?P<path>\S+) (?=(?:must|needs|is not)\b)", refused.sentences[0])
    if found is None:
        return f"{label} {refused.sentences[0]}"
    name, own = found["path"].rpartition(".")[2], at.rpartition(".")[2]
    called = label if name == own else name.replace("_", " ").capitalize()
    return f"{called} {refused.sentences[0][found.end() :]}"


def split_block(text: str) -> list[list[str]]:
    """The cells of a block that was copied from a spreadsheet, row by row.

    >>> split_block("New ARR\\t1.2M\\nRenewals\\t90%\\n")
    [['New ARR', '1.2M'], ['Renewals', '90%']]
    """
    return [line.split("\t") for line in text.replace("\r\n", "\n").strip("\n").split("\n")]


def columns_from(column: str) -> list[str]:
    """The columns that a block goes into, from the one that it was pasted into on."""
    names = list(COLUMNS)
    return names[names.index(column) :] if column in names else []
