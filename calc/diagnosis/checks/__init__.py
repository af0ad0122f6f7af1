"""The checks: each one way in which a plan stops paying. A new one is a file, named here once."""

from collections.abc import Callable, Iterator

from calc.diagnosis.checks.limits import accelerator_inversion, ceiling_in_reach, field_range, unreachable_floor
from calc.diagnosis.checks.measures import cross_purposes, idle_kpi, no_quality, pay_on_activity, too_many_kpis
from calc.diagnosis.checks.people import (
    bunching,
    cost_over_budget,
    hidden_by_mean,
    loose_pay,
    near_cliff,
    pay_by_rank,
    pay_inversion,
    unequal_chance,
    unfair_by_size,
)
from calc.diagnosis.checks.targets import rising_target, target_out_of_reach, target_too_easy
from calc.diagnosis.checks.timing import late_plan, pay_stops_early
from calc.diagnosis.checks.whole_plan import budget_gap, closed_gate, pay_at_target, too_large, wrong_example
from calc.diagnosis.checks.year import (
    draw_swallows,
    guarantee_hides,
    late_starter,
    moved_deals,
    negative_payment,
    unpaid_start,
    year_stops,
)
from calc.diagnosis.checks.zones import cliff, falling_pay, flat_zone, pay_below_zero, zero_zone
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding

CHECKS: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "wrong_example": wrong_example.find_wrong_example,
    "zero_zone": zero_zone.find_zero_zone,
    "flat_zone": flat_zone.find_flat_zone,
    "cliff": cliff.find_cliff,
    "unreachable_floor": unreachable_floor.find_unreachable_floor,
    "ceiling_in_reach": ceiling_in_reach.find_ceiling_in_reach,
    "accelerator_inversion": accelerator_inversion.find_accelerator_inversion,
    "too_many_kpis": too_many_kpis.find_too_many_kpis,
    "idle_kpi": idle_kpi.find_idle_kpi,
    "pay_on_activity": pay_on_activity.find_pay_on_activity,
    "no_quality": no_quality.find_no_quality,
    "target_out_of_reach": target_out_of_reach.find_target_out_of_reach,
    "target_too_easy": target_too_easy.find_target_too_easy,
    "closed_gate": closed_gate.find_closed_gate,
    "cross_purposes": cross_purposes.find_cross_purposes,
    "late_plan": late_plan.find_late_plan,
    "rising_target": rising_target.find_rising_target,
    "pay_stops_early": pay_stops_early.find_pay_stops_early,
    "falling_pay": falling_pay.find_falling_pay,
    "pay_below_zero": pay_below_zero.find_pay_below_zero,
    "pay_inversion": pay_inversion.find_pay_inversion,
    "pay_by_rank": pay_by_rank.find_pay_by_rank,
    "unequal_chance": unequal_chance.find_unequal_chance,
    "loose_pay": loose_pay.find_loose_pay,
    "hidden_by_mean": hidden_by_mean.find_hidden_by_mean,
    "unfair_by_size": unfair_by_size.find_unfair_by_size,
    "near_cliff": near_cliff.find_near_cliff,
    "bunching": bunching.find_bunching,
    "cost_over_budget": cost_over_budget.find_cost_over_budget,
    "year_stops": year_stops.find_year_stops,
    "unpaid_start": unpaid_start.find_unpaid_start,
    "draw_swallows": draw_swallows.find_draw_swallows,
    "moved_deals": moved_deals.find_moved_deals,
    "negative_payment": negative_payment.find_negative_payment,
    "guarantee_hides": guarantee_hides.find_guarantee_hides,
    "late_starter": late_starter.find_late_starter,
    "budget_gap": budget_gap.find_budget_gap,
    "pay_at_target": pay_at_target.find_pay_at_target,
    "field_range": field_range.find_field_range,
    "too_large": too_large.find_too_large,
}
"""Every check by its name, in the order in which they are told."""
