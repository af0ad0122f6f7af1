"""The picture at every position of a handle, drawn ahead by the engine, so that a browser has nothing to work out.

A row holds what differs from the picture at rest: the points of the traces, the lines, the words. The axis holds still
while a handle is dragged, for the target too: its rows are drawn on the axis of the target that was. Words stay where
they were in the row before as long as there is room, so that they do not hop.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from calc.edit.weighing import rebalance_weights
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.situation.team import keep_people
from ui.charts import layers
from ui.charts.axes import Stage
from ui.charts.axis_layout import axes_layout, axis_ticks
from ui.charts.figure import TRANSPARENT, axis_titles, colour_behind, picture_words, rate_labels
from ui.charts.handles import Handle, value_spoken
from ui.charts.label_layout import Pixels, Placed, Wish, label_note, place_order
from ui.charts.people_layer import shows_dots
from ui.model.profile import Scene
from ui.text.team import live_table

DragRow = dict[str, Any]
PLACE = ("text", "x", "y", "xshift", "yshift")
"""What differs from row to row of a label."""
SWEEP_ENDS = ("x0", "x1", "y0", "y1")
"""What differs from row to row of a line."""
SWEEP_HEIGHT = ("range", "tickvals", "ticktext")
"""What differs from row to row of an upright axis."""

MAX_SPOKEN = 3000
"""Positions of a handle up to which each is told in words: where a target has slipped there may be millions."""


@dataclass(frozen=True)
class Sweep:
    """A row for each of some positions of a handle, None where the value is refused.

    `says` are the values of all positions in words, drawn or not; there are none of a term without a place on the axis,
    and of a handle with more than `MAX_SPOKEN` positions.
    A label in a row is [which of `labels`, text, x, y, xshift, yshift], a line [which of `lines`, x0, x1, y0, y1]; the
    first `still` labels of the picture stay so but for `titles`, their texts where those differ. `traces` are points by
    the number of the trace, `axes` what differs of an axis, `places` where the other handles lie, by path.
    """

    positions: list[int]
    rows: list[DragRow | None]
    says: list[str]
    labels: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    still: int


def sweep_rows(
    stage: Stage, handle: Handle, size: Pixels, others: Sequence[Handle] = (), around: int | None = None
) -> Sweep:
    """The rows of a handle, from end to end of the picture; or of every position around one, in the picture or not.

    Args:
        stage: the picture at rest.
        handle: what is dragged.
        size: the width and height in which the picture is seen [px].
        others: the other handles, which a target takes along.
        around: the position that a slider beside the picture stands at, which may lie between two that are drawn.
    """
    kpi = stage.scene.kpi
    assert kpi is not None
    held = replace(stage, edges=(stage.low, stage.high), sizes=(size,), moving=True)
    draw = _Rows(
        stage, held, handle.word == "you", [other for other in others if other.word not in ("", "you", "target")]
    )
    positions = list(handle.drawn if around is None else handle.around(around))
    middle = sum(position < handle.here for position in positions)
    drawn: dict[int, DragRow | None] = {}
    for way in (positions[middle:], positions[:middle][::-1]):
        draw.start_again()
        drawn |= {position: draw.row(handle, handle.at(position)) for position in way}
    _tell_conduct(stage, handle, drawn)
    told = range(handle.count + 1) if handle.word and around is None and handle.count <= MAX_SPOKEN else ()
    says = [value_spoken(kpi, handle.word, handle.at(i), stage.formats) for i in told]
    return Sweep(
        positions, [drawn[i] for i in positions], says, draw.labels.kinds, draw.lines.kinds, len(axis_titles(stage))
    )


def _tell_conduct(stage: Stage, handle: Handle, drawn: dict[int, DragRow | None]) -> None:
    """Adds to the rows what people do there, all worked out together; a place of the rep's own moves no plan."""
    conduct = stage.conduct
    if conduct is None or handle.word == "you":
        return
    from ui.text.behaviour.live import live_bands  # the effort model takes longer to load than the page to draw

    scenes = {position: scene_with(stage.scene, handle.path, handle.at(position)) for position in sorted(drawn)}
    moved = {position: scene.plan for position, scene in scenes.items() if scene is not None}
    for position, bands in zip(moved, conduct.swept(list(moved.values())), strict=True):
        row = drawn[position]
        if row is not None:
            row["conduct"] = live_bands(bands, conduct.rest, conduct.behaved.axis, stage.formats)


