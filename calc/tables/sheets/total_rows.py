"""Rows that are the total of others and no person: how they are called, in the languages of sales files.

Not modelled: a total that is called by nothing, which whoever adds the rows up must find.
"""

import re
from typing import Any

import pyarrow as pa
from pyarrow import compute

TOTAL = (
    r"(?i)^[^\pL\pN]*((grand|overall|sub|team|group|all|running)[ _-]?)?"
    r"(totals?|subtotals?|sum|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|totale|totales|totaux|totaal|suma|somme|"
    r"soma|celkem|razem|итого|всего|合計|总计|合计|小計|총계|합계)([^\pL\pN].*)?$"
    r"|(?i)^.*[^\pL\pN](totals?|gesamt|summe)[^\pL\pN]*$"
)
"""How a row is called that is no person."""
TOTAL_WORDS = tuple(
    word.encode()
    for word in (
        "tot",
        "sum",
        "gesamt",
        "som",
        "celkem",
        "razem",
        "итого",
        "всего",
        "合",
        "总计",
        "小計",
        "총계",
        "합계",
    )
)
"""What every such name has in it."""
_TOTAL_NAME = re.compile(TOTAL.replace("(?i)", "").replace(r"\pL\pN", r"\w"), re.IGNORECASE)


def is_total(name: str) -> bool:
    """Whether a row of this name is a total.

    >>> is_total("Grand Total"), is_total("TOTAL:"), is_total("Tom Totaler")
    (True, True, False)
    """
    return _TOTAL_NAME.match(name.strip()) is not None


def may_be_total(texts: Any) -> bool:
    """Whether any of many texts may be called as a total is; to look for that word by word takes long."""
    together = (compute.utf8_lower(texts).buffers()[2] or pa.py_buffer(b"")).to_pybytes()
    return any(word in together for word in TOTAL_WORDS)
