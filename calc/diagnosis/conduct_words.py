"""A finding with the plan around it, and how what people do about it is put into a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from calc.behaviour.answers import Answers
from calc.behaviour.behave import FigureBand
from calc.behaviour.effort.outcome import Outcome
from calc.behaviour.readings import BothReadings
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset, load_preset, preset_names
from calc.messages import Fact, Money, Name, Sentence, Share, upper_first
from calc.piecewise.vectorized import Floats

UNKNOWN = Sentence.of(
    "What this does to sales the model does not know: its readings of the evidence or of today differ, or people would "
    "be at the limit of what they can do."
)


@dataclass(frozen=True)
class Conduct:
    """What people do where something was found.

    Args:
        check: the check that found it.
        says: the sentence.
        told: the bands that its numbers are; of what is sold, paid and kept. None where it has no number on sales.
        compared: the plans that it is read from.
    """

    check: str
    says: Sentence
    told: Mapping[Literal["sales", "pay", "net"], FigureBand] | None
    compared: BothReadings | None


@dataclass(frozen=True)
class AskedFinding:
    """A finding with the plan around it."""

    case: Case
    finding: Finding
    answers: Answers

    @property
    def preset(self) -> Preset:
        """The preset that the finding is about."""
        return self.case.preset

    @cached_property
    def other(self) -> Preset | None:
        """What it is compared with: the preset that mends it, else the change that does."""
        named = self.preset.cured_by
        if named is not None and named in preset_names():
            return load_preset(named)
        return None if self.finding.cure is None else self.finding.cure.after

    @cached_property
    def compared(self) -> BothReadings | None:
        """The plan against the other; None where there is none."""
        if self.other is None:
            return None
        named = self.other.name is not None and self.other.name == self.preset.cured_by
        return self.answers.compared(self.other, self.other.name if named and self.other.name else self.finding.check)

    @property
    def other_title(self) -> str:
        """What the other plan is called; nothing where it is this plan mended."""
        title = None if self.other is None else self.other.title
        return title if title and title != self.preset.title else ""

    def money(self, band: FigureBand) -> FigureBand:
        """A band of target incentives as money, to about a hundredth of the incentive."""
        incentive = self.preset.plan.incentive
        step = 10.0 ** np.floor(np.log10(incentive / 50.0))
        return FigureBand(*(float(step * round(x * incentive / step)) for x in (band.low, band.standard, band.high)))


def band_in_words(
    name: str, band: FigureBand, fact: Callable[[float], Fact], digits: int = 2
) -> tuple[str, dict[str, Fact]]:
    """A band in a sentence, by its sizes: 13% to 20%, or 13% where both ends read the same."""
    low, high = sorted(round(abs(x), digits) for x in (band.low, band.high))
    if low == high:
        return f"{{{name}}}", {name: fact(high)}
    return f"{{{name}_low}} to {{{name}_high}}", {f"{name}_low": fact(low), f"{name}_high": fact(high)}


def pay_in_words(asked: AskedFinding, pay: FigureBand, net: FigureBand) -> tuple[str, dict[str, Fact]]:
    """What a head is paid and keeps more or less: pay is 71 less a head, and 36 less after the effort it takes."""
    facts: dict[str, Fact] = {}
    parts = []
    for name, band in (("pay", pay), ("net", net)):
        money = asked.money(band)
        told, some = band_in_words(name, money, Money, 6)
        facts |= some
        if max(abs(money.low), abs(money.high)) == 0.0:
            parts.append("the same")
            facts = {key: fact for key, fact in facts.items() if key not in some}
        elif money.low < 0.0 < money.high:
            most = f"{name}_most"
            facts = {key: fact for key, fact in facts.items() if key not in some} | {
                most: Money(max(abs(money.low), abs(money.high)))
            }
            parts.append(f"up to {{{most}}} more or less")
        else:
            parts.append(f"{told} {'more' if money.high > 0.0 else 'less'}")
    return f"pay is {parts[0]} a head, and after the effort that it takes {parts[1]}.", facts


def bands_told(compared: BothReadings) -> tuple[FigureBand, FigureBand, FigureBand] | None:
    """Sales, pay and net of this plan against the other, where they may be told."""
    pay, net = (compared.named.differs(figure) for figure in (_pay_gap, _net_gap))
    if compared.sign == 0 or compared.sales is None or pay is None or net is None:
        return None
    return compared.sales, pay, net


def _pay_gap(here: Outcome, there: Outcome) -> Floats:
    return here.expected_pay - there.expected_pay


def _net_gap(here: Outcome, there: Outcome) -> Floats:
    return here.net - there.net


def make_conduct(
    asked: AskedFinding, template: str, facts: Mapping[str, Fact], told: tuple[FigureBand, FigureBand, FigureBand]
) -> Conduct:
    """A conduct from a template with {beside} or {Beside} in it, its facts, and its bands of sales, pay and net."""
    sales, pay, net = told
    beside, more = pay_in_words(asked, pay, net)
    template = template.replace("{beside}", beside).replace("{Beside}", upper_first(beside))
    says = name_other(asked, template, {**facts, **more})
    return Conduct(asked.finding.check, says, {"sales": sales, "pay": pay, "net": net}, asked.compared)


def name_other(asked: AskedFinding, template: str, facts: Mapping[str, Fact]) -> Sentence:
    """A sentence with the other plan's title set where it says {other}."""
    if "{other}" not in template or not asked.other_title:
        return Sentence.of(template.replace("{other}", "the mended plan"), **facts)
    return Sentence.of(template.replace("{other}", "“{other}”"), **facts, other=Name(asked.other_title))


def say_unknown(asked: AskedFinding) -> Conduct:
    """That the model does not know."""
    return Conduct(asked.finding.check, UNKNOWN, None, asked.compared)


def say_less(asked: AskedFinding, because: str, trail: str = "", **facts: Fact) -> Conduct | None:
    """A loss of sales against the other plan, where it may be told: how much, why, and with what pay and net."""
    if asked.compared is None:
        return None
    told = bands_told(asked.compared)
    if told is None or asked.compared.sign > 0:
        return say_unknown(asked)
    sales, some = band_in_words("sales", told[0], Share)
    template = f"These people sell {sales} less than under {{other}}. {because} {{Beside}}{trail}"
    return make_conduct(asked, template, {**facts, **some}, told)
