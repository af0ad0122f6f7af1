"""Somebody's text without what cannot be seen: a name may say anything, but may not change what stands beside it.

Controls that turn the direction of writing (U+202E makes "74 %" read "% 47"), that have no width, or that are no
letters at all have no use in a name. They are taken out when a document is read. Names that are written from right to
left keep their letters; they are isolated where they are shown, so that the numbers beside them stay in order.

Source: Unicode Standard Annex 9, "Bidirectional Algorithm", 2.4 (isolates) and 6.3; Annex 31 for joiners.
"""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_LINES = "\u2028\u2029"
_KEPT_CONTROLS = "\n\t"
_PLAIN = re.compile(r"[\n\t -~\u00a0-\u00ac\u00ae-\u0233]*")
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def visible_text(text: str) -> str:
    r"""A text without controls of direction, without controls of no width, and without what is no letter.

    A joiner stays between two letters of a script that needs it.

    >>> visible_text("\u202e74 %\u200b"), visible_text("a\u200db"), len(visible_text("\u0645\u06cc\u200c\u062e"))
    ('74 %', 'ab', 4)
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_keep_letter(text, i) for i in range(len(text)))


def _keep_letter(text: str, i: int) -> str:
    """What stays of one letter of a text."""
    letter = text[i]
    if letter in _JOINERS:
        return letter if _joins_letters(text[i - 1 : i]) and _joins_letters(text[i + 1 : i + 2]) else ""
    if letter in _LINES:
        return "\n"
    if letter in _KEPT_CONTROLS:
        return letter
    hidden = unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn") or letter in _FILLERS
    return "" if hidden else letter


def _joins_letters(letter: str) -> bool:
    """Whether a letter is of a script in which joiners are written, or part of an emoji."""
    return letter > "\u02ff" and letter not in _JOINERS and unicodedata.category(letter)[0] in "LMS"


def isolate_text(text: str) -> str:
    r"""A text that may stand between others: one that is written from right to left is set apart from them.

    >>> isolate_text("deals"), isolate_text("\u05e2\u05e1\u05e7\u05d0\u05d5\u05ea")[0] == FIRST_STRONG_ISOLATE
    ('deals', True)
    """
    if _PLAIN.fullmatch(text) or not any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def without_isolates(text: str) -> str:
    """A text as it was before it was isolated."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
