"""What the columns of a file mean: the match, which can be shown, changed and kept in a small map file.

A map file opens the next export of the same kind without a question. It holds headings, meanings and answers, and
nothing of the people in the file.

    version = 1

    [[files]]
    shape = "wide"
    columns = {"Rep Name" = "person", "Monthly Quota" = "target.revenue", "Actual" = "result.revenue"}
    answers = {decimal = "point"}
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from calc.documents.toml_text import toml_of
from calc.plan.errors import Refused, nearest_name, quote_value

Shape = Literal["wide", "long", "deals"]
MATCH_SHAPES: tuple[Shape, ...] = ("wide", "long", "deals")
VERSION = 1
MAX_MAP = 100_000
"""The largest map file [bytes]."""
PLAIN_ROLES = (
    *("person", "id", "email", "manager", "group", "period", "start", "end", "date", "measure", "stage", "deal"),
    *("amount", "currency", "unit", "incentive", "base", "hired", "left", "paid", "attribute", "target", "result"),
    "unread",
)
"""What a column may be, beside a target, a result or an attainment of one measure."""
MEASURE_ROLES = ("target", "result", "attainment", "last_year")
"""What a column may have of one measure: `target.revenue`."""


@dataclass(frozen=True)
class FileMatch:
    """What the columns of one file mean, and what was decided about it.

    Args:
        shape: a row a person, a row a person and measure, or a row a deal.
        columns: the role of each column by its heading; a heading that is left out is not read.
        answers: by the key of a question, the word that answers it.
    """

    shape: Shape
    columns: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)

    def headings(self, role: str) -> tuple[str, ...]:
        """The headings of the columns that have a role."""
        return tuple(heading for heading, one in self.columns.items() if one == role)

    def of_measures(self) -> tuple[tuple[str, str, str], ...]:
        """Heading, role and measure of each column that has something of one measure."""
        split = ((heading, *role.partition(".")[::2]) for heading, role in self.columns.items())
        return tuple((heading, role, measure) for heading, role, measure in split if measure)

    def answered(self, key: str, word: str) -> "FileMatch":
        """The same with one more question answered."""
        return replace(self, answers={**self.answers, key: word})

    def with_role(self, heading: str, role: str) -> "FileMatch":
        """The same with another role for a column.

        Raises:
            Refused: there is no such role.
        """
        _check_role(heading, role)
        return replace(self, columns={**self.columns, heading: role})


@dataclass(frozen=True)
class Match:
    """What the columns of one file or of several mean."""

    files: tuple[FileMatch, ...]

    def for_headings(self, headings: Sequence[str]) -> FileMatch | None:
        """The match of the file whose columns are all among some headings; None where no file's are."""
        fitting = [
            one for one in self.files if {h for h, role in one.columns.items() if role != "unread"} <= {*headings}
        ]
        return max(fitting, key=lambda one: len(one.columns), default=None)


def map_text(match: Match) -> str:
    """A match as the text of a map file.

    >>> print(map_text(Match((FileMatch("wide", {"Rep": "person"}, {"decimal": "point"}),))), end="")
    version = 1
    <BLANKLINE>
    [[files]]
    shape = "wide"
    columns = {Rep = "person"}
    answers = {decimal = "point"}
    """
    files = [
        {"shape": one.shape, "columns": dict(one.columns)} | ({"answers": dict(one.answers)} if one.answers else {})
        for one in match.files
    ]
    return toml_of({"version": VERSION, "files": files})


def read_map(content: bytes, name: str) -> Match:
    """A match from the bytes of a map file.

    Raises:
        Refused: it is no map file, or holds what is not known.
    """
    if len(content) > MAX_MAP:
        raise Refused(f"{name} must be at most {MAX_MAP:,} bytes (got {len(content):,})")
    try:
        document = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(f"{name} must be a map file in TOML (got a fault: {str(error)[:200]})") from None
    if document.get("version") != VERSION:
        raise Refused(f"{name}: version must be {VERSION} (got {quote_value(document.get('version'))})")
    files = document.get("files")
    if not isinstance(files, list) or not files or not all(isinstance(one, dict) for one in files):
        raise Refused(f"{name} must have a table [[files]] for each file (got none)")
    return Match(tuple(_file_match(one, f"{name}: files[{n}]") for n, one in enumerate(files)))


def _file_match(table: Mapping[str, Any], where: str) -> FileMatch:
    unknown = [key for key in table if key not in ("shape", "columns", "answers")]
    if unknown:
        raise Refused(
            f"{where}.{unknown[0][:40]} is not known: {nearest_name(unknown[0], ('shape', 'columns', 'answers'))}"
        )
    shape, columns, answers = table.get("shape", "wide"), table.get("columns"), table.get("answers", {})
    if shape not in MATCH_SHAPES:
        raise Refused(f"{where}.shape must be of {', '.join(MATCH_SHAPES)} (got {quote_value(shape)})")
    for key, found in (("columns", columns), ("answers", answers)):
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            raise Refused(f"{where}.{key} must be a table of texts (got {quote_value(found)})")
    assert isinstance(columns, dict)
    for heading, role in columns.items():
        _check_role(heading, role)
    return FileMatch(shape, columns, answers)


def _check_role(heading: str, role: str) -> None:
    kind, _, measure = role.partition(".")
    if role not in PLAIN_ROLES and not (kind in MEASURE_ROLES and measure):
        known = (*PLAIN_ROLES, *(f"{one}.KPI" for one in MEASURE_ROLES))
        raise Refused(f"the role of {heading[:40]!r} must be known (got {role[:40]!r}): {nearest_name(role, known)}")
