"""The people in the picture: a dot for each on the curve, and a mark on the axis; a spread where they are too many."""

import math
from typing import Any

import numpy as np

from ui.charts.axes import Stage, chart_text
from ui.charts.label_layout import Pixels
from ui.charts.palette import faint_colour
from ui.model.team import MAX_PEOPLE_DRAWN
from ui.text.team import person_pointed_at

HEIGHT_STEPS = 2000
"""Steps of the height of the picture in which dots are placed: finer than what can be seen."""
MARK_HEIGHT = 0.012
"""Where marks on the axis lie, of the height of the picture."""
SPREAD_BARS = 50
"""Bars of the spread of many people."""

Dots = dict[str, Any]


def shows_dots(stage: Stage) -> bool:
    """Whether people are drawn one by one."""
    return stage.live is not None and len(stage.live.places) <= MAX_PEOPLE_DRAWN


def people_dots(stage: Stage) -> Dots:
    """A dot for each person, at what was reached and what is paid for it [attainment, money]."""
    size, opacity = _dot_size(stage)
    marker = {"size": size, "color": stage.colours.people, "opacity": opacity}
    marker["line"] = {"color": stage.colours.page, "width": 1}
    found: Dots = {"type": "scatter", "name": "people", "mode": "markers", "marker": marker, "x": [], "y": []}
    live = stage.live
    if live is None or not shows_dots(stage):
        return found | {"hoverinfo": "skip"}
    step = (stage.top - stage.bottom) / HEIGHT_STEPS
    heights = np.round((np.clip(live.heights, stage.bottom, stage.top) - stage.bottom) / step) * step + stage.bottom
    digits = max(0, 4 - math.floor(math.log10(max(stage.top - stage.bottom, 1e-9))))
    found |= {"x": _places(stage), "y": [round(float(y), digits) for y in heights]}
    if stage.people is None or stage.moving:
        return found
    told = [person_pointed_at(stage.people, n, stage.formats) for n in range(len(heights))]
    texts = [chart_text(one) for one in told]
    return found | {"text": texts, "hoverinfo": "text", "hovertemplate": "%{text}<extra></extra>"}


def _dot_size(stage: Stage) -> tuple[float, float]:
    """How large dots are [px], and how much they hide: the more, the smaller and the fainter."""
    count = 0 if stage.live is None else len(stage.live.places)
    return (9.0, 0.9) if count <= 60 else (7.0, 0.7) if count <= 250 else (5.0, 0.45)


def _places(stage: Stage) -> list[float]:
    assert stage.live is not None
    return [round(float(x), 4) for x in np.clip(stage.live.places, stage.low, stage.high)]


def axis_marks(stage: Stage) -> Dots:
    """A mark on the axis for each person."""
    marker = {"symbol": "line-ns", "size": 8, "line": {"color": faint_colour(stage.colours.people, 0.75), "width": 1.5}}
    found: Dots = {"type": "scatter", "name": "marks", "mode": "markers", "marker": marker, "yaxis": "y3"}
    places = _places(stage) if shows_dots(stage) else []
    return found | {"x": places, "y": [MARK_HEIGHT] * len(places), "hoverinfo": "skip"}


def people_hill(stage: Stage, height: float) -> list[Pixels]:
    """The spread of many people along the axis [attainment, share of the height]."""
    assert stage.live is not None
    counts, edges = np.histogram(
        np.clip(stage.live.places, stage.low, stage.high), SPREAD_BARS, (stage.low, stage.high)
    )
    peak = int(counts.max()) or 1
    found: list[Pixels] = [(stage.low, 0.0)]
    for count, start, end in zip(counts, edges[:-1], edges[1:], strict=True):
        found += [(float(start), height * count / peak), (float(end), height * count / peak)]
    return [*found, (stage.high, 0.0)]
