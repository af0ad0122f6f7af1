"""What a finding makes people do, in one sentence with a band, where the effort model may say so.

The rule: a number stands in a sentence only where its sign is the same in all three readings of the evidence and in
both readings of today, where people are not at the limit of effort most of the time, and with pay and net beside sales.
Otherwise the sentence says that the model does not know. Of jumps, steps and retroactive tiers it says what the model
finds and what the field has found. Every other finding keeps silent.

Source: the effort model and its evidence, `docs/behaviour.md`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from calc.behaviour.behave import Band, Behaved, as_band, behave
from calc.behaviour.late_plan import play_late
from calc.behaviour.outcome import Outcome
from calc.behaviour.readings import BothReadings, compare_readings
from calc.behaviour.rising_target import RisingTarget, play_rising_target
from calc.behaviour.step import COARSE
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset, load_preset, preset_names
from calc.messages import Fact, Money, Name, Number, Sentence, Share, upper_first
from calc.piecewise.vectorized import Floats
from calc.plan.mechanics import Steps, Tiers

FORESIGHT = 0.9
"""What the next period counts for a rep who looks ahead."""
TRUSTS = (0.0, 0.5)
"""How much of a plan that is not known yet people work for: nothing, half."""
ALL_IN_THE_BAG = 0.1
"""Where mean effort stays below it, all of the pay comes anyway."""
MAX_PERIODS = 12
SAME_FACT = (("pay_stops_early", "ceiling_in_reach"), ("target_out_of_reach", "unreachable_floor"))
"""Of two checks that see one fact, the first keeps silent."""
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
    told: Mapping[Literal["sales", "pay", "net"], Band] | None
    compared: BothReadings | None


@dataclass(frozen=True)
class _Asked:
    """A finding with the plan around it."""

    case: Case
    finding: Finding
    known: dict[str, BothReadings] = field(default_factory=dict)

    @property
    def preset(self) -> Preset:
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
        if self.other is None:
            return None
        key = self.other.name if self.other.name == self.preset.cured_by and self.other.name else self.finding.check
        if key not in self.known:
            self.known[key] = compare_readings(self.preset, self.other, self.case.at)
        return self.known[key]

    @cached_property
    def alone(self) -> Behaved:
        return behave(self.preset, self.case.at)

    @property
    def other_name(self) -> Fact:
        title = None if self.other is None or self.other is self.preset else self.other.title
        mended = self.other is not None and self.other.title == self.preset.title
        return Name("the mended plan" if mended or not title else f"the plan “{title}”")

    def money(self, band: Band) -> Band:
        """A band of target incentives as money, to a hundredth of the incentive."""
        incentive = self.alone_incentive
        step = 10.0 ** np.floor(np.log10(incentive / 50.0))
        return Band(*(float(step * round(x * incentive / step)) for x in (band.low, band.standard, band.high)))

    @property
    def alone_incentive(self) -> float:
        return self.preset.plan.incentive


Says = Callable[[_Asked], Conduct | None]


def say_conduct(case: Case, finding: Finding, known: dict[str, BothReadings] | None = None) -> Conduct | None:
    """What a finding makes people do; None where the model has nothing to say to it.

    Args:
        case: the plan around it.
        finding: the finding.
        known: comparisons that have been made for the same case.
    """
    says = _SAYS.get(finding.check)
    return None if says is None else says(_Asked(case, finding, {} if known is None else known))


def say_all(case: Case, found: tuple[Finding, ...]) -> tuple[Conduct, ...]:
    """What all findings make people do, once for each check."""
    first = {finding.check: finding for finding in reversed(found)}
    known: dict[str, BothReadings] = {}
    said = {name: say_conduct(case, first[name], known) for name in _SAYS if name in first}
    kept = {name: conduct for name, conduct in said.items() if conduct is not None}
    for name, other in SAME_FACT:
        if name in kept and other in kept:
            del kept[name]
    if any(conduct.says is not UNKNOWN for conduct in kept.values()):
        kept = {name: conduct for name, conduct in kept.items() if conduct.says is not UNKNOWN}
    return tuple(kept.values())


def _span(name: str, band: Band, fact: Callable[[float], Fact], digits: int = 2) -> tuple[str, dict[str, Fact]]:
    """A band in a sentence, by its sizes: 13% to 20%, or 13% where both ends read the same."""
    low, high = sorted(round(abs(x), digits) for x in (band.low, band.high))
    if low == high:
        return f"{{{name}}}", {name: fact(high)}
    return f"{{{name}_low}} to {{{name}_high}}", {f"{name}_low": fact(low), f"{name}_high": fact(high)}


def _beside(asked: _Asked, pay: Band, net: Band) -> tuple[str, dict[str, Fact]]:
    """What a head is paid and keeps more or less: pay is 71 less a head, and 36 less after the effort it takes."""
    facts: dict[str, Fact] = {}
    parts = []
    for name, band in (("pay", pay), ("net", net)):
        money = asked.money(band)
        told, some = _span(name, money, Money, 6)
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


def _told(compared: BothReadings) -> tuple[Band, Band, Band] | None:
    """Sales, pay and net of this plan against the other, where they may be told."""
    pay, net = (compared.named.differs(figure) for figure in (_pay_gap, _net_gap))
    if compared.sign == 0 or compared.sales is None or pay is None or net is None:
        return None
    return compared.sales, pay, net


def _pay_gap(here: Outcome, there: Outcome) -> Floats:
    return here.expected_pay - there.expected_pay


def _net_gap(here: Outcome, there: Outcome) -> Floats:
    return here.net - there.net


def _conduct(asked: _Asked, template: str, facts: Mapping[str, Fact], told: tuple[Band, Band, Band]) -> Conduct:
    sales, pay, net = told
    beside, more = _beside(asked, pay, net)
    template = template.replace("{beside}", beside).replace("{Beside}", upper_first(beside))
    says = Sentence.of(template, **facts, **more)
    return Conduct(asked.finding.check, says, {"sales": sales, "pay": pay, "net": net}, asked.compared)


def _unknown(asked: _Asked) -> Conduct:
    return Conduct(asked.finding.check, UNKNOWN, None, asked.compared)


def _less(asked: _Asked, lead: str, trail: str = "", **facts: Fact) -> Conduct | None:
    """A loss of sales against the other plan, where it may be told."""
    if asked.compared is None:
        return None
    told = _told(asked.compared)
    if told is None or asked.compared.sign > 0:
        return _unknown(asked)
    sales, some = _span("sales", told[0], Share)
    template = f"{lead}{sales} less than under {{other}}. {{Beside}}{trail}"
    return _conduct(asked, template, {**facts, **some, "other": asked.other_name}, told)


def _say_floor(asked: _Asked) -> Conduct | None:
    """Row 3: two thirds of the time nobody has a reason to try."""
    if asked.compared is None:
        return None
    idle = asked.compared.named.here.band("given_up")
    if idle is None:
        return _unknown(asked)
    time, facts = _span("idle", idle, Share)
    lead = f"For {time} of the time nobody has a reason to try, and these people sell "
    return _less(
        asked, lead, " At different pay, that is: it does not say that the floor costs sales at the same pay.", **facts
    )


def _say_ceiling(asked: _Asked) -> Conduct | None:
    """Rows 4 and 13: people slow down from the first day, or make no effort at all where all pay comes anyway."""
    if asked.compared is None:
        return None
    named = asked.compared.named
    effort, idle, same = named.here.band("effort"), named.here.band("coasting"), named.other_at_same_pay
    if effort is None or idle is None:
        return _unknown(asked)
    if effort.high < ALL_IN_THE_BAG:
        return _less(
            asked,
            "All of the pay comes without effort, so nobody makes any, from the first day on. These people sell ",
            " How much is no independent estimate: it is the answer to what would still be sold if the variable pay "
            "were salary.",
        )
    time, facts = _span("idle", idle, Share)
    trail = ""
    if same is not None and same.low > 0.0:
        more, some = _span("same", same, Share)
        trail, facts = f" At the same pay that plan still sells {more} more.", facts | some
    lead = (
        f"Who sees the end of the pay coming is slow from the first day: for {time} of the time the next sale is not "
    )
    return _less(asked, f"{lead}worth trying for, with most of the pay earned. These people sell ", trail, **facts)


def _say_far_target(asked: _Asked) -> Conduct | None:
    """Row 8: each sale pays less than it seems; that a far target discourages by itself the model does not find."""
    if asked.compared is None or asked.compared.named.against is None:
        return None
    here, there = asked.compared.named.here.plan, asked.compared.named.against.plan
    rate = here.plain_rate / there.plain_rate
    lead = "Up to target a sale pays {rate} of what it does under {other}, and these people sell " if rate < 1.0 else ""
    return _less(
        asked,
        lead or "These people sell ",
        " That a target out of reach discourages by itself, the model does not find; in the field effort rises with "
        "a harder target, and then falls (Alekseev 2021).",
        **({"rate": Share(round(rate, 2))} if lead else {}),
    )


def _say_jump(asked: _Asked) -> Conduct | None:
    """Rows 11, steps and retroactive tiers: what the model says and what the field found; never that sales are lost."""
    curve = None if asked.finding.kpi is None else asked.case.plan.kpi(asked.finding.kpi).curve
    if asked.compared is None:
        return None
    if isinstance(curve, Tiers) and curve.apply == "retroactive":
        return _say_retroactive(asked)
    if isinstance(curve, Steps):
        return Conduct(asked.finding.check, STEPS, None, asked.compared)
    told = _told(asked.compared)
    if told is None or asked.compared.sign < 0:
        return Conduct(asked.finding.check, JUMPS, None, asked.compared)
    sales, facts = _span("sales", told[0], Share)
    template = (
        "The model does not find that this loses sales. People push to the line, results bunch above it, and they sell "
        f"{sales} more than under {{other}}. {{Beside}} Where people differ widely the weak give up, and a straight "
        "line sells more. 458 territories sold more when such a bonus became a commission (Kishore et al. 2013)."
    )
    return _conduct(asked, template, {**facts, "other": asked.other_name}, told)


STEPS = Sentence.of(
    "The model does not find that steps lose sales: it has people sell more, for much more pay, and gives no number, "
    "since they would often be at the limit of what they can do. In the field steps raise sales close to the next one, "
    "at lower margins (Owan et al. 2015)."
)
JUMPS = Sentence.of(
    "That a jump in the pay loses sales, the model does not find, and it gives no number here. 458 territories sold "
    "more when a bonus at the line became a commission (Kishore et al. 2013)."
)
RETROACTIVE = (
    "The model does not find that a retroactive tier loses sales: at the same pay {other} sells {same}. In the field "
    "steep steps raise sales close to the line, at lower margins (Owan et al. 2015)."
)


def _say_retroactive(asked: _Asked) -> Conduct:
    assert asked.compared is not None
    same = asked.compared.named.other_at_same_pay
    if same is None:
        return Conduct(asked.finding.check, JUMPS, None, asked.compared)
    most = max(abs(same.low), abs(same.high))
    told, facts = "the same", dict[str, Fact]()
    if most >= 0.005:
        told, facts = "up to {most} more or less", {"most": Share(round(most, 2))}
    says = Sentence.of(RETROACTIVE.replace("{same}", told), other=asked.other_name, **facts)
    return Conduct(asked.finding.check, says, None, asked.compared)


def _say_late(asked: _Asked) -> Conduct | None:
    """Row 6: what each silent day costs, for two trusts."""
    calendar = asked.case.calendar
    if calendar is None or not 0.0 < calendar.silent < calendar.days:
        return None
    gaps = [late_gaps(asked.alone, calendar.silent / calendar.days, trust) for trust in TRUSTS]
    if any(gap is None or gap[0].high >= 0.0 for gap in gaps):
        return _unknown(asked)
    none, half = (gap for gap in gaps if gap is not None)
    per_day = [replace_all(gap[0], 1.0 / calendar.silent) for gap in (none, half)]
    first, facts = _span("none", per_day[0], Share, 3)
    second, more = _span("half", per_day[1], Share, 3)
    template = (
        f"Each of the {{days}} silent days costs {first} of the period's sales where nobody works for pay that is not "
        f"promised yet, and {second} where people trust it half; under full trust it costs nothing. Without trust "
        "{beside}"
    )
    return _conduct(asked, template, {**facts, **more, "days": Number(calendar.silent)}, none)


def replace_all(band: Band, factor: float) -> Band:
    """A band times a factor above 0."""
    return Band(band.low * factor, band.standard * factor, band.high * factor)


def late_gaps(behaved: Behaved, silent: float, trust: float) -> tuple[Band, Band, Band] | None:
    """Sales [share], pay and net [target incentives] of a plan that is known late, against one known in time.

    Args:
        behaved: the plan in time.
        silent: the share of the period that is over when it is known.
        trust: how much of the promise people work for before it is made.
    """
    known = behaved.here.outcome
    if behaved.here.band("sales") is None:
        return None
    late = play_late(
        known.pay, known.reps, known.target, known.plain_rate, silent=silent, trust=trust, teams=known.teams
    )
    return (
        as_band(late.sales / known.sales - 1.0),
        as_band(late.expected_pay - known.expected_pay),
        as_band(late.net - known.net),
    )


def _say_rising(asked: _Asked) -> Conduct | None:
    """Row 12: the price of hitting, and what follows for who looks ahead and who does not."""
    path = asked.case.path
    if path is None or path.ratchet or not path.growth_if_hit:
        return None
    seen, blind = (play_path(asked.alone, path.periods, path.growth, path.growth_if_hit, f) for f in (FORESIGHT, 0.0))
    price = as_band(price_of_hitting(asked.alone, seen))
    sales, pay, net = (
        as_band(seen.sales[0] / blind.sales[0] - 1.0),
        as_band(seen.pay[0] - blind.pay[0]),
        as_band(seen.net[0] - blind.net[0]),
    )
    later = as_band(blind.sales[-1] / blind.sales[0] - 1.0)
    if not (sales.high < 0.0 and price.low > 0.0) or asked.alone.here.band("sales") is None:
        return _unknown(asked)
    money, facts = _span("price", asked.money(price), Money, 6)
    first, some = _span("sales", sales, Share)
    last, more = _span("later", later, Share)
    drift = f"{last} {'less' if later.high <= 0.0 else 'more'}" if later.same_sign else "about as much"
    template = (
        f"For a rep who looks ahead (the next period counts {{foresight}} of this one) hitting the target costs "
        f"{money} of later pay. The first period then sells {first} less. {{Beside}} A rep who does not look ahead "
        f"sells the same at first, and {drift} in period {{last}}."
    )
    facts = {**facts, **some, "foresight": Number(FORESIGHT), "last": Number(float(path.periods))}
    return _conduct(asked, template, facts | (more if later.same_sign else {}), (sales, pay, net))


def play_path(behaved: Behaved, periods: int, growth: float, rise: float, foresight: float) -> RisingTarget:
    """What these people do over several periods while the target rises after a hit."""
    outcome = behaved.here.outcome
    return play_rising_target(
        outcome.pay,
        outcome.reps,
        outcome.target,
        outcome.plain_rate,
        periods=min(periods, MAX_PERIODS),
        growth=growth,
        rise=rise,
        foresight=foresight,
        teams=outcome.teams,
        precision=COARSE,
    )


def price_of_hitting(behaved: Behaved, seen: RisingTarget) -> Floats:
    """(teams,) what hitting the first target takes from later pay for a middling rep [target incentives]."""
    prices = seen.price_of_hitting.reshape(behaved.here.outcome.teams, -1)
    return np.asarray(prices[:, prices.shape[1] // 2])


_SAYS: Mapping[str, Says] = {
    "unreachable_floor": _say_floor,
    "ceiling_in_reach": _say_ceiling,
    "pay_stops_early": _say_ceiling,
    "rising_target": _say_rising,
    "late_plan": _say_late,
    "target_out_of_reach": _say_far_target,
    "cliff": _say_jump,
}
