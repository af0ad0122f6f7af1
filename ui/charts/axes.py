"""What the picture shows from left to right and from bottom to top, so that it holds still while the plan changes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from calc.outcomes.difference import by_attainment, cut_at_zero
from calc.piecewise.curve import Curve
from calc.piecewise.pieces import Piece
from calc.plan.errors import Refused
from ui.charts.label_layout import Frame, Pixels, round_steps
from ui.charts.palette import Palette
from ui.model.live_team import LiveTeam, live_team
from ui.model.profile import Scene
from ui.model.team import TeamView
from ui.number_format import Formats

if TYPE_CHECKING:
    from ui.model.live_conduct import LiveConduct

MAIN, STRIP = (0.255, 1.0), (0.0, 0.145)
"""Where the pay, and the strip of what the next unit pays, lie within the drawn height."""
ABOVE_LANE, BELOW_LANE = (0.325, 1.0), (0.0, 0.135)
"""The same where handles lie on the axis, in a lane between the two."""
SHARED, SHARED_BARE = ((0.475, 1.0), (0.0, 0.24)), ((0.37, 1.0), (0.0, 0.25))
"""The same where the strip shows what one plan pays more than another, with handles and without."""
MARGIN = {"l": 58, "r": 12, "t": 30, "b": 62}
CHART_SIZES = ((350.0, 420.0), (460.0, 440.0), (640.0, 440.0), (860.0, 440.0))
"""Widths and heights of the whole picture [px]: a phone, between, a laptop, a wide screen."""
TALLER = 80.0
"""What is added to the height where two plans are compared [px]; not on a phone."""
AXIS_ROOM = 0.55
"""Above and below a difference, for its names, of its height."""
PEOPLE_WITHIN = 0.98
"""The part of the people that stands within the picture."""
MAX_OVER_LINE = 1.3
"""How high over the line people are drawn, of its height."""
FARTHEST_BREAK = 4.0
"""Attainment up to which a break of the plan is always in the picture; a farther one if somebody stands near it."""


@dataclass(frozen=True)
class Stage:
    """A scene with its frame: the scene that the plan started from, which the picture makes room for as well.

    `edges` [attainment] and `heights` [money] hold the axes still; `sizes` are those that it may be seen in [px].
    `lane` is for handles; `stands` says whether where the rep stands is drawn.
    `before` is the plan before it was mended, drawn for comparison; `lit` is the place that a finding is about.
    `names` are what the other line and the plan's own are called, `line` is the other one's colour.
    `other` is a line to compare with, by the result of the KPI on the axis, so that it holds still while a target moves
    [money]; `later` says which of the two lines is plan B where the strip shows what B pays more than A.
    `people` are drawn in it; `conduct` is what they do, told under it; `moving` says that a handle is in a hand.
    """

    scene: Scene
    start: Scene
    formats: Formats
    colours: Palette
    edges: Pixels | None = None
    sizes: tuple[Pixels, ...] = CHART_SIZES
    lane: bool = False
    before: Scene | None = None
    lit: tuple[float | None, float | None] | None = None
    names: tuple[str, str] = ("before", "after")
    line: str = ""
    heights: Pixels | None = None
    stands: bool = True
    other: Curve | None = None
    later: Literal["", "own", "other"] = ""
    people: TeamView | None = None
    conduct: "LiveConduct | None" = None
    moving: bool = False

    @cached_property
    def live(self) -> LiveTeam | None:
        """The people under the plan of the scene; None where none are shown, or they cannot be paid."""
        if self.people is None:
            return None
        try:
            return live_team(self.people, self.scene.plan, None if self.scene.kpi is None else self.scene.kpi.id)
        except Refused:
            return None

    @cached_property
    def low(self) -> float:
        """The left edge [attainment]."""
        if self.edges is not None:
            return self.edges[0]
        if self.scene.from_zero:
            return 0.0
        breaks = [b for scene in (self.scene, self.start) for b in _break_places(scene)]
        least = min([0.0, self.scene.here, *(b - 0.2 for b in breaks if b < 0)])
        return 0.0 if least >= 0 else math.floor(least * 4 - 1e-9) / 4

    @cached_property
    def high(self) -> float:
        """The right edge [attainment]."""
        if self.edges is not None:
            return self.edges[1]
        crowd = max([_team_reach(self.scene), _team_reach(self.start), *self._reach_before, *self._people_reach])
        near = max(FARTHEST_BREAK, crowd, 1.5 * self.scene.here)
        breaks = [b for scene in (self.scene, self.start) for b in _break_places(scene) if b <= near]
        breaks += [b for b in self._breaks_before if b <= near]
        last = max([1.0, *breaks])
        most = max(last + 0.3 * (last - self.low), crowd, self.low + 1.12 * (self.scene.here - self.low))
        step = 10.0 ** math.floor(math.log10(most - self.low)) / 4
        high = self.low + math.ceil((most - self.low) / step - 1e-9) * step
        kpi = self.scene.kpi
        if kpi is not None and kpi.better == "lower" and self.scene.from_zero:
            return min(high, max(float(kpi.attainment(0.0)), self.scene.here))  # nobody needs less than nothing
        return high

    @cached_property
    def knots(self) -> list[list[Pixels]]:
        """The curve's own corners [attainment, money], a list for every part between two jumps."""
        return scene_corners(self.scene, self.low, self.high)

    @cached_property
    def bottom(self) -> float:
        """The lower edge [money]."""
        return self.heights[0] if self.heights is not None else min(0.0, *(y for y in self._pay_levels))

    @cached_property
    def top(self) -> float:
        """The upper edge [money], with room above the line."""
        if self.heights is not None:
            return self.heights[1]
        most = max(self._pay_levels)
        return most + 0.12 * (most - self.bottom) if most > self.bottom else self.bottom + 1.0

    @cached_property
    def _pay_levels(self) -> list[float]:
        parts = [*self.knots, *scene_corners(self.start, self.low, self.high)]
        parts += self.past
        found = [self.scene.pay, 0.0, *(y for part in parts for _, y in part)]
        return [*found, *self._people_heights(max(found))]

    @property
    def _people_reach(self) -> list[float]:
        """How far to the right nearly all people stand [attainment]."""
        if self.live is None or not len(self.live.places):
            return []
        return [min(float(np.quantile(self.live.places, PEOPLE_WITHIN)), FARTHEST_BREAK)]

    def _people_heights(self, most: float) -> list[float]:
        """The highest of the people [money], as long as the line is not made flat by them."""
        if self.live is None or not len(self.live.heights):
            return []
        return [min(float(self.live.heights.max()), MAX_OVER_LINE * most)]

    @cached_property
    def past(self) -> list[list[Pixels]]:
        """The corners of the line before, each at the same result on this axis."""
        return [] if self.beside is None else curve_parts(self.beside, self.low, self.high)

    @cached_property
    def beside(self) -> Curve | None:
        """The line that the plan's own is compared with, on this axis: pay [money] at the same result."""
        if self.other is not None:
            return by_attainment(self.other, self.scene.kpi)
        if self.before is None:
            return None
        old, new = self.before.kpi, self.scene.kpi
        if old is None or new is None:
            return self.before.curve
        return by_attainment(self.before.curve.of_line(*old.line), new)

    @cached_property
    def gap(self) -> Curve | None:
        """What plan B pays more than plan A, on this axis [money]; none where that is not shown."""
        if self.beside is None or not self.later:
            return None
        return self.scene.curve - self.beside if self.later == "own" else self.beside - self.scene.curve

    def _from_before(self, attainment: float) -> float:
        old, new = None if self.before is None else self.before.kpi, self.scene.kpi
        return attainment if old is None or new is None else float(new.attainment(old.result(attainment)))

    @property
    def _breaks_before(self) -> list[float]:
        if self.before is not None and self.other is None:
            return [self._from_before(b) for b in _break_places(self.before)]
        return [] if self.beside is None else [piece.start for piece in self.beside.pieces()[1:]]

    @property
    def _reach_before(self) -> list[float]:
        return [] if self.before is None else [self._from_before(_team_reach(self.before))]

    @cached_property
    def gap_parts(self) -> tuple[Piece, ...]:
        """The straight parts of the difference in the picture, cut where it crosses zero."""
        return () if self.gap is None else tuple(cut_at_zero(self.gap, self.low, self.high))

    @property
    def least(self) -> float:
        """Money that is no difference: half of the currency's smallest unit."""
        return 0.5 * 10.0**-self.scene.plan.minor

    @property
    def _gap_edges(self) -> Pixels:
        """At round places, so that the strip holds still while a plan changes; with room for names."""
        heights = [y for part in self.gap_parts for y in (part.value, part.end_value)]
        low, high = min([0.0, *heights]), max([0.0, *heights])
        if high - low < self.least:
            return -1.0, 1.0
        grid, room = round_steps(low, high, 6), AXIS_ROOM * (high - low)
        step = grid[1] - grid[0]
        ends = (room * (1.0 if low else 0.1) - low, room * (1.0 if high else 0.1) + high)
        below, above = (math.ceil(end / step - 1e-9) * step for end in ends)
        return -below, above

    @cached_property
    def rates(self) -> list[tuple[float, float, float]]:
        """(from, to, money for the next unit) of every straight piece in the picture."""
        found = []
        for piece in self.scene.curve.pieces():
            start, end = max(piece.start, self.low), min(piece.end, self.high)
            if end > start:
                found.append((start, end, piece.slope * self.scene.step))
        return found

    @cached_property
    def rate_edges(self) -> Pixels:
        """The strip's lower and upper edge [money]."""
        if self.gap is not None:
            return self._gap_edges
        rates = [rate for _, _, rate in self.rates]
        start = [
            p.slope * self.start.step for p in self.start.curve.pieces() if p.end > self.low and p.start < self.high
        ]
        low, high = min([0.0, *rates, *start]), max([0.0, *rates, *start])
        return (low, low + 1.0) if high <= low else (low - 0.1 * (high - low) * (low < 0), high + 1.2 * (high - low))

    @cached_property
    def frame(self) -> Frame:
        """The frame of the pay."""
        return Frame(self.low, self.high, self.bottom, self.top, _part_sizes(self.parts[0], self.sizes))

    @cached_property
    def strip(self) -> Frame:
        """The frame of the strip."""
        return Frame(self.low, self.high, *self.rate_edges, _part_sizes(self.parts[1], self.sizes))

    @property
    def parts(self) -> tuple[Pixels, Pixels]:
        """Where the pay and the strip lie within the drawn height."""
        if self.gap is not None:
            return SHARED if self.lane else SHARED_BARE
        return (ABOVE_LANE, BELOW_LANE) if self.lane else (MAIN, STRIP)


