"""Plans of somebody's own, kept in the browser: what is kept of each, and the one file in which they travel together.

What the browser hands over may have been written by anybody: everything is bounded, each plan is read as a plan file
is, and what cannot be read is named in a sentence and left alone.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import uuid4

from calc.documents import planfile
from calc.documents.planfile import Preset
from calc.plan.errors import Refused, quote_value

KEPT_VERSION = 1
KEPT_MARK = "flatline_plans"
"""What the file is told by: it holds the version of its form."""
MAX_PLANS = 100
MAX_LETTERS = 1_000_000
"""Of all plans together."""
UNNAMED = "A plan without a title"


@dataclass(frozen=True)
class KeptPlan:
    """A plan that is kept: its own name in the browser, and the text of its plan file.

    >>> from calc.edit.structure import blank_plan
    >>> keep_plan(blank_plan()).name
    'A new plan'
    """

    id: str
    text: str

    @cached_property
    def preset(self) -> Preset | None:
        """The plan; None where it cannot be read."""
        found = _read_text(self.text)
        return found if isinstance(found, Preset) else None

    @cached_property
    def fault(self) -> str:
        """Why it cannot be read; empty where it can."""
        found = _read_text(self.text)
        return "" if isinstance(found, Preset) else found

    @property
    def name(self) -> str:
        """Its title."""
        return (self.preset.title if self.preset is not None else "") or UNNAMED


@lru_cache(maxsize=2 * MAX_PLANS)
def _read_text(text: str) -> Preset | str:
    try:
        return planfile.loads(text)
    except Refused as refused:
        return refused.sentences[0]


def keep_plan(preset: Preset, id: str = "") -> KeptPlan:
    """A plan as it is kept, under a name of its own where none is given."""
    return KeptPlan(id or new_id(), planfile.dumps(preset))


def new_id() -> str:
    """A name of its own for a plan."""
    return uuid4().hex[:12]


def write_plans(plans: Iterable[KeptPlan]) -> str:
    """The text in which plans are kept, and travel together."""
    listed = [{"id": plan.id, "plan": plan.text} for plan in plans]
    return json.dumps({KEPT_MARK: KEPT_VERSION, "plans": listed}, ensure_ascii=False, indent=1)


def read_plans(text: str) -> tuple[tuple[KeptPlan, ...], tuple[str, ...]]:
    """The plans in a text, and a sentence for everything that could not be read.

    >>> read_plans("[]")
    ((), ('the file must hold plans kept on this page (got a list): nothing was read',))
    """
    if len(text) > MAX_LETTERS:
        return (), (f"the plans must have at most {MAX_LETTERS:,} characters (got {len(text):,}): nothing was read",)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return (), ("the plans must be JSON (got what cannot be read): nothing was read",)
    listed = document.get("plans") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(listed, list):
        came = "a list" if isinstance(document, list) else quote_value(document)
        return (), (f"the file must hold plans kept on this page (got {came}): nothing was read",)
    if document.get(KEPT_MARK) != KEPT_VERSION:
        return (), (
            f"{KEPT_MARK} must be {KEPT_VERSION} (got {quote_value(document.get(KEPT_MARK))}): it may come from a "
            "newer release",
        )
    return _read_list(listed)


def _read_list(listed: list[Any]) -> tuple[tuple[KeptPlan, ...], tuple[str, ...]]:
    found: dict[str, KeptPlan] = {}
    faults = []
    for number, entry in enumerate(listed[:MAX_PLANS], 1):
        id, text = (entry.get(name) for name in ("id", "plan")) if isinstance(entry, dict) else (None, None)
        if not isinstance(text, str) or not _is_id(id):
            faults.append(f"plan {number} must have a name and a text (got {quote_value(entry)}): it was left out")
            continue
        plan = KeptPlan(str(id), text)
        if plan.fault:
            faults.append(f"plan {number} cannot be read: {plan.fault}")
        found[plan.id] = plan
    if len(listed) > MAX_PLANS:
        faults.append(f"the plans must be at most {MAX_PLANS} (got {len(listed):,}): the first {MAX_PLANS} were read")
    return tuple(found.values()), tuple(faults)


def _is_id(id: Any) -> bool:
    return isinstance(id, str) and 0 < len(id) <= 40 and id.isascii() and id.isalnum()
