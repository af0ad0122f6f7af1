"""A grid of plans, teams and calibrations: what each point costs and makes people do, a table of Parquet in the end.

Every point is worked out by itself, by the functions that the commands `compare` and `behave` call. A point whose terms
do not hold together keeps its place, with the sentence that says why.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from calc.behaviour.behave import FIGURES, behave
from calc.documents.params import set_terms
from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import cost_of_plan
from calc.plan.errors import Refused
from calc.scale.places import Location, write_whole, writing
from calc.scale.sweep_file import PlanSweep
from calc.scale.workers import Check, Workers, never_stop

POINTS_OF_A_JOB = 16
"""Points that are worked out by one worker in a row."""
BAND_ENDS = ("low", "standard", "high")
"""Of a figure of the effort model."""


@dataclass(frozen=True)
class SweepJob:
    """Some points of a sweep: the place of the first, and the preset and the terms of each."""

    first: int
    terms: tuple[str, ...]
    points: tuple[tuple[str, Preset, tuple[Any, ...]], ...]


def try_points(job: SweepJob, check: Check = never_stop) -> tuple[int, list[dict[str, Any]]]:
    """The place of the first point of a job, and a row for each."""
    rows = []
    for name, preset, values in job.points:
        check()
        rows.append({"plan": name, **dict(zip(job.terms, values, strict=True)), **_answer(preset, job.terms, values)})
    return job.first, rows


def _answer(preset: Preset, terms: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    """What a point costs [money per rep and period] and makes people do [as `behave` has it]."""
    try:
        changed = set_terms(preset, dict(zip(terms, values, strict=True))) if terms else preset
        cost, conduct = cost_of_plan(changed.plan, changed.team), behave(changed).here
    except Refused as refused:
        return {"refused": refused.sentences[0]}
    found = {"refused": None, "expected_cost": cost.expected, "pay_at_target": cost.at_target}
    for figure in FIGURES:
        band = conduct.band(figure)
        found |= {f"{figure}.{reading}": None if band is None else getattr(band, reading) for reading in BAND_ENDS}
    return found


def sweep_schema(sweep: PlanSweep) -> pa.Schema:
    """The columns of the table: the plan, the terms, why a point is refused, and what was worked out."""
    kinds = {one.term: _kind_of(one.points) for one in sweep.vary}
    found = [pa.field("plan", pa.string()), *(pa.field(name, kind) for name, kind in kinds.items())]
    numbers = ["expected_cost", "pay_at_target", *(f"{name}.{reading}" for name in FIGURES for reading in BAND_ENDS)]
    return pa.schema([*found, pa.field("refused", pa.string()), *(pa.field(name, pa.float64()) for name in numbers)])


def _kind_of(values: tuple[Any, ...]) -> pa.DataType:
    if all(isinstance(value, bool) for value in values):
        return pa.bool_()
    return pa.float64() if all(isinstance(value, float | int) for value in values) else pa.string()


def run_sweep(
    sweep: PlanSweep, presets: Mapping[str, Preset], out: Location, workers: Workers, told: Callable[[int], object]
) -> int:
    """Work out every point, and write them in order into a file of Parquet, whole or not at all.

    Args:
        sweep: what is varied.
        presets: its plans by name.
        out: the file.
        workers: who does it.
        told: is told of points that are done.

    Returns:
        How many points were refused.

    Raises:
        NotWritten: the file cannot be written.
    """
    schema, refused = sweep_schema(sweep), 0
    with write_whole(out) as stream, writing(out), parquet.ParquetWriter(stream, schema) as writer:
        for rows in _in_order(workers.do_all(try_points, _jobs(sweep, presets))):
            refused += sum(row["refused"] is not None for row in rows)
            writer.write_table(pa.Table.from_pylist([_fitted(row, schema) for row in rows], schema))
            told(len(rows))
    return refused


def _fitted(row: Mapping[str, Any], schema: pa.Schema) -> dict[str, Any]:
    texts = {field.name for field in schema if pa.types.is_string(field.type)}
    return {name: str(value) if name in texts and value is not None else value for name, value in row.items()}


def _jobs(sweep: PlanSweep, presets: Mapping[str, Preset]) -> Iterator[SweepJob]:
    points, first = sweep.points(), 0
    while some := tuple((name, presets[name], values) for name, values in islice(points, POINTS_OF_A_JOB)):
        yield SweepJob(first, sweep.terms, some)
        first += len(some)


def _in_order(answers: Iterator[tuple[int, list[dict[str, Any]]]]) -> Iterator[list[dict[str, Any]]]:
    """Answers in the order of their places, however they come."""
    waiting: dict[int, list[dict[str, Any]]] = {}
    place = 0
    for first, rows in answers:
        waiting[first] = rows
        while place in waiting:
            ready = waiting.pop(place)
            yield ready
            place += len(ready)