def scene_with(scene: Scene, path: str, value: float) -> Scene | None:
    """The scene with one term at another value; none where that is refused."""
    assert scene.kpi is not None
    where, _, term = path.partition(".")
    if where == "at":
        return scene.stood(value)
    try:
        plan = scene.plan.changed(kpis=_kpis_with(scene, scene.kpi, term, value))
    except Refused:
        return None
    return replace(scene, plan=plan)


def _kpis_with(scene: Scene, kpi: Kpi, term: str, value: float) -> tuple[Kpi, ...]:
    """The KPIs with one term of one of them at another value; for a weight the others make room."""
    plan = scene.plan
    if term == "weight":
        made = rebalance_weights(plan, plan, kpi.id, value)
        return tuple(k.changed(weight=made.get(f"{k.id}.weight", k.weight)) for k in plan.kpis)
    if term == "target":
        new = keep_people(kpi, kpi.changed(target=value), scene.team)
    else:
        assert kpi.curve is not None
        new = kpi.changed(curve=kpi.curve.changed(**{term: value}))
    return tuple(new if k is kpi else k for k in plan.kpis)


def line_between(old: Kpi, new: Kpi) -> Pixels:
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


@dataclass(frozen=True)
class _Line:
    """Where what is drawn at a new target lies on the axis of the old one: `slope * x + shift`."""

    slope: float
    shift: float

    def __call__(self, x: float | None) -> float | None:
        return x if x is None or self == STILL else self.slope * x + self.shift

    def back(self, x: float) -> float:
        return (x - self.shift) / self.slope


STILL = _Line(1.0, 0.0)


