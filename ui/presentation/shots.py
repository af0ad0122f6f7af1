"""The pictures of a presentation: what each is read from, and the axes that hold still from one to the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from calc.documents.planfile import Preset
from calc.piecewise.pieces import NotALine
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from ui.charts.axes import Stage
from ui.charts.palette import Palette, mended_palette
from ui.model.profile import Scene
from ui.number_format import Formats

SHOT_SIZES = ((340.0, 300.0), (358.0, 340.0), (540.0, 300.0), (540.0, 390.0), (700.0, 300.0))
"""Widths and heights of the picture [px] before it is enlarged: a phone, a laptop's two thirds, a wide projector."""
ABOVE = 1.5
"""How much higher than the first of them a picture may reach: where a mended plan has no end, its line leaves it."""

Span = tuple[float | None, float | None]
SizePair = tuple[float, float]


@dataclass(frozen=True)
class Shot:
    """A picture: a plan along a KPI, the plan that it is compared with, and the place that is lit [attainment].

    `names` are those of the other line and the plan's own; `mended` says that the plan's own line is the cured one.
    `edges` [attainment] and `heights` [money] hold the axes still.
    """

    scene: Scene
    before: Scene | None = None
    names: tuple[str, str] = ("before", "after")
    mended: bool = False
    lit: Span | None = None
    edges: SizePair | None = None
    heights: SizePair | None = None

    def stage(self, formats: Formats, colours: Palette) -> Stage:
        """The picture as it is drawn; with where the rep stands, where somebody has put them there."""
        own = mended_palette(colours) if self.mended else colours
        stage = Stage(self.scene, self.scene, formats, own, edges=self.edges, sizes=SHOT_SIZES, lit=self.lit)
        stands = self.scene.along in self.scene.at
        line = "" if self.mended else colours.quiet
        return replace(stage, before=self.before, names=self.names, line=line, heights=self.heights, stands=stands)


def scene_of(preset: Preset, along: str, at: Mapping[str, float]) -> Scene:
    """A plan along one of its KPIs, the rep where named on those that it has."""
    known = {name: result for name, result in at.items() if name in preset.plan.ids}
    return Scene(preset.plan, along, known, preset.team)


def drawn_alike(one: Plan, other: Plan, name: str) -> bool:
    """Whether two plans have a KPI in the same unit, and pay in the same money."""
    if name not in one.ids or name not in other.ids or one.currency != other.currency:
        return False
    mine, theirs = one.kpi(name), other.kpi(name)
    return (mine.unit, mine.better) == (theirs.unit, theirs.better)


def shared_axis(before: Preset, after: Preset, wanted: Iterable[str]) -> str | None:
    """The KPI over which two plans can be drawn, the first wanted of those that pay in the later one."""
    candidates = [*wanted, *after.plan.ids]
    return next(
        (name for name in candidates if drawn_alike(before.plan, after.plan, name) and _is_paid(after, name)), None
    )


def _is_paid(preset: Preset, name: str) -> bool:
    return preset.plan.kpi(name).paid


def can_be_drawn(preset: Preset, along: str, at: Mapping[str, float]) -> bool:
    """Whether a plan has a line along a KPI."""
    try:
        return bool(scene_of(preset, along, at).curve)
    except NotALine:
        return False


def held_still(shots: Sequence[Shot], formats: Formats, colours: Palette) -> tuple[Shot, ...]:
    """The same pictures, those along the same KPI over the same results and up to the same money."""
    found: dict[str, list[int]] = {}
    for i, shot in enumerate(shots):
        found.setdefault(shot.scene.along, []).append(i)
    held = list(shots)
    for places in found.values():
        for i, shot in zip(places, _over_one_axis([shots[i] for i in places], formats, colours), strict=True):
            held[i] = shot
    return tuple(held)


def _over_one_axis(shots: Sequence[Shot], formats: Formats, colours: Palette) -> list[Shot]:
    first = shots[0].scene.kpi
    stages = [shot.stage(formats, colours) for shot in shots]
    if first is None or any(not _of_one_axis(first, shot.scene.kpi) for shot in shots):
        return list(shots)
    ends = [_same_result(edge, s.scene.kpi, first) for s in stages for edge in (s.low, s.high)]
    low, high = min(ends), max(ends)
    held = [
        replace(s, edges=(_same_result(low, first, s.scene.kpi), _same_result(high, first, s.scene.kpi))) for s in shots
    ]
    stages = [shot.stage(formats, colours) for shot in held]
    bottom, top = min(s.bottom for s in stages), max(s.top for s in stages)
    heights = bottom, min(top, bottom + ABOVE * (stages[0].top - bottom))
    return [replace(shot, heights=heights) for shot in held]


def _of_one_axis(one: Kpi, other: Kpi | None) -> bool:
    return other is not None and (one.unit, one.better) == (other.unit, other.better)


def _same_result(attainment: float, one: Kpi | None, other: Kpi | None) -> float:
    """The attainment of the same result against another target."""
    if one is None or other is None or one.line == other.line:
        return attainment
    return float(other.attainment(one.result(attainment)))
