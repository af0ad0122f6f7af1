"""Changing what a plan is made of: a document goes in, a document comes out, and it always holds.

KPIs come and go, are renamed and put in another order; gates, modifiers and the tables around a plan are added and
taken away. Weights add up to 1 after every change: who comes takes from the others in proportion, who goes gives to
them in proportion. What named a KPI that goes is changed with it, so that nothing is left hanging. A worked example of
the plan before is left behind.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from calc.documents.planfile import REP_TABLES, Preset, Rep
from calc.edit import convert
from calc.edit.weighing import Shares, give_weights, make_whole, rebalance_weights, share_out
from calc.plan.conditions import MARK_TERMS, PLAN, Gate, GreaterOf, Modifier
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Matrix, Points, Steps
from calc.plan.plan import Plan
from calc.plan.terms import Terms
from calc.situation.calendar import Calendar
from calc.situation.target_path import Path
from calc.situation.team import Team, keep_people

STRAIGHT = Band(accelerator_of="rate_below_target")
"""What a new KPI is paid by: a straight line from nothing, without a floor, an accelerator or a ceiling."""
PLACEHOLDERS = (100.0, 100_000.0)
"""Targets that a KPI has until somebody types its own: one that is added, and the one of a plan from blank. Its people
are described as a share of target, and so of the first one that is typed (`calc.edit.building.first_target`)."""
GUARDS = 0.9
"""The attainment that opens a new gate; closed, it still pays up to target."""
SWAY = ((0.8, 0.9), (1.0, 1.0), (1.2, 1.1))
"""A new modifier adds or takes a tenth at the most."""
TABLES_AROUND: Mapping[str, Callable[[], Terms]] = {
    "team": Team,
    "calendar": lambda: Calendar(days=63),
    "path": lambda: Path(growth_if_hit=0.05),
}
"""The tables around a plan, as they begin."""


def blank_plan(currency: str = "USD") -> Preset:
    """A plan to start from: one KPI, paid along a straight line, and a team as teams usually are.

    >>> blank_plan().plan.pay([[40_000], [100_000], [200_000]])
    array([ 2000.,  5000., 10000.])
    """
    revenue = Kpi(id="revenue", name="Revenue", unit=currency, target=PLACEHOLDERS[1], weight=1, curve=STRAIGHT)
    plan = Plan(currency=currency, period="quarter", target_incentive=5000, kpis=(revenue,))
    return Preset(title="A new plan", plan=plan, team=Team())


# KPIs


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
    if isinstance(kpi.curve, Matrix) and kpi.curve.with_ == name:
        kpi = kpi.changed(curve=convert.grid_row(plan.grid, kpi, plan.kpi(name)))
    costs = tuple(pair for pair in kpi.costs if pair[0] != name)
    return kpi if costs == kpi.costs else kpi.changed(costs=costs)


def _inherit_pay(gone: Kpi, kpi: Kpi) -> Kpi:
    """A measured KPI that is paid as another was, where that can be told in attainment."""
    kpi = kpi if kpi.has_target else kpi.changed(target=kpi.target)
    told: Any = gone.curve if isinstance(gone.curve, Band) else STRAIGHT
    if isinstance(gone.curve, Points | Steps):
        told = convert.turn_table(gone.curve, "attainment", gone)
        told = STRAIGHT if gone.in_money else told
    return kpi.changed(weight=1, curve=None if gone.curve is None else told)


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


def move_kpi(preset: Preset, name: str, by: int) -> Preset:
    """The document with a KPI so many places further down the list, or up."""
    kpis = list(preset.plan.kpis)
    at = kpis.index(preset.plan.kpi(name))
    kpis.insert(min(max(at + by, 0), len(kpis) - 1), kpis.pop(at))
    return preset.changed(plan=preset.plan.changed(kpis=tuple(kpis)))


def change_kpi(preset: Preset, name: str, /, **terms: Any) -> Preset:
    """The document with terms of a KPI changed; a table of results is turned with the way that is better.

    Its people land where they landed (`keep_people`).

    Raises:
        Refused: they do not hold.
    """
    kpi = preset.plan.kpi(name)
    try:
        if terms.get("better", kpi.better) == kpi.better or not isinstance(kpi.curve, Points | Steps):
            return replace_kpi(preset, keep_people(kpi, kpi.changed(**terms), preset.team))
        told = convert.turn_table(kpi.curve, "attainment", kpi)
        new = kpi.changed(**terms, curve=told)
        new = new.changed(curve=convert.turn_table(told, kpi.curve.of, new))
        return replace_kpi(preset, keep_people(kpi, new, preset.team))
    except Refused as refused:
        raise Refused([f"{name}.{s}" if not s.startswith(_TABLES) else s for s in refused.sentences]) from None


_TABLES = ("kpis.", "gates", "modifiers", "plan.")


def replace_kpi(preset: Preset, kpi: Kpi) -> Preset:
    """The document with a KPI in the place of the one of its id."""
    plan = preset.plan
    return preset.changed(plan=plan.changed(kpis=tuple(kpi if k.id == kpi.id else k for k in plan.kpis)))


# Weights


def set_typed_weights(preset: Preset, typed: Mapping[str, float]) -> tuple[Preset, Shares]:
    """The document with weights as they were typed, and what is shown; as it was while they do not add up to 1.

    A measure that had no curve is paid by a straight line from now on.

    Args:
        preset: the document.
        typed: weights by id; the others make room for them.

    Raises:
        Refused: they do not hold.
    """
    shares = share_out(preset.plan, typed)
    if shares.left:
        return preset, shares
    plan = _give_curves(preset.plan, shares.weights)
    return preset.changed(plan=plan.changed(kpis=give_weights(plan.kpis, shares.weights))), shares


def _give_curves(plan: Plan, weights: Mapping[str, float]) -> Plan:
    """The plan with a curve for every measure that is to be paid; not yet a plan that adds up."""
    if plan.combine == "score":
        return plan
    bare = [k for k in plan.kpis if k.curve is None and weights.get(k.id)]
    kpis = tuple(k.changed(curve=STRAIGHT, weight=0.0) if k in bare else k for k in plan.kpis)
    return plan.changed(kpis=kpis, target_incentive=plan.target_incentive or plan.incentive) if bare else plan


def set_weight(preset: Preset, name: str, weight: float) -> Preset:
    """The document with a KPI's weight moved, and the others making room in proportion."""
    plan = preset.plan
    weights = {path.partition(".")[0]: part for path, part in rebalance_weights(plan, plan, name, weight).items()}
    return preset.changed(plan=plan.changed(kpis=give_weights(plan.kpis, weights)))