class _Rows:
    """Draws rows one after the other, each against the picture at rest."""

    def __init__(self, rest: Stage, still: Stage, stands: bool, others: Sequence[Handle]) -> None:
        self.rest, self.still, self.others = rest, still, others
        self.layers = [i for i in range(len(layers.LAYERS)) if i not in layers.RESTING]
        if still.live is not None and not shows_dots(still):
            self.layers.append(layers.CROWD_LAYER)
        self.peopled = still.live is not None and not stands
        if stands:
            self.layers = [layers.LAYERS.index(layers.stand_trace)]
        self.traces = {i: layers.LAYERS[i](still) for i in self.layers}
        self.titles = [title["text"] for title in axis_titles(still)]
        drawn = [] if stands else [i for i in layers.HIDDEN if layers.LAYERS[i](still)["x"]]
        self.hidden: dict[int, dict[str, Any]] = {i: {"x": [], "y": []} for i in drawn}
        self.seed = picture_words(rest).best(rest)
        self.labels, self.lines = _Kinds(PLACE), _Kinds(SWEEP_ENDS)
        self.heights: dict[Any, dict[str, Any]] = {}
        self.start_again()

    def start_again(self) -> None:
        """Words stand where they do in the picture at rest."""
        self.kept: dict[tuple[str, int], int] = {}
        for (one, text, spot), name in zip(self.seed, _label_names([one for one, *_ in self.seed]), strict=True):
            self.kept[name] = list(one.tries).index((text, spot))

    def row(self, handle: Handle, value: float) -> DragRow | None:
        scene = scene_with(self.still.scene, handle.path, value)
        if scene is None:
            return None
        assert scene.kpi is not None
        assert self.still.scene.kpi is not None
        line = _Line(*line_between(self.still.scene.kpi, scene.kpi))
        stage = replace(self.still, scene=scene, edges=(line.back(self.still.low), line.back(self.still.high)))
        row = self._draw_row(stage, line)
        if line != STILL:
            row["places"] = {other.path: line(other.value) for other in self.others}
            here = self.still.scene.kpi.attainment(scene.standing[scene.kpi.id])
            row["places"][f"at.{scene.kpi.id}"] = here
        return row

    def _draw_row(self, stage: Stage, line: _Line) -> DragRow:
        traces: dict[int, Any] = dict(self.hidden)
        for i in self.layers:
            new, old = layers.LAYERS[i](stage), self.traces[i]
            x = [line(place) for place in new["x"]]
            if x != old["x"] or new["y"] != old["y"]:
                traces[i] = {"x": x, "y": new["y"]} | ({"marker": new["marker"]} if "marker" in new else {})
        row: DragRow = {"traces": traces, "labels": [self.labels.short(note) for note in self._place_words(stage)]}
        row["lines"] = [self.lines.short(one) for one in layers.helper_lines(stage)]
        for places in (*((label, 2) for label in row["labels"]), *((one, n) for one in row["lines"] for n in (1, 2))):
            places[0][places[1]] = line(places[0][places[1]])
        row["axes"] = self._axis_words(stage, line)
        if self.peopled and stage.people is not None and stage.live is not None:
            row["people"] = live_table(stage.people, stage.live, stage.formats)
        told = [title["text"] for title in axis_titles(stage)]
        return row if told == self.titles else row | {"titles": told}

    def _axis_words(self, stage: Stage, line: _Line) -> dict[str, Any]:
        """The places told along the axis where the target moves; the two heights where the line outgrows them."""
        found = {}
        if line != STILL:
            places, texts = axis_ticks(replace(stage, sizes=self.rest.sizes, heights=(stage.bottom, stage.top)))
            found["xaxis"] = {"tickvals": [line(place) for place in places], "ticktext": texts}
        key, still = (stage.bottom, stage.top, stage.rate_edges), self.still
        if key == (still.bottom, still.top, still.rate_edges):
            return found
        if key not in self.heights:
            axes = axes_layout(stage)
            told = {name: {what: axes[name][what] for what in SWEEP_HEIGHT} for name in ("yaxis", "yaxis2")}
            self.heights[key] = told
        return {**found, **self.heights[key]}

    def _place_words(self, stage: Stage) -> Iterator[dict[str, Any]]:
        wanted = picture_words(stage)
        all_words = [*wanted.here, *wanted.zones, *wanted.prices, *wanted.rest]
        rank = {name: place for place, name in enumerate(self.kept)}
        named = sorted(
            zip(_label_names(all_words), all_words, strict=True), key=lambda pair: rank.get(pair[0], len(rank))
        )
        leaning = [self._lean_to(one, self.kept.get(name)) for name, one in named]
        found = place_order(leaning, stage.frame, wanted.lines, wanted.taken)
        self._keep_places(named, leaning, found)
        page = colour_behind(stage)
        yield from (label_note(*one, page) for one in found)
        said, fenced = rate_labels(stage)
        for one in place_order(said, stage.strip, fenced, []):
            yield {**label_note(*one, TRANSPARENT), "yref": "y2"}

    @staticmethod
    def _lean_to(one: Wish, kept: int | None) -> Wish:
        """A label that would rather stay where it was."""
        return one if kept is None or kept >= len(one.tries) else replace(one, tries=[one.tries[kept], *one.tries])

    def _keep_places(
        self, named: Sequence[tuple[tuple[str, int], Wish]], leaning: Sequence[Wish], found: list[Placed]
    ) -> None:
        places = {id(one): (text, spot) for one, text, spot in found}
        for (name, one), leant in zip(named, leaning, strict=True):
            if id(leant) in places:
                self.kept[name] = list(one.tries).index(places[id(leant)])


def _label_names(wishes: Sequence[Wish]) -> list[tuple[str, int]]:
    """The labels' names, counted where several have the same."""
    seen: list[str] = []
    found = []
    for one in wishes:
        found.append((one.name, seen.count(one.name)))
        seen.append(one.name)
    return found
