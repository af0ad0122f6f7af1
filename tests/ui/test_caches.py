"""Nothing that a browser sends is remembered without a bound."""

import ast
from pathlib import Path

import pytest

from ui import number_format
from ui.number_format import locale_of
from ui.session.store import brief_address

ROOT = Path(__file__).resolve().parents[2]
FEW = {
    "_single_terms": "the classes of terms",
    "terms_of": "the classes of terms",
    "_cached_picture": "the presets in two themes",
    "_slide_css": "the two palettes",
    "_check_html": "the checks",
    "currency_names": "the locales that babel knows",
    "_locale_marks": "the locales that babel knows",
}
"""Functions that remember every answer and take an argument, each with the few that there are."""


def unbounded() -> dict[str, int]:
    """Functions of the app that remember every answer, with how many arguments they take."""
    found: dict[str, int] = {}
    for path in [*ROOT.glob("calc/**/*.py"), *ROOT.glob("ui/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                held = [ast.unparse(one) for one in node.decorator_list]
                if any("cache" in one and "cached_property" not in one and "lru_cache(" not in one for one in held):
                    found[node.name] = max(len(node.args.args), found.get(node.name, 0))
    return found


def test_what_remembers_every_answer_is_asked_few_questions() -> None:
    assert {name for name, arguments in unbounded().items() if arguments} <= FEW.keys()


@pytest.mark.parametrize("language", ["x" * 2_000_000, "de-DE-" + "x" * 2_000_000, "de-u-" + "x" * 40, "\0", "a-" * 17])
def test_a_forged_language_is_english(language: str) -> None:
    assert locale_of(language) == "en_US"


def test_forged_languages_are_forgotten() -> None:
    for number in range(2_000):
        locale_of(f"de-DE-{number:05}")
    assert number_format._known_locale.cache_info().currsize <= 256


def test_a_long_address_is_remembered_by_a_digest() -> None:
    long, other = (("x", "a" * 500_000),), (("x", "b" * 500_000),)
    assert brief_address(long) == brief_address(long) != brief_address(other)
    assert len(repr(brief_address(long))) < 100
    assert brief_address((("preset", "low-ceiling"),)) == (("preset", "low-ceiling"),)
