"""A document packed for a link: small, whole, without anybody's name, and unpacked within bounds."""

import base64
import hashlib
import json
import tracemalloc
import zlib

import pytest

from calc import Refused, names
from calc.documents.link_codec import CODEC_LETTERS, CODEC_WORDS, UNPACKED, pack_plan, unpack_plan
from calc.documents.planfile import load_preset, plan_document

ALPHABET = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


@pytest.mark.parametrize("name", names())
def test_there_and_back_but_for_what_is_nobody_elses_business(name: str) -> None:
    whole = plan_document(load_preset(name))
    left_out = ("example", "reps", "expects", "year_pays")
    assert unpack_plan(pack_plan(whole)) == {key: value for key, value in whole.items() if key not in left_out}
    assert set(pack_plan(whole)) <= ALPHABET


def test_names_and_pay_are_left_out() -> None:
    found = unpack_plan(
        pack_plan({"title": "é \u2028 'x'", "reps": [{"name": "Ann Example"}], "example": [{"pays": 1}]})
    )
    assert found == {"title": "é \u2028 'x'"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "x must unpack to at most 100,000 bytes and be whole"),
        ("A", "x must be a plan packed by Flatline"),
        ("é", "x must be a plan packed by Flatline"),
        ("AAAA", "x must be a plan packed by Flatline"),
        (packed(b"[]"), r"x must be a plan packed by Flatline \(got something else\)"),
        (packed(b"\xff"), r"x must be a plan packed by Flatline \(got what cannot be unpacked\)"),
        (packed(b"{"), "x must be a plan packed by Flatline"),
        (packed(b"[" * 90_000), "x must be a plan packed by Flatline"),
        (packed(json.dumps({"a": "x" * 99}).encode())[:-8], "x must"),
        (packed(b" " * (UNPACKED + 1)), "x must unpack to at most 100,000 bytes"),
    ],
)
def test_what_is_no_packed_plan_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        unpack_plan(text)


def test_exactly_so_much_is_unpacked() -> None:
    assert unpack_plan(packed(b"{}" + b" " * (UNPACKED - 2))) == {}


def test_a_bomb_takes_no_memory() -> None:
    bomb = packed(b" " * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            unpack_plan(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2e6
    finally:
        tracemalloc.stop()


def test_the_words_that_both_sides_know_are_never_changed() -> None:
    assert hashlib.sha256(CODEC_WORDS).hexdigest()[:16] == "a3f30d641082bb6f", "links of version 2 hold others"


@pytest.mark.parametrize("name", names())
def test_known_words_make_it_shorter_and_the_first_version_is_read_as_ever(name: str) -> None:
    whole = plan_document(load_preset(name))
    text = json.dumps(unpack_plan(pack_plan(whole)), separators=(",", ":"), ensure_ascii=False)
    first = packed(text.encode())
    assert unpack_plan(first) == unpack_plan(pack_plan(whole))
    assert len(pack_plan(whole)) < len(first)


def test_no_more_letters_are_looked_at_than_a_page_may_be_handed() -> None:
    with pytest.raises(Refused, match=r"x must have at most 64,000 letters \(got 64,001\)"):
        unpack_plan("A" * (CODEC_LETTERS + 1))
