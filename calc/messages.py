"""Sentences with facts in them: what a check says, before anybody decides how a number looks.

A fact keeps its kind (money, share, result, ...), so that the screen can set it in the reader's conventions and the
command line in plain ones. Nothing here formats.
"""

from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Money:
    """An amount in the plan's currency."""

    amount: float


@dataclass(frozen=True)
class Share:
    """A part of a whole, 1 = all of it; also attainment and payout."""

    part: float


@dataclass(frozen=True)
class Result:
    """A result of a KPI in its unit."""

    value: float
    unit: str


@dataclass(frozen=True)
class Number:
    """A bare number: a count, a multiple, a day."""

    value: float


@dataclass(frozen=True)
class Name:
    """Something a person named: a KPI, a plan. Shown as text, never as markup."""

    text: str


Fact = Money | Share | Result | Number | Name
Say = Callable[[Fact], str]


@dataclass(frozen=True)
class Sentence:
    """A sentence with its facts, each named in the template by braces.

    >>> sentence = Sentence.of("Below {floor} nothing is paid.", floor=Result(70, "deals"))
    >>> sentence.text(lambda fact: f"{fact.value:g} {fact.unit}")
    'Below 70 deals nothing is paid.'
    """

    template: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @classmethod
    def of(cls, template: str, **facts: Fact) -> "Sentence":
        """A sentence from a template and its facts.

        Raises:
            ValueError: the template names a fact that is not given, or leaves one out.
        """
        named = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        if named != set(facts):
            raise ValueError(f"the template must name its facts, {sorted(facts)} (got {sorted(named)})")
        return cls(template, tuple(facts.items()))

    def text(self, say: Say, keep: Say | None = None) -> str:
        """The sentence in words.

        Args:
            say: sets one fact.
            keep: sets the words between facts where they need it (escaping, say); they arrive as a `Name`.
        """
        facts, parts = dict(self.facts), []
        for words, name, _, _ in Formatter().parse(self.template):
            parts.append(keep(Name(words)) if keep is not None else words)
            parts.append(say(facts[name]) if name is not None else "")
        return "".join(parts)
