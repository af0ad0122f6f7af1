"""The page about files of people names every role and every key that is asked for, and its map is one."""

import re
from pathlib import Path

from calc.tables.sheets.match import MATCH_SHAPES, MEASURE_ROLES, PLAIN_ROLES, read_map

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/people-files.md").read_text(encoding="utf-8")


def test_every_role_and_shape_is_named() -> None:
    named = {*re.findall(r"`([a-z_.A-Z]+)`", PAGE)}
    assert {*PLAIN_ROLES, *MATCH_SHAPES, *(f"{role}.KPI" for role in MEASURE_ROLES)} <= named


def test_every_key_that_is_asked_for_is_named() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "calc/tables").glob("*.py")))
    asked = {*re.findall(r'Question\(\s*f?"([a-z_]+)', source)} - {"both"}
    assert len(asked) > 10
    assert asked <= {*re.findall(r"`([a-z_]+)(?:\.[A-Z]+)?`", PAGE)}


def test_the_map_of_the_page_is_read() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert [one.shape for one in read_map(text.encode(), "page").files] == ["deals", "wide"]
