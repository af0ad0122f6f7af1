"""The checks: each one way in which a plan stops paying. A new one is a file, named here once."""

from collections.abc import Callable, Iterator

from calc.diagnosis.checks.limits import accelerator_inversion, ceiling_in_reach, field_range, unreachable_floor
from calc.diagnosis.checks.measures import cross_purposes, idle_kpi, no_quality, pay_on_activity, too_many_kpis
from calc.diagnosis.checks.targets import rising_target, target_out_of_reach, target_too_easy
from calc.diagnosis.checks.timing import late_plan, pay_stops_early
from calc.diagnosis.checks.whole_plan import budget_gap, closed_gate, pay_at_target, too_large, wrong_example
from calc.diagnosis.checks.zones import cliff, falling_pay, flat_zone, pay_below_zero, zero_zone
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding

CHECKS: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "wrong_example": wrong_example.find,
    "zero_zone": zero_zone.find,
    "flat_zone": flat_zone.find,
    "cliff": cliff.find,
    "unreachable_floor": unreachable_floor.find,
    "ceiling_in_reach": ceiling_in_reach.find,
    "accelerator_inversion": accelerator_inversion.find,
    "too_many_kpis": too_many_kpis.find,
    "idle_kpi": idle_kpi.find,
    "pay_on_activity": pay_on_activity.find,
    "no_quality": no_quality.find,
    "target_out_of_reach": target_out_of_reach.find,
    "target_too_easy": target_too_easy.find,
    "closed_gate": closed_gate.find,
    "cross_purposes": cross_purposes.find,
    "late_plan": late_plan.find,
    "rising_target": rising_target.find,
    "pay_stops_early": pay_stops_early.find,
    "falling_pay": falling_pay.find,
    "pay_below_zero": pay_below_zero.find,
    "budget_gap": budget_gap.find,
    "pay_at_target": pay_at_target.find,
    "field_range": field_range.find,
    "too_large": too_large.find,
}
"""Every check by its name, in the order in which they are told."""
