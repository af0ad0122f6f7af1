"""A single term of a plan in words: its name, its value in the reader's conventions, a row, a curve, a condition."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from calc.plan.conditions import Gate, Modifier
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import GridTerms, RowColumn, TableTerms
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import Terms, unit_of
from calc.situation.rank import Rank
from calc.situation.team import Team
from ui.number_format import Formats, clip_name
from ui.text.findings import lower_label

NO_VALUE = "none"
LABELS = {
    "scale": "What is one whole attainment",
    "better": "Better when",
    "team_mean": "Where the team lands",
    "team_spread": "How far the team scatters",
    "hours": "Hours that one better takes",
    "costs": "What one better takes from others",
    "deals": "How deals count",
    "pays_at_floor": "Pay at the floor",
    "counted": "Whole units only",
    "round_to": "Rounding",
    "floor_pay": "Guaranteed pay",
    "ceiling_pay": "Most pay",
    "modifiers_combine": "How factors combine",
    "pays": "What payouts are",
    "accelerator_of": "What an accelerator multiplies",
    "accelerator_2": "Second accelerator",
    "accelerator_2_from": "Where the second accelerator begins",
    "of": "What the table is read by",
    "below": "Pay if worse than every row",
    "above": "Pay if better than every row",
    "apply": "Each rate applies to",
    "between": "Between the cells",
    "reached": "A step counts",
    "combine": "How the measures are combined",
}
"""Names of terms where the plan file's own word does not tell enough."""
TERM_WORDS = {
    "sum": "paid one by one and added",
    "score": "added up to one score that is paid",
    "attainment": "% of target",
    "result": "the result",
    "multiply": "they multiply each other",
    "add": "what each adds to 1 is added",
    "share": "shares of the target incentive",
    "money": "amounts of money",
    "target_rate": "the target rate",
    "rate_below_target": "the rate just below target",
    "zero": "nothing",
    "hold": "as much as the last row",
    "extend": "the line goes on",
    "marginal": "its own slice",
    "retroactive": "everything sold",
    "at": "when reached",
    "above": "only when passed",
    "linear": "in proportion",
    "step": "the cell reached",
}
"""What the choices of a plan file mean."""
ABSENT = {
    "pays_at_floor": "as much as the floor",
    "team_mean": "as on the other measures",
    "team_spread": "as on the other measures",
    "scale": "as much as the target",
    "today": "before the period",
}
"""What a term that is left out means."""
SHARE_NAMES = ("attainment", "payout", "share")
"""Units whose numbers are shares of a whole."""

Value = tuple[Any, Formats, Kpi | None]


PLACES = 5
"""Places whose pay is told one by one."""


def term_label(name: str, of: str) -> str:
    """The name of a term, and of whom it is one.

    >>> term_label("ceiling", "deals closed"), term_label("apply", "revenue")
    ('Ceiling of deals closed', 'Each rate applies to, revenue')
    """
    return f"{LABELS[name]}, {of}" if name in LABELS else f"{name.replace('_', ' ').capitalize()} of {of}"


def exact_number(value: float) -> str:
    """A number with all of its digits.

    >>> exact_number(0.70001), exact_number(12.0)
    ('0.70001', '12')
    """
    return f"{value:.15g}"


def tell_apart(one: float, other: float, say: Callable[[float], str]) -> tuple[str, str]:
    """Two numbers in words, with all their digits where fewer would not tell them apart.

    >>> tell_apart(0.7, 0.70001, Formats().share)
    ('0.7', '0.70001')
    """
    texts = (say(one), say(other))
    return texts if texts[0] != texts[1] else (exact_number(one), exact_number(other))


def term_pair(info: FieldInfo, name: str, was: Value, now: Value) -> tuple[str, str]:
    """A term's two values in words, never the same."""
    texts = (_value_text(info, name, was), _value_text(info, name, now))
    if texts[0] != texts[1]:
        return texts
    return tuple(exact_number(v[0]) if isinstance(v[0], int | float) else str(v[0]) for v in (was, now))  # type: ignore[return-value]


def _value_text(info: FieldInfo, name: str, given: Value) -> str:
    value, formats, kpi = given
    if value is None:
        return ABSENT.get(name, NO_VALUE)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return TERM_WORDS.get(value, value) if name != "unit" else value
    if isinstance(value, tuple):
        return f"{len(value)} values"
    unit = unit_of(info)
    if unit == "KPI unit" and kpi is not None:
        return formats.amount(kpi, value)
    if unit.startswith("money"):
        return formats.money(value)
    if unit.startswith("payout per"):
        return f"{formats.number(value)}×"
    if unit.startswith(SHARE_NAMES):
        return formats.stated_share(value)
    return f"{formats.number(value)} {unit}".rstrip()


def measure_text(plan: Plan, kpi: Kpi, formats: Formats) -> str:
    """A whole measure: Gross margin, target €24,000, weight 40%, a line."""
    parts = [clip_name(kpi.label, 40), f"target {formats.amount(kpi, kpi.target)}" if kpi.has_target else "no target"]
    parts += [f"weight {formats.stated_share(kpi.weight)}"] if kpi.weight else [] if kpi.in_money else ["measured only"]
    return ", ".join([*parts, curve_text(kpi.curve, kpi, plan, formats)] if kpi.curve is not None else parts)


