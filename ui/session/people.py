"""The people whom a session looks at a plan with: files that somebody brought, what was decided about them, the read.

They live in the session and nowhere else: in no link, no cache that is shared, no file. What is brought is kept until
other files that can be read take its place, so that a fault loses nothing.
"""

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType

import streamlit as st

from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.situation.team import Team
from calc.tables.people import PeopleRead, read_people
from calc.tables.sheets.match import FileMatch, Match, read_map
from calc.tables.template import example_team

_logger = logging.getLogger("flatline")

DRAWER_KEY = "drawer-people"
"""The session's key of the drawer in which people are looked at."""
PERSON_KEY = "people-one"
"""The session's key of the choice of one person, by place."""
MAX_READS_KEPT = 3
"""Reads of the same files, for the measures of several plans, that a session keeps."""
CANNOT_BE_READ = "These files cannot be read. What was there before is kept."

File = tuple[str, bytes]
"""A file that was brought: its name and its bytes."""
Measures = tuple[object, ...]
"""What the reading of files hangs on in a plan."""


@dataclass(frozen=True)
class BroughtFiles:
    """Files of people with all that was decided about them.

    Args:
        files: name and bytes of each.
        map: the match of an earlier export, from a map file; None where none was brought.
        answers: what was answered, by the key of the question, and the roles that columns were given.
        made_up: whether the people are nobody.
    """

    files: tuple[File, ...]
    map: Match | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    made_up: bool = False

    @property
    def known(self) -> Match:
        """What was decided, as the reader takes it."""
        decided = FileMatch("wide", {}, self.answers)
        return Match((*(() if self.map is None else self.map.files), decided))


@dataclass(frozen=True)
class PeopleDesk:
    """What a session knows of people.

    Args:
        brought: the files; None where nobody has brought any.
        faults: why what was brought last, or answered last, cannot be used.
        hidden: whether names are hidden.
        reported: whether a report tells of them.
        quotas: by KPI and name, quotas that were set here in place of those of the files [KPI units].
        stamp: counts up with every change.
    """

    brought: BroughtFiles | None = None
    faults: tuple[str, ...] = ()
    hidden: bool = False
    reported: bool = False
    quotas: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    stamp: int = 0


def people_desk() -> PeopleDesk:
    """What the session knows of people."""
    found: PeopleDesk = st.session_state.get("people_desk", PeopleDesk())
    return found


def change_people(**changes: object) -> None:
    """Put other people, or another way to look at them, in place of what was there."""
    desk = people_desk()
    st.session_state.people_desk = replace(desk, **{"stamp": desk.stamp + 1, **changes})  # type: ignore[arg-type]


def choose_person(place: int) -> None:
    """Tell of one person: who stands at a place among the people."""
    st.session_state[PERSON_KEY] = place


def people_open() -> bool:
    """Whether people are looked at: their drawer is open, and nothing is presented in its place."""
    desk = st.session_state.get("desk")
    presented = desk is not None and desk.view.present is not None
    return bool(st.session_state.get(DRAWER_KEY)) and not presented


def people_stamp() -> int:
    """What a picture hangs on of the people: 0 while they are not looked at."""
    return people_desk().stamp + 1 if people_open() else 0


def measures_of(plan: Plan) -> Measures:
    """What the reading of files hangs on in a plan: what its KPIs are called and measured in, and which decide."""
    return (plan.currency, plan.period, tuple((k.id, k.name, k.unit) for k in plan.kpis), plan.deciding)


def read_of(brought: BroughtFiles, plan: Plan) -> PeopleRead:
    """What files say of people, read once for the measures of a plan.

    Raises:
        Refused: they cannot be read.
    """
    kept: list[tuple[BroughtFiles, Measures, PeopleRead]] = st.session_state.setdefault("people_reads", [])
    measures = measures_of(plan)
    for known, about, found in kept:
        if known is brought and about == measures:
            return found
    found = read_people(*brought.files, plan=plan, match=brought.known)
    st.session_state.people_reads = [*kept, (brought, measures, found)][-MAX_READS_KEPT:]
    return found


def take_files(files: Sequence[File], plan: Plan) -> None:
    """Take files that were brought; map files among them say what the columns of the others mean."""
    maps = [one for one in files if one[0].lower().endswith(".toml")]
    tables = tuple(one for one in files if one not in maps)
    desk = people_desk()
    before = desk.brought.files if desk.brought is not None else ()

    def brought() -> BroughtFiles:
        known = [one for name, content in maps for one in read_map(content, name).files]
        return BroughtFiles(tables or before, Match(tuple(known)) if known else None)

    if not tables and not before:
        change_people(faults=("A saved match opens a file of people: bring both.",))
        return
    _bring(brought, plan)


def take_example(plan: Plan, team: Team | None) -> None:
    """Take made-up people who land where a team does; a typical one where None."""
    content = example_team(plan, team).encode()
    _bring(lambda: BroughtFiles((("a made-up team", content),), made_up=True), plan)


def answer_question(key: str, word: str | None, plan: Plan) -> None:
    """Answer a question about the files, or take the answer back."""
    brought = people_desk().brought
    if brought is None:
        return
    kept = {one: told for one, told in brought.answers.items() if one != key}
    answers = kept if word is None else {**kept, key: word}
    _bring(lambda: replace(brought, answers=answers), plan)


def give_role(heading: str, role: str, taken: Sequence[str], plan: Plan) -> None:
    """Give a column another role; the columns that had it are no longer read."""
    brought = people_desk().brought
    if brought is not None:
        roles = {f"role.{other}": "unread" for other in taken} | {f"role.{heading}": role}
        _bring(lambda: replace(brought, answers={**brought.answers, **roles}), plan)


def ask_again(plan: Plan) -> None:
    """Take all answers back, and all roles that were given by hand."""
    brought = people_desk().brought
    if brought is not None:
        _bring(lambda: replace(brought, answers={}), plan)


def forget_people() -> None:
    """Forget the files and all that was read of them."""
    st.session_state.pop("people_reads", None)
    change_people(brought=None, faults=(), quotas={})


def _bring(make: Callable[[], BroughtFiles], plan: Plan) -> None:
    """Put files in place of those before, where they can be read."""
    change_people(faults=(CANNOT_BE_READ,))
    with NamelessErrors("files of people"):
        try:
            brought = make()
            read_of(brought, plan)
        except Refused as refused:
            change_people(faults=refused.sentences)
        else:
            change_people(brought=brought, faults=(), quotas=_kept_quotas(brought))


def _kept_quotas(brought: BroughtFiles) -> Mapping[str, Mapping[str, float]]:
    """Quotas that were set here stay while the same files are looked at."""
    desk = people_desk()
    same = desk.brought is not None and desk.brought.files is brought.files
    return desk.quotas if same else {}


class NamelessErrors:
    """Ends what goes wrong with people; the log is told where, and not what was said, as that may name them."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.failed = False

    def __enter__(self) -> "NamelessErrors":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.failed = isinstance(error, Exception)
        if kind is not None and self.failed:
            last = traceback.extract_tb(trace)[-1]
            _logger.error("%s: %s at %s:%s", self.what, kind.__name__, last.filename, last.lineno)
        return self.failed
