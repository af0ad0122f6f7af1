"""What the command `search` answers: shapes of pay at the same whole cost, and how much no shape can pass."""

import textwrap
from collections.abc import Mapping
from typing import Any

from calc.behaviour.behave import FigureBand
from calc.behaviour.search import NEAR_TODAY, Proposal, SearchFound
from calc.behaviour.shapes import SearchLimits
from calc.console import percent, table
from calc.documents.planfile import Preset
from calc.plan.errors import Refused

DECIMALS = 6
SEARCH_HEADS = ["floor", "accelerator", "ceiling", "target", "incentive", "gain", "sales", "pay", "net", "gives up"]


SEARCH_RANGES = {"floor": (0.0, 0.95), "accelerator": (0.0, 10.0), "ceiling": (1.05, 10.0)}
"""The least and the most that a range of a search may hold."""


def search_limits(given: Mapping[str, Any], *, jumps: bool) -> SearchLimits:
    """What a shape may look like, from the command line.

    Args:
        given: by name of `SEARCH_RANGES`, the two ends; None or nothing where it is left as it is.
        jumps: whether pay may jump where it begins.

    Raises:
        Refused: a range does not rise, or lies where no shape can.
    """
    free = SearchLimits()
    ends = {name: _range_of(name, *given[name]) for name in SEARCH_RANGES if given.get(name) is not None}
    return SearchLimits(
        floors=ends.get("floor", free.floors),
        accelerators=ends.get("accelerator", free.accelerators),
        ceilings=ends.get("ceiling", free.ceilings),
        jumps=jumps,
    )


def _range_of(name: str, low: float, high: float) -> tuple[float, float]:
    least, most = SEARCH_RANGES[name]
    if not least <= low <= high <= most:
        raise Refused(f"--{name} must be two numbers that rise, from {least:g} to {most:g} (got {low:g} and {high:g})")
    return low, high


def budget_share(given: float) -> float:
    """The whole cost as a share of today's, from the command line.

    Raises:
        Refused: it is far from today's.
    """
    if not 0.2 <= given <= 5.0:
        raise Refused(f"--budget must be from 0.2 to 5, where 1 is what today's plan costs (got {given:g})")
    return given


def search_answer(found: SearchFound) -> dict[str, Any]:
    """The JSON object that `search` prints."""
    return {
        "shape_is_wrong": found.shape_is_wrong,
        "bound": _band(found.bound),
        "dropped": found.dropped,
        "budget": round(found.budget, DECIMALS),
        "shapes": [_proposal(one) for one in found.best],
    }


def search_text(preset: Preset, found: SearchFound) -> str:
    """The same for eyes: whether the shape is what is wrong, the best shapes, and what none can pass."""
    wrong = found.shape_is_wrong
    says = "The shape is what is wrong." if wrong else f"The shape is not what is wrong: none gains {NEAR_TODAY:.0%}."
    bound = (
        f"No shape sells more than {percent(round(found.bound.high, 3))} more at this cost, in any reading. "
        f"{found.dropped} shapes were left out, as somebody gives up under them, sales fall faster than ability, or "
        "effort is at its limit. Sales are in today's mean result, money in target incentives."
    )
    rows = [SEARCH_HEADS, *(_row(one) for one in found.best)]
    parts = [f"{preset.title or 'The plan'}: {says}", table(rows, words=()), textwrap.fill(bound, 100)]
    return "\n\n".join(part for part in parts if part)


def _proposal(one: Proposal) -> dict[str, Any]:
    shape = one.shape
    return {
        "floor": shape.floor,
        "pays_at_floor": shape.pays_at_floor,
        "accelerator": shape.accelerator,
        "ceiling": shape.ceiling,
        "target": shape.target,
        "incentive": round(one.money, DECIMALS),
        "gain": round(one.gain, DECIMALS),
        "sales": _band(one.sales),
        "pay": _band(one.pay),
        "net": _band(one.net),
        "given_up": [round(share, DECIMALS) for share in one.given_up],
    }


def _row(one: Proposal) -> list[str]:
    shape = one.shape
    told = [percent(shape.floor), f"{shape.accelerator:g}", "none" if shape.ceiling is None else percent(shape.ceiling)]
    told += [f"{shape.target:g} x", f"{one.money:.2f} x", percent(round(one.gain, 4))]
    told += [f"{band.low:.3f} to {band.high:.3f}" for band in (one.sales, one.pay, one.net)]
    return [*told, percent(round(max(one.given_up), 3))]


def _band(band: FigureBand) -> list[float]:
    return [round(x, DECIMALS) for x in (band.low, band.standard, band.high)]
