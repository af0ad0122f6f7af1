"""KPIs come and go: a document goes in, a document comes out, and it always holds.

Weights add up to 1 after every change: who comes takes from the others in proportion, who goes gives to them in
proportion. What named a KPI that goes is changed with it, so that nothing is left hanging. A worked example of the plan
before is left behind.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from calc.documents.planfile import Preset
from calc.documents.preset_tables import REP_TABLES, Rep
from calc.edit.convert import grid_row, turn_table
from calc.edit.kpi_changes import STRAIGHT
from calc.edit.paid_kpis import set_paid
from calc.edit.weighing import make_whole
from calc.plan.conditions import PLAN, Gate, GreaterOf
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.team import Team

PLACEHOLDERS = (100.0, 100_000.0)
"""Targets that a KPI has until somebody types its own: one that is added, and the one of a plan from blank. Its people
are described as a share of target, and so of the first one that is typed (`calc.edit.building.first_target`)."""


def blank_plan(currency: str = "USD") -> Preset:
    """A plan to start from: one KPI, paid along a straight line, and a team as teams usually are.

    >>> blank_plan().plan.pay([[40_000], [100_000], [200_000]])
    array([ 2000.,  5000., 10000.])
    """
    revenue = Kpi(id="revenue", name="Revenue", unit=currency, target=PLACEHOLDERS[1], weight=1, curve=STRAIGHT)
    plan = Plan(currency=currency, period="quarter", target_incentive=5000, kpis=(revenue,))
    return Preset(title="A new plan", plan=plan, team=Team())


def id_of(name: str, taken: Iterable[str] = ()) -> str:
    """An id for a KPI of a name, other than those that are taken, and than what a link calls something else.

    >>> id_of("Größe & Marge"), id_of("Deals", ["deals"]), id_of("2nd line")
    ('grosse_marge', 'deals_2', 'kpi_2nd_line')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30].strip("_")
    found = found if found[:1].isalpha() else f"kpi_{found}".rstrip("_")
    known = {*taken, *Preset.model_fields, PLAN, "all", "at"}
    tried = (found if n == 1 else f"{found}_{n}" for n in range(1, len(known) + 2))
    return next(name for name in tried if name not in known)


def add_kpi(preset: Preset, name: str) -> Preset:
    """The document with one more KPI, the last, paid by an equal share that the others make room for in proportion.

    Where nobody has a weight, because all are commissions, it is measured only.

    Raises:
        Refused: the name is too long, or the plan has as many KPIs as it may have.
    """
    plan = preset.plan
    kpi = Kpi(id=id_of(name, plan.ids), name=name.strip() or None, target=PLACEHOLDERS[0], weight=0)
    found = preset.changed(plan=plan.changed(kpis=(*plan.kpis, kpi)))
    return set_paid(found, kpi.id, True) if any(k.weight for k in plan.kpis) else found


def remove_kpi(preset: Preset, name: str) -> Preset:
    """The document without a KPI and without what named it; its weight goes to the others in proportion.

    A grid that reads it becomes the line that it is while that KPI stands at target. Where nobody else is paid, the
    next KPI is paid as this one was, and no longer multiplies anything.

    Raises:
        Refused: it is the only one.
    """
    plan, gone = preset.plan, preset.plan.kpi(name)
    if len(plan.kpis) == 1:
        raise Refused(f"kpis must have at least 1 entry (got none after {name} was taken away): what is measured")
    kpis = [_forget_kpi(plan, kpi, name) for kpi in plan.kpis if kpi.id != name]
    gates, modifiers = (_forget_in_conditions(entries, name) for entries in (plan.gates, plan.modifiers))
    money = plan.target_incentive
    if not any(k.paid for k in kpis):
        kpis[0], money = _inherit_pay(gone, kpis[0]), money or plan.incentive
        modifiers = tuple(m for m in modifiers if m.kpi != kpis[0].id)
    groups = _forget_in_groups(plan.greater_of, name)
    left = plan.changed(
        kpis=make_whole(kpis), gates=gates, modifiers=modifiers, greater_of=groups, target_incentive=money
    )
    reps = tuple(_forget_in_rep(rep, name) for rep in preset.reps)
    rank = preset.rank if preset.rank is None or preset.rank.kpi != name else preset.rank.changed(kpi=None)
    return preset.changed(plan=left, reps=reps, rank=rank)


def _forget_kpi(plan: Plan, kpi: Kpi, name: str) -> Kpi:
    """A KPI that no longer knows of another."""
    if kpi.grid is not None and kpi.grid.with_ == name:
        kpi = kpi.changed(curve=grid_row(plan, kpi, kpi.grid))
    costs = tuple(pair for pair in kpi.costs if pair[0] != name)
    return kpi if costs == kpi.costs else kpi.changed(costs=costs)


def _inherit_pay(gone: Kpi, kpi: Kpi) -> Kpi:
    """A measured KPI that is paid as another was, where that can be told in attainment."""
    kpi = kpi if kpi.has_target else kpi.changed(target=kpi.target)
    if gone.curve is None or gone.in_money or gone.grid is not None:
        return kpi.changed(weight=1, curve=None if gone.curve is None else STRAIGHT)
    return kpi.changed(weight=1, curve=turn_table(gone.curve, "attainment", gone))


def _forget_in_conditions(entries: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    """Gates or modifiers without those of a KPI, and without its name in the others."""
    kept = []
    for entry in entries:
        acts = "closes" if isinstance(entry, Gate) else "multiplies"
        on = getattr(entry, acts)
        left = on if on == PLAN else tuple(i for i in on if i != name)
        others = tuple(c for c in getattr(entry, "any_of", ()) if c.kpi != name)
        if entry.kpi != name and left:
            entry = entry if left == on else entry.changed(**{acts: left})
            kept.append(entry if others == getattr(entry, "any_of", ()) else entry.changed(any_of=others))
    return tuple(kept)


def _forget_in_groups(tables: tuple[GreaterOf, ...], name: str) -> tuple[GreaterOf, ...]:
    """Groups without a KPI; of a single group that is left there is no greater."""
    kept = []
    for table in tables:
        groups = tuple(tuple(i for i in group if i != name) for group in table.groups)
        left = tuple(group for group in groups if group)
        if len(left) > 1:
            kept.append(table if left == table.groups else table.changed(groups=left))
    return tuple(kept)


def _forget_in_rep(rep: Rep, name: str) -> Rep:
    """A rep without what is said of a KPI."""
    parts = {part: getattr(rep, part) for part in (*REP_TABLES, "forecasts")}
    kept = {part: {i: x for i, x in table.items() if i != name} for part, table in parts.items()}
    changes = {part: table for part, table in kept.items() if table != parts[part]}
    return rep.changed(**changes) if changes else rep
