"""The tables of a curve: its rows, or a grid's rows and columns, and whether they are told in attainment or results."""

from collections.abc import Sequence
from typing import Any

from calc.documents.planfile import Preset
from calc.edit.convert import turn_place, turn_table
from calc.edit.curve_place import change_curve, curve_at, kpi_read_at, replace_curve
from calc.plan.curves.corners import Corners
from calc.plan.curves.tables import GridTerms, TableTerms
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.terms import Of


def set_rows(preset: Preset, place: str, rows: Sequence[Sequence[float]]) -> Preset:
    """The document with other rows in the table at a place, put in order where they are not.

    Rows of the same x stay in the order in which they are given: they are the two sides of a jump.

    Raises:
        Refused: they do not hold.
    """
    mechanic = curve_at(preset, place)
    assert isinstance(mechanic, TableTerms)
    try:
        changed = mechanic.with_rows(rows)
    except Refused as refused:
        raise Refused([f"{place}.curve.{sentence}" for sentence in refused.sentences]) from None
    return replace_curve(preset, place, changed)


def in_terms_of(preset: Preset, place: str, of: Of) -> Preset:
    """The document with a table told in attainment, or in the KPI's own unit; it pays the same."""
    mechanic, kpi = curve_at(preset, place), kpi_read_at(preset, place)
    if kpi is None or mechanic is None or mechanic.of_result == (of == "result"):
        return preset
    if isinstance(mechanic, GridTerms):
        return change_curve(preset, place, of=of, **_grid_told(mechanic, kpi, preset.plan.kpi(mechanic.with_), of))
    return replace_curve(preset, place, turn_table(mechanic, of, kpi))


def _grid_told(grid: GridTerms, kpi: Kpi, other: Kpi, of: Of) -> dict[str, Any]:
    """The axes and payouts of a grid told in attainment, or in results, from worse to better."""
    rows = [(turn_place(x, kpi, of), paid) for x, paid in zip(grid.rows, grid.payouts, strict=True)]
    columns = [(turn_place(x, other, of), j) for j, x in enumerate(grid.columns)]
    rows.sort(key=lambda row: row[0], reverse=of == "result" and kpi.better == "lower")
    columns.sort(reverse=of == "result" and other.better == "lower")
    payouts = tuple(tuple(paid[j] for _, j in columns) for _, paid in rows)
    return {"rows": tuple(x for x, _ in rows), "columns": tuple(x for x, _ in columns), "payouts": payouts}


def set_grid_rows(preset: Preset, kpi: str, rows: Sequence[tuple[float, ...]]) -> Preset:
    """The document with other rows in a grid: each a breakpoint and a payout for every column.

    Raises:
        Refused: they do not hold.
    """
    grid = preset.plan.kpi(kpi).curve
    assert isinstance(grid, GridTerms)
    ordered = sorted(rows, key=lambda row: row[0], reverse=grid.rows[0] > grid.rows[-1])
    return change_curve(preset, kpi, rows=tuple(r[0] for r in ordered), payouts=tuple(tuple(r[1:]) for r in ordered))


def set_grid_columns(preset: Preset, kpi: str, columns: Sequence[float]) -> Preset:
    """The document with other columns in a grid; a new one pays what lies between its neighbours.

    Raises:
        Refused: they do not hold.
    """
    grid = preset.plan.kpi(kpi).curve
    assert isinstance(grid, GridTerms)
    ordered = sorted(columns, reverse=grid.columns[0] > grid.columns[-1])
    payouts = tuple(tuple(_value_between(grid.columns, row, x) for x in ordered) for row in grid.payouts)
    return change_curve(preset, kpi, columns=tuple(ordered), payouts=payouts)


def _value_between(axis: Sequence[float], row: Sequence[float], x: float) -> float:
    """What a row pays at a place between its columns; beyond them, what the last one pays."""
    known = dict(sorted(zip(axis, row, strict=True)))
    if x in known:
        return known[x]
    line = Corners(tuple(known.items()), below="hold").curve()
    return round(float(line(x)), 6)


def read_with(preset: Preset, kpi: str, other: str) -> Preset:
    """The document with another KPI along the columns of a grid, at the same attainments."""
    grid = preset.plan.kpi(kpi).grid
    of = "attainment" if grid is None else grid.of
    found = change_curve(in_terms_of(preset, kpi, "attainment"), kpi, with_=other)
    return in_terms_of(found, kpi, "result") if of == "result" else found
