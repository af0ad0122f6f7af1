"""The picture at every position of a handle, drawn ahead by the engine, so that a browser has nothing to work out.

A row holds what differs from the picture at rest: the points of the traces, the lines, the words. The axis holds still
while a handle is dragged, for the target too: its rows are drawn on the axis of the target that was. Words stay where
they were in the row before as long as there is room, so that they do not hop.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from calc.edit.weighing import room
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.situation.team import keep_people
from ui.charts import layers
from ui.charts.axes import Stage
from ui.charts.figure import NOTHING, behind, rates, titles, words
from ui.charts.handles import Handle, spoken
from ui.charts.label_layout import Placed, Point, Wish, annotation, placed
from ui.model.profile import Scene

Row = dict[str, Any]
PLACE = ("text", "x", "y", "xshift", "yshift")
"""What differs from row to row of a label."""
ENDS = ("x0", "x1", "y0", "y1")
"""What differs from row to row of a line."""


@dataclass(frozen=True)
class Sweep:
    """A row for each drawn position of a handle, None where the value is refused.

    `says` are the values of all positions in words, drawn or not; of a term without a place on the axis there are none.
    A label in a row is [which of `labels`, text, x, y, xshift, yshift], a line [which of `lines`, x0, x1, y0, y1]; the
    first `still` labels of the picture stay so. `traces` are points by the number of the trace, `places` are where the
    other handles lie, by path.
    """

    rows: list[Row | None]
    says: list[str]
    labels: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    still: int


def sweep(stage: Stage, handle: Handle, size: Point, others: Sequence[Handle] = ()) -> Sweep:
    """The rows of a handle.

    Args:
        stage: the picture at rest.
        handle: what is dragged.
        size: the width and height in which the picture is seen [px].
        others: the other handles, which a target takes along.
    """
    kpi = stage.scene.kpi
    assert kpi is not None
    held = replace(stage, edges=(stage.low, stage.high), sizes=(size,))
    draw = _Rows(stage, held, handle.word == "you", [other for other in others if other.word in ("floor", "ceiling")])
    positions = list(handle.drawn)
    middle = sum(position < handle.here for position in positions)
    drawn: dict[int, Row | None] = {}
    for way in (positions[middle:], positions[:middle][::-1]):
        draw.start_again()
        drawn |= {position: draw.row(handle, handle.at(position)) for position in way}
    told = range(handle.count + 1) if handle.word else ()
    says = [spoken(kpi, handle.word, handle.at(i), stage.formats) for i in told]
    return Sweep([drawn[i] for i in positions], says, draw.labels.kinds, draw.lines.kinds, len(titles(stage)))


def moved(scene: Scene, path: str, value: float) -> Scene | None:
    """The scene with one term at another value; none where that is refused."""
    assert scene.kpi is not None
    where, _, term = path.partition(".")
    if where == "at":
        return scene.stood(value)
    try:
        plan = scene.plan.changed(kpis=_changed(scene, scene.kpi, term, value))
    except Refused:
        return None
    return replace(scene, plan=plan)


def _changed(scene: Scene, kpi: Kpi, term: str, value: float) -> tuple[Kpi, ...]:
    """The KPIs with one term of one of them at another value; for a weight the others make room."""
    plan = scene.plan
    if term == "weight":
        made = room(plan, plan, kpi.id, value)
        return tuple(k.changed(weight=made.get(f"{k.id}.weight", k.weight)) for k in plan.kpis)
    if term == "target":
        new = keep_people(kpi, kpi.changed(target=value), scene.team)
    else:
        assert kpi.curve is not None
        new = kpi.changed(curve=kpi.curve.changed(**{term: value}))
    return tuple(new if k is kpi else k for k in plan.kpis)


def line_between(old: Kpi, new: Kpi) -> Point:
    """Slope and intercept of the attainment at the old target by the attainment at the new one."""
    (slope, intercept), (new_slope, new_intercept) = old.line, new.line
    return slope / new_slope, intercept - slope * new_intercept / new_slope


@dataclass
class _Kinds:
    """Dicts that differ in a few places, as a list of kinds and short rows."""

    places: Sequence[str]
    kinds: list[dict[str, Any]] = field(default_factory=list)

    def short(self, one: dict[str, Any]) -> list[Any]:
        kind = {name: value for name, value in one.items() if name not in self.places}
        if kind not in self.kinds:
            self.kinds.append(kind)
        return [self.kinds.index(kind), *(one.get(name, 0) for name in self.places)]


class _Rows:
    """Draws rows one after the other, each against the picture at rest."""

    def __init__(self, rest: Stage, still: Stage, stands: bool, others: Sequence[Handle]) -> None:
        self.rest, self.still, self.others = rest, still, others
        self.layers = [i for i in range(len(layers.LAYERS)) if i not in layers.RESTING]
        if stands:
            self.layers = [layers.LAYERS.index(layers.here)]
        self.traces = {i: layers.LAYERS[i](still) for i in self.layers}
        self.seed = words(rest).best(rest)
        self.labels, self.lines = _Kinds(PLACE), _Kinds(ENDS)
        self.heights: dict[Any, dict[str, Any]] = {}
        self.start_again()

    def start_again(self) -> None:
        """Words stand where they do in the picture at rest."""
        self.kept: dict[tuple[str, int], int] = {}
        for (one, text, spot), name in zip(self.seed, _names([one for one, *_ in self.seed]), strict=True):
            self.kept[name] = list(one.tries).index((text, spot))

    def row(self, handle: Handle, value: float) -> Row | None:
        scene = moved(self.still.scene, handle.path, value)
        if scene is None:
            return None
        assert scene.kpi is not None
        assert self.still.scene.kpi is not None
        slope, shift = line_between(self.still.scene.kpi, scene.kpi)
        edges = ((self.still.low - shift) / slope, (self.still.high - shift) / slope)
        stage = replace(self.still, scene=scene, edges=edges)
        row = self._drawn(stage)
        if scene.kpi.target != self.still.scene.kpi.target:
            _read_along(row, slope, shift)
            row["places"] = {other.path: slope * other.value + shift for other in self.others}
            here = self.still.scene.kpi.attainment(scene.standing[scene.kpi.id])
            row["places"][f"at.{scene.kpi.id}"] = here
        return row

    def _drawn(self, stage: Stage) -> Row:
        traces = {}
        for i in self.layers:
            new, old = layers.LAYERS[i](stage), self.traces[i]
            if new["x"] != old["x"] or new["y"] != old["y"]:
                traces[i] = {"x": new["x"], "y": new["y"]} | ({"marker": new["marker"]} if "marker" in new else {})
        row: Row = {"traces": traces, "labels": [self.labels.short(note) for note in self._words(stage)]}
        row["lines"] = [self.lines.short(line) for line in layers.shapes(stage)]
        if (stage.bottom, stage.top, stage.rate_edges) != (self.still.bottom, self.still.top, self.still.rate_edges):
            row["heights"] = self._heights(stage)
        return row

    def _heights(self, stage: Stage) -> dict[str, Any]:
        """The two upright axes, where the line has outgrown them."""
        key = (stage.bottom, stage.top, stage.rate_edges)
        if key not in self.heights:
            axes = stage.axes()
            told = {name: axes["yaxis"][name] for name in ("range", "tickvals", "ticktext")}
            strip = {name: axes["yaxis2"][name] for name in ("range", "tickvals", "ticktext")}
            self.heights[key] = {"yaxis": told, "yaxis2": strip}
        return self.heights[key]

    def _words(self, stage: Stage) -> Iterator[dict[str, Any]]:
        wanted = words(stage)
        all_words = [*wanted.here, *wanted.zones, *wanted.prices, *wanted.rest]
        rank = {name: place for place, name in enumerate(self.kept)}
        named = sorted(zip(_names(all_words), all_words, strict=True), key=lambda pair: rank.get(pair[0], len(rank)))
        leaning = [self._leaning(one, self.kept.get(name)) for name, one in named]
        found = placed(leaning, stage.frame, wanted.lines, wanted.taken)
        self._keep(named, leaning, found)
        page = behind(stage)
        yield from (annotation(*one, page) for one in found)
        said, fenced = rates(stage)
        for one in placed(said, stage.strip, fenced, []):
            yield {**annotation(*one, NOTHING), "yref": "y2"}

    @staticmethod
    def _leaning(one: Wish, kept: int | None) -> Wish:
        """A label that would rather stay where it was."""
        return one if kept is None or kept >= len(one.tries) else replace(one, tries=[one.tries[kept], *one.tries])

    def _keep(
        self, named: Sequence[tuple[tuple[str, int], Wish]], leaning: Sequence[Wish], found: list[Placed]
    ) -> None:
        places = {id(one): (text, spot) for one, text, spot in found}
        for (name, one), leant in zip(named, leaning, strict=True):
            if id(leant) in places:
                self.kept[name] = list(one.tries).index(places[id(leant)])


def _names(wishes: Sequence[Wish]) -> list[tuple[str, int]]:
    """The labels' names, counted where several have the same."""
    seen: list[str] = []
    found = []
    for one in wishes:
        found.append((one.name, seen.count(one.name)))
        seen.append(one.name)
    return found


def _read_along(row: Row, slope: float, shift: float) -> None:
    """Puts a row that was drawn at a new target on the axis of the old one."""
    for trace in row["traces"].values():
        trace["x"] = [None if x is None else slope * x + shift for x in trace["x"]]
    for label in row["labels"]:
        label[2] = slope * label[2] + shift
    for line in row["lines"]:
        line[1], line[2] = slope * line[1] + shift, slope * line[2] + shift
