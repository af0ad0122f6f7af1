"""Numbers as people write them: 1,200,000, 1.2M, $85k, 85 %, 1.5x, 40 deals, in the reader's own conventions.

What can be read in two ways is not guessed: `read_typed` refuses it with both readings, each written so that it can
be read in one way only. Nothing else of the page reads a number that somebody typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Literal

from babel import Locale
from babel.numbers import get_currency_symbol, list_currencies

from calc.plan.errors import Refused, quote_value

NumberKind = Literal["amount", "share", "times"]
"""An amount in a unit; a share, which is written in per cent; a factor, which is written with a times sign."""

MAX_TYPED_LETTERS = 80
"""Characters of a number that are read at all."""
MAX_TYPED = Decimal("1e15")
TIMES_SIGNS = 10
"""A bare factor above this may be one in per cent."""
MAGNITUDES = {
    **dict.fromkeys(("k", "thousand", "tsd", "tsd."), Decimal(1000)),
    **dict.fromkeys(("m", "mm", "mn", "mio", "mio.", "million", "millions", "millionen"), Decimal(10**6)),
    **dict.fromkeys(("b", "bn", "billion", "billions", "mrd", "mrd."), Decimal(10**9)),
    **dict.fromkeys(("lakh", "lakhs"), Decimal(10**5)),
    **dict.fromkeys(("crore", "crores"), Decimal(10**7)),
}
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "zł": "PLN"}
TIMES_WORDS = ("x", "×", "times")
NONE_WORDS = ("", "-", "–", "—", "none", "no", "n/a", "uncapped", "unlimited")
"""What stands for no number at all."""
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<digits>\d[\d.,' ]*|[.,]\d+)", re.ASCII)


@dataclass(frozen=True)
class TypedNumber:
    """A number and the unit that was written with it; empty where none was."""

    value: float
    unit: str = ""


class Unclear(Refused):
    """A number that can be read in two ways.

    Args:
        sentence: what is asked.
        readings: the number written in each of the ways, so that it can be read in no other.
    """

    def __init__(self, sentence: str, readings: tuple[str, ...]) -> None:
        self.readings = readings
        super().__init__(sentence)


def is_none(text: str) -> bool:
    """Whether a text says that there is no number.

    >>> is_none(" none "), is_none("–"), is_none("0")
    (True, True, False)
    """
    return text.strip().casefold() in NONE_WORDS


def read_typed(text: str, locale: str = "en_US", kind: NumberKind = "amount", currency: str = "") -> TypedNumber:
    """The number that somebody typed.

    >>> read_typed("1,200,000").value, read_typed("$1.2M").value, read_typed("85 %", kind="share").value
    (1200000.0, 1200000.0, 0.85)
    >>> read_typed("40 deals")
    TypedNumber(value=40.0, unit='deals')
    >>> read_typed("1.200.000,50", "de_DE").value, read_typed("1.5x", kind="times").value
    (1200000.5, 1.5)

    Args:
        text: what was typed.
        locale: the reader's conventions, as babel calls them.
        kind: what is asked for.
        currency: the plan's, for signs that several currencies have.

    Raises:
        Unclear: it can be read in two ways.
        Refused: it is no number.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'").split())
    found = _split_parts(plain, locale, currency) if len(plain) <= MAX_TYPED_LETTERS else None
    if found is None:
        raise Refused(f"must be a number (got {quote_value(text.strip())}): as 1,200, 1.2M or 85 %")
    lead, digits, tail = found
    values = _possible_values(digits, locale)
    if not values:
        raise Refused(f"must be a number (got {quote_value(text.strip())}): its commas and points do not fit together")
    times, unit = _find_unit(tail, currency, locale)
    unit = unit or lead
    if len(values) > 1:
        raise _two_ways(text, [_digits_of(value, locale) + (f" {tail}" if tail else "") for value in values])
    value = values[0] * times
    if abs(value) > MAX_TYPED:
        raise Refused(f"must be at most {MAX_TYPED:,.0f} in size (got {quote_value(text.strip())})")
    return _of_kind(text, value, unit, locale, kind)


def _split_parts(plain: str, locale: str, currency: str) -> tuple[str, str, str] | None:
    """The currency before a number, the number, and what stands behind it; None where there is no number."""
    found = _NUMBER.search(plain)
    if found is None:
        return None
    lead = plain[: found.start()].strip()
    sign = "-" if "-" in (lead[:1], lead[-1:], found["sign"]) else ""
    lead = lead.strip("+- ")
    digits, tail = found["digits"].strip(), plain[found.end() :].strip()
    code = _find_currency(lead, currency, locale) if lead else ""
    return None if code is None or any(mark.isdigit() for mark in tail) else (code, sign + digits, tail)


def _find_currency(text: str, currency: str, locale: str) -> str | None:
    """The code of a currency that is written as a sign or a code; None where it is none."""
    if currency and text in (get_currency_symbol(currency, locale), get_currency_symbol(currency, "en"), currency):
        return currency
    narrow = SIGNS.get(text)
    if narrow is not None:
        own = get_currency_symbol(currency, "en") if currency else ""
        return currency if own.endswith(text) else narrow
    return text.upper() if text.upper() in _all_codes() else None


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(list_currencies())


