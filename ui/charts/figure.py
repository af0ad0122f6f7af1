"""The one picture: pay along a KPI, with its zones named where they lie, and under it what the next unit pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from ui.charts import difference, layers, overlay
from ui.charts.axes import MARGIN, Stage, chart_text
from ui.charts.axis_layout import axes_layout
from ui.charts.label_layout import SIZE, Pixels, Placed, Spot, Wish, best_layout, label_note, lay_labels, make_wish
from ui.charts.palette import faint_colour, palette_of
from ui.model.profile import Scene, Stretch
from ui.number_format import Formats
from ui.text.words import here_words, next_words, zone_words

CHART_FONT = '"Source Sans", "Source Sans Pro", sans-serif'
TRANSPARENT = "rgba(0,0,0,0)"
FULL = 2
"""Jumps that are told in a whole sentence; more than that, and each has its price alone."""
SEEN = 0.12
"""Of its top: so high a hill can still be seen beside its name."""
LABEL_HEIGHTS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.25, 0.2, 0.8, 0.15, 0.9, 0.1)
"""Heights at which a zone's name may stand, of the height of the picture."""


def scene_figure(scene: Scene, start: Scene, formats: Formats, theme: str | None, lane: bool = False) -> dict[str, Any]:
    """A plotly figure of plain dicts.

    Args:
        scene: what is drawn.
        start: the same axis of the plan that this one started from; the picture's edges make room for both.
        formats: the reader's conventions.
        theme: "light" or "dark".
        lane: whether room is made for handles on the axis.
    """
    return stage_figure(Stage(scene, start, formats, palette_of(theme), lane=lane))


def stage_figure(stage: Stage) -> dict[str, Any]:
    """The figure of a stage."""
    layout = {
        "margin": MARGIN,
        "font": {"family": CHART_FONT, "size": SIZE, "color": stage.colours.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": -1,
        "hoverlabel": {"bgcolor": stage.colours.page, "font": {"family": CHART_FONT, "color": stage.colours.text}},
        "template": {},
        "shapes": layers.helper_lines(stage),
        "annotations": [*axis_titles(stage), *_label_notes(stage), *_rate_notes(stage)],
        **axes_layout(stage),
    }
    return {"data": layers.all_traces(stage), "layout": layout}


def axis_titles(stage: Stage) -> list[dict[str, Any]]:
    """What the two heights are."""
    spelled = f", {stage.formats.spelled}" if stage.formats.spelled else ""
    pay = f"Pay per {stage.scene.plan.period}{spelled}"
    rate = (
        f"Pay for the {next_words(stage.scene, stage.formats)}" if stage.gap is None else difference.strip_title(stage)
    )
    return [_title_note(stage, pay, "y domain", 14), _title_note(stage, rate, "y2 domain", 6)]


def _title_note(stage: Stage, text: str, of: str, up: int) -> dict[str, Any]:
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -MARGIN["l"] + 4}
    place |= {"yref": of, "y": 1, "yanchor": "bottom", "yshift": up - 6}
    return {**place, "text": chart_text(text), "showarrow": False, "font": {"size": 12, "color": stage.colours.quiet}}


@dataclass(frozen=True)
class PictureWords:
    """The words of the main picture that want a place, and what they must not lie on: lines, and things of a size."""

    zones: list[Wish]
    prices: list[Wish]
    here: list[Wish]
    rest: list[Wish]
    lines: Sequence[Sequence[Pixels]]
    taken: Sequence[tuple[Spot, Pixels]]

    def best(self, stage: Stage) -> list[Placed]:
        """Those that found a place, in the order that leaves most said."""
        orders = [[*a, *b, *c, *self.rest] for a, b, c in permutations((self.zones, self.prices, self.here))]
        orders += [[*self.here, *self.rest, *self.zones, *self.prices]] if self.rest else []
        return best_layout(orders, stage.frame, self.lines, self.taken)


def picture_words(stage: Stage) -> PictureWords:
    """The zones and jumps where they lie, and where the rep stands."""
    seen = [s for s in stage.scene.stretches if s.start < stage.high and s.end > stage.low]
    named = [s for s in seen if s.kind in ("zero", "flat", "drop")]
    ends = [s for s in named if s.kind == "zero" or s is stage.scene.stretches[-1]]
    inner = sorted((s for s in named if s not in ends), key=lambda s: s.start - s.end)
    jumps = sorted(layers.cliffs_in_picture(stage), key=lambda s: -abs(s.height))
    prices = [_jump_label(stage, s, brief=len(jumps) > FULL) for s in jumps]
    rest = [*overlay.line_names(stage), *_team_label(stage), *(_zone_label(stage, s, within=True) for s in inner[:1])]
    lines = [*stage.knots, *stage.past, *([(s.start, s.before), (s.start, s.after)] for s in jumps)]
    taken = [(Spot(stage.scene.here, stage.scene.pay), (18.0, 18.0))] if stage.stands else []
    here = [_stand_label(stage)] if stage.stands else []
    return PictureWords([_zone_label(stage, s) for s in ends], prices, here, rest, lines, taken)


def _label_notes(stage: Stage) -> list[dict[str, Any]]:
    page = colour_behind(stage)
    return [label_note(*one, page) for one in picture_words(stage).best(stage)]


def colour_behind(stage: Stage) -> str:
    """The colour behind letters."""
    return faint_colour(stage.colours.page, 0.86)


