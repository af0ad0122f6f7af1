"""What is asked of the effort model about one plan, each answer worked out once, when somebody asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from calc.behaviour.axis import pays_by_target
from calc.behaviour.behave import Behaved, PlanConduct, behave
from calc.behaviour.effort.late_plan import play_late
from calc.behaviour.portrait import RisingPeriods, SilentDays, cost_silence, follow_path
from calc.behaviour.readings import BothReadings, compare_readings
from calc.behaviour.week import Week, divide_week
from calc.documents.planfile import Preset
from calc.situation.behaviour import Behaviour


@dataclass(frozen=True)
class Answers:
    """What people do under a plan.

    Args:
        preset: the plan, with its team and what is around it.
        at: where the rep stands on the KPIs that stand still [KPI units].
    """

    preset: Preset
    at: Mapping[str, float]
    _compared: dict[str, BothReadings] = field(default_factory=dict, repr=False, compare=False)
    _silences: dict[float, SilentDays | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def alone(self) -> Behaved:
        """Under this plan, as if it were known in time, in one period by itself."""
        return behave(self.preset, self.at)

    def compared(self, other: Preset, key: str) -> BothReadings:
        """Beside another plan, under every reading of today; `key` names the other plan."""
        if key not in self._compared:
            self._compared[key] = compare_readings(self.preset, other, self.at)
        return self._compared[key]

    @property
    def silent(self) -> float | None:
        """The share of the period that is over when the plan is known; None where it is known in time."""
        calendar = self.preset.calendar
        return calendar.silent / calendar.days if calendar and 0.0 < calendar.silent < calendar.days else None

    def silence(self, trust: float) -> SilentDays | None:
        """What the silent days of a late plan cost at a trust."""
        calendar = self.preset.calendar
        if calendar is None or self.silent is None:
            return None
        if trust not in self._silences:
            self._silences[trust] = cost_silence(self.alone, calendar.days, calendar.silent, trust)
        return self._silences[trust]

    def known_late(self, behaved: Behaved) -> Behaved:
        """The same people where the plan is known as late as it is, at the trust that is set; else as they are."""
        if self.silent is None:
            return behaved
        known = behaved.here.outcome
        late = play_late(
            known.pay,
            known.reps,
            known.target,
            known.plain_rate,
            silent=self.silent,
            trust=(self.preset.behaviour or Behaviour()).trust,
            teams=known.teams,
            steps=behaved.axis.steps,
        )
        return replace(behaved, here=PlanConduct(behaved.here.plan, late))

    @cached_property
    def rising(self) -> RisingPeriods | None:
        """Period by period, where the target rises after a hit or follows the overshoot, and pay is for the target."""
        path = self.preset.path
        if path is None or not pays_by_target(self.preset.plan, self.alone.axis, self.at):
            return None
        return follow_path(self.alone, path)

    @cached_property
    def week(self) -> Week | None:
        """Where the hours go; None where they are not given."""
        return divide_week(self.preset)