def set_paid(preset: Preset, name: str, pays: bool) -> Preset:
    """The document with a KPI paid by an equal share, or measured only.

    Beside commissions alone, its money is as much as each of them pays at target, and comes on top.

    Raises:
        Refused: nobody would be paid, or it does not hold.
    """
    plan, kpi = preset.plan, preset.plan.kpi(name)
    if pays == kpi.paid:
        return preset
    if not pays:
        return _stop_paying(preset, kpi)
    sharing = sum(bool(k.weight) for k in plan.kpis)
    money = plan.target_incentive if sharing else plan.incentive / sum(k.paid for k in plan.kpis)
    curve = kpi.curve or (None if plan.combine == "score" else STRAIGHT)
    unpaid = replace_kpi(preset, kpi.changed(weight=0, curve=curve)).plan
    weights = {
        path.partition(".")[0]: part
        for path, part in rebalance_weights(unpaid, unpaid, name, 1 / (sharing + 1)).items()
    }
    return preset.changed(plan=unpaid.changed(kpis=give_weights(unpaid.kpis, weights), target_incentive=money))


def _stop_paying(preset: Preset, kpi: Kpi) -> Preset:
    """The document with a KPI that is no longer paid; its weight goes to the others in proportion."""
    plan = preset.plan
    if not any(k.paid for k in plan.kpis if k.id != kpi.id):
        raise Refused(f"{kpi.id}.weight must stay above 0 (got 0): no other measure is paid")
    bare = kpi.changed(weight=0, curve=None if kpi.in_money else kpi.curve)
    return preset.changed(plan=plan.changed(kpis=make_whole([bare if k.id == kpi.id else k for k in plan.kpis])))


# Gates and modifiers


