"""The reference of the plan file, docs/plan-file.md, written from the declared terms.

    python docs/reference.py

Every table is read off the terms themselves, and every example is a plan file that is read: a test holds both.
"""

import sys
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from calc.documents.planfile import LISTS, Example, Preset, Rep  # noqa: E402
from calc.plan.conditions import Condition, Gate, GreaterOf, Modifier  # noqa: E402
from calc.plan.kpi import Kpi  # noqa: E402
from calc.plan.mechanics import KINDS  # noqa: E402
from calc.plan.plan import Plan  # noqa: E402
from calc.plan.terms import terms_of  # noqa: E402
from calc.situation.behaviour import Behaviour  # noqa: E402
from calc.situation.calendar import Calendar  # noqa: E402
from calc.situation.practice import Practice  # noqa: E402
from calc.situation.rank import Rank  # noqa: E402
from calc.situation.target_path import Path as TargetPath  # noqa: E402
from calc.situation.team import Team  # noqa: E402

TARGET = ROOT / "docs" / "plan-file.md"

WORDS = (
    ("quota, goal, objective", "`target` of a KPI"),
    ("quota of one rep", "the column `<id>.target` in a file of results"),
    ("variable pay, target bonus, on-target bonus, TI", "`target_incentive` of the plan"),
    ("OTE, on-target earnings, TTC", "`base_pay` and `target_incentive` together"),
    ("threshold, entry point, minimum performance", "`floor` of a band"),
    ("soft threshold, back to dollar one", "a `floor` with `pays_at_floor` left out"),
    ("hard threshold, from the threshold up", "a `floor` with `pays_at_floor = 0`"),
    ("cap, maximum", "`ceiling` of a band; `ceiling` or `ceiling_pay` of the plan"),
    ("guarantee, minimum commission", "`floor_pay` of the plan, in money; `floor`, as a share of the target incentive"),
    ("accelerator, kicker, multiplier above quota", "`accelerator` of a band; `accelerator_of` says of which rate"),
    ("second accelerator, super accelerator", "`accelerator_2` and `accelerator_2_from`"),
    ("decelerator, regressive rate", "an `accelerator` below 1"),
    ("commission, rate, percentage of sales", "`tiers`"),
    ("marginal, incremental, progressive tiers", '`tiers` with `apply = "marginal"`'),
    ("retroactive, back to the first unit, cliff tiers", '`tiers` with `apply = "retroactive"`'),
    ("tiers by attainment, by percent of quota", '`tiers` with `of = "attainment"`'),
    ("a flat amount plus a rate", "`tiers` of `[from, rate, plus]`"),
    ("payout table, bonus scale", "`points` (straight lines between the rows) or `steps` (the row reached)"),
    ("SPIFF, flat bonus, amount per step", '`steps` with `pays = "money"`'),
    ("two-way grid, matrix, rate table", "`matrix`"),
    ("qualifier, hurdle, gate, circuit breaker, trip-wire", "`[[gates]]`"),
    ("multiplier, modifier, factor, coefficient", "`[[modifiers]]`"),
    ("points added to the rate", '`[[modifiers]]` with `modifiers_combine = "add"`'),
    ("the higher of two, the greater of, whichever is more", "`[[greater_of]]`"),
    ("scorecard, weighted average, balanced scorecard", '`combine = "score"`'),
    ("whole deals, per full unit", "`counted = true`"),
    ("rounded to the dollar", "`round_to`"),
)
"""What plan documents say, and what says it in a plan file."""

DEALS = """[plan]
target_incentive = 1000

[[kpis]]
id = "deals"
unit = "deals"
target = 100
weight = 1
"""
SALES = """[plan]
currency = "USD"

[[kpis]]
id = "sales"
unit = "USD"
"""
LINE = 'curve = { kind = "band" }\n'

PLAN = """[plan]
currency = "USD"
floor_pay = 1000
round_to = 1

[[kpis]]
id = "sales"
unit = "USD"
curve = { kind = "tiers", tiers = [[0, 0.01], [300_000, 0.005]] }
"""
BAND = """
[kpis.curve]
kind = "band"
floor = 0.5
pays_at_floor = 0
accelerator = 1.5
accelerator_of = "rate_below_target"
accelerator_2 = 1
accelerator_2_from = 1.5
"""
POINTS = 'curve = { kind = "points", points = [[0.5, 0], [1, 1], [1.2, 1.4]], above = "extend" }\n'
STEPS = 'curve = { kind = "steps", of = "result", pays = "money", steps = [[10_000, 45], [20_000, 100]] }\n'
TIERS = """target = 250_000

[kpis.curve]
kind = "tiers"
of = "attainment"
apply = "retroactive"
tiers = [[0.8, 0.05, 3500], [1, 0.07, 5250]]
"""
MATRIX = """
[kpis.curve]
kind = "matrix"
with = "margin"
rows = [0.8, 1, 1.2]
columns = [0.9, 1.1]
payouts = [[0, 0.5], [0.8, 1], [1, 1.5]]

[[kpis]]
id = "margin"
target = 30
weight = 0
"""
GATE = """
[[kpis]]
id = "returns"
unit = "returns"
better = "lower"
weight = 0

[[gates]]
kpi = "returns"
at_most_result = 3
closes = "plan"
limits_to = 1
any_of = [{ kpi = "deals", at_least = 1.5 }]
"""
MODIFIER = """
[[kpis]]
id = "csat"
target = 80
weight = 0

[[modifiers]]
kpi = "csat"
multiplies = "plan"
curve = { kind = "points", of = "result", points = [[70, 0.8], [80, 1], [90, 1.2]], below = "hold" }
"""
GREATER = """curve = { kind = "tiers", tiers = [[0, 0.03]] }

[[kpis]]
id = "hours"
unit = "hours"
curve = { kind = "tiers", tiers = [[0, 10]] }

[[greater_of]]
groups = [["hours"], ["sales"]]
"""
EXAMPLE = """curve = { kind = "band", floor = 0.7 }

[[example]]
results = { deals = 69 }
pays = 0
"""

