"""The mechanics of a payout: each turns the terms of a plan document into an exact curve, and knows no other."""

from typing import Annotated

from pydantic import Field

from calc.plan.mechanics.band import Band
from calc.plan.mechanics.matrix import Matrix
from calc.plan.mechanics.points import Points
from calc.plan.mechanics.steps import Steps
from calc.plan.mechanics.tiers import Tiers

Mechanic = Annotated[Band | Points | Steps | Tiers | Matrix, Field(discriminator="kind")]
"""Every mechanic a KPI may be paid by. A new one is named here, once."""

Factor = Annotated[Band | Points | Steps, Field(discriminator="kind")]
"""The mechanics of a modifier, or of a whole score: those that need nothing but one number."""

__all__ = ["Band", "Factor", "Matrix", "Mechanic", "Points", "Steps", "Tiers"]
