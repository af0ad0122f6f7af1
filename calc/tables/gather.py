"""The rows of a file put together by person and period: what was asked, what came, what was paid.

A row a person: a person who stands twice in one period is asked about. A row a person and measure: the same, for a
measure that stands twice. A row a deal: deals are added up or counted, and one that stands twice is asked about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from calc.plan.plan import Plan
from calc.tables.counted_deals import counted_deals
from calc.tables.file_rows import FileRows, Who
from calc.tables.recognise import UNREAD
from calc.tables.sheets.heading_words import bare_word
from calc.tables.sheets.periods import Period
from calc.tables.sheets.questions import Answer, BadRow, Question
from calc.tables.sheets.raw_table import RawCell, plain_text

REPEATS = (
    Answer("add", "they are added up"),
    Answer("last", "the last of them counts"),
    Answer("each", "each is a period of its own"),
)
DEAL_REPEATS = (Answer("add", "each of them counts"), Answer("last", "one of them counts"))
Key = tuple[Who, str]
"""Whom something is of, and the label of its period."""


@dataclass
class Gathered:
    """What a file says of people.

    Args:
        values: by person and period, by what it is (`target.revenue`, `incentive`), the number.
        lines: by person and period, the lines it was read from.
        periods: the periods by their labels.
        attributes: by person and period, what else the file says of them, by heading.
        bad: rows that cannot be used.
        questions: what must be answered.
    """

    values: dict[Key, dict[str, float]] = field(default_factory=dict)
    lines: dict[Key, list[int]] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    attributes: dict[Key, dict[str, str]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def entry(self, key: Key, line: int) -> dict[str, float]:
        """What is known of a person and period, with one more line."""
        self.lines.setdefault(key, []).append(line)
        return self.values.setdefault(key, {})

    def note(self, key: Key, told: dict[str, str]) -> None:
        """Keep what else a row says; a person is called as they were called first."""
        known = self.attributes.setdefault(key, {})
        known.update({**told, "": known[""]} if "" in known else told)


def gather_file(read: FileRows, plan: Plan | None) -> Gathered:
    """What a file says of people, by person and period."""
    found = Gathered()
    for row in read.rows:
        period = read.periods.get(row)
        if period is not None:
            found.periods[period.label] = period
    if read.match.shape == "deals":
        _gather_deals(read, plan, found)
    elif read.match.shape == "long":
        _gather_long(read, plan, found)
    else:
        _gather_wide(read, found)
    return found


def _keys(read: FileRows) -> Iterator[tuple[int, Key]]:
    for row in read.rows:
        period = read.periods.get(row)
        yield row, (folded_who(read.who[row]), "" if period is None else period.label)


def folded_who(who: Who) -> Who:
    """Whom a row names, as names are compared: ids as they stand, for the case of their letters may part two people.

    >>> folded_who(Who("0055gA", "Jo  FIELD", "")) == folded_who(Who("0055gA", "jo field", ""))
    True
    """
    return Who(who.id, " ".join(who.name.casefold().split()), who.email.casefold())


def _roles(read: FileRows) -> dict[str, str]:
    return {heading: role for heading, role in read.match.columns.items() if heading in read.numbers}


def _told(read: FileRows) -> list[tuple[str, tuple[RawCell, ...]]]:
    """The columns that say something else of people, by heading."""
    roles = ("group", "manager", "attribute", "hired", "left")
    headings = [heading for role in roles for heading in read.match.headings(role)]
    return [(heading, read.sheet.column(heading)) for heading in headings if heading in read.sheet.headings]


def _attributes(read: FileRows, told: list[tuple[str, tuple[RawCell, ...]]], row: int) -> dict[str, str]:
    named = read.who[row].name
    found = {"": named} if named else {}
    return found | {heading: text for heading, cells in told if (text := plain_text(cells[row]))}


def _gather_wide(read: FileRows, found: Gathered) -> None:
    roles, sheet, told = _roles(read), read.sheet, _told(read)
    rows: dict[Key, list[int]] = {}
    for row, key in _keys(read):
        rows.setdefault(key, []).append(row)
    answer = read.match.answers.get("repeats")
    repeated = {key: several for key, several in rows.items() if len(several) > 1}
    if repeated and roles and answer is None:
        lines = tuple(sheet.lines[row] for several in repeated.values() for row in several)
        asks = "The same person stands more than once in one period. Which counts?"
        adds = not any(role.startswith("attainment") for role in roles.values())
        ways = REPEATS if adds else REPEATS[1:]
        found.questions.append(Question("repeats", sheet.name, asks, ways, None, lines))
        rows = {key: several for key, several in rows.items() if key not in repeated}
    for (who, label), several in rows.items():
        for n, row in enumerate(several if answer != "last" or not roles else several[-1:]):
            key = (who, f"{label} row {n + 1}".strip()) if answer == "each" and len(several) > 1 else (who, label)
            if key[1] != label:
                found.periods[key[1]] = Period(key[1], "named")
            values = found.entry(key, sheet.lines[row])
            for heading, role in roles.items():
                number = read.numbers[heading][row]
                if not np.isnan(number):
                    adds = role in values and role not in ("incentive", "base") and not role.startswith("attainment")
                    values[role] = decimal_sum([values[role], number]) if adds else float(number)
            found.note(key, _attributes(read, told, row))


def _gather_long(read: FileRows, plan: Plan | None, found: Gathered) -> None:
    roles, sheet, told = _roles(read), read.sheet, _told(read)
    column = sheet.column(read.match.headings("measure")[0])
    known = _measures(read, plan, found)
    answer = read.match.answers.get("repeats")
    twice: list[int] = []
    first: dict[tuple[Key, str], int] = {}
    for row, key in _keys(read):
        measure = known.get(plain_text(column[row]))
        if measure is None:
            continue
        for heading, role in roles.items():
            number = read.numbers[heading][row]
            named = f"{role}.{measure}" if role in ("target", "result", "attainment") else role
            if np.isnan(number):
                continue
            again = (key, named) in first and role not in ("incentive", "base")
            if again and answer is None:
                twice += [first[key, named], row]
                continue
            first.setdefault((key, named), row)
            values = found.entry(key, sheet.lines[row])
            values[named] = decimal_sum([values[named], number]) if again and answer == "add" else float(number)
        found.note(key, _attributes(read, told, row))
    if twice:
        for key in {key for row, key in _keys(read) if row in {*twice}}:
            found.values.pop(key, None)
        lines = tuple(sheet.lines[row] for row in dict.fromkeys(twice))
        asks = "A person has one measure of one period more than once. Which counts?"
        found.questions.append(Question("repeats", sheet.name, asks, REPEATS[:2], None, lines))


def _measures(read: FileRows, plan: Plan | None, found: Gathered) -> dict[str, str]:
    """By the name of a measure in the file, the id of its KPI; one that no KPI is called by is asked about."""
    names = dict.fromkeys(plain_text(cell) for cell in read.sheet.column(read.match.headings("measure")[0]))
    known: dict[str, str] = {}
    for name in filter(None, names):
        answer = read.match.answers.get(f"measure.{name}")
        if answer is not None:
            known |= {} if answer == "unread" else {name: answer}
        elif plan is None:
            known[name] = "_".join(name.casefold().split())
        else:
            called = [k.id for k in plan.kpis if bare_word(name) in (bare_word(k.id), bare_word(k.name or k.id))]
            if called:
                known[name] = called[0]
                continue
            ways = (*(Answer(i, f"it is {plan.kpi(i).label}") for i in plan.deciding), UNREAD)
            asks = f"Which KPI is the measure {name[:40]!r}?"
            found.questions.append(Question(f"measure.{name}", read.sheet.name, asks, ways))
    return known


def _gather_deals(read: FileRows, plan: Plan | None, found: Gathered) -> None:
    sheet = read.sheet
    counted = counted_deals(read, plan)
    left = _repeated_deals(read, found)
    parts: dict[Key, list[int]] = {}
    for row, key in _keys(read):
        if row in left or not counted.measures:
            continue
        if row in counted.bad:
            found.bad.append(BadRow(sheet.name, sheet.lines[row], counted.bad[row]))
            continue
        found.entry(key, sheet.lines[row])
        parts.setdefault(key, []).append(row)
        named = read.who[row].name
        found.note(key, {"": named} if named else {})
    for key, rows in parts.items():
        for measure, counts in counted.measures.items():
            found.values[key][f"result.{measure}"] = decimal_sum(counts[rows])


def decimal_sum(numbers: Iterable[float]) -> float:
    """The sum of numbers as they are written: amounts of money add up to the cent.

    >>> decimal_sum([60.1, 60.2]), 60.1 + 60.2
    (120.3, 120.30000000000001)
    """
    return float(sum(Decimal(repr(float(number))) for number in numbers))


def _repeated_deals(read: FileRows, found: Gathered) -> set[int]:
    """Rows of deals that stand before, and are not to count twice; all of them while that is asked."""
    sheet = read.sheet
    headings = read.match.headings("deal")[:1] or sheet.headings
    rows: dict[tuple[str, ...], list[int]] = {}
    for row in read.rows:
        deal = tuple(plain_text(sheet.column(heading)[row]) for heading in headings)
        if any(deal):
            rows.setdefault(deal, []).append(row)
    repeated = [several for several in rows.values() if len(several) > 1]
    answer = read.match.answers.get("repeats")
    if not repeated or answer == "add":
        return set()
    if answer == "last":
        return {row for several in repeated for row in several[:-1]}
    all_of_them = sorted(row for several in repeated for row in several)
    asks = "The same deal stands more than once. Does each count?"
    lines = tuple(sheet.lines[row] for row in all_of_them)
    found.questions.append(Question("repeats", sheet.name, asks, DEAL_REPEATS, None, lines))
    return {*all_of_them}
