"""Who is who in several files: people go by id, else by e-mail, else by name.

A short name (`J. Field`, `Jo`) is never guessed: whom it means is asked, with everybody whom it fits. Two people of one
name who have ids are two people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from calc.tables.file_rows import Who
from calc.tables.sheets.questions import Answer, Question

SOMEBODY_ELSE = "nobody here"
"""The answer that a short name is somebody else."""


@dataclass
class Persons:
    """Everybody met in some files.

    Args:
        known: what is known of each person.
        shown: by person, the name as it was written first.
    """

    known: list[Who] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)
    _emails: dict[str, int] = field(default_factory=dict)
    _names: dict[str, list[int]] = field(default_factory=dict)

    def add_file(
        self, file: str, people: Iterable[Who], answers: Mapping[str, str]
    ) -> tuple[dict[Who, int], list[Question]]:
        """Who everybody in one more file is; people who must be asked about are left out.

        Args:
            file: what the file is called.
            people: whom its rows name, folded.
            answers: by `person.NAME`, whom a short name means.
        """
        found: dict[Who, int] = {}
        questions: list[Question] = []
        before = len(self.known)
        for who in dict.fromkeys(people):
            place = self._place(who, answers)
            if place is None and not who.id and not who.email and (fits := self._fits(who.name, before)):
                ways = (
                    *(Answer(self.label(n), "that is who it is") for n in fits),
                    Answer(SOMEBODY_ELSE, "it is somebody else"),
                )
                asks = f"Who is {who.name[:40]!r}?"
                if answers.get(f"person.{who.name}") != SOMEBODY_ELSE:
                    questions.append(Question(f"person.{who.name}", file, asks, ways))
                    continue
            found[who] = self._join(who, place)
        return found, questions

    def label(self, place: int) -> str:
        """What a person is called: by name, with the id where several share it; else by id or e-mail."""
        who = self.known[place]
        name = self.shown.get(place) or who.name
        if name and len(self._names.get(who.name, ())) > 1 and (who.id or who.email):
            return f"{name} ({who.id or who.email})"
        return name or who.id or who.email

    def _place(self, who: Who, answers: Mapping[str, str]) -> int | None:
        """The person whom a row names, None where it is nobody known."""
        if who.id and who.id in self._ids:
            return self._ids[who.id]
        if who.email and who.email in self._emails:
            place = self._emails[who.email]
            return place if not (who.id and self.known[place].id) else None
        told = answers.get(f"person.{who.name}")
        named = self._names.get(" ".join((told or who.name).casefold().split()), [])
        if told is not None and not named:
            named = [n for n in range(len(self.known)) if self.label(n) == told]
        named = [n for n in named if self._agree(who, self.known[n])]
        return named[0] if len(named) == 1 and who.name else None

    @staticmethod
    def _agree(one: Who, other: Who) -> bool:
        """Whether two may be one person: neither ids nor e-mails differ."""
        ids = not (one.id and other.id) or one.id == other.id
        return ids and (not (one.email and other.email) or one.email == other.email)

    def _fits(self, name: str, before: int) -> list[int]:
        """The people of other files whom a name may mean, if none bears it: by it alone, or shortened."""
        same = [n for n in self._names.get(name, []) if n < before]
        return same if len(same) > 1 else [n for n in range(before) if short_for(name, self.known[n].name)]

    def _join(self, who: Who, place: int | None) -> int:
        if place is None:
            place = len(self.known)
            self.known.append(Who("", "", ""))
        old = self.known[place]
        new = Who(old.id or who.id, old.name or who.name, old.email or who.email)
        self.known[place] = new
        if new.id:
            self._ids[new.id] = place
        if new.email:
            self._emails[new.email] = place
        if new.name and place not in self._names.setdefault(new.name, []):
            self._names[new.name].append(place)
        return place


def short_for(short: str, name: str) -> bool:
    """Whether a name may be short for another: one of its words, initials for words, or the words in another order.

    >>> short_for("j. field", "jo field"), short_for("field, jo", "jo field"), short_for("jo", "jo field")
    (True, True, True)
    >>> short_for("jo field", "jo field"), short_for("sam", "jo field")
    (False, False)
    """
    words, whole = (text.replace(",", " ").replace(".", " ").split() for text in (short, name))
    if not words or short == name or len(words) > len(whole):
        return False
    left = [*whole]
    for word in sorted(words, key=len, reverse=True):
        fit = next((one for one in left if one == word or (len(word) == 1 and one.startswith(word))), None)
        if fit is None:
            return False
        left.remove(fit)
    return any(len(word) > 1 for word in words)
