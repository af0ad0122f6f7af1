"""The pictures of a report: the page's own figures, drawn by the script within the file, and a still one until then."""

import json
from dataclasses import dataclass
from typing import Any

from calc.documents.planfile import Preset
from calc.piecewise.pieces import NotALine
from ui.charts.axes import Stage
from ui.charts.figure import stage_figure
from ui.charts.palette import palette_of
from ui.charts.thumbnail import draw_thumbnail
from ui.model.profile import ALL_MEASURES, Scene
from ui.number_format import Formats
from ui.report.markup import escape_text
from ui.report.size import SOME, is_small, measures_shown

REPORT_WIDTH, REPORT_HEIGHT = 680, 400
"""Of a picture [px]: as wide as a sheet of A4 within its margins, and narrower than one of Letter."""
PICTURE_SIZES = ((330.0, 400.0), (float(REPORT_WIDTH), float(REPORT_HEIGHT)))
MAX_PICTURES = SOME
"""Measures that have a picture."""
REPORT_FONT = '"Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
SMALL_FONT = 12
"""Letters [px]: the fonts of other machines are wider than the page's own, and must find the same room."""


@dataclass(frozen=True)
class Looked:
    """A scene with its name."""

    name: str
    scene: Scene


def scenes_of(preset: Preset, at: dict[str, float]) -> list[Looked]:
    """The plan along every KPI that decides, those that pay most first; and all together, where that is a line."""
    plan = preset.plan
    kpis = plan.kpis if is_small(plan) else measures_shown(plan)
    found = [Looked(kpi.label, Scene(plan, kpi.id, at, preset.team)) for kpi in kpis]
    moving = [looked for looked in found if len({piece.value for piece in looked.scene.curve.pieces()}) > 1]
    moving.sort(key=lambda looked: -abs(plan.targeted[looked.scene.along]))
    together = Looked("All measures together", Scene(plan, ALL_MEASURES, at, preset.team))
    several = is_small(plan) and sum(kpi.paid for kpi in plan.kpis) > 1 and _a_line(together.scene)
    return [*([together] if several else []), *moving]


def _a_line(scene: Scene) -> bool:
    try:
        return bool(scene.curve)
    except NotALine:
        return False


def picture_html(number: int, scene: Scene, start: Scene, formats: Formats, alt: str) -> str:
    """A picture as an element of the page.

    Args:
        number: which it is.
        scene: what is drawn.
        start: the same of the plan that this one started from.
        formats: the reader's conventions.
        alt: what it shows, in words.
    """
    stage = Stage(scene, start, formats, palette_of("light"), sizes=PICTURE_SIZES)
    still = draw_thumbnail(stage).replace("<svg ", '<svg aria-hidden="true" ', 1)
    return (
        f'<figure><div class="picture" id="picture-{number}" role="img" aria-label="{escape_text(alt)}">{still}</div>'
        f'<script type="application/json" data-for="picture-{number}">'
        f"{embed_json(_set_letters(stage_figure(stage)))}</script></figure>"
    )


def _set_letters(figure: dict[str, Any]) -> dict[str, Any]:
    """A figure in the letters of any machine."""
    layout = figure["layout"]
    notes = [{**note, "font": {**note.get("font", {}), "size": SMALL_FONT}} for note in layout["annotations"]]
    font = {**layout["font"], "family": REPORT_FONT, "size": SMALL_FONT}
    label = {**layout["hoverlabel"], "font": {**layout["hoverlabel"]["font"], "family": REPORT_FONT}}
    return {**figure, "layout": {**layout, "font": font, "hoverlabel": label, "annotations": notes}}


def embed_json(value: Any) -> str:
    """JSON that ends no script and opens no tag, whatever it holds.

    >>> embed_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    told = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
