"""The rep of the effort model: what a plan's curve makes people do. Its terms, with their published origins.

Sales in quotas, money in target incentives, effort 1 = today's. Defaults: 70 % of sales come without an incentive and
effort answers with an elasticity of 1.3, which together give the +44 % of Lazear (2000) and the output elasticity of
0.39 of Paarsch and Shearer (2009).
"""

from calc.plan.terms import FiniteNumber, Terms, Whole, term


class Behaviour(Terms):
    """How a rep answers to money."""

    kept_without_incentive: FiniteNumber = term(
        0.70, ge=0, lt=1, unit="share of sales", help="what comes without an incentive"
    )
    response: FiniteNumber = term(1.3, gt=0, le=10, help="how strongly effort answers to pay for the next unit")
    noise: FiniteNumber = term(0.20, ge=0, le=5, unit="attainment", help="luck, as a standard deviation per period")
    ability_spread: FiniteNumber = term(0.15, ge=0, le=2, help="how widely reps differ, as a coefficient of variation")
    types: Whole = term(7, ge=1, le=50, help="how many kinds of reps are computed")
    steps: Whole = term(12, ge=1, le=60, help="how often in a period a rep thinks again")
    max_effort: FiniteNumber = term(2.5, gt=1, le=10, help="the most effort, as a multiple of today's")
    patience: FiniteNumber = term(1.0, gt=0, le=1, unit="per step", help="what a payment one step later is worth")
    risk_aversion: FiniteNumber = term(0.0, ge=0, le=20, help="how much a rep shuns risk (CARA); 0 is neutral")
    mean_today: FiniteNumber = term(
        1.0, gt=0, le=10, unit="attainment", help="the mean attainment that the plan brings today"
    )
    trust: FiniteNumber = term(
        0.0, ge=0, le=1, help="how much of a plan that is not known yet people work for: 0 nothing, 1 all of it"
    )
    calibrated_on: str | None = term(None, max_length=80, help="the plan that brings it, if not this one")
