"""People from the files that somebody really has: who, in which period, what was asked and what came.

One call reads one file or several: targets and results may stand apart. Whatever can be read in two ways is a
question; what cannot be used is a bad row with its reason; all the rest can be used at once. Nothing is kept but what
is returned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.tables.deal_periods import period_of_deals
from calc.tables.file_rows import FileRows, read_file_rows
from calc.tables.gather import gather_file
from calc.tables.joined import Joined, join_files
from calc.tables.people_doubts import doubts_about
from calc.tables.people_read import PeopleRead
from calc.tables.person_period import PersonPeriod
from calc.tables.recognise import recognise
from calc.tables.sheets.match import MATCH_SHAPES, FileMatch, Match
from calc.tables.sheets.questions import Question
from calc.tables.sheets.sheet import Sheet
from calc.tables.sources import read_map_file, read_sheet

__all__ = ["PeopleRead", "read_people"]


def read_people(*sources: Any, plan: Plan | None = None, match: Match | Path | None = None) -> PeopleRead:
    """People from one file or several: CSV and text, xlsx, Parquet, DataFrames, tables, mappings of columns.

    Args:
        sources: paths, or what has named columns. Targets and results may stand in two of them.
        plan: the plan whose KPIs the measures are; without one, measures are called as the files call them.
        match: what columns mean and what was answered, or the path of a map file; recognised where left out.

    Raises:
        Refused: a file cannot be read at all.

    >>> read = read_people({"Rep": ["Jo", "Sam"], "Quota": ["1,000.50", "2,000"], "Actual": ["900", "—"]})
    >>> [(row.person, dict(row.targets), dict(row.results)) for row in read.rows]
    [('Jo', {'result': 1000.5}, {'result': 900.0}), ('Sam', {'result': 2000.0}, {})]
    """
    if not sources:
        raise Refused("a file or a table of people must be given (got none)")
    known = read_map_file(match) if isinstance(match, Path) else match
    sheets: list[Sheet] = []
    asked: list[Question] = []
    for source in sources:
        sheet, question = read_sheet(source, known)
        sheets += [] if sheet is None else [sheet]
        asked += [] if question is None else [question]
    matches, questions = _matched(sheets, plan, known)
    found, more = _read_all(sheets, matches, plan)
    joined = join_files([(read, gather_file(read, plan)) for read in found])
    return _people(joined, found, [*asked, *questions, *more], plan)


def _matched(sheets: Sequence[Sheet], plan: Plan | None, known: Match | None) -> tuple[list[FileMatch], list[Question]]:
    """The match of each table: the one that is known and fits it, else what it is recognised as."""
    matches: list[FileMatch] = []
    questions: list[Question] = []
    answers = {} if known is None else _answers(known)
    for sheet in sheets:
        given = None if known is None else known.for_headings(sheet.headings)
        if given is not None and given.columns:
            matches.append(_decided(given, sheet, answers))
            continue
        seen = recognise(sheet, plan)
        match = _decided(replace(seen.match, answers={**answers, **seen.match.answers}), sheet, answers)
        for question in seen.questions:
            if question.key in answers:
                match = _answered(match, question.key, answers[question.key])
            else:
                questions.append(question)
        matches.append(match)
    return matches, questions


def _answers(known: Match) -> dict[str, str]:
    """Answers of a match that names no columns: what was answered about a file that was recognised."""
    return {key: word for one in known.files if not one.columns for key, word in one.answers.items()}


def _decided(match: FileMatch, sheet: Sheet, answers: Mapping[str, str]) -> FileMatch:
    """A match with what was decided about it, asked or not: its shape, and the roles of columns that it has."""
    shape = answers.get("shape", match.shape)
    kept = replace(match, answers={**match.answers, **answers})
    if shape != match.shape and shape in MATCH_SHAPES:
        kept = replace(kept, shape=shape)
    for key, word in answers.items():
        kind, _, heading = key.partition(".")
        if kind == "role" and heading in sheet.headings:
            kept = kept.with_role(heading, word)
    return kept


def _answered(match: FileMatch, key: str, word: str) -> FileMatch:
    """A match after an answer that says what a column is."""
    kind, _, about = key.partition(".")
    if kind == "role":
        return match.with_role(about, word)
    if kind == "column" and word:
        return match.with_role(word, about)
    return match.answered(key, word)


def _read_all(
    sheets: Sequence[Sheet], matches: Sequence[FileMatch], plan: Plan | None
) -> tuple[list[FileRows], list[Question]]:
    """The rows of every table; deals last, as the periods of the others say into which theirs are put."""
    in_percent = frozenset(() if plan is None else (k.id for k in plan.kpis if k.unit == "%"))
    found: dict[int, FileRows] = {}
    for n, match in enumerate(matches):
        if match.shape != "deals":
            found[n] = read_file_rows(sheets[n], match, None, in_percent)
    kind, question = period_of_deals(found.values(), matches, plan)
    for n, match in enumerate(matches):
        if match.shape == "deals":
            found[n] = read_file_rows(sheets[n], match, kind, in_percent)
    return [found[n] for n in sorted(found)], [] if question is None else [question]


def _people(joined: Joined, found: Sequence[FileRows], asked: Sequence[Question], plan: Plan | None) -> PeopleRead:
    rows = tuple(_row(joined, place, label) for place, label in joined.values if joined.values[place, label])
    measures = dict.fromkeys(m for row in rows for told in (row.targets, row.results, row.attainments) for m in told)
    questions = [*asked, *(q for one in found for q in one.questions), *joined.questions]
    currencies = frozenset(c for one in found for c in one.currencies)
    answers = {key: word for one in found for key, word in one.match.answers.items()}
    questions += doubts_about(rows, currencies, answers, plan)
    used = [{h for h, role in one.match.columns.items() if role != "unread"} for one in found]
    return PeopleRead(
        rows,
        tuple(measures),
        Match(tuple(one.match for one in found)),
        tuple(questions),
        tuple(sorted([*(b for one in found for b in one.bad), *joined.bad])),
        tuple(b for one in found for b in one.left_out),
        tuple(h for one in found for h in one.sheet.dropped),
        tuple(h for one, seen in zip(found, used, strict=True) for h in one.sheet.headings if h not in seen),
        currencies,
        tuple(one.sheet for one in found),
    )


def _row(joined: Joined, place: int, label: str) -> PersonPeriod:
    values = joined.values[place, label]
    targets, results, attainments = dict[str, float](), dict[str, float](), dict[str, float]()
    last_year = dict[str, float]()
    parts = {"target": targets, "result": results, "attainment": attainments, "last_year": last_year}
    for role, number in values.items():
        kind, _, measure = role.partition(".")
        if measure:
            parts[kind][measure] = number
    told = {m: a for m, a in attainments.items() if m not in results}
    results |= {m: a * targets[m] for m, a in told.items() if m in targets}
    left = {m: a for m, a in told.items() if m not in results}
    attributes = joined.attributes.get((place, label), {})
    return PersonPeriod(
        joined.persons.label(place),
        joined.periods.get(label),
        results,
        targets,
        left,
        values.get("incentive"),
        values.get("paid"),
        {heading: text for heading, text in attributes.items() if heading},
        last_year,
    )
