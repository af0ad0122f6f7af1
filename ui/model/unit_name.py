"""What the next unit along a KPI is called, for figures, controls and pictures alike."""

from calc.messages import singular_unit
from ui.model.profile import Scene
from ui.number_format import Formats, clip_name


def unit_name(scene: Scene, formats: Formats) -> str:
    """What the next unit is called: deal; $1,000; point of customer satisfaction."""
    kpi = scene.kpi
    if kpi is None:
        return f"{formats.share(0.01)} of target"
    if scene.unit != 1 or kpi.unit in ("", "%"):
        return formats.amount(kpi, scene.unit)
    alone = formats.amount(kpi, 1.0)
    return alone if alone[0] != "1" or not kpi.unit else clip_name(singular_unit(kpi.unit))