def _stand_label(stage: Stage) -> Wish:
    """Above the line if it can be, where there is nothing else; beside and below it if not."""
    x, y = stage.scene.here, stage.scene.pay
    above = [Spot(x, y, 1, 1, -9, -7), Spot(x, y, 0, 1, 0, -12), Spot(x, y, -1, 1, 9, -7)]
    below = [Spot(x, y, -1, -1, 9, 8), Spot(x, y, 0, -1, 0, 12), Spot(x, y, 1, -1, -9, 8)]
    beside = [Spot(x, y, 1, 0, -14), Spot(x, y, -1, 0, 14), *(Spot(x, y, across, 1, 0, -36) for across in (1, 0, -1))]
    one, three, *short = [letters_of(text) for text in here_words(stage.scene, stage.formats)]
    tries = [(text, spot) for text in (one, three) for spot in above[:1]]
    tries += [(text, spot) for spots in (above, below, beside) for text in (one, three) for spot in spots]
    tries += [(text, spot) for text in short for spot in (*above, *below, *beside)]
    return Wish(tries, stage.colours.text, bold=True, name="here", weight=3)


def _zone_label(stage: Stage, zone: Stretch, within: bool = False) -> Wish:
    start, end = max(zone.start, stage.low), min(zone.end, stage.high)
    colour = stage.colours.zero_text if zone.kind == "zero" else stage.colours.flat_text
    heights = [stage.bottom + row * (stage.top - stage.bottom) for row in LABEL_HEIGHTS]
    spots = [Spot((start + end) / 2, y) for y in heights]
    if not within:
        spots += [Spot(start, y, -1, 0, 4) for y in heights] + [Spot(end, y, 1, 0, -4) for y in heights]
    texts = [letters_of(text) for text in zone_words(stage.scene, zone, stage.formats)]
    return make_wish(texts, spots, colour, bold=True, name=zone.kind, weight=1 if within else 3)


def _jump_label(stage: Stage, cliff: Stretch, brief: bool) -> Wish:
    x, middle, top = cliff.start, (cliff.before + cliff.after) / 2, max(cliff.before, cliff.after)
    spots = [Spot(x, middle, -1, 0, 5), Spot(x, middle, 1, 0, -5), Spot(x, top, 1, 0, -7), Spot(x, top, 1, 1, -2, -4)]
    spots += [Spot(x, top, 0, 1, 0, -8), Spot(x, top, 1, 1, -2, -22), Spot(x, stage.bottom, -1, 1, 4, -4)]
    spots += [Spot(x, min(cliff.before, cliff.after), -1, -1, 5, 4)]
    texts = [letters_of(text) for text in zone_words(stage.scene, cliff, stage.formats)]
    return make_wish(texts[-1:] if brief else texts, spots, stage.colours.cliff_text, name="cliff", weight=2)


def _team_label(stage: Stage) -> list[Wish]:
    """Over the top of the hill if it can be, else along its sides, above the line of it or within, down to the axis."""
    hill = layers.team_hill(stage)
    if not hill:
        return []
    rise = stage.top - stage.bottom
    top = max(hill, key=lambda point: point[1])
    beside = [(0, 0), (-1, 8), (1, -8), (1, -24), (-1, 24), (1, -44), (-1, 44)]
    spots = [
        Spot(top[0], stage.bottom + top[1] * rise, across, 1, r, down) for down in (-2, 18) for across, r in beside
    ]
    sides = sorted((point for point in hill if point[1] > SEEN * top[1]), key=lambda point: -point[1])
    spots += [
        Spot(x, stage.bottom + y * rise, across, 1, 0, down)
        for down in (-2, 18)
        for x, y in sides
        for across in ((-1, 0) if x > top[0] else (1, 0))
    ]
    spots += [Spot(x, stage.bottom, 0, 1, 0, -2) for x, _ in sides]
    return [make_wish(["the team"], spots, stage.colours.quiet, name="team", weight=2, bare=True)]


def rate_labels(stage: Stage) -> tuple[list[Wish], Sequence[Sequence[Pixels]]]:
    """What the next unit pays, to be said on the strip where a piece is wide enough, and lines that fence it in."""
    if stage.gap is not None:
        return difference.gap_labels(stage)
    wishes = []
    for start, end, rate in sorted(stage.rates, key=lambda r: r[0] - r[1]):
        spots = [Spot((start + end) / 2, rate, 0, 1, 0, 1)]
        wishes.append(
            make_wish(
                [stage.formats.gain(rate)], spots, stage.colours.text if rate else stage.colours.quiet, name="rate"
            )
        )
    fenced: list[list[Pixels]] = [
        [(s.start, stage.rate_edges[0]), (s.start, stage.rate_edges[1])] for s in layers.cliffs_in_picture(stage)
    ]
    fenced += [[(end, stage.rate_edges[0]), (end, stage.rate_edges[1])] for _, end, _ in stage.rates[:-1]]
    return wishes, fenced


def _rate_notes(stage: Stage) -> list[dict[str, Any]]:
    wishes, fenced = rate_labels(stage)
    return [{**note, "yref": "y2"} for note in lay_labels([wishes], stage.strip, fenced, [], TRANSPARENT)]


def letters_of(text: str) -> str:
    """A text of several lines for plotly."""
    return "<br>".join(chart_text(line) for line in text.split("\n"))
