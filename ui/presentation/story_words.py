"""Somebody's story and sentences, cut to what an audience reads from a wall."""

import re

from calc.messages import Fact, Sentence

STORY_LETTERS, STORY_LETTERS_BESIDE = 330, 210
"""Characters of somebody's story that an audience reads from a wall, alone and beside a picture."""


def opening_of(description: str, most: int = STORY_LETTERS) -> str:
    """The first sentence of a story, and the second where there is room for it.

    >>> opening_of("Below 70 deals it pays nothing. The team closes about 55. So the next one is worth nothing.")
    'Below 70 deals it pays nothing. The team closes about 55.'
    """
    first, *rest = re.split(r"(?<=[.!?])\s+(?=\S)", " ".join(description.split()))
    told = " ".join([first, *rest[:1]])
    told = told if len(told) <= most else first
    return told if len(told) <= most else f"{told[: most - 1].rstrip()}…"


def split_sentence(sentence: Sentence) -> tuple[Sentence, ...]:
    """A sentence and what follows its colon: Nothing stops paying. Pay begins with the first unit."""
    first, colon, rest = sentence.template.partition(": ")
    parts = [first.removesuffix("."), rest] if colon else [first.removesuffix(".")]
    return tuple(Sentence(part, facts_named(sentence, part)) for part in parts)


def facts_named(sentence: Sentence, template: str) -> tuple[tuple[str, Fact], ...]:
    """The facts of a sentence that a part of it names."""
    return tuple((name, fact) for name, fact in sentence.facts if f"{{{name}}}" in template)
