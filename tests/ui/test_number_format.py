"""Numbers as readers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.messages import singular_unit
from calc.plan.kpi import Kpi
from ui import number_format
from ui.number_format import Formats, add_up, clip_name, locale_of

NARROW, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "currency", "minor", "amount", "written"),
    [
        ("en-US", "USD", 2, 1180.0, "$1,180"),
        ("en-US", "USD", 2, 1180.5, "$1,180.50"),
        ("en-US", "USD", 2, -700, "−$700"),
        ("en-US", "JPY", 0, 1180.0, "¥1,180"),
        ("en-US", "KWD", 3, 1.25, f"KWD{NARROW}1.250"),
        ("de-DE", "EUR", 2, 1234567.5, f"1.234.567,50{NARROW}€"),
        ("fr-FR", "EUR", 2, 1180.0, f"1{THIN}180{NARROW}€"),
        ("hi-IN", "INR", 2, 1234567.0, "₹12,34,567"),
    ],
)
def test_money(language: str, currency: str, minor: int, amount: float, written: str) -> None:
    assert Formats(locale_of(language), currency, minor).money(amount) == written


def test_a_gain_has_its_sign_and_nothing_has_none() -> None:
    formats = Formats()
    assert [formats.gain(x) for x in (10, -10, 0)] == ["+$10", "−$10", "$0"]


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "hi_IN", "ja_JP", "pt_BR"])
@pytest.mark.parametrize(
    "amount", [1_320_000.0, 12_345.0, 1_234_567.0, 137_500.0, 2.5e9, 12_345.67, 98_765_432.1, -1_320_000.0]
)
def test_no_tick_names_another_amount(locale: str, amount: float) -> None:
    """Written short, a number that is a hundredth more is written otherwise: nothing of it was rounded away."""
    formats = Formats(locale, "USD")
    for write in (formats.short, formats.tall, lambda x: formats.tick(Kpi(id="k", unit="USD", target=1.0), x)):
        near = [write(amount + way * max(0.01, abs(amount) / 1e4)) for way in (-1, 1)]
        assert write(amount) not in near
    assert formats.short(1_320_000.0) != formats.short(1_300_000.0)


def test_an_axis_is_short_where_the_language_has_a_short_way() -> None:
    assert [Formats().short(x) for x in (500, 12_600, 1_250_000)] == ["$500", "$12.6K", "$1.25M"]
    assert Formats("de_DE", "EUR").short(12_600) == f"12.600{NARROW}€"
    assert Formats("en_US", "RUB").tall(12_600) == "12.6K"


@pytest.mark.parametrize(
    ("unit", "result", "written"),
    [
        ("deals", 70.0, "70 deals"),
        ("deals", 1.0, "1 deal"),
        ("deals", 79.5, "79.5 deals"),
        ("%", 24.0, "24%"),
        ("EUR", 32_000.0, "€32,000"),
        ("", 4.0, "4"),
        ("minutes", -0.0, "0 minutes"),
        ("x" * 60, 2.0, f"2 {'x' * 27}…"),
    ],
)
def test_a_result_carries_its_unit(unit: str, result: float, written: str) -> None:
    kpi = Kpi(id="k", unit=unit[:40], target=100, weight=1, curve={"kind": "band"})
    assert Formats().amount(kpi, result) == written


@pytest.mark.parametrize(
    ("share", "written"), [(0.93, "93%"), (0.067, "6.7%"), (0.0, "0%"), (1.2, "120%"), (-0.5, "−50%")]
)
def test_a_share(share: float, written: str) -> None:
    assert Formats().share(share) == written


@pytest.mark.parametrize("language", ["", "zz", "en_US.UTF-8", "../x", "ar-EG", "x" * 300, None, "de-DE-u-nu-latn"])
def test_a_strange_language_is_no_error(language: str | None) -> None:
    assert Formats(locale_of(language)).money(1180)


def test_small_words() -> None:
    assert [singular_unit(unit) for unit in ("deals", "policies", "gross", "s", "штук")] == [
        "deal",
        "policy",
        "gross",
        "s",
        "штук",
    ]
    assert clip_name("a" * 50, 10) == "aaaaaaaaa…"


@pytest.mark.parametrize(
    ("share", "written"), [(1.375, "137.5%"), (0.9125, "91.25%"), (0.7, "70%"), (1.0, "100%"), (0.0, "0%")]
)
def test_a_share_that_a_plan_states_keeps_its_digits(share: float, written: str) -> None:
    assert Formats().stated_share(share) == written


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.sampled_from([0.01, 0.001]))
def test_rounded_parts_add_up_to_the_rounded_whole(parts: list[float], finest: float) -> None:
    rounded = add_up(parts, finest)
    assert sum(rounded) == pytest.approx(round(sum(round(p / finest, 6) for p in parts)) * finest)
    assert all(abs(a - b) < finest + 1e-9 for a, b in zip(rounded, parts, strict=True))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_weights_that_are_shown_add_up_to_all(shares: list[int]) -> None:
    shown = Formats().parts_of_whole({str(i): share / sum(shares) for i, share in enumerate(shares)})
    assert sum(float(part.removesuffix("%")) for part in shown.values()) == pytest.approx(100)


def test_every_group_of_a_swiss_number_has_its_apostrophe() -> None:
    formats = Formats("de_CH", "CHF")
    assert formats.number(1_234_567_890) == "1'234'567'890"
    assert formats.money(1_234_567.5).endswith("1'234'567.50")
    assert formats.number(12.5) == "12.5"


LOCALES = ["en_US", "de_DE", "de_AT", "de_CH", "fr_FR", "es_ES", "pl_PL", "pt_PT", "hi_IN", "sv_SE"]
WRITTEN = [("USD", ".00"), ("EUR", ""), ("CHF", ".00"), ("JPY", ""), ("KWD", ".000")]
AMOUNTS = [0.0, 0.25, 9.99, 999.0, 1_000.0, 1_234.5, 9_999.99, 12_345.67, 123_456.0, 1e6, 987_654_321.12, 1e12, 1e15]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("currency", "digits"), WRITTEN)
def test_money_written_from_a_sample_is_what_babel_writes(locale: str, currency: str, digits: str) -> None:
    pattern = number_format._money_pattern(locale, digits)
    for amount in (round(amount, max(0, len(digits) - 1)) for amount in AMOUNTS):
        written = number_format._money_text(amount, currency, pattern, locale)
        assert written == number_format._babel_money(amount, currency, pattern, locale)
