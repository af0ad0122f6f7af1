"""What mends a plan, step by step: the preset that is named as its cure, or the cures of its findings one by one."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from calc.diagnosis.finding import Finding
from calc.documents import planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.messages import Sentence

CURES = 4
"""Cures that are done one after another."""
StepJudge = Callable[[Preset, Mapping[str, float]], tuple[Finding, ...]]


def find_cure(view: View, judge: StepJudge) -> Preset | None:
    """What mends the plan: the preset that is named as its cure while it is as it came, else its findings' cures."""
    named = view.preset.cured_by
    if named in known_preset_names() and not is_altered(view):
        return planfile.load_preset(str(named))
    mends = list(mend_step_by_step(view, judge))
    return mends[-1][1] if mends else None


def is_altered(view: View) -> bool:
    """Whether the plan is no longer as its preset has it."""
    return view.base in known_preset_names() and not view.preset.same_terms(planfile.load_preset(str(view.base)))


@cache
def known_preset_names() -> frozenset[str]:
    """The names of the presets that come with the project."""
    return frozenset(planfile.preset_names())


def mend_step_by_step(view: View, judge: StepJudge) -> Iterator[tuple[Sentence, Preset]]:
    """The costliest finding's cure, then that of what is left, each with its label, until nothing alarms."""
    preset = view.preset
    for _ in range(CURES):
        found = [f for f in judge(preset, view.at) if f.severity != "note" and f.cure is not None]
        alarms = [f for f in found if f.severity == "alarm"]
        worst = next(iter(alarms if preset is not view.preset else found), None)
        if worst is None or worst.cure is None:
            return
        preset = worst.cure.after
        yield worst.cure.label, preset
