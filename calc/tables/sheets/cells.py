"""One cell as a number: every way in which money, percentages, multiples and nothing are written.

`$100`, `R$ 12.000,00`, `1.200 kr`, `USD 5k`, `($120.00)`, `120-`, `112.50%`, `1.30x`, `1 234,50` and `1'000` are
numbers; a dash, `n/a` or nothing is none. What is left between signs is a written number of
`calc.tables.sheets.number_marks`, with its decimal point or comma. A formula, a fault of a spreadsheet and other text
are no numbers.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from calc.tables.sheets.number_marks import OTHER, DecimalMark, has_one_reading, read_number
from calc.tables.sheets.raw_table import RawCell

Kind = Literal["plain", "percent", "multiple"]

_CURRENCIES = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "zł": "PLN",
    "₺": "TRY",
    "₩": "KRW",
    "r$": "BRL",
    "us$": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "mx$": "MXN",
    "hk$": "HKD",
    "kr": "",
    "kr.": "",
    "fr.": "CHF",
    "sfr.": "CHF",
    "nz$": "NZD",
    "s$": "SGD",
    "rs": "INR",
    "rs.": "INR",
}
"""Signs of currencies; "" where several countries share one."""
_CODE = "[a-z]{3}"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True))
_NOTHING = {"", "-", "--", "---", "n/a", "na", "n.a.", "none", "null", "nil", "nan", "k.a.", "not set", "(blank)"}
_PLAIN = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_PLAIN |= {0xFF01 + n: chr(0x21 + n) for n in range(94) if 0xFF01 + n != 0xFF0D}
"""Dashes of every width as one, and the wide letters and digits of East Asian text as plain ones."""
_SPACE = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u2060\ufeff]+")
_FULL = re.compile(
    rf"(?P<minus>[-+])?(?P<front>{_SIGN}|{_CODE})?(?P<inner>[-+])?(?P<number>[0-9.,'\u2019_/ e+-]*[0-9][.,]?)"
    rf"(?P<size>k|m|mm|mn|mio|mio\.|b|bn|tsd|tsd\.|mil)?(?P<back>{_SIGN}|{_CODE})?(?P<end>%|x|×|-)?"
)
_SIZES = {
    "k": 1e3,
    "tsd": 1e3,
    "tsd.": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "mio.": 1e6,
    "b": 1e9,
    "bn": 1e9,
}
_SPACED = re.compile(r"[0-9]{1,3}( [0-9]{3})+(?![0-9])")


class NoNumber(ValueError):
    """A cell is no number; the text says why, to stand after "got"."""


@dataclass(frozen=True)
class Written:
    """A number as it is written in a cell, its signs taken off.

    Args:
        digits: what a decimal mark is needed for.
        factor: what the number is multiplied by: its sign, and thousands or millions.
        kind: whether it is marked as a percentage or a multiple.
        currency: the ISO code of its currency; "" where it names none, or a sign that several share.
        typed: the number itself, where the file has it as a number and nothing can be read in two ways.
    """

    digits: str
    factor: float
    kind: Kind
    currency: str
    typed: float | None = None

    def value(self, decimal: DecimalMark) -> float:
        """The number; of a percentage its part of 1.

        Raises:
            NoNumber: this decimal mark cannot read it.
        """
        if self.typed is not None:
            return self.typed
        try:
            number = read_number(self.digits, decimal) * self.factor
        except ValueError:
            raise NoNumber(repr(self.digits)) from None
        return round(number / 100, 15) if self.kind == "percent" else number

    @cached_property
    def readings(self) -> dict[DecimalMark, float]:
        """The number by every decimal mark that can read it."""
        found: dict[DecimalMark, float] = {}
        for mark in OTHER:
            try:
                found[mark] = self.value(mark)
            except NoNumber:
                continue
            if self.digits.isdigit():
                return dict.fromkeys(OTHER, found[mark])
        return found

    @property
    def proves(self) -> DecimalMark | None:
        """The decimal mark that alone can be meant, None where either may or none is there."""
        return None if self.typed is not None else has_one_reading(self.digits)


def read_cell(cell: RawCell) -> Written | None:
    """A cell as a written number, None where it says that there is none.

    Raises:
        NoNumber: it is something else.

    >>> read_cell("($1,234.50)").value("."), read_cell("R$ 12.000,00").value(","), read_cell(" 112.50%").value(".")
    (-1234.5, 12000.0, 1.125)
    >>> read_cell("—") is None, read_cell("250k").value("."), read_cell("1.30x").kind
    (True, 250000.0, 'multiple')
    """
    if isinstance(cell, float):
        return Written(repr(cell), 1.0, "plain", "", cell)
    if isinstance(cell, datetime.date):
        raise NoNumber(f"a date, {cell.isoformat()}")
    if cell.isascii() and cell.isdigit():
        return Written(cell, 1.0, "plain", "")
    text = cell.translate(_PLAIN).strip().strip('"').strip().casefold()
    if text.lstrip("'").startswith("=") or re.match(r"[+@][a-z]+\(", text):
        raise NoNumber(f"a formula, {cell.strip()[:40]!r}")
    bare = _SPACE.sub(" ", text).strip()
    if bare in _NOTHING:
        return None
    if bare.startswith("#"):
        raise NoNumber(f"a fault of a spreadsheet, {cell.strip()[:20]!r}")
    factor = 1.0
    if bare.startswith("(") and bare.endswith(")") and not bare.startswith("(-"):
        bare, factor = bare[1:-1].strip(), -1.0
    return _signed(bare, factor, cell)


def _signed(bare: str, factor: float, cell: str) -> Written:
    """A text without brackets as a written number."""
    grouped = _SPACED.sub(lambda found: found[0].replace(" ", ""), bare)
    found = _FULL.fullmatch(re.sub(r"(?<![0-9]) | (?![0-9])", "", grouped))
    if found is None or " " in found["number"] or "/" in found["number"]:
        raise NoNumber(repr(cell.strip()[:40]))
    signs = [sign for sign in (found["minus"], found["inner"], "-" if found["end"] == "-" else None) if sign]
    if len(signs) + (factor < 0) > 1 or (found["front"] and found["back"]):
        raise NoNumber(repr(cell.strip()[:40]))
    sign = found["front"] or found["back"] or ""
    currency = _CURRENCIES.get(sign, sign.upper() if re.fullmatch(_CODE, sign) else "")
    if currency and not CODES.fullmatch(currency):
        raise NoNumber(repr(cell.strip()[:40]))
    size = found["size"]
    if size == "mil":
        raise NoNumber(f"{cell.strip()[:40]!r}, which is a thousand or a million")
    factor *= (-1.0 if "-" in signs else 1.0) * _SIZES.get(size or "", 1.0)
    kind: Kind = "percent" if found["end"] == "%" else "multiple" if found["end"] in ("x", "×") else "plain"
    return Written(found["number"], factor, kind, currency)


CODES = re.compile(
    "AED|ARS|AUD|BGN|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|KES|KRW|KZT|MAD|MXN|MYR|"
    "NGN|NOK|NZD|PEN|PHP|PKR|PLN|QAR|RON|RSD|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|UYU|VND|ZAR"
)
"""ISO 4217 codes of currencies that stand before or behind a number."""
