"""What was read of people's files: the rows, what the columns mean, what was asked, and what could not be used."""

from dataclasses import dataclass

from calc.plan.errors import Refused
from calc.tables.person_period import PersonPeriod
from calc.tables.sheets.match import Match
from calc.tables.sheets.questions import BadRow, Question
from calc.tables.sheets.sheet import Sheet

BAD_ROWS_NAMED = 20
"""Bad rows that a refusal names at the most."""


@dataclass(frozen=True)
class PeopleRead:
    """What some files say of people.

    Args:
        rows: a row a person and period, in the order of the files.
        measures: the measures met, in the order in which they were met.
        match: what the columns of each file mean, with all answers; kept as a map file it opens the next export.
        questions: what must be answered; what they are about is left out of the rows unless an answer is suggested.
        bad: rows that cannot be used.
        left_out: rows that are no people, such as totals.
        dropped: headings of columns that were dropped unread, by file.
        unread: headings of columns that mean nothing here, by file.
        currencies: the currencies that the files name.
        sheets: the tables, for the first rows that are shown beside the match.
    """

    rows: tuple[PersonPeriod, ...]
    measures: tuple[str, ...]
    match: Match
    questions: tuple[Question, ...]
    bad: tuple[BadRow, ...]
    left_out: tuple[BadRow, ...]
    dropped: tuple[str, ...]
    unread: tuple[str, ...]
    currencies: frozenset[str]
    sheets: tuple[Sheet, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody, each once, in the order in which they were met."""
        return tuple(dict.fromkeys(row.person for row in self.rows))

    def refuse_open_questions(self) -> None:
        """Refuse where anything must be answered; what a program does that cannot ask.

        Raises:
            Refused: a sentence for each question, with the answers that a map file may give.
        """
        if self.questions:
            raise Refused([str(one) for one in self.questions])
        if not self.rows:
            told = [str(one) for one in self.bad[:BAD_ROWS_NAMED]]
            raise Refused(told or "the file must have people with a target or a result (got none)")
