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

from calc.documents.planfile import LISTS, Preset  # noqa: E402
from calc.documents.preset_tables import Example, Rep  # noqa: E402
from calc.plan.conditions import Condition, Gate, GreaterOf, Modifier  # noqa: E402
from calc.plan.deals import DealTerms  # noqa: E402
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
from calc.year.beside.rep_year import RepYear  # noqa: E402
from calc.year.rules.draw import Draw  # noqa: E402
from calc.year.rules.holdback import Holdback  # noqa: E402
from calc.year.rules.ladder import Ladder  # noqa: E402
from calc.year.rules.limit import Limit  # noqa: E402
from calc.year.rules.proration import Proration  # noqa: E402
from calc.year.rules.ramp import Ramp  # noqa: E402
from calc.year.rules.recovery import Recovery  # noqa: E402
from calc.year.year_terms import TargetChange, Year  # noqa: E402

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
    ("paid per deal, rate by deal size, extra on large deals, minimum margin", "`deals` of a KPI"),
    ("rounded to the dollar", "`round_to`"),
    ("year to date less previously paid, cumulative", '`[year]` with `reading = "running_total"`'),
    ("paid at the rate achieved to date", '`[year]` with `reading = "rate_reached"`'),
    ("quarterly cap, maximum per payout, true-up, reconciliation", "`limit` of `[year]`"),
    ("draw, recoverable draw, advance against commission", '`[draw]` with `kind = "recoverable"`'),
    ("non-recoverable draw, guaranteed commission", '`[draw]` with `kind = "guarantee"`'),
    ("ramp, new-hire quota relief", "`[ramp]`"),
    ("proration, pro rata, start within the year", "`[proration]`"),
    ("holdback, reserve, paid on collection in part", "`[holdback]`"),
    ("clawback, chargeback, recovery", "`[recovery]`"),
    ("paid when the customer pays", '`[year]` with `pays_when = "collected"`'),
    ("seasonal weights, 20/20/20/40", "`weights` of `[year]`"),
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
YEARLY = """[plan]
period = "year"

[[kpis]]
id = "sales"
target = 250_000

[kpis.curve]
kind = "tiers"
of = "attainment"
apply = "retroactive"
tiers = [[0, 0.03], [0.5, 0.07], [1, 0.12]]
"""
MONTHLY = """
[year]
paid = "month"
reading = "running_total"
against = "whole"
begins_again = "year"
below_zero = "carried"
"""
QUARTERS = """[plan]
period = "year"
target_incentive = 100_000

[[kpis]]
id = "sales"
target = 400
weight = 1
curve = { kind = "band" }

[year]
paid = "quarter"
reading = "by_period"
begins = "2026-01-01"
begins_again = "year"
weights = [0.2, 0.2, 0.2, 0.4]
"""
LIMIT = 'limit = { share = 1, beyond = "reconciled", overpaid = "kept" }\n'
CHANGE = """changed_targets = "blended"

[[year.changes]]
from = "2026-06-01"
target_incentive = 120_000
"""
LADDER = """[plan]
period = "year"

[[kpis]]
id = "a"
curve = { kind = "tiers", tiers = [[0, 0.3], [90_000, 0.2]] }

[[kpis]]
id = "b"
curve = { kind = "tiers", tiers = [[0, 0.4], [90_000, 0.3], [150_000, 0.2]] }

[year]
paid = "month"
reading = "shared_ladder"
ladder = { counts = "pay", order = ["b", "a"] }
begins_again = "year"
below_zero = "allowed"
"""
DRAW = """
[draw]
amount = 2000
kind = "recoverable"
recovers = 1
at_year_end = "carried"
"""
RAMP = """
[ramp]
shares = [0.25, 0.5, 0.75]
target_incentive = "whole"
"""
PRORATION = """
[proration]
start = "2026-03-01"
by = "months_of_period"
target = true
target_incentive = true
floor = true
draw = true
"""
HOLDBACK = """
[holdback]
paid_now = 0.6
at_year_end = true
"""
RECOVERY = """
[recovery]
takes = "by_months_served"
contract_months = 12
"""
DEALS_ABOUT = """Which deals of a file count, and how much of each: the KPI's result is the sum over deals. Of deals
of 80,000 at a margin of 65 %, 50,000 at 55 % and 40,000 at 35 %, whose minimum is 60, 60 and 30, count 120,000. An
extra of 0.3 % on deals from 400,000 on pays 1,500 for one of 500,000 and nothing for one of 350,000."""
DEALS_EXAMPLE = """[plan]
target_incentive = 4000

[[kpis]]
id = "revenue"
target = 300_000
weight = 1
curve = { kind = "band" }
deals = { where = { Margin = ">= Minimum" } }

[[kpis]]
id = "large_deals"
curve = { kind = "tiers", tiers = [[0, 0.003]] }
deals = { sizes = [[400_000, 1]] }
"""
YEAR_ABOUT = """How pay runs over the periods of a year. Without this table each period is paid by itself. Targets
and target incentive of the plan are for its own `period`; `paid` says what one payment is for.

Three readings of one sentence, months of 100,000, 60,000 and 120,000 under the plan below: `running_total` pays 3,000
+ 8,200 + 22,400 = 33,600; the same with marginal tiers 3,000 + 3,200 + 9,900 = 16,100; `rate_reached` 3,000 + 4,200 +
14,400 = 21,600. A running total is held against the `whole` target until the restart, or against the target
`to_date`. Amounts of a statement are rounded to the smallest unit as they arise, so that they add up to the cent."""
LIMIT_ABOUT = """The most that a payment pays. Quarters of 120, 80, 130 and 110 of 100 under a target incentive of
40,000 and a limit of 10,000 pay 10,000, 8,000, 10,000 and 10,000; `reconciled`, another 6,000 at the end. `held`,
what is beyond the limit waits for a payment with room; `lost`, it is gone."""
LADDER_ABOUT = """Tiers that start at the pay to date of all KPIs together (`counts = "pay"`), or at their results
together. Months of 65,000 b, 60,000 a, 75,000 b and 85,000 a under the plan below pay 26,000, 18,000, 30,000 and
22,333.33: the last one is paid 30 % up to a pay to date of 90,000, and 20 % beyond."""
REP_YEAR_ABOUT = """The year of the rep looked at, which the page, the findings of a year and the command `year` begin
with; where it is left out, every payment stands at its targets. `year_pays`, at the top of the file, says what it pays,
and is held against the terms whenever the file is read."""
REP_YEAR = """
[rep_year]
results = { sales = [96, 64, 104, 176] }
"""
QUARTER_PAYS = "year_pays = [20000, 16000, 20000, 54000]\n\n"
CHANGE_ABOUT = """A target or target incentive that changes within the year. `blended`, 20,000 for 151 days and
24,000 for 214 are 22,345.21 for the year; `stretches`, each holds for its own days."""
DRAW_ABOUT = """Money in advance. A recoverable draw of 2,000 against 2,750, 3,000, 1,500, 2,375, 3,000 and 2,750
earned pays 2,750, 3,000, 2,000, 2,000, 2,875 and 2,750, and 0, 0, 500, 125, 0 and 0 are owed after each. A draw of
1,000 that recovers from the fourth payment on pays 1,000 against each of 500, 700 and 400, and 500, 800 and 1,400 are
owed. A guarantee pays the greater of the two, and nothing is owed."""
RAMP_ABOUT = """Parts of the target for the first payments: of 45,000, `targets = { sales = [10_000, 20_000, 30_000]
}` asks 10,000, 20,000, 30,000 and then 45,000."""
PRORATION_ABOUT = """A part of the year. From 1 March, of 100,000 in quarters of 20/20/20/40 %: `months_of_period`
86,666.67, `days_of_year` (306 of 365) 83,835.62, `days_of_period` (31 of 90 in the first quarter) 86,888.89. A
guarantee of 4,000 from 15 January on is 4,000 x 17/31 = 2,193.55 by `days_of_period`."""
HOLDBACK_ABOUT = """A part of pay waits. Of 22,800 at 60/40, 13,680 are paid now and 9,120 when the window closes; of
a reserve of 500, 120 that were cancelled leave 380."""
RECOVERY_ABOUT = """What is taken back. A contract of twelve months that is cancelled after 6 gives back half of its
pay."""