def _part_sizes(part: Pixels, sizes: tuple[Pixels, ...]) -> tuple[Pixels, ...]:
    """The drawn width and height of a part of the picture, for every size of it [px]."""
    width, height = MARGIN["l"] + MARGIN["r"], MARGIN["t"] + MARGIN["b"]
    return tuple((w - width, (h - height) * (part[1] - part[0])) for w, h in sizes)


def chart_text(text: str) -> str:
    """Somebody's text for plotly, which reads a little HTML.

    >>> chart_text("<b>R&D")
    '&lt;b&gt;R&amp;D'
    """
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def scene_corners(scene: Scene, low: float, high: float) -> list[list[Pixels]]:
    """The corners of a scene's curve between two edges, a list for every part between two jumps."""
    return curve_parts(scene.curve, low, high)


def curve_parts(curve: Curve, low: float, high: float) -> list[list[Pixels]]:
    """The corners of a curve between two edges, a list for every part between two jumps."""
    parts: list[list[Pixels]] = []
    for piece in curve.pieces():
        start, end = max(piece.start, low), min(piece.end, high)
        if end <= start:
            continue
        first = (start, piece.value if start == piece.start else float(curve(start)))
        last = (end, piece.end_value if end == piece.end else float(curve(end, "left")))
        if parts and parts[-1][-1][0] == first[0] and math.isclose(parts[-1][-1][1], first[1], abs_tol=1e-9):
            parts[-1].append(last)
        else:
            parts.append([first, last])
    return parts


def _break_places(scene: Scene) -> Sequence[float]:
    return [x for stretch in scene.stretches for x in (stretch.start, stretch.end) if math.isfinite(x)]


def _team_reach(scene: Scene) -> float:
    """Where hardly anybody of the team is beyond."""
    return scene.crowd.mean + 2.5 * scene.crowd.sd if scene.crowd is not None else 0.0
