"""Files of people in words: what a column may be, how many people were read, what was left out."""

from collections.abc import Mapping

from calc.plan.plan import Plan
from calc.tables.people import PeopleRead
from calc.tables.sheets.match import MEASURE_ROLES, FileMatch
from calc.tables.sheets.raw_table import plain_text
from calc.tables.sheets.sheet import Sheet
from ui.model.person_name import clip_person
from ui.number_format import clip_name
from ui.text.documents import Table

ROLE_WORDS = {
    "person": "Who it is",
    "id": "Their number",
    "email": "Their e-mail",
    "period": "The period",
    "start": "First day of the period",
    "end": "Last day of the period",
    "date": "The day of the deal",
    "measure": "Which measure the row is about",
    "target": "Target of the row's measure",
    "result": "Result of the row's measure",
    "deal": "Which deal it is",
    "stage": "How far the deal is",
    "amount": "What the deal is worth",
    "incentive": "Their own target incentive",
    "base": "Their base pay",
    "paid": "What they were paid",
    "manager": "Their manager",
    "group": "Their team or region",
    "hired": "Their first day",
    "left": "Their last day",
    "currency": "The currency",
    "unit": "The unit",
    "attribute": "Something else about them",
    "unread": "Not read",
}
"""What a column may be, in the order in which it is offered."""
MEASURE_WORDS = {
    "target": "Target",
    "result": "Result",
    "attainment": "Share of target reached",
    "last_year": "Result last year",
}
SHAPE_WORDS = {
    "wide": "a row for every person",
    "long": "a row for every person and measure",
    "deals": "a row for every deal",
}
ROWS_SHOWN = 3
"""First rows that are shown beside a match."""
MAX_CELL = 28
"""Letters of a cell that are shown."""


def role_words(plan: Plan, found: Mapping[str, str]) -> dict[str, str]:
    """What the columns of a file may be under a plan, in words by role; those that are met among them in any case."""
    of_measures = {
        f"{kind}.{kpi.id}": f"{MEASURE_WORDS[kind]}: {clip_name(kpi.label, 40)}"
        for kpi in plan.kpis
        for kind in MEASURE_ROLES
    }
    met = {role: _role_in_words(role) for role in found.values() if role not in of_measures and role not in ROLE_WORDS}
    return {"person": ROLE_WORDS["person"], **of_measures, **met, **ROLE_WORDS}


def _role_in_words(role: str) -> str:
    kind, _, measure = role.partition(".")
    return f"{MEASURE_WORDS.get(kind, kind)}: {clip_person(measure, 40)}"


def first_rows(sheet: Sheet, match: FileMatch, words: Mapping[str, str], hidden: bool) -> Table:
    """The first rows of a file under what its columns were read as.

    Args:
        sheet: the file.
        match: what its columns mean.
        words: of the roles.
        hidden: whether whom rows are of is hidden.
    """
    heads = [clip_person(heading, 40) for heading in sheet.headings]
    meanings = [words.get(match.columns.get(heading, "unread"), "Not read") for heading in sheet.headings]
    veiled = {*match.headings("person"), *match.headings("id"), *match.headings("email"), *match.headings("manager")}
    rows = [
        [
            "•••" if hidden and heading in veiled else clip_person(plain_text(sheet.column(heading)[n]), MAX_CELL)
            for heading in sheet.headings
        ]
        for n in range(min(ROWS_SHOWN, len(sheet)))
    ]
    return Table(heads, [meanings, *rows])


def read_in_words(read: PeopleRead) -> str:
    """How many people were read from where.

    >>> from calc.tables.people import read_people
    >>> read_in_words(read_people({"Rep": ["Jo", "Sam"], "Quota": [1, 2]}))
    '2 people from the table, a row for every person'
    """
    people = len(read.people)
    periods = len({None if row.period is None else row.period.label for row in read.rows})
    count = "1 person" if people == 1 else f"{people:,} people" if people else "Nobody yet"
    more = f" in {periods:,} periods" if periods > 1 else ""
    files = ", ".join(clip_person(sheet.name, 40) for sheet in read.sheets)
    shapes = dict.fromkeys(SHAPE_WORDS[one.shape] for one in read.match.files)
    return f"{count}{more} from {files}, {' and '.join(shapes)}"
