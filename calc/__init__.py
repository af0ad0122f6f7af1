"""Flatline: exact payout curves of sales-compensation plans, and where they go flat or fall to zero.

`load` opens a preset's name, a plan file or a shared link; its `plan` is a value that pays, splits and draws the exact
curve along any KPI. Nothing here prints, keeps state, or knows of a screen.

A preset's `year_plan` is the plan with the rules of its year; `year_results` reads results by payment, `year_statement`
pays them, `period_curves` is the exact curve of one payment given those before it.

`diagnose`, `compare`, `expected_cost`, `pay_table`, `plot`, `read_people` and what pays a year are loaded when they are
first asked for, so that `import calc` stays quick.
"""

from typing import TYPE_CHECKING, Any

import calc.loading  # noqa: F401 (before all that takes time to load)
from calc.documents.link import load
from calc.documents.plan_schema import schema
from calc.documents.planfile import Preset, dumps, loads
from calc.documents.planfile import preset_names as names
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Empirical, Lognormal, Normal
from calc.piecewise.pieces import Jump, NotALine, Piece
from calc.plan.conditions import Gate, Modifier
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.statement import Statement
from calc.plan.zones import Zone, zones

if TYPE_CHECKING:
    from calc.payroll.pay_table import pay_table
    from calc.plot import plot
    from calc.public import compare, diagnose, expected_cost
    from calc.tables.people import read_people
    from calc.year.next_unit import next_unit_values
    from calc.year.period_curve import PeriodCurves, period_curves
    from calc.year.settle import year_statement
    from calc.year.statement_lines import YearStatement
    from calc.year.year_plan import YearPlan
    from calc.year.year_results import YearResults, year_results

__version__ = "0.1.0"

__all__ = [
    "Curve",
    "Empirical",
    "Gate",
    "Jump",
    "Kpi",
    "Lognormal",
    "Modifier",
    "Normal",
    "NotALine",
    "PeriodCurves",
    "Piece",
    "Plan",
    "Preset",
    "Refused",
    "Statement",
    "YearPlan",
    "YearResults",
    "YearStatement",
    "Zone",
    "compare",
    "diagnose",
    "dumps",
    "expected_cost",
    "load",
    "loads",
    "names",
    "next_unit_values",
    "pay_table",
    "period_curves",
    "plot",
    "read_people",
    "schema",
    "year_results",
    "year_statement",
    "zones",
]

_LATE = {
    "PeriodCurves": "year.period_curve",
    "YearPlan": "year.year_plan",
    "YearResults": "year.year_results",
    "YearStatement": "year.statement_lines",
    "compare": "public",
    "diagnose": "public",
    "expected_cost": "public",
    "next_unit_values": "year.next_unit",
    "pay_table": "payroll.pay_table",
    "period_curves": "year.period_curve",
    "plot": "plot",
    "read_people": "tables.people",
    "year_results": "year.year_results",
    "year_statement": "year.settle",
}
"""What is loaded when it is first asked for, and where it stands."""


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"calc has no {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"calc.{_LATE[name]}"), name)
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