KIND_EXAMPLES = {
    "band": DEALS + BAND,
    "points": DEALS + POINTS,
    "steps": SALES + STEPS,
    "tiers": SALES + TIERS,
    "matrix": DEALS + MATRIX,
}
PARTS: tuple[tuple[str, type[BaseModel], str, str], ...] = (
    ("The file", Preset, "What stands at the top of a file, and the tables around the plan.", ""),
    ("`[plan]`", Plan, "The plan itself.", PLAN),
    ("`[[kpis]]`", Kpi, "What is measured, and how each is paid.", DEALS + "counted = true\n" + LINE),
    *((f'`kind = "{kind}"`', model, model.ABOUT, KIND_EXAMPLES.get(kind, "")) for kind, model in KINDS.items()),
    ("`[[gates]]`", Gate, "All or part of the pay hangs on another KPI.", DEALS + LINE + GATE),
    ("`any_of` of a gate", Condition, "Another condition that opens it.", ""),
    ("`[[modifiers]]`", Modifier, "Another KPI multiplies all or part of the pay.", DEALS + LINE + MODIFIER),
    ("`[[greater_of]]`", GreaterOf, "Of several groups the one that pays most is paid.", SALES + GREATER),
    (
        "`[[example]]`",
        Example,
        "A worked example, held against the terms whenever the file is read.",
        DEALS + EXAMPLE,
    ),
    ("`[[reps]]`", Rep, "Named people.", ""),
    ("`[team]`", Team, "The team that lives under the plan.", ""),
    ("`[rank]`", Rank, "Pay by place in the team, beside what the plan pays.", ""),
    ("`[calendar]`", Calendar, "The period, and the day it is.", ""),
    ("`[path]`", TargetPath, "How the target moves over several periods.", ""),
    ("`[behaviour]`", Behaviour, "How reps answer to money.", ""),
    ("`[practice]`", Practice, "The field's ranges, where an organisation has its own.", ""),
)

HEAD = """# The plan file

One TOML file is one plan, with its story, its worked examples and the situation that it is looked at in. This page is
written from the declared terms (`python docs/reference.py`), as the error messages, the JSON schema and the fields of
the editor are. A term that is left out has its default; an unknown one is refused, with the nearest name that is known.

Money is in the plan's currency and for one period. An attainment of 1 is on target. A boundary belongs to the better
side: reaching it is enough, unless the plan says `reached = "above"`.

## The words of plan documents

| A plan document says | A plan file says |
|---|---|
"""


def reference() -> str:
    """The whole page."""
    words = "\n".join(f"| {said} | {here} |" for said, here in WORDS)
    return f"{HEAD}{words}\n\n" + "\n".join(_part(*part) for part in PARTS)


def _part(title: str, model: type[BaseModel], about: str, example: str) -> str:
    rows = [_row(name, info) for name, info in terms_of(model).items() if _told(model, name)]
    table = "\n".join(("| Term | Default | Must be | Unit | What it is |", "|---|---|---|---|---|", *rows))
    fenced = f"\n```toml\n{example}```\n" if example else ""
    return f"## {title}\n\n{about}\n\n{table}\n{fenced}"


def _told(model: type[BaseModel], name: str) -> bool:
    """Whether a term has a row of its own: the kind is in the heading, lists of tables have parts of their own."""
    if model is Preset:
        return name != "name"
    return (model is Kpi or name != "kind") and (model is not Plan or name not in LISTS)


def _row(name: str, info: FieldInfo) -> str:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    help = (info.description or "").replace("|", "\\|")
    return f"| {' | '.join((f'`{name}`', _default(info), _must(info), str(extra.get('unit', '')), help))} |"


def _default(info: FieldInfo) -> str:
    if info.default is PydanticUndefined:
        return "must be given"
    if info.default is None or info.default in ((), {}, ""):
        return "none"
    if isinstance(info.default, bool):
        return str(info.default).lower()
    return f'`"{info.default}"`' if isinstance(info.default, str) else f"{info.default:g}"


def _must(info: FieldInfo) -> str:
    choices = _choices(info.annotation)
    if choices:
        return ", ".join(f'`"{choice}"`' for choice in choices)
    signs = ((annotated_types.Ge, "ge", "at least"), (annotated_types.Gt, "gt", "above"))
    signs += ((annotated_types.Le, "le", "at most"), (annotated_types.Lt, "lt", "below"))  # type: ignore[assignment]
    found = [f"{word} {getattr(b, name):g}" for kind, name, word in signs for b in info.metadata if isinstance(b, kind)]
    return ", ".join(found)


def _choices(annotation: Any) -> tuple[str, ...]:
    """The words that a term may be."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    parts = [part for part in get_args(annotation) if part is not NoneType]
    return _choices(parts[0]) if len(parts) == 1 and get_origin(parts[0]) is Literal else ()


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
