"""A finding: one way in which a plan stops paying, where it lies, what it costs, whom it meets, and what mends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from calc.documents.planfile import Preset
from calc.messages import Sentence
from calc.outcomes.expected_cost import at_the_cost_of

Severity = Literal["note", "warn", "alarm"]
RANK: dict[Severity, int] = {"alarm": 0, "warn": 1, "note": 2}


@dataclass(frozen=True)
class Cure:
    """A change to the plan that mends a finding.

    Args:
        label: what is done, in words.
        before: the preset as it was.
        after: the preset mended.
    """

    label: Sentence
    before: Preset
    after: Preset

    @cached_property
    def at_the_same_cost(self) -> Preset:
        """The mended preset with its money rescaled, so that expected pay is what it was."""
        return at_the_cost_of(self.before, self.after)


Mends = Callable[[], Cure | None]
"""Works a cure out, for which the plan is made anew and judged, so it is asked for late."""


def no_cure() -> None:
    """No cure."""


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Args:
        check: the check's name.
        severity: "note" to know, "warn" outside practice, "alarm" the plan works against itself.
        kpi: the id of the KPI it lies on, None for the whole plan.
        span: where it lies [attainment], None for no end; None where it has no place on an axis.
        money: what it is about [money per rep and period], as the check's text says.
        share: the share of the team that it meets, None where no team is described.
        title: a verb and a number.
        says: what is, in plain words.
        do: what to do.
        source: where the rule comes from.
        mends: works out the change that mends it, where there is one.
    """

    check: str
    severity: Severity
    kpi: str | None
    span: tuple[float | None, float | None] | None
    money: float | None
    share: float | None
    title: Sentence
    says: Sentence
    do: Sentence
    source: str
    mends: Mends = field(default=no_cure, repr=False, compare=False)

    @cached_property
    def cure(self) -> Cure | None:
        """A change that mends it, where there is one."""
        return self.mends()

    @property
    def order(self) -> tuple[float, float]:
        """Sorts the costliest first: by severity, then by the money that it is about times whom it meets."""
        return RANK[self.severity], -abs(self.money or 0.0) * (1.0 if self.share is None else self.share)

    def with_names(self, others: Mapping[str, str]) -> "Finding":
        """The finding with other names of people, by their own."""
        told = {name: getattr(self, name).with_names(others) for name in ("title", "says", "do")}
        return self if told["says"] == self.says and told["title"] == self.title else replace(self, **told)

    def without_cure(self) -> "Finding":
        """The finding with no cure."""
        return replace(self, mends=no_cure)


def grade_value(value: float, warn: float, alarm: float) -> Severity | None:
    """The severity of a value that should stay at or below `warn`.

    >>> grade_value(0.05, 0.1, 0.2), grade_value(0.15, 0.1, 0.2), grade_value(0.3, 0.1, 0.2)
    (None, 'warn', 'alarm')
    """
    if value <= warn:
        return None
    return "alarm" if value > alarm else "warn"
