"""The link: the address of exactly what is on the screen, readable where it can be.

`?preset=low-ceiling&deals.ceiling=1.7` is a preset and what differs from it. A term goes by a dotted path:
`<kpi>.<term>` for a KPI or its curve, `plan.<term>`, `plan.curve.<term>` for the curve of a score, `team.<term>` and so
on (`params`); `none` takes an optional term away. `at.<kpi>` is where the rep stands, `along` the KPI on the
axis. A plan that no preset describes travels in `x`: its document, compressed, under version `v`. A plan that it is
compared with travels beside it, each of its fields led by `A.`; `present` is the step of a presentation. Names of
people and uploaded pay are never in it.

A link that cannot be read in full opens what can be read and names the rest. Decoding is bounded in time and memory.
A plan too long for any link (`too_long`) leaves `unlinked` in the address, which opens with a sentence that says so.
"""

from pathlib import Path as File

from calc.documents import planfile
from calc.documents.link_decoding import HOME, MAX_STEPS, decode_fields, decode_link
from calc.documents.link_encoding import address_of, encode_view, too_long
from calc.documents.link_view import LINK_VERSION, MAX_LINK, Opened, View
from calc.documents.params import TABLES, set_terms, term_paths, term_value
from calc.documents.planfile import Preset
from calc.plan.errors import Refused

__all__ = [
    "HOME",
    "LINK_VERSION",
    "MAX_LINK",
    "MAX_STEPS",
    "TABLES",
    "Opened",
    "View",
    "address_of",
    "decode_fields",
    "decode_link",
    "encode_view",
    "load",
    "open_view",
    "set_terms",
    "term_paths",
    "term_value",
    "too_long",
]


def open_view(source: str | File) -> View:
    """What a preset's name, a plan file, or a shared link opens.

    Raises:
        Refused: it cannot be opened in full; a sentence says what does not hold.
    """
    if isinstance(source, str) and ("?" in source or source.startswith(("preset=", "x=", "v="))):
        opened = decode_link(source)
        if opened.dropped:
            raise Refused(opened.dropped)
        return opened.view
    preset = planfile.load_preset(source)
    return View(preset, preset.name)


def load(source: str | File) -> Preset:
    """A preset by its name, from a plan file, or from a shared link.

    Raises:
        Refused: it cannot be opened in full; a sentence says what does not hold.
    """
    return open_view(source).preset
