"""Flatline: exact payout curves of sales-compensation plans, and where they go flat or fall to zero.

`load` opens a preset's name, a plan file or a shared link; its `plan` is a value that pays, splits and draws the exact
curve along any KPI. Nothing here prints, keeps state, or knows of a screen.
"""

from calc.documents.link import load
from calc.documents.planfile import Preset, dumps, loads, names, schema
from calc.piecewise.curve import Curve, Jump, NotALine, Piece
from calc.piecewise.distributions import Empirical, Lognormal, Normal
from calc.plan.conditions import Gate, Modifier
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan, Statement
from calc.plan.zones import Zone, zones

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
    "Piece",
    "Plan",
    "Preset",
    "Refused",
    "Statement",
    "Zone",
    "dumps",
    "load",
    "loads",
    "names",
    "schema",
    "zones",
]
