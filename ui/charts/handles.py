"""What can be taken hold of on the axis: the floor, the ceiling and the target of its KPI, and where the rep stands.

Range and step are those of the controls beside the picture. Along all KPIs together there is nothing to take hold of:
the floors differ there, and where the rep stands is an average of many results.
"""

import math
from dataclasses import dataclass

from calc.diagnosis.checks.whole_plan.too_large import too_large
from calc.documents.planfile import Preset
from calc.plan.kpi import Kpi
from calc.plan.terms import is_number
from ui.charts.axes import Stage
from ui.model.knobs import Knob, kpi_knobs, stand_knob
from ui.number_format import Formats, clip_name
from ui.text.findings import lower_label

MAX_DRAWN = 200
"""Positions that are drawn while a handle is dragged; where it has more, every second or third of them."""
POSITIONS_AROUND = 25
"""Positions to each side that are drawn where a slider stands between two that are drawn."""
VALUE_TOLERANCE = 1e-6
"""Of a step: a position so near to an edge lies on it."""


@dataclass(frozen=True)
class Handle:
    """A term that is moved on the axis.

    Its positions count from left to right: position i is the value `first + i * step` [the term's unit], and lies at
    `place + i * stride` [attainment]. Those from `near` to `far` lie in the picture; `every` so many of them are drawn.
    A term without a place on the axis has no `word`, and lies nowhere.
    """

    path: str
    word: str
    name: str
    value: float
    says: str
    first: float
    step: float
    count: int
    place: float
    stride: float
    near: int
    far: int
    every: int

    def at(self, position: int) -> float:
        """The value of a position."""
        return round(self.first + position * self.step, 9)

    @property
    def here(self) -> float:
        """The position of the value, between two where it lies between."""
        return (self.value - self.first) / self.step

    @property
    def drawn(self) -> range:
        """The positions that are drawn while it is dragged."""
        return range(self.near, self.far + 1, self.every)

    def around(self, position: int) -> range:
        """The positions next to one, and itself."""
        middle = min(max(position, 0), self.count)
        return range(max(middle - POSITIONS_AROUND, 0), min(middle + POSITIONS_AROUND, self.count) + 1)


def handles_of(stage: Stage, preset: Preset, seed: Preset) -> tuple[Handle, ...]:
    """The handles of the KPI on the axis; none where all move together, or a row for every position takes too long."""
    kpi = stage.scene.kpi
    if kpi is None or too_large(stage.scene.plan):
        return ()
    began = next((k for k in seed.plan.kpis if k.id == kpi.id), kpi)
    knobs = {knob.path: knob for knob in kpi_knobs(preset, seed, kpi, stage.formats)}
    on_axis = (*(() if kpi.curve is None else kpi.curve.HANDLES), "target")
    found = [knobs.get(f"{kpi.id}.{term}") for term in on_axis]
    found.append(stand_knob(stage.scene, began, kpi, stage.formats))
    made = [_make_handle(stage, kpi, knob) for knob in found if knob is not None and knob.value is not None]
    aside = [knobs.get(f"{kpi.id}.{term}") for term in _terms_aside(kpi, on_axis)]
    made += [_handle_aside(knob) for knob in aside if knob is not None and knob.value is not None]
    return tuple(handle for handle in made if handle is not None)


def _terms_aside(kpi: Kpi, on_axis: tuple[str, ...]) -> list[str]:
    """Numbers without a place on the axis, which a slider moves; the picture follows it all the same."""
    slid = [] if kpi.curve is None else [n for n in kpi.curve.SLIDES if is_number(type(kpi.curve).model_fields[n])]
    return [*(name for name in slid if name not in on_axis), "weight"]


def _handle_aside(knob: Knob) -> Handle | None:
    """A term without a place on the axis."""
    count = round((knob.high - knob.low) / knob.step)
    if count < 1 or not math.isfinite(knob.value):
        return None
    every = max(1, math.ceil(count / MAX_DRAWN))
    near = round((knob.value - knob.low) / knob.step) % every
    return Handle(knob.path, "", knob.name, knob.value, "", knob.low, knob.step, count, 0.0, 0.0, near, count, every)


def _make_handle(stage: Stage, kpi: Kpi, knob: Knob) -> Handle | None:
    of_result = knob.look == "number"
    slope, intercept = kpi.line if of_result else (1.0, 0.0)
    ends = sorted(((stage.low - intercept) / slope, (stage.high - intercept) / slope))
    low, high = _handle_reach(kpi, knob, ends)
    count = round((high - low) / knob.step)
    if count < 1 or not math.isfinite(knob.value):
        return None
    first, step = (low, knob.step) if slope > 0 else (low + count * knob.step, -knob.step)
    place, stride = slope * first + intercept, slope * step
    near = max(0, math.ceil((stage.low - place) / stride - VALUE_TOLERANCE))
    far = min(count, math.floor((stage.high - place) / stride + VALUE_TOLERANCE))
    every = max(1, math.ceil((far - near) / MAX_DRAWN))
    near += (round((knob.value - first) / step) - near) % every
    word = "you" if knob.path.startswith("at.") else knob.path.rpartition(".")[2]
    name = "You are at" if word == "you" else f"{knob.name} of {lower_label(clip_name(kpi.label, 40))}"
    says = value_spoken(kpi, word, knob.value, stage.formats)
    return Handle(knob.path, word, name, knob.value, says, first, step, count, place, stride, near, far, every)


def _handle_reach(kpi: Kpi, knob: Knob, ends: list[float]) -> tuple[float, float]:
    """The least and the most that a handle offers; what has no end reaches as far as the picture does."""
    low, high = knob.low, knob.high
    if math.isinf(low):
        low = math.ceil(ends[0] / knob.step - VALUE_TOLERANCE) * knob.step
        low = max(low, knob.step) if kpi.target > 0 and kpi.scale is None else low
    if math.isinf(high):
        high = math.floor(ends[1] / knob.step + VALUE_TOLERANCE) * knob.step
        high = min(high, -knob.step) if kpi.target < 0 and kpi.scale is None else high
    return low, high


def value_spoken(kpi: Kpi, word: str, value: float, formats: Formats) -> str:
    """A handle's value for those who listen: 70 deals, 70%.

    >>> value_spoken(Kpi(id="deals", unit="deals", target=100), "floor", 0.7, Formats())
    '70 deals, 70%'
    """
    if word == "target":
        return formats.amount(kpi, value)
    result = value if word == "you" else kpi.result(value)
    share = kpi.attainment(value) if word == "you" else value
    return f"{formats.amount(kpi, result)}, {formats.share(round(share, 4))}"
