"""The strip under two lines: what the later plan pays more than the earlier, hatched and named where it lies."""

from collections.abc import Sequence
from typing import Any, Literal

from calc.outcomes.difference import GapSide, split_sides
from ui.charts.axes import Stage, chart_text
from ui.charts.label_layout import Pixels, Spot, Wish, make_wish
from ui.charts.palette import faint_colour
from ui.text.words import short_place

MAX_NAMED_STRETCHES = 4
"""Stretches that are named; those where most is at stake."""

GapTrace = dict[str, Any]


def strip_title(stage: Stage) -> str:
    """What the strip shows."""
    return f"Difference in pay: {_later_name(stage)} minus {stage.names[0 if stage.later == 'own' else 1]}"


def _later_name(stage: Stage) -> str:
    return stage.names[1 if stage.later == "own" else 0]


def sides_in_picture(stage: Stage) -> tuple[GapSide, ...]:
    """The stretches in the picture on which B pays more, less, or the same."""
    return () if stage.gap is None else split_sides(stage.gap, stage.low, stage.high, least=stage.least)


def gap_area(stage: Stage, kind: Literal["more", "less"]) -> GapTrace:
    """The areas between the difference and zero on one side of it."""
    points: list[Pixels | None] = []
    for p in stage.gap_parts:
        low, high = p.value, p.end_value
        if max(abs(low), abs(high)) >= stage.least and (low + high > 0) == (kind == "more"):
            points += [(p.start, 0.0), (p.start, low), (p.end, high), (p.end, 0.0), (p.start, 0.0), None]
    colour, shape = (stage.colours.cured, "/") if kind == "more" else (stage.colours.zero, "\\")
    pattern: dict[str, Any] = {
        "shape": shape,
        "fgcolor": faint_colour(colour, 0.6),
        "bgcolor": faint_colour(colour, 0.14),
    }
    pattern |= {"size": 7, "solidity": 0.2, "fillmode": "replace"}
    return _gap_trace(kind, points, fill="toself", fillpattern=pattern, line={"width": 0})


def gap_line(stage: Stage) -> GapTrace:
    """The difference itself, upright where it jumps."""
    points: list[Pixels | None] = [xy for p in stage.gap_parts for xy in ((p.start, p.value), (p.end, p.end_value))]
    return _gap_trace("difference", points, line={"color": stage.colours.text, "width": 1.5})


def _gap_trace(name: str, points: list[Pixels | None], **more: Any) -> GapTrace:
    xs, ys = ([None if p is None else p[i] for p in points] for i in (0, 1))
    trace = {"type": "scatter", "name": name, "x": xs, "y": ys, "mode": "lines", "hoverinfo": "skip", "yaxis": "y2"}
    return {**trace, **more}


def zero_line(stage: Stage) -> list[dict[str, Any]]:
    """The line on which both plans pay the same."""
    if stage.gap is None:
        return []
    place: dict[str, Any] = {"type": "line", "xref": "x", "yref": "y2", "layer": "below"}
    place |= {"x0": stage.low, "x1": stage.high, "y0": 0, "y1": 0}
    return [{**place, "line": {"color": stage.colours.quiet, "width": 1}}]


def gap_labels(stage: Stage) -> tuple[list[Wish], Sequence[Sequence[Pixels]]]:
    """The names of the areas, and the lines that none may lie on."""
    found = sides_in_picture(stage)
    if all(side.kind == "same" for side in found):
        middle = (stage.low + stage.high) / 2
        return [make_wish(["both pay the same"], [Spot(middle, 0.0, 0, 1, 0, -3)], stage.colours.quiet, name="gap")], []
    told = sorted((side for side in found if side.kind != "same"), key=lambda s: -abs(s.most) * (s.end - s.start))
    wishes = [_area_label(stage, side, len(told) == 1) for side in told[:MAX_NAMED_STRETCHES]]
    lines = [[(p.start, p.value), (p.end, p.end_value)] for p in stage.gap_parts]
    return wishes, [*lines, [(stage.low, 0.0), (stage.high, 0.0)]]


def _area_label(stage: Stage, side: GapSide, alone: bool) -> Wish:
    """Plan B pays more: +$300 at 120 deals; above its area if it gains, below it if it loses; shorter among others."""
    up = 1 if side.kind == "more" else -1
    price = stage.formats.gain(round(side.most) if abs(side.most) >= 100 else side.most)
    place = chart_text(short_place(stage.scene, side.at, stage.formats))
    middle = (side.start + side.end) / 2
    who = _later_name(stage)
    says = f"{chart_text(who[:1].upper() + who[1:])} pays {side.kind}: {price}"
    near = [Spot(side.at, side.most, across, up, -3 * across, -3 * up) for across in (0, 1, -1)]
    level = [Spot(x, 0.0, across, -up, 0, 3 * up) for x, across in ((middle, 0), (side.start, -1), (side.end, 1))]
    inside = [Spot(middle, side.most / 3, 0, 0), Spot(middle, side.most / 2, 0, 0)]
    colour = stage.colours.cured_text if side.kind == "more" else stage.colours.zero_text
    texts = [f"{says} at {place}", says] if alone else []
    texts += [f"{side.kind}: {price} at {place}"] * (not alone) + [f"{side.kind}: {price}", price]
    return make_wish(texts, [*near, *inside, *level], colour, bold=True, name="gap", weight=2)


def pays_at_pointer(stage: Stage, x: float) -> str:
    """What both plans pay at a place of the axis: 70 deals: plan A $700, plan B $650."""
    assert stage.beside is not None
    told = [(stage.names[0], float(stage.beside(x))), (stage.names[1], float(stage.scene.curve(x)))]
    paid = [f"{name} {stage.formats.money(pay)}" for name, pay in (told if stage.later == "own" else told[::-1])]
    return f"{short_place(stage.scene, x, stage.formats)}: {', '.join(paid)}"
