"""Numbers for eyes: money, shares and results in the reader's conventions, without decimals that carry nothing."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import (  # type: ignore[attr-defined]
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_symbol,
    get_group_symbol,
    list_currencies,
)

from calc.messages import singular_unit
from calc.plan.kpi import Kpi
from calc.plan.visible_text import isolate_text, without_isolates

WHOLE_MONEY_FROM = 100
"""Money from which cents carry nothing where it is an expectation or told in a sentence."""
MAX_NAME_LETTERS = 28
"""Characters of somebody's name that a label in the picture has room for."""


FINEST_PART = 0.001
"""What a weight is rounded to where it is shown: a tenth of a percent."""
LONGEST_TAG, LOCALES = 35, 256
"""Letters of a language tag that are looked at (BCP 47, 4.4.1), and tags that are remembered: a browser sends them."""
EXACT = 9
"""Decimals that a number is written short with before they are counted: all that it has."""
DIGITS = 4
"""Digits of a number that is written short; some languages have no short way for thousands."""


@lru_cache(maxsize=LOCALES)
def _known_locale(language: str) -> str:
    try:
        found = Locale.parse(language.split("-u-")[0], sep="-")
        # Latin digits everywhere: the axis and the controls have no others.
        return str(found) if getattr(found, "default_numbering_system", "latn") == "latn" else "en_US"
    except (UnknownLocaleError, ValueError, TypeError):
        return "en_US"


def locale_of(language: str | None) -> str:
    """The locale of a browser's language tag; English where babel does not know it.

    >>> locale_of("de-DE"), locale_of("xx"), locale_of(None), locale_of("de-DE" * 1000)
    ('de_DE', 'en_US', 'en_US', 'en_US')
    """
    return _known_locale(language) if language and len(language) <= LONGEST_TAG else "en_US"


