"""Links that somebody may have kept open what they opened on the day they were written, to the cent.

What stands in `tests/links` is never changed: a test that fails here has broken somebody's link.
"""

import json
import math
from typing import Any

import pytest

from calc.documents.link import LINK_VERSION
from tests.links.record import HERE, kept, told

LINKS = kept()


def same(now: Any, then: Any) -> bool:
    """Equal, with numbers equal far beyond the cent."""
    if isinstance(now, dict) and isinstance(then, dict):
        return now.keys() == then.keys() and all(same(now[key], then[key]) for key in now)
    if isinstance(now, list | tuple) and isinstance(then, list | tuple):
        return len(now) == len(then) and all(map(same, now, then))
    if isinstance(now, int | float) and isinstance(then, int | float):
        return math.isclose(now, then, rel_tol=1e-9, abs_tol=1e-6)
    return bool(now == then)


def places(sentences: list[str]) -> list[str]:
    """What each sentence is about; how it is worded may become better."""
    return [sentence.partition(" must ")[0].partition(" is not known")[0] for sentence in sentences]


@pytest.mark.parametrize("link", LINKS, ids=[link["says"] for link in LINKS])
def test_opens_what_it_opened_then(link: dict[str, Any]) -> None:
    now, then = told(link["query"]), link["opens"]
    assert places(now.pop("dropped")) == places(then["dropped"])
    assert same(now, {key: value for key, value in then.items() if key != "dropped"}), f"{now}\nwas\n{then}"


def test_something_of_every_kind_is_kept() -> None:
    for version in range(1, LINK_VERSION + 1):
        assert len(json.loads((HERE / f"v{version}.json").read_text(encoding="utf-8"))) >= 20
    assert len({link["opens"]["base"] for link in LINKS}) >= 30
    assert {"?v=1&x=", "?v=2&x="} <= {link["query"][:7] for link in LINKS}
    assert sum(bool(link["opens"]["dropped"]) for link in LINKS) >= 10


def test_a_number_that_is_off_by_a_cent_is_seen() -> None:
    then = told(LINKS[0]["query"])
    assert same(then, {**then})
    assert not same(then, {**then, "pay": then["pay"] + 0.01})
