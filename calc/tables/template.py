"""A file to fill in, and a made-up team: what a plan asks of a file of people, in headings that are recognised.

The made-up people are the same every time; their names are no persons'.
"""

import csv
import io
from collections.abc import Sequence

import numpy as np

from calc.plan.plan import Plan
from calc.situation.team import TYPICAL, Team, scatter_team

FIRST_NAMES = (
    "Alex",
    "Blair",
    "Casey",
    "Devon",
    "Emery",
    "Finley",
    "Gray",
    "Harper",
    "Indigo",
    "Jules",
    "Kit",
    "Lane",
)
LAST = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine", "Rowan", "Willow")
SEED = 7
"""From which the order of the made-up people is drawn."""


def template_headings(plan: Plan) -> tuple[str, ...]:
    """The headings of a file of people for a plan: who, the target and the result of each KPI that the pay depends on.

    >>> from calc.documents.planfile import load_preset
    >>> template_headings(load_preset("low-ceiling").plan)
    ('Rep', 'deals target', 'deals', 'csat target', 'csat')
    """
    return ("Rep", *(heading for name in plan.deciding for heading in (f"{name} target", name)))


def template_text(plan: Plan, rows: Sequence[Sequence[object]] = ()) -> str:
    """A file of people to fill in, as CSV, with rows where there are any."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(template_headings(plan))
    writer.writerows(rows)
    return out.getvalue()


def example_team(plan: Plan, team: Team | None = None, size: int = 12) -> str:
    """A made-up team of a plan as a file: people who land where the team does.

    Args:
        plan: the plan.
        team: where people land; a typical team where None.
        size: how many people, at most 144.
    """
    people = team or TYPICAL
    draws = scatter_team(people, plan.kpis)
    chosen = np.random.default_rng(SEED).permutation(len(draws))[: min(size, len(FIRST_NAMES) * len(LAST))]
    rows: list[list[object]] = []
    for n, row in enumerate(draws[np.sort(chosen)]):
        name = f"{FIRST_NAMES[n % len(FIRST_NAMES)]} {LAST[(n + n // len(FIRST_NAMES)) % len(LAST)]}"
        cells: list[object] = [name]
        for i, kpi in enumerate(plan.kpis):
            if kpi.id in plan.deciding:
                cells += [f"{kpi.target:.12g}", f"{round(float(row[i]), 2 if kpi.span < 1000 else 0):.12g}"]
        rows.append(cells)
    return template_text(plan, rows)
