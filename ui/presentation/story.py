"""A plan told in steps, one message each: its story, how it pays, what is wrong, what mends it, where it stands then.

Pure: from a view to its steps, in the words of the preset and of the diagnosis; nothing is judged here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from calc.diagnosis.finding import Finding, Severity
from calc.documents import link, planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.messages import Sentence
from calc.outcomes.expected_cost import Cost
from calc.outcomes.impact import settle_people
from ui.presentation import pays
from ui.presentation.shots import Shot, can_be_drawn, scene_of, shared_axis
from ui.presentation.story_cures import StepJudge, find_cure, is_altered, mend_step_by_step
from ui.presentation.story_words import STORY_LETTERS_BESIDE, facts_named, opening_of, split_sentence
from ui.text.findings import headline_of

MAX_FINDINGS_TOLD = 3
"""Findings that are told; the others are on the page."""
NOTES = 2
"""Things good to know that are told of a sound plan."""
LIKE = 2
"""Findings that are named beside the one that the same cure mends."""
HEADLINE_LETTERS = 80
"""Characters of a sentence, with its figures by their names, that is a message by itself."""
MODEL_LIMITS = (
    "A model's band over three readings of the evidence, and no forecast. It does not know rank, returns, quality, "
    "morale, people who leave, learning or prices."
)
KICKERS: dict[Severity, str] = {"alarm": "Alarm", "warn": "Warning", "note": "Good to know"}

StepKind = Literal["title", "pays", "changed", "pair", "alarm", "warn", "note", "people", "cure", "sound", "end"]
StoryWords = Sentence | str
Count = Callable[[Preset], Cost]
StepConducts = Callable[[View, tuple[Finding, ...]], tuple[Sentence, ...]]


@dataclass(frozen=True)
class StoryStep:
    """One message: what kind it is, a line above it, the message, what is said of it, and its picture.

    `also` are lines beside it, `small` is what stands under it; `opens` is the view that its address opens.
    """

    kind: StepKind
    kicker: str
    headline: StoryWords
    says: tuple[StoryWords, ...] = ()
    also: tuple[StoryWords, ...] = ()
    do: StoryWords | None = None
    small: str = ""
    shot: Shot | None = None
    opens: View | None = None


def say_nothing(view: View, found: tuple[Finding, ...]) -> tuple[Sentence, ...]:
    """Of what people do, nothing."""
    return ()


def tell_steps(
    view: View, judge: StepJudge, count: Count, conducts: StepConducts = say_nothing
) -> tuple[StoryStep, ...]:
    """The steps of a view.

    Args:
        view: what is on the screen.
        judge: the findings in a preset, for a rep at some results.
        count: what a preset costs.
        conducts: what the findings make people do, each in a sentence or several.
    """
    return _Teller(view, judge, count, conducts).told


def group_findings(found: Sequence[Finding]) -> list[list[Finding]]:
    """The findings that are amiss, the costliest first; together what one check says, or one cure mends."""
    groups: list[list[Finding]] = []
    for finding in (f for f in found if f.severity != "note"):
        group = next((g for g in groups if _same_cure(g[0], finding)), None)
        if group is None:
            groups.append([finding])
        else:
            group.append(finding)
    return groups


def _same_cure(one: Finding, other: Finding) -> bool:
    if one.check == other.check:
        return True
    return one.cure is not None and other.cure is not None and one.cure.label == other.cure.label


class _Teller:
    """What all steps of one view are told from."""

    def __init__(self, view: View, judge: StepJudge, count: Count, conducts: StepConducts) -> None:
        self.view, self.judge, self.count, self.conducts = view, judge, count, conducts

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        return self.judge(self.view.preset, self.view.at)

    @cached_property
    def groups(self) -> list[list[Finding]]:
        return group_findings(self.found)

    @cached_property
    def main(self) -> str:
        """The KPI that most is drawn along: the one that was chosen, else the costliest finding's, else the first."""
        plan = self.view.preset.plan
        paid = [kpi.id for kpi in plan.kpis if kpi.paid] or list(plan.ids)
        wanted = [self.view.along] if self.view.along in plan.ids else []
        return next(iter([*wanted, *(f.kpi for g in self.groups[:1] for f in g if f.kpi in paid), *paid]))

    @property
    def told(self) -> tuple[StoryStep, ...]:
        steps = [self.title(), self.pays(), *self.compared()]
        steps += [*self.amiss(), *self.people()] if self.groups else [self.sound(), *self.notes()]
        steps += [self.cured()] if self.mended is not None else []
        return (*steps, self.end())

    def shot(self, preset: Preset, along: str, **more: object) -> Shot | None:
        if not can_be_drawn(preset, along, self.view.at):
            return None
        return Shot(scene_of(preset, along, self.view.at), **more)  # type: ignore[arg-type]

    def title(self) -> StoryStep:
        preset = self.view.preset
        told = (opening_of(preset.description),) if preset.description else pays.measure_shares(preset.plan)
        also = ("Some of its terms have been changed since. This is about the plan as it is now.",)
        name = preset.title or "A plan of its own"
        return StoryStep(
            "title", "The situation", name, told, also if is_altered(self.view) else (), small=preset.source
        )

    def pays(self) -> StoryStep:
        plan, shot = self.view.preset.plan, self.shot(self.view.preset, self.main)
        ways = pays.ways_of_pay(shot.scene) if shot is not None else ()
        return StoryStep("pays", "How it pays", pays.at_target(plan), (*pays.measure_shares(plan), *ways), shot=shot)

    def compared(self) -> Iterator[StoryStep]:
        """The plan as it was and is, and the two that are held against each other."""
        if is_altered(self.view):
            was = planfile.load_preset(str(self.view.base))
            yield self.beside("changed", "What has been changed", "The plan as it was, and as it is now", was)
        if self.view.against is not None:
            other = self.view.against.preset
            names = f"A: {other.title or 'a plan of its own'}", f"B: {self.view.preset.title or 'a plan of its own'}"
            step = self.beside("pair", "Two plans", "Plan A and plan B, side by side", other, ("A", "B"))
            yield replace(step, also=(*step.also, *names))

    def beside(
        self, kind: StepKind, kicker: str, message: str, was: Preset, names: tuple[str, str] = ("before", "now")
    ) -> StoryStep:
        return StoryStep(kind, kicker, message, self.differs(was, self.view.preset), shot=self.over(was, names))

    def over(self, was: Preset, names: tuple[str, str]) -> Shot | None:
        now = self.view.preset
        along = shared_axis(was, now, (self.main,))
        if along is None or not can_be_drawn(was, along, self.view.at):
            return self.shot(now, self.main)
        return self.shot(now, along, before=scene_of(was, along, self.view.at), names=names)

    def differs(self, was: Preset, now: Preset) -> tuple[StoryWords, ...]:
        """What changes in cost, with the same people under both, and in findings."""
        told: list[StoryWords] = []
        if was.plan.currency == now.plan.currency:
            known = now.team is not None
            same = settle_people(was, now)
            told.append(pays.cost_change(self.count(same.a).expected, self.count(same.b).expected, now.plan, known))
        counted = pays.counts_of_findings(self.judge(was, self.at(was)), self.judge(now, self.at(now)))
        return (*told, counted) if counted is not None else tuple(told)

    def at(self, preset: Preset) -> Mapping[str, float]:
        """Where the rep stands on the KPIs that a plan has."""
        return self.view.at if preset is self.view.preset else scene_of(preset, preset.plan.ids[0], self.view.at).at

    def amiss(self) -> list[StoryStep]:
        told, more = (
            [self.finding(group) for group in self.groups[:MAX_FINDINGS_TOLD]],
            sum(map(len, self.groups[MAX_FINDINGS_TOLD:])),
        )
        return [*told[:-1], replace(told[-1], also=(*told[-1].also, f"And {more} more on the page"))] if more else told

    def finding(self, group: list[Finding]) -> StoryStep:
        first, others = group[0], group[1:]
        also: list[StoryWords] = [f.title for f in others[:LIKE]]
        more = len(others) - LIKE
        also += [f"And {more if more > 1 else 'one'} more like these"] if more > 0 else []
        kind: StepKind = "alarm" if first.severity == "alarm" else "warn" if first.severity == "warn" else "note"
        shot = self.shot(self.view.preset, first.kpi or self.main, lit=first.span if first.kpi else None)
        kicker = KICKERS[first.severity]
        return StoryStep(kind, kicker, first.title, (first.says,), tuple(also), first.do, first.source, shot)

    def people(self) -> Iterable[StoryStep]:
        """What the costliest finding makes people do, with its band, and what the model leaves out."""
        for says in self.conducts(self.view, self.found)[:1]:
            first, stop, rest = says.template.partition(". ")
            led = bool(stop) and len(first) <= HEADLINE_LETTERS
            parts = [first, rest] if led else ["What people do under it", says.template]
            message, told = (Sentence(part, facts_named(says, part)) for part in parts)
            shot = self.shot(self.view.preset, self.main)
            yield StoryStep("people", "What people do", message, (told,), small=MODEL_LIMITS, shot=shot)

    def sound(self) -> StoryStep:
        first, *rest = [part for said in headline_of(self.view.preset, self.found) for part in split_sentence(said)]
        return StoryStep("sound", "What is sound", first, tuple(rest), shot=self.shot(self.view.preset, self.main))

    def notes(self) -> Iterable[StoryStep]:
        return [self.finding([note]) for note in _by_check(self.found)[:NOTES]]

    @cached_property
    def mended(self) -> Preset | None:
        return find_cure(self.view, self.judge) if self.groups else None

    def cured(self) -> StoryStep:
        now, was = self.mended, self.view.preset
        assert now is not None
        if now.name == was.cured_by and not is_altered(self.view):
            message: StoryWords = now.title or "What fixes it"
            told: tuple[StoryWords, ...] = (opening_of(now.description, STORY_LETTERS_BESIDE),)
        else:
            message, *others = [label for label, _ in mend_step_by_step(self.view, self.judge)]
            told = tuple(others)
        small = "This assumes that nobody sells more or less because of it."
        shot = self.after()
        return StoryStep("cure", "What fixes it", message, told, self.differs(was, now), small=small, shot=shot)

    def after(self, beside: bool = True) -> Shot | None:
        """The mended plan, over the plan as it is where both have an axis in common."""
        assert self.mended is not None
        along = shared_axis(self.view.preset, self.mended, (self.main,))
        if along is None:
            paid = next((kpi.id for kpi in self.mended.plan.kpis if kpi.paid), self.mended.plan.ids[0])
            return self.shot(self.mended, paid, mended=True)
        before = scene_of(self.view.preset, along, self.view.at)
        own = beside and can_be_drawn(self.view.preset, along, self.view.at)
        return self.shot(self.mended, along, before=before if own else None, mended=True)

    def end(self) -> StoryStep:
        if self.mended is None:
            shot = self.shot(self.view.preset, self.main)
            return StoryStep(
                "end", "Now you", "Open it and try it yourself", (LEAVE,), shot=shot, opens=_without_step(self.view)
            )
        first, *rest = [
            p
            for s in headline_of(self.mended, self.judge(self.mended, self.at(self.mended)))
            for p in split_sentence(s)
        ]
        named = self.mended.name == self.view.preset.cured_by
        opens = View(self.mended, self.mended.name if named else self.view.base)
        shot = self.after(beside=False)
        return StoryStep("end", "After the fix", first, tuple(rest), (LEAVE,), shot=shot, opens=opens)


LEAVE = "Exit, and try it on the page: move the floor, the ceiling or the target."


def _without_step(view: View) -> View:
    return replace(view, present=None)


def _by_check(found: Sequence[Finding]) -> list[Finding]:
    return list({f.check: f for f in reversed(found)}.values())[::-1]


def step_address(view: View) -> str:
    """The query string that opens a step's plan."""
    return link.encode_view(view)
