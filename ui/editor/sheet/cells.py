"""What the sheet of a plan shows: its head, a row for every measure, and what each cell says where it was refused."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, get_args

from calc.documents.planfile import Preset
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from ui.editor.fields import Typed
from ui.number_format import Formats, clip_name
from ui.number_reader import read_typed, write_number, write_share, write_times

PERIOD_WORDS = get_args(Plan.model_fields["period"].annotation)
HEAD = {"title": "Title", "period": "Pay is for a", "currency": "Currency"}
MONEY = {"base_pay": "Base pay", "target_incentive": "Target pay"}
COLUMNS = {
    "name": ("Measure", "What it is called, everywhere"),
    "target": ("Target", "The result that pays 100 %, with its unit: $1.2M, 40 deals, 24%"),
    "weight": ("Weight", "Its share of the target pay; empty or 0 where it is measured and not paid"),
    "floor": ("Floor", "Below this per cent of target it pays nothing; empty where it pays from the first unit"),
    "ceiling": ("Cap", "From this per cent of target on it pays no more; empty where it is uncapped"),
    "accelerator": ("Accelerator", "How many times the pay of a unit just below target one above it pays"),
    "accelerator_2": ("Second accelerator", "The same further out; empty where there is none"),
    "accelerator_2_from": ("from", "The per cent of target from which the second accelerator counts"),
}
"""The columns of the table: what each is called, and what it means."""
LINE_COLUMNS = tuple(COLUMNS)[3:]
"""The columns that are terms of a line."""
SHARE_COLUMNS = ("weight", "floor", "ceiling", "accelerator_2_from")
TIMES_COLUMNS = ("accelerator", "accelerator_2")


@dataclass(frozen=True)
class SheetCell:
    """A field of the sheet.

    `at` is its path; `says` and `readings` are there where what was typed was refused; `locked` says why it is not
    typed into.
    """

    at: str
    label: str
    text: str
    says: str = ""
    readings: tuple[str, ...] = ()
    locked: str = ""


Drafts = Mapping[str, Typed]


def head_cells(preset: Preset, formats: Formats, drafts: Drafts) -> list[SheetCell]:
    """Title, period and currency, and the money at target."""
    plan = preset.plan
    texts = {"title": preset.title, "period": plan.period, "currency": plan.currency}
    found = [SheetCell(name, label, texts[name]) for name, label in HEAD.items()]
    for name, label in MONEY.items():
        amount = getattr(plan, name)
        found.append(
            SheetCell(f"plan.{name}", label, "" if amount is None else amount_text(amount, plan.currency, formats))
        )
    return [draft_cell(cell, drafts) for cell in found]


def pay_mix(plan: Plan, formats: Formats) -> str:
    """On-target earnings and the pay mix in words.

    >>> from calc.edit.structure import blank_plan
    >>> plan = blank_plan().plan
    >>> pay_mix(plan, Formats()), pay_mix(plan.changed(base_pay=7500), Formats())
    ('', 'On-target earnings $12,500 a quarter, pay mix 60/40')
    """
    if not plan.base_pay:
        return ""
    whole = plan.base_pay + plan.incentive
    base = round(100 * plan.base_pay / whole)
    return f"On-target earnings {formats.money(whole)} a {plan.period}, pay mix {base}/{100 - base}"


def measure_cells(plan: Plan, kpi: Kpi, weight: float | None, formats: Formats, drafts: Drafts) -> list[SheetCell]:
    """The cells of a measure.

    Args:
        weight: as it is on the screen, which may wait for others to add up.
    """
    name = clip_name(kpi.label, 40)
    texts = {"name": kpi.label, "target": amount_text(kpi.target, kpi.unit, formats) if kpi.has_target else ""}
    texts["weight"] = "" if not weight else write_share(weight, formats.locale)
    texts |= _line_terms(kpi, formats)
    why = _locked_columns(plan, kpi)
    found = [
        SheetCell(f"{kpi.id}.{column}", f"{label}, {name}", texts[column], locked=why.get(column, ""))
        for column, (label, _) in COLUMNS.items()
    ]
    return [draft_cell(cell, drafts) for cell in found]


def _line_terms(kpi: Kpi, formats: Formats) -> dict[str, str]:
    """The terms of a line, where the measure is paid along one; what is left out is empty."""
    line, found = kpi.curve, dict.fromkeys(LINE_COLUMNS, "")
    if line is None or not kpi.paid:
        return found
    for name in (name for name in SHARE_COLUMNS if name in LINE_COLUMNS):
        value = getattr(line, name, None)
        found[name] = write_share(value, formats.locale) if value else ""
    for name in TIMES_COLUMNS:
        value = getattr(line, name, None)
        plain = name == "accelerator" and value == 1 and getattr(line, "accelerator_2", None) is None
        found[name] = "" if value is None or plain else write_times(value, formats.locale)
    return found


def _locked_columns(plan: Plan, kpi: Kpi) -> dict[str, str]:
    """Why cells of a measure are not typed into, by column."""
    if plan.combine == "score":
        return dict.fromkeys(LINE_COLUMNS, "the score")
    if kpi.curve is None or not kpi.paid:
        return dict.fromkeys(LINE_COLUMNS, "not paid")
    kind = kpi.curve.IN_SHEET
    if kpi.in_money:
        told = " " if kpi.commission else kind
        return {"weight": kind if kpi.commission else "money", **dict.fromkeys(LINE_COLUMNS, told)}
    return {name: kind for name in LINE_COLUMNS if name not in type(kpi.curve).model_fields}


def draft_cell(cell: SheetCell, drafts: Drafts) -> SheetCell:
    """A cell with what was typed into it and refused, as long as nothing else has changed what it shows."""
    found = drafts.get(cell.at)
    if found is None or found.over != cell.text:
        return cell
    return SheetCell(cell.at, cell.label, str(found.value), found.says, found.readings, cell.locked)


def cells_data(cells: list[SheetCell]) -> list[dict[str, Any]]:
    """Cells as the browser is handed them."""
    return [asdict(cell) for cell in cells]


# What a cell says


def amount_text(value: float, unit: str, formats: Formats) -> str:
    """An amount with its unit and all its digits, so that it is read again as what it is: $1,200,000, 40 deals."""
    short = formats.result(value, unit)
    try:
        found = read_typed(short, formats.locale, "amount", unit)
        if (found.value, found.unit) == (value, unit):
            return short
    except Refused:
        pass
    return f"{write_number(value, formats.locale)}{'' if unit == '%' else ' '}{unit}".rstrip()
