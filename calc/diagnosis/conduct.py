"""What a finding makes people do, in one sentence with a band, where the effort model may say so.

The rule: a number stands in a sentence only where its sign is the same in all three readings of the evidence and in
both readings of today, where people are not at the limit of effort most of the time, and with pay and net beside sales.
Otherwise the sentence says that the model does not know. Of jumps, steps and retroactive tiers it says what the model
finds and what the field has found. Every other finding keeps silent.

Source: the effort model and its evidence, `docs/behaviour.md`.
"""

from collections.abc import Callable, Mapping, Sequence

from calc.behaviour.answers import Answers
from calc.behaviour.portrait import FORESIGHT
from calc.diagnosis.conduct_words import (
    UNKNOWN,
    AskedFinding,
    Conduct,
    band_in_words,
    bands_told,
    make_conduct,
    name_other,
    say_less,
    say_unknown,
)
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Fact, Money, Number, Sentence, Share

TRUSTS = (0.0, 0.5)
"""How much of a plan that is not known yet people work for: nothing, half."""
ALL_IN_THE_BAG = 0.1
"""Where mean effort stays below it, all of the pay comes anyway."""
SAME_FACT = (("pay_stops_early", "ceiling_in_reach"), ("target_out_of_reach", "unreachable_floor"))
"""Of two checks that see one fact, the first keeps silent."""
Says = Callable[[AskedFinding], Conduct | None]


def say_conduct(case: Case, finding: Finding, answers: Answers | None = None) -> Conduct | None:
    """What a finding makes people do; None where the model has nothing to say to it.

    Args:
        case: the plan around it.
        finding: the finding.
        answers: the model's answers for the same case, where somebody has asked before.
    """
    says = _SAYS.get(finding.check)
    return None if says is None else says(AskedFinding(case, finding, answers or Answers(case.preset, case.at)))


def has_conduct(found: Sequence[Finding]) -> bool:
    """Whether the model may have something to say to one of some findings; told without asking it."""
    return any(finding.check in _SAYS for finding in found)


def say_all(case: Case, found: tuple[Finding, ...], answers: Answers | None = None) -> tuple[Conduct, ...]:
    """What all findings make people do, once for each check; arguments as in `say_conduct`."""
    answers = answers or Answers(case.preset, case.at)
    first = {finding.check: finding for finding in reversed(found)}
    said = {name: say_conduct(case, first[name], answers) for name in _SAYS if name in first}
    kept = {name: conduct for name, conduct in said.items() if conduct is not None}
    for name, other in SAME_FACT:
        if name in kept and other in kept:
            del kept[name]
    if any(conduct.told is not None for conduct in kept.values()):
        kept = {name: conduct for name, conduct in kept.items() if conduct.says not in (UNKNOWN, JUMPS)}
    return tuple(kept.values())


def _say_floor(asked: AskedFinding) -> Conduct | None:
    """Row 3: two thirds of the time nobody has a reason to try."""
    if asked.compared is None:
        return None
    idle = asked.compared.named.here.band("given_up")
    if idle is None:
        return say_unknown(asked)
    time, facts = band_in_words("idle", idle, Share)
    because = f"For {time} of the time nobody has a reason to try."
    return say_less(asked, because, " That the floor costs sales at the same pay, this does not say.", **facts)


def _say_ceiling(asked: AskedFinding) -> Conduct | None:
    """Rows 4 and 13: people slow down from the first day, or make no effort at all where all pay comes anyway."""
    if asked.compared is None:
        return None
    named = asked.compared.named
    effort, idle, same = named.here.band("effort"), named.here.band("coasting"), named.other_at_same_pay
    if effort is None or idle is None:
        return say_unknown(asked)
    if effort.high < ALL_IN_THE_BAG:
        return say_less(
            asked,
            "All of the pay comes without effort, so nobody makes any, from the first day on.",
            " How much less is no independent estimate: it is the answer to what would still be sold if the variable "
            "pay were salary.",
        )
    time, facts = band_in_words("idle", idle, Share)
    trail = ""
    if same is not None and same.low > 0.0:
        more, some = band_in_words("same", same, Share)
        trail, facts = f" At the same pay that plan still sells {more} more.", facts | some
    because = (
        f"Who sees the end of the pay coming is slow from the first day: for {time} of the time the next sale is not "
        "worth trying for, with most of the pay earned."
    )
    return say_less(asked, because, trail, **facts)


def _say_far_target(asked: AskedFinding) -> Conduct | None:
    """Row 8: each sale pays less than it seems; that a far target discourages by itself the model does not find."""
    if asked.compared is None or asked.compared.named.against is None:
        return None
    here, there = asked.compared.named.here.plan, asked.compared.named.against.plan
    rate = here.plain_rate / there.plain_rate
    pays_less = rate < 1.0
    return say_less(
        asked,
        "Up to target a sale pays {rate} of what it does there." if pays_less else "",
        " That a target out of reach discourages by itself, the model does not find; in the field effort rises with "
        "a harder target, and then falls (Alekseev 2021).",
        **({"rate": Share(round(rate, 2))} if pays_less else {}),
    )


