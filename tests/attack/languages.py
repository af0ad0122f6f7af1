"""Languages that a browser may claim: of any length and number, they leave nothing behind."""

import random
import tracemalloc
from collections import Counter

from ui import number_format
from ui.number_format import Formats, locale_of

LARGEST_REST = 1_000_000
"""Bytes that all of them together may leave in memory."""
LETTERS = 100_000
"""Of the longest."""


def tag(dice: random.Random) -> str:
    """A language tag as nobody writes it: long, foreign, broken, or unlike any other."""
    begins = dice.choice(("de-DE-", "en-", "ar-u-nu-arab-", "x-", "", "\u202e", "zh-Hant-"))
    return begins + f"{dice.random():.9f}"[2:] * dice.choice((1, 1, 3, LETTERS // 9))


def run(seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """So many languages: whether each is one that numbers can be written in, and what all leave in memory."""
    wrong, counts = [], Counter[str]()
    for locale in {locale_of(tag(random.Random(number))) for number in range(seed, seed + count)}:
        Formats(locale).money(1.5)  # what babel knows of a locale it loads once
    number_format._known_locale.cache_clear()
    tracemalloc.start()
    try:
        for number in range(seed, seed + count):
            locale = locale_of(tag(random.Random(number)))
            counts["English" if locale == "en_US" else "known"] += 1
            wrong += [] if Formats(locale).money(1.5) else [f"language {number}: no money in {locale[:50]}"]
        rest = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    return counts, wrong + ([f"{count:,} languages leave {rest:,} bytes"] if rest > LARGEST_REST else [])
