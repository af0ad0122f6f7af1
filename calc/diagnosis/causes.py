"""Findings that share a cause: one fact that several checks see is told once, its cause first.

A target that is too low shows as a ceiling that is reached, as a flat zone, and as pay that stops early; a target that
is too high as a floor that is missed. Which findings belong together is read off where they lie: the same place on the
same KPI, or what one of them says of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.finding import RANK, Cure, Finding, Severity
from calc.outcomes.expected_cost import cost_of_plan

CAUSES = ("too_many_kpis", "target_out_of_reach", "target_too_easy", "pay_on_activity")
"""What others follow from, before which nothing is told."""
TOP = ("flat_zone", "ceiling_in_reach", "pay_stops_early")
BOTTOM = ("zero_zone", "flat_zone", "unreachable_floor", "field_range")
TARGETS = ("target_out_of_reach", "target_too_easy")
NOBODY = 0.01
"""The share of the team below which a finding meets hardly anybody, and is told last; ours."""
MAX_CURES_ASKED = 4
"""Findings of a cause whose cures are worked out, to offer the cheapest."""


@dataclass(frozen=True)
class Cause:
    """Findings that share a cause.

    Args:
        findings: the cause first, then what follows from it.
    """

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """What the others follow from."""
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        """That of the worst of them."""
        return min((f.severity for f in self.findings), key=lambda severity: RANK[severity])

    @property
    def meets_nobody(self) -> bool:
        """Whether every one of them meets hardly anybody of the team."""
        return all(f.share is not None and f.share < NOBODY for f in self.findings)

    @cached_property
    def cheapest(self) -> Finding | None:
        """The finding whose cure leaves least of them, and of such cures the one that costs least; None without one."""
        offered = [f for f in self.findings[:MAX_CURES_ASKED] if f.cure is not None]
        if len(offered) < 2:
            return offered[0] if offered else None
        left = {id(f): self._left(f) for f in offered}
        least = min(left.values())
        return min((f for f in offered if left[id(f)] == least), key=_cost_after)

    @property
    def cure(self) -> Cure | None:
        """The cheapest cure, where there is one."""
        return None if self.cheapest is None else self.cheapest.cure

    def _left(self, found: Finding) -> int:
        """How many of the checks still find something worse than a note after a cure."""
        assert found.cure is not None
        after, checks = Case(found.cure.after), {f.check for f in self.findings if f.severity != "note"}
        kpis = {f.kpi for f in self.findings}
        return sum(any(f.severity != "note" and f.kpi in kpis for f in CHECKS[check](after)) for check in checks)


def _cost_after(found: Finding) -> float:
    assert found.cure is not None
    after = found.cure.after
    return round(cost_of_plan(after.plan, after.team).expected, 2)


def by_cause(found: Sequence[Finding]) -> tuple[Cause, ...]:
    """Findings by their cause, in the order of the first of each; what meets hardly anybody after what meets some."""
    groups: list[list[Finding]] = []
    for finding in found:
        akin = [group for group in groups if any(_share_a_cause(finding, other) for other in group)]
        groups = [group for group in groups if not any(group is one for one in akin)]
        groups.append([*(f for group in akin for f in group), finding])
    place = {id(finding): i for i, finding in enumerate(found)}
    made = [Cause(tuple(sorted(group, key=lambda f: (_rank_of(f), place[id(f)])))) for group in groups]
    return tuple(sorted(made, key=lambda cause: _sort_key(cause, place)))


def brought_anew(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Finding, ...]:
    """What a cure brings: warnings and alarms after it that no check gave of the same KPI before.

    Args:
        before: the findings of the plan as it was.
        after: those of the plan with the cure.
    """
    known = {(f.check, f.kpi) for f in before if f.severity != "note"}
    return tuple(f for f in after if f.severity != "note" and (f.check, f.kpi) not in known)


def _rank_of(found: Finding) -> int:
    return CAUSES.index(found.check) if found.check in CAUSES else len(CAUSES)


def _sort_key(cause: Cause, place: dict[int, int]) -> tuple[bool, bool, int]:
    first = min(place[id(finding)] for finding in cause.findings)
    return cause.severity == "note", cause.meets_nobody, first


def _share_a_cause(one: Finding, other: Finding) -> bool:
    return _follows_from(one, other) or _follows_from(other, one)


def _follows_from(one: Finding, other: Finding) -> bool:
    """Whether the one says, in other words, what the other does, or follows from it."""
    if other.check == "too_many_kpis":
        return one.check == "idle_kpi"
    if other.check in TARGETS and one.check == "budget_gap":
        return True
    if one.kpi is None or one.kpi != other.kpi:
        return False
    if other.check == "pay_on_activity":
        return one.check == "cross_purposes"
    if other.check == "target_too_easy":
        return one.check in TOP and _is_open(one)
    if other.check == "target_out_of_reach":
        return one.check in BOTTOM and _from_the_bottom(one)
    return _same_place(one, other)


def _same_place(one: Finding, other: Finding) -> bool:
    """Whether two lie on the same place: both from it on, both below it, or a jump at the end of a stretch."""
    if one.span is None or other.span is None:
        return False
    if one.check in TOP and other.check in TOP and _is_open(one) and _is_open(other):
        return one.span[0] == other.span[0]
    if one.check in BOTTOM and other.check in BOTTOM and _from_the_bottom(one) and _from_the_bottom(other):
        return one.span[1] == other.span[1]
    return one.check == "cliff" and other.check in ("zero_zone", "flat_zone") and one.span[0] in other.span


def _is_open(found: Finding) -> bool:
    return found.span is not None and found.span[1] is None


def _from_the_bottom(found: Finding) -> bool:
    return found.span is not None and found.span[1] is not None and not found.span[0]