def _say_jump(asked: AskedFinding) -> Conduct | None:
    """Rows 11, steps and retroactive tiers: what the model says and what the field found; never that sales are lost."""
    curve = None if asked.finding.kpi is None else asked.case.plan.kpi(asked.finding.kpi).curve
    if asked.compared is None:
        return None
    jumps_by = "" if curve is None else curve.jumps_by
    if jumps_by == "retroactive":
        return _say_retroactive(asked)
    if jumps_by == "steps":
        return Conduct(asked.finding.check, STEPS_SENTENCE, None, asked.compared)
    told = bands_told(asked.compared)
    if told is None or asked.compared.sign < 0:
        return Conduct(asked.finding.check, JUMPS, None, asked.compared)
    sales, facts = band_in_words("sales", told[0], Share)
    template = (
        "The model does not find that this loses sales: people push to the line, results bunch above it, and they "
        f"sell {sales} more than under {{other}}. {{Beside}} Where people differ widely the weak give up, and a "
        "straight line sells more. In the field 458 territories sold more when such a bonus became a commission "
        "(Kishore et al. 2013)."
    )
    return make_conduct(asked, template, facts, told)


STEPS_SENTENCE = Sentence.of(
    "The model does not find that steps lose sales: it has people sell more, for much more pay, and gives no number, "
    "since they would often be at the limit of what they can do. In the field steps raise sales close to the next one, "
    "at lower margins (Owan et al. 2015)."
)
JUMPS = Sentence.of(
    "That a jump in the pay loses sales, the model does not find, and it gives no number here. In the field 458 "
    "territories sold more when a bonus at the line became a commission (Kishore et al. 2013)."
)
RETROACTIVE = (
    "The model does not find that a retroactive tier loses sales: at the same pay {other} sells {same}. In the field "
    "steep steps raise sales close to the line, at lower margins (Owan et al. 2015)."
)


def _say_retroactive(asked: AskedFinding) -> Conduct:
    assert asked.compared is not None
    same = asked.compared.named.other_at_same_pay
    if same is None:
        return Conduct(asked.finding.check, JUMPS, None, asked.compared)
    most = max(abs(same.low), abs(same.high))
    told, facts = "the same", dict[str, Fact]()
    if most >= 0.005:
        told, facts = "up to {most} more or less", {"most": Share(round(most, 2))}
    says = name_other(asked, RETROACTIVE.replace("{same}", told), facts)
    return Conduct(asked.finding.check, says, None, asked.compared)


def _say_late(asked: AskedFinding) -> Conduct | None:
    """Row 6: what each silent day costs, for two trusts."""
    calendar = asked.case.calendar
    if calendar is None or not 0.0 < calendar.silent < calendar.days:
        return None
    costs = [asked.answers.silence(trust) for trust in TRUSTS]
    if any(cost is None or cost.sales.high >= 0.0 for cost in costs):
        return say_unknown(asked)
    none, half = (cost for cost in costs if cost is not None)
    first, facts = band_in_words("none", none.per_day, Share, 3)
    second, more = band_in_words("half", half.per_day, Share, 3)
    template = (
        f"Each of the {{days}} silent days costs {first} of the period's sales where nobody works for pay that is not "
        f"promised yet, and {second} where people trust it half; under full trust it costs nothing. Without trust "
        "{beside}"
    )
    facts = {**facts, **more, "days": Number(calendar.silent)}
    return make_conduct(asked, template, facts, (none.sales, none.pay, none.net))


def _say_rising(asked: AskedFinding) -> Conduct | None:
    """Row 12: the price of hitting, and what follows for who looks ahead and who does not."""
    periods = asked.answers.rising
    if periods is None:
        return None
    told, price = periods.first_quarter, periods.price_of_hitting
    if not (told[0].high < 0.0 and price.low > 0.0):
        return say_unknown(asked)
    number = len(periods.blind.sales)
    later = periods.change(number - 1, ahead=False)
    money, facts = band_in_words("price", asked.money(price), Money, 6)
    first, some = band_in_words("sales", told[0], Share)
    last, more = band_in_words("later", later, Share)
    drift = f"{last} {'less' if later.high <= 0.0 else 'more'}" if later.same_sign else "about as much"
    deed = "selling a tenth beyond the target" if periods.ratchet else "hitting the target"
    template = (
        f"For a rep who looks ahead (the next period counts {{foresight}} of this one) {deed} costs "
        f"{money} of later pay. The first period then sells {first} less. {{Beside}} A rep who does not look ahead "
        f"sells the same at first, and {drift} in period {{last}}."
    )
    facts = {**facts, **some, "foresight": Number(FORESIGHT), "last": Number(float(number))}
    return make_conduct(asked, template, facts | (more if later.same_sign else {}), told)


_SAYS: Mapping[str, Says] = {
    "unreachable_floor": _say_floor,
    "ceiling_in_reach": _say_ceiling,
    "pay_stops_early": _say_ceiling,
    "rising_target": _say_rising,
    "late_plan": _say_late,
    "target_out_of_reach": _say_far_target,
    "cliff": _say_jump,
}
