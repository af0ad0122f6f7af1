"""What a hand may do next: one move for every control that is on the screen, with a value drawn at random.

A move is a plain value. It names its control by what the page calls it, so that a walk can be written down and taken
again, with all of its moves or with fewer.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from pyarrow import ipc

from calc.documents import link, planfile
from calc.documents.link import View
from tests.walk.controls import Control, named
from tests.walk.session import Session
from tests.walk.telling import COMPONENTS, OF_HANDLES, handles
from tests.walk.words import DOCUMENTS, NAMES

QUICK = 0.1
"""Part of the moves that come within a second of the one before, as of a hand that holds on."""
OUTSIDE = ("address", "again")
"""Moves that no control on the page makes: another address is typed, the page is asked for anew."""


@dataclass(frozen=True)
class Move:
    """One thing done: the kind and name of a control, which of those of one name, to what, and how fast."""

    kind: str
    name: str = ""
    nth: int = 0
    value: Any = None
    quick: bool = False

    def __str__(self) -> str:
        if isinstance(self.value, dict) and "kind" in self.value:
            return f"{self.kind}: {Move(**self.value)}"
        which = f" ({self.nth + 1}.)" if self.nth else ""
        value = "" if self.value is None else f" = {json.dumps(self.value, ensure_ascii=False)}"
        return f"{self.kind} {self.name}{which}{value}{' at once' if self.quick else ''}"


def told(moves: list[Move]) -> str:
    """A walk in one line, to be taken again."""
    plain = asdict(Move("", ""))
    short = [
        {name: value for name, value in asdict(move).items() if name in ("kind", "name") or value is not plain[name]}
        for move in moves
    ]
    return json.dumps(short, ensure_ascii=False, separators=(",", ":"))


def retold(text: str) -> list[Move]:
    """A walk that was written down."""
    return [Move(**fields) for fields in json.loads(text)]


# What can be done


SLOW_DRAWER = "drawer-conduct"
"""What takes seconds at every change while it is open: it is opened, and closed again."""


def drawn(session: Session, random: Random) -> Move:
    """Something that may be done next: first a kind of control, then one of them, so that none is rare."""
    slow = named(session.controls, "expander", SLOW_DRAWER)
    if slow is not None and session.held[slow.id]:
        return Move("expander", SLOW_DRAWER, value=False)
    movable = [one for one in session.controls if _movable(one, session)]
    kinds = sorted({_family(one) for one in movable} | set(OUTSIDE))
    weights = [OFTEN.get(kind, 1.0) for kind in kinds]
    kind = random.choices(kinds, weights)[0]
    quick = random.random() < QUICK
    if kind in OUTSIDE:
        return Move(kind, "", value=_address(session, random) if kind == "address" else None)
    control = random.choice([one for one in movable if _family(one) == kind])
    alike = [one for one in session.controls if (one.kind, one.name) == (control.kind, control.name)]
    nth = [one.id for one in alike].index(control.id)
    return Move(control.kind, control.name, nth, VALUES[control.kind](control, session, random), quick)


OFTEN = {
    "slider": 5.0,
    "weight": 1.5,
    "number_input": 4.0,
    "bidi_component": 4.0,
    "button": 5.0,
    "wayback": 2.0,
    "button_group": 2.0,
    "text": 1.5,
    "dataframe": 1.5,
    "situation": 0.7,
    "file_uploader": 0.8,
    "again": 0.2,
    "address": 0.6,
}
"""How often a family of controls is taken, against one of the others."""
LAPSED = ("address_writer", "copy-link", "browser_store")
"""Components that say nothing by a hand: heard when a server has gone, copying in the browser, keeping plans in it."""


def _family(control: Control) -> str:
    if control.kind in ("text_input", "text_area"):
        return "text"
    if control.kind == "button" and control.name.startswith("choose-"):
        return "situation"
    if control.kind == "button" and control.name in ("undo", "reset", "undo-mend"):
        return "wayback"
    if control.kind == "slider" and control.name.endswith("-weight"):
        return "weight"
    return control.kind


def _movable(control: Control, session: Session) -> bool:
    """Whether a hand could reach it: a control within something that is closed is not seen."""
    if control.disabled or not control.id or control.name in LAPSED:
        return False
    if control.kind == "bidi_component" and control.name in OF_HANDLES and not handles(session):
        return False
    closed = {
        one.key or one.label
        for one in session.controls
        if one.kind in ("expander", "popover") and not session.held.get(one.id) and one.id
    }
    return not closed & set(control.within)


# Values


def _slider(control: Control, session: Session, random: Random) -> float:
    proto = control.proto
    steps = max(1, round((proto.max - proto.min) / proto.step))
    here = round((session.held[control.id] - proto.min) / proto.step)
    step = random.choice([0, steps, here - 1, here + 1, *(random.randint(0, steps) for _ in range(4))])
    return float(min(proto.max, max(proto.min, round(proto.min + min(max(step, 0), steps) * proto.step, 9))))


def _number(control: Control, session: Session, random: Random) -> float | None:
    here = session.held[control.id]
    if here is None or random.random() < 0.2:
        return random.choice([0.0, 1.0, 5.0, 50.0, 70.0, 100.0, 1000.0, 1e6, -1.0, 0.333333, 1e12])
    if random.random() < 0.1 and control.proto.placeholder:
        return None
    return float(f"{here * random.choice([0.5, 0.9, 1.01, 1.1, 1.25, 2.0]) + random.choice([0, 0, 0, 1, -1]):.6g}")


def _text(control: Control, session: Session, random: Random) -> str:
    most = control.proto.max_chars or 500
    return random.choice(NAMES)[:most]


def _toggled(control: Control, session: Session, random: Random) -> bool:
    return not session.held[control.id]


def _one_of(control: Control, session: Session, random: Random) -> str:
    return str(random.choice(list(control.proto.options)))


def _of_group(control: Control, session: Session, random: Random) -> list[str]:
    options = [option.content for option in control.proto.options]
    if control.proto.click_mode:
        return [one for one in options if random.random() < 0.5]
    return [random.choice(options)]


def _some_of(control: Control, session: Session, random: Random) -> list[str]:
    most = control.proto.max_selections or len(control.proto.options)
    return [one for one in control.proto.options if random.random() < 0.5][:most]


def _pressed(control: Control, session: Session, random: Random) -> None:
    return None


def _file(control: Control, session: Session, random: Random) -> str:
    allowed = tuple(control.proto.type)
    return random.choice([name for name in DOCUMENTS if not allowed or name.endswith(allowed)])


def _cells(control: Control, session: Session, random: Random) -> dict[str, Any]:
    """Edits of a table: a cell, a row more, a row less; what was edited before stays so, as in a browser."""
    held = json.loads(json.dumps(session.held.get(control.id) or {}))
    edits = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **held}
    rows = ipc.open_stream(control.proto.arrow_data.data).read_all()
    names = list(json.loads(control.proto.columns)) or ["c0"]
    names = [name for name in names if name.startswith("c")] or ["c0"]
    number = float(random.choice([0, 5, 50, 60, 80, 100, 120, 150, 200, 1000]))
    what = random.choice(["cell", "cell", "cell", "more", "less"])
    if what == "cell":
        row = str(random.randrange(max(1, len(rows))))
        edits["edited_rows"].setdefault(row, {})[random.choice(names)] = random.choice([number, number, None])
    elif what == "more":
        edits["added_rows"].append({name: number + i for i, name in enumerate(names)})
    else:
        edits["deleted_rows"] = sorted({*edits["deleted_rows"], random.randrange(max(1, len(rows)))})
    return edits


def _component(control: Control, session: Session, random: Random) -> dict[str, Any]:
    name = control.proto.component_name
    if name not in COMPONENTS:
        raise AssertionError(f"the walk does not know what {name} tells of a hand: teach it in tests/walk/telling.py")
    return COMPONENTS[name](control, session, random)


def _address(session: Session, random: Random) -> str:
    """Another address: a preset's, one with a term changed, or one that was on the screen of somebody else's page."""
    name = random.choice(planfile.preset_names())
    preset = planfile.load_preset(name)
    along = random.choice(["", *(f"&along={kpi}" for kpi in (*preset.plan.ids, "all"))])
    if random.random() < 0.3:
        return link.encode_view(View(preset.changed(title=random.choice(NAMES))))
    if random.random() < 0.3:
        return f"?preset={name}{along}&A.preset={random.choice(planfile.preset_names())}"
    kpi = random.choice(preset.plan.kpis)
    at = f"&at.{kpi.id}={float(f'{kpi.target * random.uniform(0.2, 1.8):.3g}')}" if random.random() < 0.5 else ""
    return f"?preset={name}{along}{at}"


VALUES: Mapping[str, Callable[[Control, Session, Random], Any]] = {
    "slider": _slider,
    "number_input": _number,
    "text_input": _text,
    "text_area": _text,
    "checkbox": _toggled,
    "expander": _toggled,
    "popover": _toggled,
    "selectbox": _one_of,
    "button_group": _of_group,
    "multiselect": _some_of,
    "button": _pressed,
    "file_uploader": _file,
    "dataframe": _cells,
    "bidi_component": _component,
}


# What is done


def make(session: Session, move: Move) -> bool:
    """Makes a move, if what it moves is there; false where it is not."""
    if move.kind == "address":
        session.goes_to(move.value)
        return True
    if move.kind == "again":
        session.runs([])
        return True
    control = named(session.controls, move.kind, move.name, move.nth)
    if control is None or not _movable(control, session):
        return False
    if control.kind == "button":
        session.presses(control)
    elif control.kind == "file_uploader":
        session.uploads(control, move.value, DOCUMENTS[move.value]())
    elif control.kind == "bidi_component":
        session.tells(control, move.value)
    else:
        session.puts(control, _held_to(control, move.value))
    return True


def _held_to(control: Control, value: Any) -> Any:
    """What a control takes of a value: a slider that has become shorter since stops at its end."""
    if control.kind == "slider" and math.isfinite(value):
        return min(max(value, control.proto.min), control.proto.max)
    return value
