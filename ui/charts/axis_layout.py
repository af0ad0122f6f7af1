"""The axes of the picture: their ranges, the places that are marked, and the words beside them."""

import re
from typing import Any

from ui.charts.axes import Stage, chart_text
from ui.charts.label_layout import round_steps, text_extent
from ui.number_format import clip_name


def axes_layout(stage: Stage) -> dict[str, Any]:
    """The layout of the four axes."""
    still = {
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "tickfont": {"size": 12, "color": stage.colours.quiet},
    }
    places, texts = axis_ticks(stage)
    x = {**still, "range": [stage.low, stage.high], "tickvals": places, "ticktext": texts, "anchor": "y2"}
    x |= {"showgrid": False, "ticks": "outside", "ticklen": 4, "tickcolor": stage.colours.grid}
    x |= {"tickangle": 0, "title": _axis_title(stage)}
    money = round_steps(stage.bottom, stage.top * 0.97, 4)
    y = {**still, "range": [stage.bottom, stage.top], "domain": list(stage.parts[0]), "tickvals": money, "anchor": "x"}
    y |= {"ticktext": [stage.formats.tall(m) for m in money], "gridcolor": stage.colours.grid, "showgrid": True}
    y |= {"ticks": "outside", "ticklen": 5, "tickcolor": "rgba(0,0,0,0)"}
    y2 = {**still, "range": list(stage.rate_edges), "domain": list(stage.parts[1]), "showgrid": False, "anchor": "x"}
    levels = (
        [0.0] if stage.gap is None else [m for m in round_steps(*stage.rate_edges, 3) if m < 0.85 * stage.rate_edges[1]]
    )
    y2 |= {"tickvals": levels, "ticktext": [stage.formats.tall(m) for m in levels], "ticks": "outside", "ticklen": 5}
    y2 |= {"tickcolor": "rgba(0,0,0,0)"}
    y3 = {**still, "range": [0, 1], "overlaying": "y", "visible": False, "anchor": "x"}
    return {"xaxis": x, "yaxis": y, "yaxis2": y2, "yaxis3": y3}


def _axis_title(stage: Stage) -> dict[str, Any]:
    kpi = stage.scene.kpi
    if kpi is None:
        text = "Every paid KPI, % of target"
    else:
        unit = f" ({clip_name(kpi.unit, 14)})" if kpi.unit and kpi.unit.lower() not in kpi.label.lower() else ""
        text = f"{clip_name(kpi.label)}{unit}, and % of target"
    return {"text": chart_text(text), "font": {"size": 12, "color": stage.colours.quiet}, "standoff": 8}


def axis_ticks(stage: Stage) -> tuple[list[float], list[str]]:
    """As many places as have room for their words on the narrowest picture; the target always."""
    inside, width = stage.high - 0.04 * (stage.high - stage.low), min(w for w, _ in stage.frame.sizes)
    for most in (6, 5, 4, 3, 2, 1):
        places = [
            a for a in round_steps(stage.low, inside, most) if a == 1 or abs(a - 1) > 0.1 * (stage.high - stage.low)
        ]
        places = sorted({*places, 1.0}) if stage.low <= 1 <= inside else places
        texts = [_tick_text(stage, a) for a in places]
        gaps = [(b - a) / (stage.high - stage.low) * width for a, b in zip(places, places[1:], strict=False)]
        if all(gap > max(text_extent(re.sub("</?b>", "", text))[0] for text in texts) for gap in gaps):
            break
    return places, texts


def _tick_text(stage: Stage, attainment: float) -> str:
    kpi, share = stage.scene.kpi, stage.formats.share(round(attainment, 4))
    if kpi is None:
        return "<b>target</b>" if attainment == 1 else share
    result = chart_text(stage.formats.tick(kpi, kpi.result(attainment)))
    return f"<b>{result}<br>target</b>" if attainment == 1 else f"{result}<br>{share}"
