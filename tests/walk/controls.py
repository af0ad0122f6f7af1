"""What a hand can take hold of on a screen: every control that a browser would draw, whatever part has drawn it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.harness import Place, Screen

OWN_KEY = re.compile(r"^\$\$(?:ID|GENERATED)-[0-9a-f]+-(?P<key>.*)$")
SHOWS_ALONE = frozenset(
    (
        *("alert", "code", "empty", "exception", "heading", "help_info", "html", "imgs", "iframe", "json", "markdown"),
        *(
            "download_button",
            "link_button",
            "metric",
            "plotly_chart",
            "progress",
            "skeleton",
            "space",
            "spinner",
            "table",
            "text",
            "toast",
        ),
    )
)
"""Elements that nothing can be done with."""


@dataclass(frozen=True)
class Control:
    """One control: what it is, what it is called, and the fragment that is asked for when it is moved.

    `seeds` is what the page says it holds, where the page says so in this very drawing.
    """

    kind: str
    id: str
    key: str
    label: str
    fragment: str
    proto: Any
    place: Place
    seeds: tuple[Any, ...] = ()
    starts: Any = None
    within: tuple[str, ...] = ()

    @property
    def disabled(self) -> bool:
        """Whether it takes no hand at the moment."""
        return bool(getattr(self.proto, "disabled", False))

    @property
    def name(self) -> str:
        """What it is called from one run to the next; a generation in it is left out."""
        return re.sub(r"-\d+(?=-|$)", "", self.key) or self.label


class Unknown(AssertionError):
    """The page has a kind of control that the walk does not know how to move."""


def controls(screen: Screen) -> list[Control]:
    """Every control on a screen, from top to bottom."""
    within: dict[Place, str] = {}
    found = []
    for place in sorted(screen):
        for control in _read(screen[place], place):
            if control.kind in ("expander", "popover", "dialog", "form"):
                within[place] = control.key or control.label
            found.append(control)
    return [_placed(control, within) for control in found if control.kind not in ("dialog", "form")]


def _placed(control: Control, within: dict[Place, str]) -> Control:
    around = (within[control.place[:n]] for n in range(1, len(control.place)) if control.place[:n] in within)
    return Control(**{**control.__dict__, "within": tuple(around)})


def _read(message: ForwardMsg, place: Place) -> Iterator[Control]:
    delta = message.delta
    if delta.WhichOneof("type") == "add_block":
        yield from _block(delta.add_block, delta.fragment_id, place)
    elif delta.WhichOneof("type") == "new_element":
        kind = delta.new_element.WhichOneof("type") or "empty"
        proto: Any = getattr(delta.new_element, kind, None)
        if kind == "dataframe" and not proto.editing_mode:
            return
        if kind in READ:
            label = getattr(proto, "label", "")
            seeds, starts = READ[kind](proto)
            yield Control(
                kind, proto.id, key_of(proto.id), label, delta.fragment_id, proto, place, tuple(seeds), starts
            )
        elif kind not in SHOWS_ALONE:
            raise Unknown(f"the walk does not know how a hand moves a {kind}: teach it in tests/walk/controls.py")


def _block(block: Any, fragment: str, place: Place) -> Iterator[Control]:
    kind = block.WhichOneof("type")
    if kind == "expandable":
        box = block.expandable
        yield Control("expander", box.id, key_of(box.id), box.label, fragment, box, place, (box.expanded,))
    elif kind == "popover":
        box = block.popover
        seeds = (box.open,) if box.id else ()
        yield Control("popover", box.id, key_of(box.id), box.label, fragment, box, place, seeds, False)
    elif kind == "dialog":
        yield Control("dialog", "", "", block.dialog.title, fragment, block.dialog, place)
    elif kind == "form":
        yield Control("form", block.form.form_id, "", block.form.form_id, fragment, block.form, place)
    elif kind in ("tab_container", "chat_message"):
        raise Unknown(f"the walk does not know how a hand moves a {kind}: teach it in tests/walk/controls.py")


def key_of(identity: str) -> str:
    """The key that the page gave to a control; empty where it gave none."""
    found = OWN_KEY.match(identity)
    key = found["key"] if found else ""
    return "" if key == "None" else key


def _one(proto: Any, value: Any) -> tuple[list[Any], Any]:
    return ([value] if proto.set_value else []), proto.default


def _number(proto: Any) -> tuple[list[Any], Any]:
    seeds = [proto.value if proto.HasField("value") else None] if proto.set_value else []
    return seeds, proto.default if proto.HasField("default") else None


def _slider(proto: Any) -> tuple[list[Any], Any]:
    if len(proto.default) != 1:
        raise Unknown(f"the walk does not know how a hand moves a slider of two ends ({proto.label})")
    return list(proto.value) if proto.set_value else [], proto.default[0]


def _text(proto: Any) -> tuple[list[Any], Any]:
    return ([proto.value] if proto.set_value else []), proto.default


def _select(proto: Any) -> tuple[list[Any], Any]:
    seeds = [proto.raw_value or None] if proto.set_value else []
    return seeds, proto.options[proto.default] if proto.HasField("default") and proto.options else None


def _group(proto: Any) -> tuple[list[Any], Any]:
    seeds = [list(proto.raw_values)] if proto.set_value else []
    return seeds, [proto.options[i].content for i in proto.default]


def _several(proto: Any) -> tuple[list[Any], Any]:
    return ([list(proto.raw_values)] if proto.set_value else []), [proto.options[i] for i in proto.default]


def _nothing(proto: Any) -> tuple[list[Any], Any]:
    return [], None


READ = {
    "slider": _slider,
    "number_input": _number,
    "text_input": _text,
    "text_area": _text,
    "checkbox": lambda proto: _one(proto, proto.value),
    "selectbox": _select,
    "button_group": _group,
    "multiselect": _several,
    "button": _nothing,
    "file_uploader": _nothing,
    "dataframe": _nothing,
    "bidi_component": _nothing,
}
"""How what a control holds is read off what the page says: what it sets it to now, and what it begins with."""


def data_of(component: Any) -> Any:
    """What the page tells a component of its own."""
    return json.loads(component.json) if component.json else None


def named(found: Iterable[Control], kind: str, name: str, nth: int = 0) -> Control | None:
    """The control of a kind and name, the first or a later one of them."""
    alike = [one for one in found if (one.kind, one.name) == (kind, name)]
    return alike[nth] if nth < len(alike) else None
