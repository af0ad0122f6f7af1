"""Sentences with facts in them: what a check says, before anybody decides how a number looks.

A fact keeps its kind (money, share, result, ...), so that the screen can set it in the reader's conventions and the
command line in plain ones. Nothing here formats.
"""

from collections.abc import Callable, Mapping
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


class PersonName(Name):
    """The name of one of the people; where names are hidden, a letter stands in its place."""


def singular_unit(unit: str) -> str:
    """The unit of one: deals -> deal.

    >>> singular_unit("deals"), singular_unit("policies"), singular_unit("points"), singular_unit("gross")
    ('deal', 'policy', 'point', 'gross')
    """
    if unit.endswith("ies") and len(unit) > 4:
        return f"{unit[:-3]}y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") and len(unit) > 2 else unit


def holds_unit(name: str, unit: str) -> bool:
    """Whether a KPI's name holds its unit: deals closed."""
    return bool(unit) and singular_unit(unit).lower() in name.lower() and unit != "%"


def lower_first(name: str) -> str:
    """A KPI's name within a sentence.

    >>> lower_first("Revenue"), lower_first("NPS")
    ('revenue', 'NPS')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def upper_first(text: str) -> str:
    """A text as a sentence begins with it.

    >>> upper_first("revenue"), upper_first("less than 0.1%"), upper_first("eNPS")
    ('Revenue', 'Less than 0.1%', 'eNPS')
    """
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


Fact = Money | Share | Result | Number | Name
Say = Callable[[Fact], str]


def _said_once(unit: str, label: str, result: str, kpi: str) -> str:
    """A result of a KPI, without a name that its unit has said already."""
    if holds_unit(label, unit):
        return result
    return f"{result} {kpi}" if unit == "%" else f"{result} of {kpi}" if unit else f"{result} in {kpi}"


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

    def with_names(self, others: Mapping[str, str]) -> "Sentence":
        """The sentence with other names of people, by their own.

        >>> Sentence.of("{who} is paid.", who=PersonName("Ann")).with_names({"Ann": "A"}).text(lambda name: name.text)
        'A is paid.'
        """
        facts = [
            (place, PersonName(others.get(fact.text, fact.text)) if isinstance(fact, PersonName) else fact)
            for place, fact in self.facts
        ]
        return Sentence(self.template, tuple(facts))

    @property
    def shortened(self) -> "Sentence":
        """The sentence with a result and its KPI's name as they are said: 100 deals, 24 % gross margin."""
        facts, template = dict(self.facts), self.template
        for name, fact in facts.items():
            for other, kpi in facts.items():
                if isinstance(fact, Result) and isinstance(kpi, Name):
                    said = _said_once(fact.unit, kpi.text, f"{{{name}}}", f"{{{other}}}")
                    template = template.replace(f"{{{name}}} of {{{other}}}", said)
                    for more in ("more", "less") if holds_unit(kpi.text, fact.unit) else ():
                        template = template.replace(f"{{{name}}} {more} in {{{other}}}", f"{{{name}}} {more}")
        return Sentence(template, self.facts)

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
