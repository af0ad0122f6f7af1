"""What in a plan a reading of its year cannot be read with; told when the plan file is read."""

from collections.abc import Iterator

from calc.plan.kpi import Kpi
from calc.plan.plan_terms import PlanTerms
from calc.situation.calendar import adds_up
from calc.year.year_terms import Year

LEAST_START = -1e15
"""Where a rate starts that holds from minus infinity on."""


def reading_faults(plan: PlanTerms, year: Year) -> Iterator[str]:
    """A sentence for each thing in a plan that the reading of its year cannot be read with."""
    if year.reading == "rate_reached":
        yield from _rate_faults(plan, year)
    if year.reading == "shared_ladder":
        yield from _ladder_faults(plan, year)


def _rate_faults(plan: PlanTerms, year: Year) -> Iterator[str]:
    """What pays no rate."""
    rule = "must be left out where year.reading is 'rate_reached' (got one): it pays no rate"
    whole = {"score": plan.combine == "score", "greater_of": plan.greater_of, "floor": plan.limits[0] is not None}
    whole |= {"ceiling": plan.limits[1] is not None}
    yield from (f"plan.{name} {rule}" for name, found in whole.items() if found)
    if any(gate.limits_to is not None for gate in plan.gates):
        yield f"gates.limits_to {rule}"
    for kpi in plan.kpis:
        if kpi.paid and (not rate_steps(kpi)):
            yield f"{kpi.id}.curve {rule}"
        elif kpi.paid and not adds_up(kpi):
            yield f"{kpi.id} must add up where year.reading is 'rate_reached' (got what does not)"


def rate_steps(kpi: Kpi) -> tuple[tuple[float, float], ...]:
    """Where each rate of a KPI starts, and the rate: pay per unit of what its terms are of."""
    if kpi.curve is None or kpi.grid is not None:
        return ()
    pieces = kpi.curve.curve(kpi.better, kpi.span).pieces()
    found = [(max(piece.start, LEAST_START), piece.slope) for piece in pieces]
    return tuple(found) if any(rate for _, rate in found) else ()


def _ladder_faults(plan: PlanTerms, year: Year) -> Iterator[str]:
    """What cannot climb."""
    paid = [k for k in plan.kpis if k.paid]
    for k in paid:
        if not _climbs(k):
            yield (
                f"{k.id}.curve must pay money by the result, from 0 on and without jumps, where year.reading is "
                "'shared_ladder' (got another): marginal tiers do"
            )
    if plan.gates or plan.modifiers or plan.greater_of or plan.limits != (None, None):
        yield "plan must have no gates, modifiers, groups, floor or ceiling where year.reading is 'shared_ladder'"
    order = () if year.ladder is None else year.ladder.order
    if len(paid) > 1 and sorted(order) != sorted(k.id for k in paid):
        yield (
            "year.ladder.order must name every KPI that is paid, once, where several are "
            f"(got {', '.join(order) or 'none'})"
        )


def _climbs(kpi: Kpi) -> bool:
    """Whether a KPI pays money by its result in straight pieces from 0 on that nowhere jump or fall."""
    if not kpi.in_money or kpi.curve is None or kpi.grid is not None or not kpi.curve.of_result:
        return False
    curve = kpi.by_result
    return not curve.jumps() and curve(0.0) == 0 and all(piece.slope >= 0 for piece in curve.pieces())
