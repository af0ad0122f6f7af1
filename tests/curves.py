"""Curves of plans whose mechanic a test knows: the mechanic is asserted, and then its terms can be read."""

from typing import TypeVar

from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.mechanics import Band
from calc.plan.plan import Plan

C = TypeVar("C", bound=CurveTerms)


def expect_curve(curve: CurveTerms | None, mechanic: type[C]) -> C:
    """A curve that is there, and is one of this mechanic."""
    assert isinstance(curve, mechanic), f"the curve must be one of {mechanic.__name__} (got {curve!r})"
    return curve


def curve_of(plan: Plan, kpi: str, mechanic: type[C]) -> C:
    """The curve of a KPI, which is one of this mechanic."""
    return expect_curve(plan.kpi(kpi).curve, mechanic)


def band_of(plan: Plan, kpi: str) -> Band:
    """The curve of a KPI that is paid by a band."""
    return curve_of(plan, kpi, Band)
