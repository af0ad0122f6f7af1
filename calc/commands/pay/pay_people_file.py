"""A file of people as it was exported, paid through a map: a row for each person and period, with the pay.

The rows are those that the map makes of the file: deals are summed, measures stand side by side. Nothing is paid while
a row cannot be used or a question is open.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from calc.payroll.headings import added_columns
from calc.payroll.table_files import format_of, write_table
from calc.payroll.whole_output import refuse_same_file, whole_output
from calc.plan.batch.named_columns import INCENTIVE, TARGET
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.tables.people import read_people
from calc.tables.sources import read_map_file
from calc.team.paid_people import TeamResults, pay_people, team_results


def pay_people_file(plan: Plan, plan_file: Path, file: Path, map_file: Path, out: Path | None) -> None:
    """Pay the people of a file.

    Args:
        plan: the plan that pays.
        plan_file: where it stands, if anywhere; it is not written over.
        file: the people.
        map_file: what the columns of the file mean.
        out: where the paid rows go, in the format of its name; stdout as CSV where None.

    Raises:
        Refused: the file cannot be read, something must be answered, or a row cannot be paid; every such row is named.
    """
    read = read_people(file, plan=plan, match=read_map_file(map_file))
    read.refuse_open_questions()
    team = team_results(plan, read)
    faults = [str(row) for row in read.bad]
    faults += [f"{file.name}: {name} cannot be paid (got {reason})" for name, reason in team.left_out]
    if faults:
        raise Refused(faults)
    table = paid_team_table(plan, team)
    place = sys.stdout.buffer if out is None else out
    refuse_same_file(place, [("the results", file), ("the map", map_file), ("the plan", plan_file)])
    with whole_output(place) as made:
        write_table(table, made, "csv" if out is None else format_of(out), plan)


def paid_team_table(plan: Plan, team: TeamResults) -> pa.Table:
    """People and periods with results, own targets and pay, in the columns of a paid file."""
    paid = pay_people(plan, team)
    own = np.array([k.target for k in plan.kpis])
    goals = np.where([plan.depends_on_target(i) for i in plan.ids], team.targets, own)
    columns: dict[str, pa.Array] = {"rep": pa.array(team.names, pa.string())}
    if any(team.periods):
        columns["period"] = pa.array(team.periods, pa.string())
    for n, name in enumerate(plan.ids):
        if name in plan.deciding:
            columns[name] = pa.array(team.results[:, n])
    for n, name in enumerate(plan.ids):
        if (goals[:, n] != own[n]).any():
            columns[name + TARGET] = pa.array(goals[:, n])
    incentives = None
    if plan.target_incentive is not None and (team.incentives != plan.target_incentive).any():
        incentives = team.incentives
        columns[INCENTIVE] = pa.array(incentives)
    parts = plan.split(team.results, goals, incentives)
    for name, amounts in zip(added_columns(plan), (*parts.T, paid.pay), strict=True):
        columns[name] = pa.array(np.asarray(amounts).round(plan.minor))
    return pa.table(columns)
