"""The mechanics of a payout: each turns the terms of a plan document into an exact curve, and knows no other."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, get_args

from pydantic import Field

from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.mechanics.band import Band
from calc.plan.mechanics.matrix import Matrix
from calc.plan.mechanics.points import Points
from calc.plan.mechanics.steps import Steps
from calc.plan.mechanics.tiers import Tiers

Mechanic = Annotated[Band | Points | Steps | Tiers | Matrix, Field(discriminator="kind")]
"""Every mechanic a KPI may be paid by. A new one is named here, once."""

Factor = Annotated[Band | Points | Steps, Field(discriminator="kind")]
"""The mechanics of a modifier, or of a whole score: those that need nothing but one number."""


def _kinds_in(union: Any) -> Mapping[str, type[CurveTerms]]:
    """The mechanics of a union by their words in a plan file, in its order."""
    return MappingProxyType({str(model.model_fields["kind"].default): model for model in get_args(get_args(union)[0])})


KINDS = _kinds_in(Mechanic)
"""The mechanics of a KPI, by kind."""
FACTOR_KINDS = _kinds_in(Factor)
"""Those of a modifier, and of a score."""

__all__ = ["FACTOR_KINDS", "KINDS", "Band", "Factor", "Matrix", "Mechanic", "Points", "Steps", "Tiers"]
