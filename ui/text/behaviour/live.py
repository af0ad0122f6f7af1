"""What people do, in the figures under the picture that move with a handle: a figure, its band, and where that lies."""

from calc.behaviour.axis import Axis
from calc.behaviour.behave import FigureBand
from calc.behaviour.sweep import ConductBands
from ui.number_format import Formats
from ui.text.behaviour.bands import NO_NUMBER, SayText, result_of, three_digits

LiveCell = tuple[str, str, tuple[float, float, float]]
"""A figure, its band in words, and the band's ends with the figure [% of the bar's width]."""
LIVE_HEADS = ("Sells", "Is paid", "Keeps after effort", "Time not worth trying")
TWICE_TODAY = 2.0
"""Where the bar of sales ends; those of pay end at twice the pay of the plan at rest, that of time at all of it."""


def live_bands(
    bands: ConductBands | None, rest: ConductBands | None, axis: Axis, formats: Formats
) -> tuple[LiveCell, ...]:
    """The four figures with their bands.

    Args:
        bands: of the plan as it is moved.
        rest: of the plan at rest, by which the bars are measured.
        axis, formats: how figures are written.
    """
    if bands is None:
        return tuple((NO_NUMBER, "at the limit of effort", (0.0, 0.0, 0.0)) for _ in LIVE_HEADS)
    formats = formats.forgetful

    def money(x: float) -> str:
        return formats.money_rounded(three_digits(x * axis.incentive))

    says: tuple[SayText, ...] = (
        lambda x: result_of(x, axis, formats),
        money,
        money,
        lambda x: formats.share(round(x, 2)),
    )
    figures = (bands.sales, bands.pay, bands.net, bands.idle)
    money_end = TWICE_TODAY * (1.0 if rest is None else max(rest.pay.high, 0.5))
    ends, units = (TWICE_TODAY, money_end, money_end, 1.0), (axis.kpi.unit, "", "", "")
    parts = zip(figures, says, ends, units, strict=True)
    return tuple(_cell(band, say, end, unit) for band, say, end, unit in parts)


def _cell(band: FigureBand, say: SayText, end: float, unit: str) -> LiveCell:
    low, standard, high = (say(x) for x in (band.low, band.standard, band.high))
    bare = [text.removesuffix(f" {unit}") for text in (low, high)]
    told = "all readings agree" if low == high else f"{bare[0]} to {bare[1]}"
    places = (min(max(100.0 * x / end, 0.0), 100.0) for x in (band.low, band.high, band.standard))
    left, right, middle = (round(place, 1) for place in places)
    return standard, told, (left, right, middle)
