"""Bands over three readings of the evidence in words: the standard figure, and the least and the most of the three."""

from collections.abc import Callable

from calc.behaviour.axis import Axis
from calc.behaviour.behave import FigureBand
from calc.plan.kpi import Kpi
from ui.number_format import Formats

SayText = Callable[[float], str]
NO_NUMBER = "no number"


def band_of_shares(band: FigureBand | None, formats: Formats) -> str:
    """20% (13% to 20%); one figure where all readings agree."""
    if band is None:
        return NO_NUMBER
    return banded(band, lambda x: formats.share(round(x, 3)))


def band_of_money(band: FigureBand | None, axis: Axis, formats: Formats) -> str:
    """$71 ($67 to $73), of a band of target incentives."""
    if band is None:
        return NO_NUMBER
    return banded(band, lambda x: formats.money_rounded(three_digits(x * axis.incentive)))


def band_of_sales(band: FigureBand | None, axis: Axis, formats: Formats) -> str:
    """51 deals (47 to 53), of a band of today's mean result."""
    if band is None:
        return NO_NUMBER
    return banded_results(band, lambda x: result_of(x, axis, formats), axis.kpi)


def banded_results(band: FigureBand, say: SayText, kpi: Kpi) -> str:
    """A band of results, with the unit said once."""
    low, standard, high = (say(x) for x in (band.low, band.standard, band.high))
    if low == high:
        return standard
    bare = [text.removesuffix(f" {kpi.unit}") for text in (low, high)]
    return f"{standard} ({bare[0]} to {bare[1]})"


def result_of(sales: float, axis: Axis, formats: Formats) -> str:
    """Sales as a result in the KPI's own unit, in three digits."""
    return formats.amount(axis.kpi, three_digits(axis.zero + axis.unit * sales))


def banded(band: FigureBand, say: SayText) -> str:
    low, standard, high = say(band.low), say(band.standard), say(band.high)
    return standard if low == high else f"{standard} ({low} to {high})"


def three_digits(value: float) -> float:
    return float(f"{value:.3g}")


def band_between(band: FigureBand, formats: Formats) -> str:
    low, high = (formats.share(round(x, 2)) for x in (band.low, band.high))
    if low == high:
        return low
    return f"up to {high}" if round(band.low, 2) == 0.0 else f"{low} to {high}"