PARTS: tuple[tuple[str, type[BaseModel], str, str], ...] = (
    ("The file", Preset, "What stands at the top of a file, and the tables around the plan.", ""),
    ("`[plan]`", Plan, "The plan itself.", PLAN),
    ("`[[kpis]]`", Kpi, "What is measured, and how each is paid.", DEALS + "counted = true\n" + LINE),
    *((f'`kind = "{kind}"`', model, model.ABOUT, KIND_EXAMPLES.get(kind, "")) for kind, model in KINDS.items()),
    ("`[[gates]]`", Gate, "All or part of the pay hangs on another KPI.", DEALS + LINE + GATE),
    ("`any_of` of a gate", Condition, "Another condition that opens it.", ""),
    ("`deals` of a KPI", DealTerms, DEALS_ABOUT, DEALS_EXAMPLE),
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
    ("`[year]`", Year, YEAR_ABOUT, YEARLY + MONTHLY),
    ("`limit` of `[year]`", Limit, LIMIT_ABOUT, QUARTERS + LIMIT),
    ("`ladder` of `[year]`", Ladder, LADDER_ABOUT, LADDER),
    ("`[[year.changes]]`", TargetChange, CHANGE_ABOUT, QUARTERS + CHANGE),
    ("`[draw]`", Draw, DRAW_ABOUT, YEARLY + MONTHLY + DRAW),
    ("`[ramp]`", Ramp, RAMP_ABOUT, QUARTERS + RAMP),
    ("`[proration]`", Proration, PRORATION_ABOUT, QUARTERS + PRORATION),
    ("`[holdback]`", Holdback, HOLDBACK_ABOUT, YEARLY + MONTHLY + HOLDBACK),
    ("`[recovery]`", Recovery, RECOVERY_ABOUT, YEARLY + MONTHLY + RECOVERY),
    ("`[rep_year]`", RepYear, REP_YEAR_ABOUT, QUARTER_PAYS + QUARTERS + LIMIT + REP_YEAR),
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
