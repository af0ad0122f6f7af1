"""What sessions share holds nothing of anybody's people: no cache of the process, and no value of a module."""

import ast
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from calc.documents import planfile
from tests.test_app import clock
from tests.test_team_page import brought, calm, looked_at, picture

__all__ = ["clock"]
ROOT = Path(__file__).resolve().parent.parent
CANARY = "Zyxwen"
RESULTS = (87.4321, 83.2169)
"""Results of a person that stand nowhere else: of the measure that pays most, and of another one."""
FILE = (
    "Rep,Deals closed quota,Deals closed,Csat\n"
    f"{CANARY} Quillbrook,100,{RESULTS[0]},{RESULTS[1]}\nAnn Field,100,64,85\nBo Marsh,100,110,84\n"
)
SHARED_BY_STREAMLIT = {"_preset_titles"}
"""Functions whose answers Streamlit shares among sessions: they are told nothing of anybody."""


def shared_values() -> Iterator[Any]:
    """Everything that modules of the project and their caches can reach."""
    ours = [module for name, module in sys.modules.items() if name.split(".")[0] in ("calc", "ui")]
    waiting: list[Any] = [value for module in ours for value in vars(module).values()]
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen or isinstance(value, ModuleType | FunctionType):
            continue
        seen.add(id(value))
        yield value
        if isinstance(value, type) and not value.__module__.startswith(("calc", "ui")):
            continue
        waiting += [
            one
            for one in gc.get_referents(value)
            if not (isinstance(one, dict) and "__builtins__" in one) and not isinstance(one, FunctionType)
        ]


def held_of_people() -> list[Any]:
    """What names the person, or is one of the results, among all that is shared."""
    found: list[Any] = []
    for value in shared_values():
        if isinstance(value, str | bytes):
            text = value.decode(errors="ignore") if isinstance(value, bytes) else value
            if CANARY in text or str(RESULTS[0]) in text:
                found.append(value)
        elif (isinstance(value, float) and any(abs(value - one) < 1e-9 for one in RESULTS)) or (
            isinstance(value, np.ndarray) and value.dtype == np.float64 and np.isin(RESULTS, value).any()
        ):
            found.append(value)
    return found


def test_a_scan_finds_what_a_cache_keeps() -> None:
    planfile.load_preset("unreachable-floor").plan.along("deals", {"csat": RESULTS[1]})
    assert held_of_people()
    planfile._read_preset.cache_clear()
    assert not held_of_people()


def test_nothing_of_people_is_left_in_what_sessions_share(clock: None) -> None:
    app = brought(looked_at(), ("team.csv", FILE.encode()))
    app.session_state["drawer-people-quotas"] = True
    app = calm(app.run())
    person = next(one for one in app.selectbox if one.label == "One person")
    app = calm(person.select_index(0).run())
    assert CANARY in str(picture(app)["figure"])
    assert held_of_people() == []


def test_streamlit_shares_no_answer_that_hangs_on_people() -> None:
    for path in [*ROOT.glob("ui/**/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("st.cache" in ast.unparse(one) for one in node.decorator_list):
                assert node.name in SHARED_BY_STREAMLIT
                assert not node.args.args