def add_gate(preset: Preset, name: str) -> Preset:
    """The document with one more gate, on a KPI: below 90 % of its target the plan pays up to target and no more.

    Raises:
        Refused: it does not hold, or the plan has as many gates as it may have.
    """
    gate = Gate(kpi=name, at_least=GUARDS, closes=PLAN, limits_to=1.0)
    return preset.changed(plan=preset.plan.changed(gates=(*preset.plan.gates, gate)))


def add_modifier(preset: Preset, name: str) -> Preset:
    """The document with one more modifier, read from a KPI, that adds or takes a tenth.

    Where the KPI moves what it multiplies, it multiplies by steps, since two slopes would be no line.

    Raises:
        Refused: it does not hold, or the plan has as many modifiers as it may have.
    """
    plan, slope = preset.plan, Points(points=SWAY, below="hold")
    level = Steps(steps=((-1.0, SWAY[0][1]), *SWAY[1:]))
    try:
        new = Modifier(kpi=name, multiplies=PLAN, curve=slope)
        return preset.changed(plan=plan.changed(modifiers=(*plan.modifiers, new)))
    except Refused:
        new = Modifier(kpi=name, multiplies=PLAN, curve=level)
        return preset.changed(plan=plan.changed(modifiers=(*plan.modifiers, new)))


def change_gate_or_modifier(preset: Preset, table: str, number: int, /, **terms: Any) -> Preset:
    """The document with terms of a gate or modifier changed.

    Args:
        preset: the document.
        table: `gates` or `modifiers`.
        number: which of them, counted from 0.
        terms: by name.

    Raises:
        Refused: they do not hold.
    """
    entries = list(getattr(preset.plan, table))
    try:
        entries[number] = entries[number].changed(**terms)
    except Refused as refused:
        raise Refused([f"{table}.{entries[number].kpi}.{sentence}" for sentence in refused.sentences]) from None
    return preset.changed(plan=preset.plan.changed(**{table: tuple(entries)}))


def gate_in(preset: Preset, number: int, of: str) -> Preset:
    """The document with a gate's mark told in attainment, or in the KPI's own unit."""
    gate = preset.plan.gates[number]
    kpi = preset.plan.kpi(gate.kpi)
    mark = gate.mark(kpi)
    none = dict.fromkeys(MARK_TERMS)
    if of == "result":
        if gate.from_above and kpi.better == "lower":
            raise Refused(f"gates.{kpi.id}.at_most must stay an attainment where lower is better (got a result)")
        side = "at_most_result" if gate.from_above else "at_least_result"
        return change_gate_or_modifier(preset, "gates", number, **none | {side: mark})
    side = "at_least" if gate.opens_upwards(kpi) == (kpi.sign > 0) else "at_most"
    return change_gate_or_modifier(
        preset, "gates", number, **none | {side: convert.turn_place(mark, kpi, "attainment")}
    )


def gate_from(preset: Preset, number: int, above: bool) -> Preset:
    """The document with a gate whose mark must not be exceeded, or must be reached; the mark stays."""
    gate = preset.plan.gates[number]
    mark = next(getattr(gate, name) for name in MARK_TERMS if getattr(gate, name) is not None)
    side = ("at_most" if above else "at_least") + ("_result" if gate.of_result else "")
    return change_gate_or_modifier(preset, "gates", number, **dict.fromkeys(MARK_TERMS) | {side: mark})


def remove_gate_or_modifier(preset: Preset, table: str, number: int) -> Preset:
    """The document without a gate or modifier."""
    entries = getattr(preset.plan, table)
    return preset.changed(plan=preset.plan.changed(**{table: (*entries[:number], *entries[number + 1 :])}))


# Around the plan


def change_table(preset: Preset, table: str, /, **terms: Any) -> Preset:
    """The document with terms of the plan, or of a table around it, changed.

    Raises:
        Refused: they do not hold.
    """
    try:
        now = getattr(preset, table)
        return preset.changed(**{table: now.changed(**now.completed(terms))})
    except Refused as refused:
        raise Refused([s if s.startswith(_TABLES) else f"{table}.{s}" for s in refused.sentences]) from None


def set_table(preset: Preset, table: str, there: bool) -> Preset:
    """The document with a table around the plan (team, calendar, path) as it begins, or without it."""
    if there == (getattr(preset, table) is not None):
        return preset
    return preset.changed(**{table: TABLES_AROUND[table]() if there else None})