@cache
def _all_currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@dataclass(frozen=True)
class Formats:
    """How one reader sees one plan's numbers.

    >>> formats = Formats("en_US", "USD")
    >>> formats.money(1180), formats.money(0.5), formats.gain(-3), formats.share(0.934)
    ('$1,180', '$0.50', '−$3', '93%')
    """

    locale: str = "en_US"
    currency: str = "USD"
    minor: int = 2
    remembers: bool = True

    @property
    def forgetful(self) -> "Formats":
        """The same without a memory of what was written: amounts of people stay in their session."""
        return replace(self, remembers=False)

    def _written(self, kept: Callable[..., str]) -> Callable[..., str]:
        """What writes a number: with the memory that all sessions share, or without."""
        if self.remembers:
            return kept
        bare: Callable[..., str] = kept.__wrapped__  # type: ignore[attr-defined]
        return bare

    def money(self, amount: float, currency: str | None = None) -> str:
        """Money in full; its cents only where there are any."""
        decimals = self.minor if currency in (None, self.currency) else 2
        rounded = round(amount, decimals)
        digits = f".{'0' * decimals}" if decimals and rounded != math.trunc(rounded) else ""
        text = self._written(_money_text)(
            abs(rounded), currency or self.currency, _money_pattern(self.locale, digits), self.locale
        )
        return f"−{text}" if rounded < 0 else text

    def money_rounded(self, amount: float) -> str:
        """Money that is an expectation, or that a sentence tells: whole where cents carry nothing.

        >>> Formats().money_rounded(50.13), Formats().money_rounded(1094.28)
        ('$50.13', '$1,094')
        """
        return self.money(round(amount) if abs(amount) >= WHOLE_MONEY_FROM else amount)

    def gain_rounded(self, amount: float) -> str:
        """An expectation of more or less money, with its sign: +$63.07, −$1,200."""
        return self.gain(round(amount) if abs(amount) >= WHOLE_MONEY_FROM else amount)

    def gain(self, amount: float) -> str:
        """Money with its sign."""
        text = self.money(amount)
        return text if text.startswith("−") or text == self.money(0) else f"+{text}"

    def short(self, amount: float, currency: str | None = None) -> str:
        """Money for an axis: $12.5K; in full where a short way would name another amount.

        >>> Formats().short(1_320_000), Formats().short(1_234_567)
        ('$1.32M', '$1,234,567')
        """
        if abs(amount) < 10_000:
            return self.money(amount, currency)
        text: str = format_compact_currency(
            abs(amount), currency or self.currency, locale=self.locale, fraction_digits=EXACT
        )
        if sum(letter.isdigit() for letter in text) > DIGITS:
            return self.money(amount, currency)
        return f"−{text}" if amount < 0 else text

    @property
    def spelled(self) -> str:
        """The currency's code where its sign is too long for an axis, else nothing."""
        sign = get_currency_symbol(self.currency, self.locale)
        return self.currency if len(sign) > 1 else ""

    def tall(self, amount: float) -> str:
        """Money up an axis: with its sign, or bare where the title spells the currency."""
        if not self.spelled:
            return self.short(amount)
        if abs(amount) < 10_000:
            return self.number(amount)
        return self._compact_number(amount)

    def _compact_number(self, value: float) -> str:
        text = _true_minus(format_compact_decimal(value, locale=self.locale, fraction_digits=EXACT))
        return self.number(value) if sum(letter.isdigit() for letter in text) > DIGITS else text

    def number(self, value: float) -> str:
        """A number with up to two decimals, four digits in all where it is small."""
        size = abs(value)
        places = 0 if size >= 1000 else 2 if size >= 0.1 or not size else min(6, 1 - math.floor(math.log10(size)))
        value = round(value, places) + 0.0
        return self._written(_decimal_text)(value, f"#,##0.{'#' * places}" if places else "#,##0", self.locale)

    def share(self, share: float) -> str:
        """A measured share in whole percents, and with one decimal where a whole one would hide it."""
        decimals = 100 * share != round(100 * share) and abs(share) < 0.1
        return self._written(_share_text)(share, _percent_pattern(self.locale, ".#" if decimals else ""), self.locale)

    def stated_share(self, share: float) -> str:
        """A share that the plan states, in as many decimals as it has, up to two: 137.5%, not 138%."""
        return self._written(_share_text)(round(share, 4) + 0.0, _percent_pattern(self.locale, ".##"), self.locale)

    def parts_of_whole(self, parts: Mapping[str, float]) -> dict[str, str]:
        """Shares of one whole, such as weights, that add up as they are shown: 33.4%, 33.3%, 33.3%.

        >>> Formats().parts_of_whole({"a": 0.694, "b": 0.208, "c": 0.098})
        {'a': '69.4%', 'b': '20.8%', 'c': '9.8%'}
        """
        rounded = add_up(list(parts.values()), FINEST_PART)
        return {name: self.stated_share(part) for name, part in zip(parts, rounded, strict=True)}

    def amount(self, kpi: Kpi, result: float) -> str:
        """A KPI's result with its unit: 70 deals, $32,000, 24%."""
        return self.result(result, kpi.unit)

    def result(self, value: float, unit: str) -> str:
        """A result with its unit."""
        if unit in _all_currencies():
            return self.money(value, unit)
        if unit == "%":
            return self._written(_share_text)(value / 100, _percent_pattern(self.locale, ".##"), self.locale)
        named = singular_unit(unit) if abs(value) == 1 else unit
        return f"{self.number(value)} {clip_name(named)}".rstrip()

    def tick(self, kpi: Kpi, result: float) -> str:
        """A result on an axis that names its unit beside it."""
        if kpi.unit in _all_currencies():
            return self.short(result, kpi.unit)
        if kpi.unit == "%":
            return self.amount(kpi, result)
        if abs(result) >= 100_000:
            return self._compact_number(result)
        return self.number(result)


def add_up(parts: Sequence[float], finest: float) -> list[float]:
    """Parts rounded to multiples of `finest` so that they add up to what their sum is rounded to.

    Those that lose most by being rounded down are rounded up. Parts that are multiples already stay as they are.

    >>> add_up([1 / 3, 1 / 3, 1 / 3], 0.01)
    [0.34, 0.33, 0.33]
    """
    units = [round(part / finest, 6) for part in parts]
    down = [math.floor(unit) for unit in units]
    missing = round(sum(units)) - sum(down)
    lost = sorted(range(len(units)), key=lambda i: down[i] - units[i])
    raised = set(lost[:missing])
    return [round((whole + (i in raised)) * finest, 12) for i, whole in enumerate(down)]


