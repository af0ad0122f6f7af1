"""Numbers as people write them: what is read, what is asked about, what is refused; what is written is read again."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.plan.errors import Refused
from tests.strategies import examples
from ui.number_reader import NumberKind, TypedNumber, Unclear, is_none, read_typed, write_number

READ: list[tuple[str, str, NumberKind, float, str]] = [
    ("1,200,000", "en_US", "amount", 1_200_000, ""),
    ("1200000", "en_US", "amount", 1_200_000, ""),
    (" 1,200,000.50 ", "en_US", "amount", 1_200_000.5, ""),
    ("1.2M", "en_US", "amount", 1_200_000, ""),
    ("1.2 m", "en_US", "amount", 1_200_000, ""),
    ("1.2MM", "en_US", "amount", 1_200_000, ""),
    ("85k", "en_US", "amount", 85_000, ""),
    ("3 bn", "en_US", "amount", 3e9, ""),
    ("$1.2M", "en_US", "amount", 1_200_000, "USD"),
    ("USD 1,200", "en_US", "amount", 1_200, "USD"),
    ("usd 1,200", "en_US", "amount", 1_200, "USD"),
    ("1,200 USD", "en_US", "amount", 1_200, "USD"),
    ("€5,000", "en_US", "amount", 5_000, "EUR"),
    ("-$5", "en_US", "amount", -5, "USD"),
    ("$-5", "en_US", "amount", -5, "USD"),
    ("−5", "en_US", "amount", -5, ""),
    ("+5", "en_US", "amount", 5, ""),
    (".5", "en_US", "amount", 0.5, ""),
    ("0.125", "en_US", "amount", 0.125, ""),
    ("1,5", "en_US", "amount", 1.5, ""),
    ("1.200.000", "en_US", "amount", 1_200_000, ""),
    ("40 deals", "en_US", "amount", 40, "deals"),
    ("4k signed contracts", "en_US", "amount", 4_000, "signed contracts"),
    ("85 %", "en_US", "amount", 85, "%"),
    ("12", "en_US", "amount", 12, ""),
    ("1.200.000,50 €", "de_DE", "amount", 1_200_000.5, "EUR"),
    ("1.200", "de_DE", "amount", 1_200, ""),
    ("1,2 Mio.", "de_DE", "amount", 1_200_000, ""),
    ("1,2 Mrd. EUR", "de_DE", "amount", 1.2e9, "EUR"),
    ("1.5M", "de_DE", "amount", 1_500_000, ""),
    ("1 200 000,5", "fr_FR", "amount", 1_200_000.5, ""),
    ("1\u202f200\u00a0€", "fr_FR", "amount", 1_200, "EUR"),
    ("1'200'000.50", "de_CH", "amount", 1_200_000.5, ""),
    ("1’200", "de_CH", "amount", 1_200, ""),
    ("12,00,000", "en_IN", "amount", 1_200_000, ""),
    ("12 lakh", "en_IN", "amount", 1_200_000, ""),
    ("1.5 crore", "en_IN", "amount", 15_000_000, ""),
    ("85", "en_US", "share", 0.85, ""),
    ("85%", "en_US", "share", 0.85, ""),
    ("85,5 %", "de_DE", "share", 0.855, ""),
    ("0.5 %", "en_US", "share", 0.005, ""),
    ("0", "en_US", "share", 0, ""),
    ("150", "en_US", "share", 1.5, ""),
    ("1.5", "en_US", "times", 1.5, ""),
    ("1.5x", "en_US", "times", 1.5, ""),
    ("1,5×", "de_DE", "times", 1.5, ""),
    ("150 %", "en_US", "times", 1.5, ""),
    ("20x", "en_US", "times", 20, ""),
]


@pytest.mark.parametrize(("text", "locale", "kind", "value", "unit"), READ)
def test_reads_numbers_as_they_are_written(text: str, locale: str, kind: NumberKind, value: float, unit: str) -> None:
    assert read_typed(text, locale, kind) == TypedNumber(value, unit)


@pytest.mark.parametrize(
    ("text", "locale", "kind", "readings"),
    [
        ("1.200", "en_US", "amount", ("1.2", "1,200")),
        ("1.234", "en_US", "amount", ("1.2340", "1,234")),
        ("$1.200", "en_US", "amount", ("1.2", "1,200")),
        ("1.200 deals", "en_US", "amount", ("1.2 deals", "1,200 deals")),
        ("1,200", "de_DE", "amount", ("1,2", "1.200")),
        ("0.85", "en_US", "share", ("85%", "0.85%")),
        ("1", "en_US", "share", ("100%", "1%")),
        ("0,6", "de_DE", "share", ("60%", "0,6%")),
        ("150", "en_US", "times", ("150%", "150×")),
    ],
)
def test_asks_about_what_can_be_read_in_two_ways(
    text: str, locale: str, kind: NumberKind, readings: tuple[str, ...]
) -> None:
    with pytest.raises(Unclear) as asked:
        read_typed(text, locale, kind)
    assert asked.value.readings == readings
    assert len({read_typed(reading, locale, kind) for reading in readings}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1/2",
        "60/40",
        "1,2,3",
        "1.2.3.4",
        "1e6",
        "(5)",
        "1 2 3",
        "٣",
        "nan",
        "inf",
        "9" * 90,
        "9" * 40,
        "=1+1",
    ],
)
@pytest.mark.parametrize("kind", ["amount", "share", "times"])
def test_refuses_what_is_no_number(text: str, kind: NumberKind) -> None:
    with pytest.raises(Refused, match="must be"):
        read_typed(text, "en_US", kind)


@pytest.mark.parametrize("text", ["5 deals", "$5", "5x"])
def test_a_share_is_of_nothing_else(text: str) -> None:
    with pytest.raises(Refused, match="must be a number in %"):
        read_typed(text, "en_US", "share")


def test_a_sign_that_several_currencies_have_is_the_plans() -> None:
    assert [read_typed("$5", currency=code).unit for code in ("CAD", "AUD", "USD", "EUR")] == [
        "CAD",
        "AUD",
        "USD",
        "USD",
    ]
    assert read_typed("kr 5", "sv_SE", currency="SEK").unit == "SEK"


def test_says_that_there_is_none() -> None:
    assert all(map(is_none, ("", "  ", "-", "none", "No", "uncapped")))
    assert not any(map(is_none, ("0", "1", "nothing much")))


@examples(200)
@given(
    st.decimals(-(10**12), 10**12, allow_nan=False, places=4).map(float),
    st.sampled_from(["en_US", "de_DE", "fr_FR", "de_CH", "en_IN", "pt_BR", "sv_SE", "ja_JP", "es_ES", "pl_PL"]),
)
def test_what_is_written_is_read_again_in_every_locale(value: float, locale: str) -> None:
    assert read_typed(write_number(value, locale), locale).value == pytest.approx(value, rel=1e-14)


@examples(300)
@given(
    st.text(max_size=30), st.sampled_from(["en_US", "de_DE", "fr_FR"]), st.sampled_from(["amount", "share", "times"])
)
def test_any_text_is_read_or_refused(text: str, locale: str, kind: NumberKind) -> None:
    with suppress(Refused):
        assert abs(read_typed(text, locale, kind, "USD").value) <= 1e15
