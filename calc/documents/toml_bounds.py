"""Bounds of a plan file, judged before it is parsed and before its terms are read: what reading it may cost.

A file of 1 MB can be written so that a parser makes gigabytes of it: keys of thousands of dotted parts, very many keys,
deep nesting, numbers of a million digits. No plan document has them. The text is looked at by a few regular expressions
that never go back, in a fraction of the time that parsing takes; strings and comments are passed over.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from calc.plan.errors import Refused

MAX_PARTS = 10
"""Parts of one dotted key or header, as `a` and `b` are of `a.b`."""
MAX_NESTING = 10
"""Lists and tables within each other on one way down."""
MAX_KEYS = 60_000
"""Headers, and lines with a key; a file of 10,000 reps has some 50,000."""
MAX_DOTS = 20_000
"""Dots within all keys and headers of a file together."""
MAX_COMMAS = 150_000
"""Commas between values; 200 tables of 200 points have some 80,000."""
MAX_DIGITS = 4_000
"""Digits in a row."""
MAX_ENTRIES = 1_000
"""Entries of a list and of a table, before its own term says how many it may have."""
MAX_REPS = 10_000
"""Entries of the one list that may be longer: `reps`."""

_STRING_OR_COMMENT = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    r'|"(?!"")(?:[^"\\\n]++|\\.)*+"'
    r"|'(?!'')[^'\n]*+'"
    r"|#[^\n]*+"
    r"|[\"'][\s\S]*+"
)
"""The last form is a string without an end: no parser goes on behind it."""
_PARTS = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{MAX_PARTS},}}")
_DIGITS = re.compile(rf"(?<![0-9_])[0-9_]{{{MAX_DIGITS + 1}}}")
_KEY = re.compile(r"(?<![\w. \t-])[\w. \t-]++(?==)")
_LINE = re.compile(r"^[^=\n]*+=", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*+\[[\w. \t-]*+\]|^[ \t]*+\[\[[\w. \t-]*+\]\]", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_NESTED = (dict, list)
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def refuse_costly_text(text: str) -> None:
    """Refuses the text of a plan file that would cost more to parse than any plan document does.

    Raises:
        Refused: it has too many keys, too many parts in one, too much nesting or too many digits in a row.
    """
    bare = _without_strings(text)
    deepest = max(accumulate(_STEPS[sign] for sign in _BRACKET.findall(bare)), default=0)
    headers = _HEADER.findall(bare)
    keys = len(headers) + len(_LINE.findall(bare))
    dots = sum(key.count(".") for key in (*headers, *_KEY.findall(bare)))
    if _PARTS.search(bare):
        raise Refused(f"the file must have at most {MAX_PARTS} parts in a key or header (got more)")
    if deepest > MAX_NESTING:
        raise Refused(f"the file must have at most {MAX_NESTING} lists and tables within each other (got {deepest:,})")
    if keys > MAX_KEYS:
        raise Refused(f"the file must have at most {MAX_KEYS:,} lines with a key or header (got {keys:,})")
    if dots > MAX_DOTS:
        raise Refused(f"the file must have at most {MAX_DOTS:,} dots in its keys and headers (got {dots:,})")
    if (commas := bare.count(",")) > MAX_COMMAS:
        raise Refused(f"the file must have at most {MAX_COMMAS:,} commas between values (got {commas:,})")
    if _DIGITS.search(bare):
        raise Refused(f"the file must have at most {MAX_DIGITS:,} digits in a row (got more)")


def _without_strings(text: str) -> str:
    """The text with one letter for each string and comment."""
    return _STRING_OR_COMMENT.sub("S", text)


def refuse_costly_document(document: Any) -> None:
    """Refuses a document of plain dicts and lists with a list or table longer than any term allows.

    Raises:
        Refused: the first such place.
    """
    level = [("", document)]
    while level:
        level = [found for place, value in level for found in _parts_of(place, value)]


def _parts_of(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The lists and tables right within a list or table, with their places."""
    if isinstance(value, dict):
        items: Any = [(f"{place}.{key}".lstrip("."), part) for key, part in value.items()]
    elif isinstance(value, list):
        items = [(place, part) for part in value if isinstance(part, _NESTED)]
    else:
        return
    most = MAX_REPS if place == "reps" and isinstance(value, list) else MAX_ENTRIES
    if len(value) > most:
        raise Refused(f"{place or 'the file':.80} must have at most {most:,} entries (got {len(value):,})")
    yield from ((where, part) for where, part in items if isinstance(part, _NESTED))
