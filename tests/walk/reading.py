"""What can be read on a screen, element by element, without what only tells one session from another."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from google.protobuf.json_format import MessageToDict
from pyarrow import ipc

from tests.harness import Place
from tests.walk.controls import Control, data_of
from tests.walk.session import Session
from ui.editor.tables import apply_edits

BESIDE = ("answered", "turn", "stamp", "session", "script", "plan", "life", "done", "fresh", "said", "changes")
"""What components are told beside what they show."""
REACH = ("from", "to", "step", "count", "near", "far", "every", "first", "now", "place", "stride")
"""How far a control reaches: it keeps that while it is moved, so that it does not slip away under the hand."""
REFUSED = ":small[:red["
"""What the sentence begins with that stands under a control whose value was refused."""


JUST_SAVED = ("turn", "file")
"""What a download is handed once, when somebody has asked for its file."""


@dataclass(frozen=True)
class Item:
    """An element: its kind and name, what is read on it, the drawers that it lies in, and whether it is an open one."""

    kind: str
    name: str
    text: str
    within: frozenset[str] = frozenset()
    open: bool = False
    refused: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".rstrip()


def items(session: Session) -> list[Item]:
    """Everything that is on a screen, from top to bottom; but a dialog, which whatever is done outside of it closes."""
    screen, at = session.browser.screen, {one.place: one for one in session.controls}
    dialogs = [place for place, one in screen.items() if one.delta.add_block.WhichOneof("type") == "dialog"]
    plan = session["desk"].name
    drawers: dict[Place, str] = {}
    found: list[Item] = []
    for place in sorted(screen):
        if any(place[: len(dialog)] == dialog for dialog in dialogs):
            continue
        within = frozenset(name for around, name in drawers.items() if place[: len(around)] == around)
        if place in at and bool(getattr(at[place].proto, "form_id", "")):
            continue  # what is typed in a form counts once it is sent
        item = _control(at[place], session, within, plan) if place in at else _element(screen[place], within)
        if item is None:
            continue
        if item.kind in ("expander", "popover"):
            drawers[place] = item.name
        if item.kind == "markdown" and item.text.startswith(REFUSED) and found:
            found[-1] = Item(**{**found[-1].__dict__, "refused": True})
        found.append(item)
    return found


ASKED, ALL_THE_SAME = re.compile('<p class="brings".*?</p>'), " all the same"
"""What a card and its button say once a fix that brings a warning was asked for: a new session was asked for none."""


def of_any(name: str, plan: str) -> str:
    """The name of a control without that of the plan that it is about."""
    for lead in ("drawer-", "show-", "mend-", ""):
        if name == f"{lead}{plan}" or name.startswith(f"{lead}{plan}-"):
            return lead + name.removeprefix(lead).removeprefix(plan).lstrip("-")
    return name


def _element(message: Any, within: frozenset[str]) -> Item | None:
    if message.delta.WhichOneof("type") != "new_element":
        return None
    kind = message.delta.new_element.WhichOneof("type") or "empty"
    return None if kind == "empty" else Item(kind, "", _said(kind, getattr(message.delta.new_element, kind)), within)


def _said(kind: str, proto: Any) -> str:
    if kind in ("html", "markdown"):
        return ASKED.sub("", str(proto.body))
    if kind == "imgs":
        return blake2b(proto.SerializeToString()).hexdigest()
    told = MessageToDict(proto)
    return json.dumps({name: value for name, value in told.items() if name not in ("id", "formId")}, sort_keys=True)


def _control(control: Control, session: Session, within: frozenset[str], plan: str) -> Item:
    proto, held = control.proto, session.held[control.id]
    if control.kind == "bidi_component":
        once = JUST_SAVED if proto.component_name == "flatline_download" else ()
        told = json.dumps(_without(data_of(proto), (*BESIDE, *REACH, *once)), sort_keys=True)
        refused = bool(re.search(r'"says": "[^"]', told)) and proto.component_name == "flatline_sheet"
        return Item(control.kind, proto.component_name, told, within, refused=refused)
    shown: dict[str, Any] = {"label": control.label.removesuffix(ALL_THE_SAME), "holds": held}
    if control.kind == "selectbox":
        shown["options"] = list(proto.options)
    if control.kind == "button_group":
        shown["options"] = [option.content for option in proto.options]
    if control.kind == "dataframe":
        shown = {"cells": _cells(proto.arrow_data.data, held)}
    if control.disabled:
        shown["disabled"] = True
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    opened = control.kind in ("expander", "popover") and bool(held)
    return Item(control.kind, of_any(control.name, plan), text, within, opened)


def _cells(data: bytes, edits: Any) -> list[list[Any]]:
    """The rows of a table as they stand after what was edited in it, in the order of what is in them."""
    columns = ipc.open_stream(data).read_all().to_pydict()
    rows = [list(row) for row in zip(*(columns[name] for name in columns if name.startswith("c")), strict=True)]
    whole = [row for row in apply_edits(rows, edits) if any(cell is not None for cell in row)]
    return sorted(whole, key=lambda row: [(cell is None, cell or 0.0) for cell in row])


def _without(data: Any, names: Sequence[str]) -> Any:
    if isinstance(data, dict):
        return {name: _without(value, names) for name, value in data.items() if name not in names}
    if isinstance(data, float):
        return float(f"{data:.9g}")
    return [_without(one, names) for one in data] if isinstance(data, list) else data


def figures(session: Session) -> list[tuple[str, str, str]]:
    """The figures under the sentence: label, value, note."""
    for body in session.texts("html"):
        if 'class="figures"' in body:
            pattern = r"<dt>(.*?)</dt><dd><strong>(.*?)</strong><span>(.*?)</span>"
            return re.findall(pattern, body.partition('class="figures"')[2])
    return []


def difference(
    one: Sequence[Item], other: Sequence[Item], lasts: Callable[[Item], bool] = lambda item: True
) -> list[str]:
    """What is on one screen alone, of what lasts: `-` on the first, `+` on the second."""
    left, right = ([(i.kind, i.name, i.text) for i in items if lasts(i)] for items in (one, other))
    for item in list(left):
        if item in right:
            right.remove(item)
            left.remove(item)
    return [*(f"- {_short(item, right)}" for item in left), *(f"+ {_short(item, left)}" for item in right)]


def _short(item: tuple[str, str, str], others: Sequence[tuple[str, str, str]]) -> str:
    """An element cut to where it differs from the other of its kind and name."""
    kind, name, text = item
    like = next((other[2] for other in others if other[:2] == (kind, name)), "")
    first = next((i for i, (a, b) in enumerate(zip(text, like, strict=False)) if a != b), 0)
    return f"{kind} {name}: {'…' if first > 60 else ''}{text[max(0, first - 60) : first + 240]}"
