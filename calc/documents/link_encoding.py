"""A view written as the query string of a link: readable where a preset describes it, else packed."""

import re
from typing import Any
from urllib.parse import quote

from calc.documents import planfile
from calc.documents.link_codec import UNPACKED, pack_plan, unpacks_to_too_much
from calc.documents.link_view import AGAINST, LINK_VERSION, UNLINKED, View, too_many_characters
from calc.documents.params import changed_terms

PACKED = re.compile(r"(?:^|[?&])(?:A\.)?x=([^&#]*)")


def encode_view(view: View) -> str:
    """The query string that opens exactly this view; `too_long` tells whether it is one that opens."""
    query = _encode_fields(view, readable=True)
    return query if too_long(query) is None else min(query, _encode_fields(view, readable=False), key=len)


def too_long(query: str) -> str | None:
    """The sentence that says a query string is longer than any that is opened; None where it is not.

    Both sizes count: that of the link, and that of the plan which is packed in it.
    """
    if (sentence := too_many_characters(query)) is not None:
        return sentence
    if any(unpacks_to_too_much(packed) for packed in PACKED.findall(query)):
        return f"the link must unpack to at most {UNPACKED:,} bytes (got more): share the plan as a file instead"
    return None


def address_of(query: str) -> str:
    """What to keep in the address bar for a query string: itself, or where it is too long, a note that opens."""
    return query if too_long(query) is None else f"?{UNLINKED}={len(query) - 1}"


def _encode_fields(view: View, readable: bool) -> str:
    targets = {k.id: k.target for k in view.preset.plan.kpis}
    fields = _link_fields(view, readable)
    fields += [(f"at.{name}", _write_value(at)) for name, at in view.at.items() if at != targets.get(name)]
    fields += [("along", view.along)] if view.along else []
    beside = [] if view.against is None else _link_fields(view.against, readable)
    fields += [(AGAINST + key, value) for key, value in beside]
    fields += [] if view.present is None else [("present", str(view.present))]
    return "?" + "&".join(f"{quote(key, safe='.')}={quote(value, safe='.,:-_')}" for key, value in fields)


def _link_fields(view: View, readable: bool) -> list[tuple[str, str]]:
    """A preset and what differs from it, or where that does not tell it, the whole document."""
    base = planfile.load_preset(view.base) if readable and view.base in planfile.preset_names() else None
    differing = changed_terms(base, view.preset) if base is not None else None
    if differing is None or "none" in differing.values():
        return [("v", str(LINK_VERSION)), ("x", pack_plan(planfile.plan_document(view.preset)))]
    return [("preset", view.base or ""), *((path, _write_value(value)) for path, value in differing.items())]


def _write_value(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(_write_value, value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
