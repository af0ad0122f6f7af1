"""The name of a person as the screen writes it: cut to its room, and remembered nowhere."""

from calc.plan.visible_text import isolate_text, without_isolates
from ui.number_format import MAX_NAME_LETTERS


def clip_person(text: str, longest: int = MAX_NAME_LETTERS) -> str:
    """The name of a person, or of a file of theirs, cut as other names are.

    >>> clip_person("Bartholomew Featherstonehaugh", 12)
    'Bartholomew…'
    """
    bare = without_isolates(text)
    return isolate_text(bare if len(bare) <= longest else f"{bare[: longest - 1].rstrip()}…")
