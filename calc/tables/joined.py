"""Several files joined by person and period: targets from one, results from another.

What a file says of a person without a period holds for all of that person's periods. Where deals are summed, somebody
with a target and no deal in a period that has deals sold nothing in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from calc.tables.file_rows import FileRows, Who
from calc.tables.gather import Gathered
from calc.tables.persons import Persons
from calc.tables.sheets.periods import Period
from calc.tables.sheets.questions import Answer, BadRow, Question

JoinedPlace = tuple[int, str]
"""A person, and the label of a period."""


@dataclass
class Joined:
    """What several files say together, by person and period."""

    persons: Persons = field(default_factory=Persons)
    values: dict[JoinedPlace, dict[str, float]] = field(default_factory=dict)
    attributes: dict[JoinedPlace, dict[str, str]] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def join_files(files: Sequence[tuple[FileRows, Gathered]]) -> Joined:
    """Files joined by person and period, those first that know people by the most."""
    joined = Joined()
    places: dict[int, dict[Who, int]] = {}
    for n in sorted(range(len(files)), key=lambda n: (-_known_by(files[n][1]), n)):
        read, gathered = files[n]
        before = len(joined.persons.known)
        answers = {key: word for one, _ in files for key, word in one.match.answers.items()}
        places[n], asked = joined.persons.add_file(read.sheet.name, [who for who, _ in gathered.values], answers)
        joined.questions += asked
        new = before and places[n] and not any(place < before for place in places[n].values())
        if new and answers.get("join") != "apart":
            joined.questions.append(_ask_join(read))
        written = _written_names(gathered)
        for who, place in places[n].items():
            if who in written:
                joined.persons.shown.setdefault(place, written[who])
    for n, (_, gathered) in enumerate(files):
        joined.bad += gathered.bad
        joined.questions += gathered.questions
        joined.periods |= gathered.periods
        _add(joined, gathered, places[n])
    _spread_over_periods(joined)
    _fill_deals(joined, files)
    return joined


def _written_names(gathered: Gathered) -> dict[Who, str]:
    """The name of each person as the file writes it first."""
    found: dict[Who, str] = {}
    for (who, _), told in gathered.attributes.items():
        if "" in told:
            found.setdefault(who, told[""])
    return found


def _known_by(gathered: Gathered) -> int:
    """By how much a file knows its people: how many of id, name and e-mail it has."""
    first = next(iter(gathered.values), None)
    return 0 if first is None else sum(map(bool, (first[0].id, first[0].name, first[0].email)))


def _ask_join(read: FileRows) -> Question:
    asks = "Nobody in this file stands in the other one. Are they really other people?"
    ways = (Answer("apart", "they are other people"),)
    return Question("join", read.sheet.name, asks, ways)


def _add(joined: Joined, gathered: Gathered, places: dict[Who, int]) -> None:
    for (who, label), values in gathered.values.items():
        if who not in places:
            continue
        place = (places[who], label)
        into = joined.values.setdefault(place, {})
        for role, number in values.items():
            if role in into and into[role] != number:
                asks = f"Two files give {role} of one person and period. Which file is meant?"
                key = f"both.{role}"
                if not any(one.key == key for one in joined.questions):
                    ways = (Answer("leave one out", "read only one of the files"),)
                    joined.questions.append(Question(key, "the files", asks, ways))
                continue
            into[role] = number
        known = joined.attributes.setdefault(place, {})
        for heading, text in gathered.attributes.get((who, label), {}).items():
            known.setdefault(heading, text)


def _spread_over_periods(joined: Joined) -> None:
    """Give what is said of a person without a period to each of that person's periods."""
    timed: dict[int, list[str]] = {}
    for place, label in joined.values:
        if label:
            timed.setdefault(place, []).append(label)
    for place, label in [one for one in joined.values if not one[1] and one[0] in timed]:
        always, told = joined.values.pop((place, label)), joined.attributes.pop((place, label), {})
        for label in timed[place]:
            joined.values[place, label] = {**always, **joined.values[place, label]}
            joined.attributes[place, label] = {**told, **joined.attributes.get((place, label), {})}


def _fill_deals(joined: Joined, files: Sequence[tuple[FileRows, Gathered]]) -> None:
    """A result of 0 for whoever has a target and no deal in a period in which there are deals."""
    for read, gathered in files:
        if read.match.shape != "deals":
            continue
        labels = {label for _, label in gathered.values}
        measures = {role for values in gathered.values.values() for role in values}
        for (_, label), values in joined.values.items():
            for role in measures if label in labels else ():
                if f"target.{role.partition('.')[2]}" in values:
                    values.setdefault(role, 0.0)
