"""What the view of what people do is read from: the engine's answers for one plan, each worked out when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from calc.behaviour.answers import Answers
from calc.behaviour.axis import Axis, read_plan
from calc.behaviour.behave import Behaved
from calc.behaviour.portrait import (
    Bars,
    RepPortrait,
    RisingPeriods,
    SilentDays,
    bar_results,
    portray_reps,
    where_pay_begins,
)
from calc.behaviour.readings import BothReadings
from calc.behaviour.week import Week
from calc.diagnosis.conduct import say_all
from calc.diagnosis.conduct_words import Conduct
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset, load_preset, preset_names
from calc.outcomes.difference import same_measure
from calc.situation.behaviour import Behaviour
from ui.model.live_conduct import LiveConduct


@dataclass(frozen=True)
class Portrait:
    """What people do under a plan, and under another.

    Args:
        preset: the plan, with its team.
        at: where the rep stands on the KPIs that stand still [KPI units].
        findings: what is found in it.
        pinned: the plan that it is compared with on the page.
    """

    preset: Preset
    at: Mapping[str, float]
    findings: tuple[Finding, ...]
    pinned: Preset | None = None

    @cached_property
    def answers(self) -> Answers:
        """What the model answers, each when it is asked."""
        return Answers(self.preset, self.at)

    @cached_property
    def other(self) -> Preset | None:
        """What it is held against: the pinned plan, else its cure, where both sell the same and pay otherwise."""
        return next(
            (other for other in (self.pinned, self._cure) if other is not None and self._comparable(other)), None
        )

    def _comparable(self, other: Preset) -> bool:
        kpi, plan = self.axis.kpi, other.plan
        if kpi.id not in plan.ids or plan.currency != self.preset.plan.currency:
            return False
        if not plan.kpi(kpi.id).paid or not same_measure(kpi, plan.kpi(kpi.id)):
            return False
        here, there = (read_plan(one.plan, self.axis, self.at).pay for one in (self.preset, other))
        return here != there or self.answers.silent is not None

    @property
    def _cure(self) -> Preset | None:
        named = self.preset.cured_by
        return load_preset(named) if named is not None and named in preset_names() else None

    @cached_property
    def compared(self) -> BothReadings | None:
        """Both plans under every reading of today."""
        if self.other is None:
            return None
        return self.answers.compared(self.other, "pinned" if self.other is self.pinned else str(self.other.name))

    @cached_property
    def behaved(self) -> Behaved:
        """Under both, where there is another; a late plan is known as late as it is."""
        return self.answers.known_late(self.answers.alone if self.compared is None else self.compared.named)

    @property
    def pays_activity(self) -> bool:
        """Whether pay for activity stands beside pay for sales, so that the hours decide what is sold."""
        paid = [kpi for kpi in self.preset.plan.kpis if kpi.paid]
        return len(paid) > 1 and any(kpi.kind == "activity" for kpi in paid)

    @cached_property
    def live(self) -> LiveConduct | None:
        """What moves with a handle; None where the hours decide, or the plan is known late."""
        if self.pays_activity or self.answers.silent is not None:
            return None
        return LiveConduct(self.answers.alone, self.at)

    @property
    def axis(self) -> Axis:
        """How results become sales."""
        return self.answers.alone.axis

    @cached_property
    def conducts(self) -> tuple[Conduct, ...]:
        """What the findings make people do."""
        case = Case(self.preset, self.preset.plan.standing(self.at))
        return say_all(case, self.findings, self.answers)

    @property
    def reference(self) -> str:
        """The title of the plan that is taken to bring today's mean; empty for this very plan."""
        named = self.answers.alone.reference
        return (load_preset(named).title or named) if named in preset_names() else ""

    @cached_property
    def reps(self) -> tuple[tuple[RepPortrait, RepPortrait | None], ...]:
        """A weak, a middling and a strong rep under this plan, each with the same rep under the other."""
        here = portray_reps(self.behaved.here)
        there = None if self.behaved.against is None else portray_reps(self.behaved.against)
        return tuple((rep, None if there is None else there[i]) for i, rep in enumerate(here))

    @cached_property
    def bars(self) -> tuple[Bars, Bars | None]:
        """Where results land under this plan, and under the other."""
        behaved = self.behaved
        there = None if behaved.against is None else bar_results(behaved, behaved.against)
        return bar_results(behaved, behaved.here), there

    @property
    def pay_begins(self) -> float | None:
        """Sales from which this plan pays anything, where that is not from the first."""
        return where_pay_begins(self.behaved.here)

    @property
    def silence(self) -> SilentDays | None:
        """What the silent days of a late plan cost, at the trust that is set."""
        return self.answers.silence(self.behaviour.trust)

    @property
    def rising(self) -> RisingPeriods | None:
        """What people do while the target rises after a hit."""
        return self.answers.rising

    @property
    def week(self) -> Week | None:
        """Where the hours go; None where they are not given."""
        return self.answers.week

    @property
    def behaviour(self) -> Behaviour:
        """What is said about the people."""
        return self.preset.behaviour or Behaviour()