def curve_text(mechanic: CurveTerms | None, kpi: Kpi | None, plan: Plan, formats: Formats) -> str:
    """A curve in a few words: a line from 40% to 200%; 4 steps; 3 commission tiers, each on its own slice."""
    if mechanic is None:
        return NO_VALUE
    if isinstance(mechanic, GridTerms):
        other = lower_label(plan.kpi(mechanic.with_).label) if mechanic.with_ in plan.ids else mechanic.with_
        return f"{mechanic.IN_WORDS} of {len(mechanic.rows)} by {len(mechanic.columns)} with {other}"
    if isinstance(mechanic, TableTerms):
        tail = f", a rate on {TERM_WORDS[getattr(mechanic, mechanic.TAIL)]}" if mechanic.TAIL else ""
        rows = mechanic.rows
        return f"{len(rows)} {mechanic.IN_WORDS}, from {row_text(mechanic, rows[0], kpi, formats)}{tail}"
    if mechanic.begins_at is None:
        return mechanic.IN_WORDS
    end = "on" if mechanic.ends_at is None else f"to {formats.stated_share(mechanic.ends_at)}"
    return f"{mechanic.IN_WORDS} from {formats.stated_share(mechanic.begins_at)} {end}"


def row_text(mechanic: TableTerms, row: Sequence[float], kpi: Kpi | None, formats: Formats) -> str:
    """A row of a table: 80% pays 50%; €20,000: 6%; 80%: €3,500 and 5%."""
    columns = mechanic.columns
    place, *pays = (cell_text(mechanic, column, x, kpi, formats) for column, x in zip(columns, row, strict=False))
    if columns[1].holds == "payout":
        return f"{place} pays {', '.join(pays)}"
    lumps = [
        text for column, x, text in zip(columns[2:], row[2:], pays[1:], strict=False) if x or column.holds != "money"
    ]
    return f"{place}: {' and '.join([*lumps, pays[0]])}"


def cell_text(mechanic: TableTerms, column: RowColumn, x: float, kpi: Kpi | None, formats: Formats) -> str:
    """A number in a table, by what its column holds: 80%, 70 deals; 50%; 6%, $5 each; $3,500."""
    if column.holds == "place":
        return place_text(x, mechanic.of_result, kpi, formats)
    if column.holds == "rate":
        sold = kpi is not None and kpi.unit == formats.currency
        return formats.stated_share(x) if sold else f"{formats.money(x)} each"
    return formats.money(x) if column.holds == "money" else payout_text(mechanic, x, formats)


def payout_text(mechanic: CurveTerms, y: float, formats: Formats) -> str:
    """What a row or a cell pays: a share, or money."""
    return formats.money(y) if mechanic.in_money else formats.stated_share(y)


def grid_place(x: float, grid: GridTerms, axis: str, plan: Plan, kpi: Kpi | None, formats: Formats) -> str:
    """A row, or a column, of a grid."""
    other = plan.kpi(grid.with_) if grid.with_ in plan.ids else None
    return place_text(x, grid.of_result, kpi if axis == "rows" else other, formats)


def place_text(x: float, of_result: bool, kpi: Kpi | None, formats: Formats) -> str:
    """A place on the axis of a table: 80%, or 70 deals."""
    if not of_result:
        return formats.stated_share(x)
    return formats.amount(kpi, x) if kpi is not None else exact_number(x)


def condition_text(plan: Plan, given: Gate | Modifier, formats: Formats) -> str:
    """A gate, or what multiplies: Below 90% customer satisfaction, the whole plan pays nothing."""
    kpi = plan.kpi(given.kpi)
    ids = given.closes if isinstance(given, Gate) else given.multiplies
    what = "the whole plan" if ids == "plan" else ", ".join(lower_label(plan.kpi(name).label) for name in ids)
    if isinstance(given, Modifier):
        return f"{clip_name(kpi.label, 40)} multiplies {what}"
    mark, strict = _mark_text(given, kpi, formats), given.reached == "above"
    short = "up to" if strict else "below"
    short = {"up to": "down to", "below": "worse than"}[short] if kpi.better == "lower" else short
    if given.opens_upwards(kpi) != (kpi.sign > 0):
        short = ("from" if strict else "above") if kpi.better == "higher" else ("up to" if strict else "better than")
    unless = unless_words(plan, given, formats)
    return f"{short.capitalize()} {mark} {lower_label(kpi.label)}{unless}, {what} {_left_text(given, formats)}"


def unless_words(plan: Plan, gate: Gate, formats: Formats) -> str:
    """The other conditions that open a gate: , unless calls is at least 40."""
    told = []
    for condition in gate.any_of:
        kpi = plan.kpi(condition.kpi)
        side = "at least" if condition.opens_upwards(kpi) else "at most"
        side = {"at least": "more than", "at most": "less than"}[side] if condition.reached == "above" else side
        told.append(f"{lower_label(kpi.label)} is {side} {formats.amount(kpi, condition.mark(kpi))}")
    return f", unless {' or '.join(told)}" if told else ""


def _mark_text(gate: Gate, kpi: Kpi, formats: Formats) -> str:
    share = gate.at_least if gate.at_least is not None else gate.at_most
    if share is None:
        return f"{formats.amount(kpi, gate.mark(kpi))} of"
    return f"{formats.stated_share(share)} of the target of"


def _left_text(gate: Gate, formats: Formats) -> str:
    if gate.limits_to is not None:
        return f"pays at most {formats.stated_share(gate.limits_to)}"
    return f"keeps {formats.stated_share(gate.keeps)}" if gate.keeps else "pays nothing"


def places(rank: Rank | None, formats: Formats) -> str:
    """Pay by place in a few words: $1,500, $900, $600."""
    if rank is None:
        return NO_VALUE
    told = ", ".join(formats.money(pay) for pay in rank.pays[:PLACES])
    more = f" and {len(rank.pays) - PLACES} more" if len(rank.pays) > PLACES else ""
    return told + more + (f", on {rank.kpi}" if rank.kpi is not None else "")


def table_text(terms: Terms) -> str:
    """A table around the plan, in a few words."""
    if isinstance(terms, Team):
        return f"{terms.size} reps"
    return "described"