def _find_unit(tail: str, currency: str, locale: str) -> tuple[Decimal, str]:
    """What stands behind a number: how many of it, and of what."""
    first, _, rest = tail.partition(" ")
    times = MAGNITUDES.get(first.casefold())
    if times is None:
        times, rest = Decimal(1), tail
    return times, _find_currency(rest, currency, locale) or rest


# Commas and points


def _possible_values(digits: str, locale: str) -> list[Decimal]:
    """The ways to read digits with their commas and points: mostly one, none where they do not fit."""
    group, point = _locale_marks(locale)
    negative, digits = digits.startswith("-"), digits.lstrip("-")
    digits = digits.replace("'", " ") if group not in ("'", "’") else digits.replace("'", group)
    own, other = _read_digits(digits, group, point), _read_digits(digits, point, "." if point == "," else ",")
    found = [value for value in (own, other) if value is not None]
    looks_grouped = re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(point)}\d{{3}}", digits) is not None
    kept = found if looks_grouped and len({*found}) > 1 else found[:1]
    return [-value if negative else value for value in kept]


def _read_digits(digits: str, group: str, point: str) -> Decimal | None:
    """Digits read with one pair of marks; None where groups are not of three digits, or two in the Indian way."""
    whole, mark, rest = digits.partition(point)
    if mark and (not rest.isdigit() or not rest.isascii()):
        return None
    groups = re.split(f"[{re.escape(group)} ]", whole) if whole else ["0"]
    if not all(part.isdigit() for part in groups):
        return None
    if len(groups) > 1:
        inner = groups[1:-1]
        sized = len(groups[-1]) == 3 and len({len(part) for part in inner} | {3}) <= 2
        if not sized or not 1 <= len(groups[0]) <= 3 or any(len(part) not in (2, 3) for part in inner):
            return None
    try:
        return Decimal("".join(groups) + (f".{rest}" if rest else ""))
    except InvalidOperation:
        return None


@cache
def _locale_marks(locale: str) -> tuple[str, str]:
    """What parts groups of digits, and what the whole from its decimals."""
    signs = Locale.parse(locale).number_symbols["latn"]
    group = unicodedata.normalize("NFKC", signs["group"]).replace("’", "'")
    point = signs["decimal"]
    return (group if group.strip() else " "), ("," if point == "," else ".")


# What was meant


def _of_kind(text: str, value: Decimal, unit: str, locale: str, kind: NumberKind) -> TypedNumber:
    """The number as the kind of thing that is asked for."""
    if kind == "amount":
        return TypedNumber(float(value), unit)
    if unit == "%":
        return TypedNumber(float(value / 100))
    if kind == "times" and unit.casefold() in TIMES_WORDS:
        return TypedNumber(float(value))
    if unit:
        raise Refused(f"must be a number in {'%' if kind == 'share' else '× or %'} (got {quote_value(text.strip())})")
    if kind == "share":
        if 0 < value <= 1:
            raise _two_ways(text, [f"{_digits_of(value * 100, locale)}%", f"{_digits_of(value, locale)}%"])
        return TypedNumber(float(value / 100))
    if value > TIMES_SIGNS:
        raise _two_ways(text, [f"{_digits_of(value, locale)}%", f"{_digits_of(value, locale)}×"])
    return TypedNumber(float(value))


def _two_ways(text: str, readings: list[str]) -> Unclear:
    return Unclear(f"can be read as {' or as '.join(readings)} (got {quote_value(text.strip())})", tuple(readings))


# Writing


def write_number(value: float, locale: str = "en_US") -> str:
    """A number with all its digits, in the reader's conventions.

    >>> write_number(1200000), write_number(0.125), write_number(1234.5, "de_DE")
    ('1,200,000', '0.125', '1.234,5')
    """
    return _digits_of(Decimal(f"{value:.15g}"), locale)


def write_share(share: float, locale: str = "en_US") -> str:
    """A share in per cent, with all its digits.

    >>> write_share(0.855), write_share(1.1)
    ('85.5%', '110%')
    """
    pattern = Locale.parse(locale).percent_formats[None].pattern
    gap = "\u00a0" if " " in pattern or "\u00a0" in pattern else ""
    return f"{write_number(round(share * 100, 9), locale)}{gap}%"


def write_times(factor: float, locale: str = "en_US") -> str:
    """A factor with its sign.

    >>> write_times(1.5)
    '1.5×'
    """
    return f"{write_number(factor, locale)}×"


def _digits_of(value: Decimal, locale: str) -> str:
    """All digits in groups; one more decimal where it could be taken for thousands."""
    point = _locale_marks(locale)[1]
    whole, _, rest = f"{abs(value):f}".partition(".")
    rest = rest.rstrip("0")
    rest += "0" if len(rest) == 3 and whole != "0" and len(whole) <= 3 else ""
    text = _group_digits(whole, locale) + (f"{point}{rest}" if rest else "")
    return f"-{text}" if value < 0 else text


def _group_digits(whole: str, locale: str) -> str:
    """Digits in the locale's groups: of three, or in India of two before the last three."""
    found = Locale.parse(locale)
    last, before = found.decimal_formats[None].grouping
    mark = str(found.number_symbols["latn"]["group"])
    lead, parts = whole[:-last], [whole[-last:]]
    while lead:
        lead, parts = lead[:-before], [lead[-before:], *parts]
    return mark.join(parts)