@lru_cache(LOCALES)
def clip_name(text: str, longest: int = MAX_NAME_LETTERS) -> str:
    """Somebody's name, cut where it is longer than a label may be; it may stand between other words."""
    bare = without_isolates(text)
    return isolate_text(bare if len(bare) <= longest else f"{bare[: longest - 1].rstrip()}…")


APOSTROPHE = "'"
MAX_TEXTS_KEPT = 16_384
"""Written numbers that are kept: a picture writes some two hundred, and most of them again after the next move."""
SAMPLE = 1_234_567.25
"""An amount that shows how a locale groups digits, and what stands around them."""
SMALL_ENOUGH = 1e12
"""Amounts below this are written from a sample, as all of their digits are exact."""


@lru_cache(MAX_TEXTS_KEPT)
def _money_text(amount: float, currency: str, pattern: str, locale: str) -> str:
    around = _around_money(currency, pattern, locale)
    if around is None or amount >= SMALL_ENOUGH:
        return _babel_money(amount, currency, pattern, locale)
    before, group, point, decimals, after = around
    whole, _, part = f"{amount:,.{decimals}f}".partition(".")
    return f"{before}{whole.replace(',', group)}{point}{part}{after}"


@lru_cache(MAX_TEXTS_KEPT)
def _around_money(currency: str, pattern: str, locale: str) -> tuple[str, str, str, int, str] | None:
    """What stands before an amount, between its groups of three digits, before its decimals, how many, and after it.

    babel takes a tenth of a millisecond for every amount, and a picture has a hundred. None where a locale groups
    otherwise.
    """
    sample = _babel_money(SAMPLE, currency, pattern, locale)
    found = re.fullmatch(r"(\D*)1(\D*)234(?:\2)567(?:(\D)(\d+))?(\D*)", sample)
    if found is None:
        return None
    before, group, point, part, after = (text or "" for text in found.groups())
    same = _babel_money(1_234.0, currency, pattern, locale).startswith(f"{before}1{group}234{point}")
    return (before, group, point, len(part), after) if same else None


def _babel_money(amount: float, currency: str, pattern: str, locale: str) -> str:
    text = _regroup_digits(format_currency(amount, currency, pattern, locale, currency_digits=False), locale)
    return re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", "\u00a0", text)


@lru_cache(MAX_TEXTS_KEPT)
def _decimal_text(value: float, pattern: str, locale: str) -> str:
    return _true_minus(_regroup_digits(format_decimal(value, pattern, locale), locale))


@lru_cache(MAX_TEXTS_KEPT)
def _share_text(share: float, pattern: str, locale: str) -> str:
    return _true_minus(_regroup_digits(format_percent(share, pattern, locale), locale))


@lru_cache(MAX_TEXTS_KEPT)
def _money_pattern(locale: str, digits: str) -> str:
    """The locale's own way to write money, with other decimals."""
    whole: str = Locale.parse(locale).currency_formats["standard"].pattern
    positive = whole.split(";")[0]
    return positive.replace(".00", digits) if ".00" in positive else positive


@lru_cache(MAX_TEXTS_KEPT)
def _percent_pattern(locale: str, digits: str) -> str:
    pattern: str = Locale.parse(locale).percent_formats[None].pattern
    return pattern.replace("#,##0", f"#,##0{digits}", 1) if "#,##0" in pattern else f"#,##0{digits}%"


def _regroup_digits(text: str, locale: str) -> str:
    """The whole part of a number in groups of three where an apostrophe parts them, of which babel keeps the last."""
    if get_group_symbol(locale) != APOSTROPHE:
        return text
    found = re.search(r"\d[\d']*", text)
    if found is None:
        return text
    whole = f"{int(found.group().replace(APOSTROPHE, '')):,}".replace(",", APOSTROPHE)
    return text[: found.start()] + whole + text[found.end() :]


def _true_minus(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text
