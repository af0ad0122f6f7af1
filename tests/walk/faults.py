"""Faults planted by hand, each like one that the page has had, to see that the walk finds them.

`python -m tests.walk.faults` plants one after the other and walks until it is found; `--only` takes some of them.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import streamlit as st

from calc.documents import link
from calc.outcomes.budget import expected_budget
from tests.walk.walking import Failure, walk
from ui.page import shell, view_model
from ui.sections import controls
from ui.session import workspace
from ui.text.words import scene_figures

WALKS, STEPS = 40, 50
"""What is walked for a fault at the most; the tests walk more."""

Wrapper = Callable[[Any], Any]
"""Makes the faulty one of what is right."""


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The page with a fault in it."""
    with ExitStack() as stack:
        for module, attribute, faulty in FAULTS[name]:
            for place in _places(module, attribute):
                stack.enter_context(patch.object(place, attribute, faulty(getattr(module, attribute))))
        yield


def _places(module: Any, attribute: str) -> list[Any]:
    """Where a function is known: its own module, and those that have it by its name."""
    right = getattr(module, attribute)
    if isinstance(module, type) or not module.__name__.startswith(("calc", "ui")):
        return [module]
    ours = [known for name, known in sys.modules.items() if name.partition(".")[0] in ("calc", "ui")]
    return [known for known in ours if getattr(known, attribute, None) is right]


def found(name: str, walks: int = WALKS, steps: int = STEPS, first: int = 1) -> tuple[Failure | None, int]:
    """What a walk finds of a fault, and how many walks that took."""
    with planted(name):
        for number in range(walks):
            failure = walk(first + number, steps)
            if failure is not None:
                return failure, number + 1
    return None, walks


# The faults


def _of_the_start(right: Any) -> Any:
    """The measure on the axis, where nobody chose, is the first paid one of the plan that was begun with."""

    def along(desk: Any) -> str:
        chosen = desk.view.along
        there = chosen is not None and chosen in ("all", *desk.plan.ids)
        found: str = chosen if there else next(kpi.id for kpi in desk.start.preset.plan.kpis if kpi.paid)
        return found

    return property(along)


def _told_once(right: Any) -> Any:
    """A slider whose value is only put into the session, and which begins at its least where that is lost."""

    def slider(label: str, low: float, high: float, value: float, **more: Any) -> Any:
        st.session_state.setdefault(more["key"], value)
        return right(label, low, high, **more)

    return slider


def _taken_along(right: Any) -> Any:
    return lambda before, after, team: after


def _short_weights(right: Any) -> Any:
    """Weights that make room are cut to whole per cents."""
    return lambda *given: {path: int(100 * weight) / 100 for path, weight in right(*given).items()}


def _undone_but_the_stand(right: Any) -> Any:
    def undone(desk: Any) -> Any:
        back = right(desk)
        at = desk.view.at if back.view.preset.plan.ids == desk.view.preset.plan.ids else back.view.at
        return replace(back, view=replace(back.view, at=at))

    return undone


def _stale(part: str) -> Wrapper:
    """A part that says it shows what it showed before."""
    return lambda right: lambda: {**right(), part: None} if part in right() else right()


def _of_the_seed(right: Any) -> Any:
    """The figures of the plan as it was when the controls were seeded."""

    def figures(work: Any) -> Any:
        seed = work.desk.seed.preset
        budget = expected_budget(seed.plan, seed.team)
        return scene_figures(work.scene, budget, work.formats)

    return property(figures)


def _without_the_stand(right: Any) -> Any:
    return lambda view: right(replace(view, at={}))


def _line_of_the_seed(right: Any) -> Any:
    def scene(work: Any) -> Any:
        found, seed = right.func(work), work.desk.seed.preset.plan
        return replace(found, plan=seed) if found.along in (*seed.ids, "all") else found

    return property(scene)


def _broken_where_many(right: Any) -> Any:
    """What breaks where the plan has another number of measures than it began with."""

    def handles(stage: Any, preset: Any, seed: Any, *rest: Any) -> Any:
        began = len(stage.start.plan.kpis)
        return right(stage, preset, seed, *rest) if len(preset.plan.kpis) == began else [][began]

    return handles


def _swap_that_forgets(right: Any) -> Any:
    def exchanged(desk: Any, now: float) -> Any:
        swapped = right(desk, now)
        return replace(swapped, view=replace(swapped.view, against=desk.view.against))

    return exchanged


def _one_key(right: Any) -> Any:
    """Two terms of a measure whose controls have one key."""
    return lambda desk, path: right(desk, path.replace(".accelerator", ".floor"))


def _fetched(right: Any) -> Any:
    """Files kept by the server that made them, at an address: another server behind the same name has none there."""

    def button(label: str, make: Callable[[], bytes], name: str, mime: str, key: str, told: str = "") -> None:
        st.download_button(label, make(), name, mime, key=key)

    return button


def _faults() -> Mapping[str, list[tuple[Any, str, Wrapper]]]:
    from calc.edit import weighing
    from calc.situation import team
    from ui.charts import handles
    from ui.components import download

    work = view_model.Work
    return {
        "the first paid measure is asked of the plan that was begun with": [(workspace.Desk, "along", _of_the_start)],
        "two controls have one key": [(controls, "_key_name", _one_key)],
        "a slider begins at its least value": [(st, "slider", _told_once)],
        "a changed target takes the team along": [(team, "keep_people", _taken_along)],
        "weights that make room are cut": [(weighing, "rebalance_weights", _short_weights)],
        "Undo leaves the rep where they were moved to": [(workspace, "undo_desk", _undone_but_the_stand)],
        "the sentence and the figures stay as they were": [(shell, "_what_parts_show", _stale("said"))],
        "the findings stay as they were": [(shell, "_what_parts_show", _stale("found"))],
        "the cost is that of another plan": [(work, "figures", _of_the_seed)],
        "the link leaves out where the rep stands": [(link, "encode_view", _without_the_stand)],
        "the picture draws another plan": [(work, "scene", _line_of_the_seed)],
        "another measure breaks the picture": [(handles, "handles_of", _broken_where_many)],
        "a file is fetched with another request": [(download, "button", _fetched)],
        "Swap leaves plan A where it is": [(workspace, "exchange_desk", _swap_that_forgets)],
    }


FAULTS = _faults()
"""By what is wrong: what is replaced, where, and what makes the faulty one of it."""


def main() -> int:
    """Plants every fault, and says what the walk found of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk.faults", description=__doc__)
    parser.add_argument("--only", default="", help="faults whose name holds this")
    parser.add_argument("--walks", type=int, default=WALKS, help="walks for a fault at the most")
    asked = parser.parse_args()
    missed = 0
    for name in (name for name in FAULTS if asked.only in name):
        begun = time.monotonic()
        failure, walks = found(name, asked.walks)
        missed += failure is None
        told = f"not found in {walks} walks" if failure is None else f"walk {walks}, move {len(failure.way)}"
        print(f"{name}: {told} ({time.monotonic() - begun:.0f} s)", flush=True)
        if failure is not None:
            print(f"    {failure.broken[0][:160]}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
