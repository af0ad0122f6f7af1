"""How the options of the command line say that a file of results is to be read."""

import sys
from pathlib import Path
from typing import BinaryIO

from calc.payroll.oddities import ODDITIES
from calc.payroll.pay_rows import Reading
from calc.plan.errors import Refused, nearest_name, quote_value
from calc.tables.sheets.number_marks import DecimalMark

DASH = Path("-")
"""Stands for the standard input, or output."""
DECIMAL_MARKS: dict[str, DecimalMark] = {"point": ".", "comma": ","}
"""What `--decimal` may be."""


def reading_of(decimal: str | None, allow: str) -> Reading:
    """How a file of results is to be read.

    Args:
        decimal: a name in DECIMALS; None where the file's numbers decide.
        allow: what is odd and meant, parted by commas.

    Raises:
        Refused: something else is to be allowed.
    """
    words = tuple(word.strip() for word in allow.split(",") if word.strip())
    for word in words:
        if word not in ODDITIES:
            raise Refused(
                f"--allow must be of {', '.join(ODDITIES)} (got {quote_value(word)}): {nearest_name(word, ODDITIES)}"
            )
    return Reading(None if decimal is None else DECIMAL_MARKS[decimal], words)


def standard_input() -> BinaryIO:
    """What stands on the standard input.

    Raises:
        Refused: it is closed.
    """
    if sys.stdin is None:
        raise Refused("the standard input must be open (got a closed one)")
    return sys.stdin.buffer
