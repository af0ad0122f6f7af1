"""Writing TOML: a document of plain dicts and lists as text, the inverse of `tomllib.loads`.

A table at the top is a section, a list of tables a section for each; every table within them stays on the line of the
key that it belongs to, so that a curve stands beside its KPI.

Source: TOML 1.0, "String" and "Keys".
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def toml_of(document: Mapping[str, Any]) -> str:
    r"""The text of a document whose values are text, numbers, true or false, lists, and tables.

    >>> print(toml_of({"title": "A", "plan": {"floor": 0.5}, "kpis": [{"id": "a", "curve": {"kind": "band"}}]}), end="")
    title = "A"
    <BLANKLINE>
    [plan]
    floor = 0.5
    <BLANKLINE>
    [[kpis]]
    id = "a"
    curve = {kind = "band"}
    """
    single = {key: value for key, value in document.items() if not _is_section(value)}
    sections = (
        [f"{head}\n", *_key_lines(table)]
        for key, value in document.items()
        if key not in single
        for head, table in _with_headings(key, value)
    )
    return "\n".join("".join(part) for part in ([*_key_lines(single)], *sections) if part)


def _is_section(value: Any) -> bool:
    tables = isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
    return tables or isinstance(value, Mapping)


def _with_headings(key: str, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        yield f"[{_key_text(key)}]", value
    else:
        yield from ((f"[[{_key_text(key)}]]", table) for table in value)


def _key_lines(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_key_text(key)} = {_value_text(value)}\n" for key, value in table.items())


def _key_text(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quote_text(key)


def _value_text(value: Any) -> str:
    if type(value) in (float, int):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value_text, value))}]"
    if isinstance(value, str):
        return _quote_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key_text(key)} = {_value_text(part)}' for key, part in value.items())}}}"
    return f"[{', '.join(map(_value_text, value))}]" if isinstance(value, Sequence) else repr(value)


def _quote_text(text: str) -> str:
    """A basic string; JSON escapes the same letters, but for one that TOML does not take as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
