"""What the field has found about pay and effort, beside what the model gives for the same set-up.

Every figure of the model is worked out here, under its three readings of the evidence (standard, cautious, quadratic);
none is written down. A miss stays in the table. Published figures are those of the pages that are named, most of them
read in their abstracts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from calc.behaviour.behave import behave
from calc.behaviour.calibrate import find_kappa
from calc.behaviour.moved_deals import Moving, play_moved_deals
from calc.behaviour.outcome import Outcome, play
from calc.behaviour.pay import PayRows
from calc.behaviour.rep import CALIBRATIONS, Reps, spread_abilities, team_of_reps
from calc.behaviour.rising_target import play_rising_target
from calc.behaviour.roots import find_roots
from calc.behaviour.solver import TWELVE
from calc.behaviour.step import COARSE
from calc.behaviour.week import divide_week
from calc.documents.planfile import load
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats

WAGE_SHARE, INCENTIVE_SHARE = 0.022, 0.3
"""Friebel et al.: what the bonus cost as a share of wages; and the target incentive as a share of them, ours."""
QUARTER = (1.0 / 3.0,) * 3


@dataclass(frozen=True)
class Fact:
    """One finding.

    Args:
        name: what it is about.
        published: what was found, and by whom.
        source: where it was read.
        model: what the model gives, worked out when it is asked for.
        verdict: whether the two agree.
    """

    name: str
    published: str
    source: str
    model: Callable[[], str]
    verdict: str


HEADS = ("Fact", "Published", "The model", "Verdict", "Source")


@cache
def evidence_rows() -> tuple[tuple[str, ...], ...]:
    """The whole table, a row for each fact: name, published, the model, verdict, source."""
    return tuple((fact.name, fact.published, fact.model(), fact.verdict, fact.source) for fact in FACTS)


def _changes(numbers: Floats) -> str:
    """Changes as the table writes them: +43 / +22 / +25 %."""
    return " / ".join(f"{100.0 * x:+.0f}" for x in numbers) + " %"


def _shares(numbers: Floats) -> str:
    return " / ".join(f"{x:.2f}" for x in numbers)


def _jump(at: float, height: float) -> Curve:
    return Curve((0.0, at), (0.0, height), (0.0, 0.0))


def _team(variation: float, abilities: int = 15) -> Reps:
    return team_of_reps(spread_abilities(variation, abilities), CALIBRATIONS, noise=0.2)


def _one(ability: float = 1.0) -> Reps:
    return team_of_reps(np.array([ability]), CALIBRATIONS, noise=0.2)


def _under(curve: Curve, reps: Reps, widths: tuple[float, ...] = TWELVE) -> Outcome:
    full = np.ones(reps.rows)
    return play(PayRows.of_curves([curve] * reps.rows), reps, full, full, teams=3, widths=widths)


@cache
def _all_or_nothing(variation: float) -> Outcome:
    """A team for which a target incentive at today's mean, and nothing below it, brings today's mean."""
    reps = _team(variation)
    reading = find_kappa(PayRows.of_curves([_jump(1.0, 1.0)] * reps.rows), reps, 1.0, 3)
    return _under(_jump(1.0, 1.0), reps.with_kappa(np.repeat(reading.root, reps.rows // 3)))


def _no_incentive() -> str:
    return _changes(np.array([1.0 / one.kept - 1.0 for one in CALIBRATIONS]))


def _elasticity() -> str:
    return _shares(np.array([(1.0 - one.kept) * one.response for one in CALIBRATIONS]))


def _small_bonus() -> str:
    """A bonus at the mean of a wage, as large as to cost 2.2 % of wages."""
    reps, full = _one(), np.ones(3)

    def with_bonus(bonus: Floats) -> Outcome:
        curves = [_jump(float(at), float(height)) for at, height in zip(reps.kept, bonus, strict=True)]
        return play(PayRows.of_curves(curves), reps, full, full, teams=3)

    cost = WAGE_SHARE / INCENTIVE_SHARE
    bonus, _ = find_roots(lambda b: with_bonus(b).expected_pay - cost, np.full(3, 1e-3), full, 1e-6)
    return f"{_changes(with_bonus(bonus).sales / reps.kept - 1.0)} (one person, incentive 30 % of the wage)"


def _rising_target() -> str:
    found = [(f, _changes(_first_quarter(f))) for f in (0.9, 0.5, 0.0)]
    return "; ".join(f"first quarter {change} where the future counts {f:g}" for f, change in found)


def _first_quarter(foresight: float) -> Floats:
    preset = load("ratchet")
    behaved = behave(preset, precision=COARSE)
    outcome, path = behaved.here.outcome, preset.path
    assert path is not None
    found = play_rising_target(
        outcome.pay,
        outcome.reps,
        outcome.target,
        outcome.plain_rate,
        periods=path.periods,
        growth=path.growth,
        rise=path.growth_if_hit,
        foresight=foresight,
        teams=outcome.teams,
        precision=COARSE,
    )
    return np.asarray(found.sales[0] / outcome.sales - 1.0)


def _ceiling() -> str:
    behaved = behave(load("low-ceiling"), against=load("open-top"))
    assert behaved.against is not None
    here, there = behaved.here.outcome, behaved.against.outcome
    pay = there.expected_pay / here.expected_pay - 1.0
    return (
        f"the low ceiling of the presets taken away: {_changes(there.sales / here.sales - 1.0)}, but pay "
        f"{_changes(pay)}; at the same pay one straight commission {_changes(here.commission.sales / here.sales - 1.0)}"
    )


def _bonus_to_commission() -> str:
    parts = []
    for variation in (0.2, 0.4):
        outcome = _all_or_nothing(variation)
        line, reps = outcome.commission, outcome.reps
        size = reps.rows // 3
        even = reps.without_effort + reps.by_effort * reps.effort_on_line(np.repeat(line.slope, size))
        weakest = (even / outcome.sales_by_rep - 1.0).reshape(3, size)[:, 0]
        total = _changes(line.sales / outcome.sales - 1.0)
        parts.append(f"{total} where abilities differ by {variation:g}, the weakest {_changes(weakest)}")
    return "; ".join(parts)


def _steps() -> str:
    behaved = behave(load("step-bonus"), against=load("every-pound-counts"))
    assert behaved.against is not None
    here, there = behaved.here.outcome, behaved.against.outcome
    limit = " to ".join(f"{100.0 * x:.0f}" for x in (here.at_limit.min(), here.at_limit.max()))
    more = "more" if bool((here.sales > there.sales).all()) else "no more"
    dearer = "more" if bool((here.expected_pay > there.expected_pay).all()) else "no more"
    return f"steps sell {more} and pay {dearer} than their cure; sign only, effort at its limit {limit} % of the time"


def _calls() -> str:
    week = divide_week(load("calls-not-sales"))
    assert week is not None
    orders = [float(split.attainment[1]) / 1.01 - 1.0 for split in week.splits]
    return f"hours leave the orders, which fall by {_changes(np.array(orders))}"


def _bunching() -> str:
    bonus = Curve((0.0, 1.0), (0.0, 1.0), (0.5, 0.5))
    bend = Curve((0.0, 1.0), (0.0, 1.0), (1.0, 2.0))
    above = [_above_to_below(curve) for curve in (bonus, bend)]
    return f"results just above the line over those just below: bonus {_shares(above[0])}, bend {_shares(above[1])}"


def _above_to_below(curve: Curve) -> Floats:
    reps = _one()
    reading = find_kappa(PayRows.of_curves([curve] * 3), reps, 1.0, 3)
    below, above = _under(curve, reps.with_kappa(reading.root)).histogram(np.array([0.95, 1.0, 1.05])).T
    return np.asarray(above / below)


def _harder_targets() -> str:
    reps = _one()
    efforts = [f"{_under(_jump(at, at), reps).effort[0]:.2f}" for at in (0.9, 1.3, 1.6)]
    return f"effort {', '.join(efforts)} for all or nothing at 0.9, 1.3, 1.6; nothing at all on a straight line"


def _shorter_periods() -> str:
    parts = []
    for ability in (0.6, 0.9, 1.3):
        reps = _one(ability)
        year = _under(_jump(1.0, 1.0), reps)
        quarter = _under(_jump(1.0, 1.0), replace(reps, noise=2.0 * reps.noise), QUARTER)
        parts.append(f"ability {ability:g} {_changes(quarter.sales / year.sales - 1.0)}")
    return f"year to quarter, all or nothing: {'; '.join(parts)}"


def _year_end() -> str:
    curve = Curve((0.0, 1.0), (0.0, 1.0), (0.5, 0.5))
    reps = _one().taken(np.arange(1))
    pay = PayRows.of_curves([curve])
    reps = reps.with_kappa(find_kappa(pay, reps, 1.0, 1).root)
    moved = play_moved_deals(pay, reps, 1.0, periods=3, moving=Moving(), widths=TWELVE)[1].booked
    last, first = (f"{100.0 * (part / moved.mean() - 1.0):+.0f} %" for part in (moved[-1], moved[0]))
    return f"flat for patient people; with deals that can be pulled in {last} in the last, {first} in the first twelfth"


def _one_for_all() -> str:
    parts = [(v, _all_or_nothing(v).waste_of_shape[0]) for v in (0.1, 0.4, 0.5)]
    return "what all or nothing wastes: " + ", ".join(
        f"{100 * w:.0f} % where abilities differ by {v:g}" for v, w in parts
    )


def _silent(text: str) -> Callable[[], str]:
    """For what the model says nothing about."""
    return lambda: text


FACTS = (
    Fact(
        "an incentive against none",
        "piece rate against a fixed wage +20 %, structural at least +21.7 % (Shearer 2004); hourly pay to piece rate "
        "+44 % a worker, sorting included (Lazear 2000)",
        "ideas.repec.org/a/oup/restud/v71y2004i2p513-534.html; aeaweb.org/articles?id=10.1257/aer.90.5.1346",
        _no_incentive,
        "by construction; Shearer's is the clean figure, so the cautious reading is the better centre",
    ),
    Fact(
        "how output answers to the rate",
        "elasticity 0.39 in the field (Paarsch and Shearer 2009); 0.41 to 1.51 and a structural elasticity of "
        "effort of 2.1 to 2.2 in other work",
        "econbiz.de/Record/10005023245; ideas.repec.org/p/cir/cirwor/97s-31.html",
        _elasticity,
        "by construction",
    ),
    Fact(
        "a small bonus at target on top of a wage",
        "a team bonus that costs 2.2 % of wages: sales +3 % (Friebel et al. 2017, 193 shops, randomised)",
        "aeaweb.org/articles?id=10.1257/aer.20160788",
        _small_bonus,
        "the right size",
    ),
    Fact(
        "a target that rises when it is hit",
        "a piece rate that would be revised after seeing output: productivity 20 to 40 % lower (Bellemare and Shearer, "
        "field); held back in the laboratory too, only where people are judged one by one (Cardella and Depew 2018)",
        "iza.org/publications/dp/8214; scholars.ttu.edu",
        _rising_target,
        "sign and order",
    ),
    Fact(
        "ceiling, quota and ratchet taken away",
        "a firm's plan for 87 reps: +9 % revenue (Misra and Nair 2011)",
        "link.springer.com/article/10.1007/s11129-011-9096-1",
        _ceiling,
        "sign only; at equal pay one straight commission sells less here, which is against us",
    ),
    Fact(
        "a bonus turned into the equal commission",
        "458 territories: sales clearly up, most among the weak; fewer timing games, more neglect of unpaid tasks "
        "(Kishore et al. 2013)",
        "experts.umn.edu/en/publications/bonuses-versus-commissions-a-field-study",
        _bonus_to_commission,
        "wrong sign for a team of like people, right where people differ widely",
    ),
    Fact(
        "steeper, more jagged pay",
        "an insurer: productivity gain far above the gaming, bunching, some cancelled contracts (Freeman, Huang and "
        "Li); car dealers: more sales at lower margins close to the next step (Owan et al. 2015)",
        "ssrn.com/abstract=3328374; econpapers.repec.org/article/emeebhrmp/v_3a3_3ay_3a2015_3ai_3a3_3ap_3a222-243.htm",
        _steps,
        "agrees; prices, cancellations and people who leave are not in the model",
    ),
    Fact(
        "pay for calls",
        "modest pay on activity, 305 territories: sales +6 to +9 % (Rao et al. 2021)",
        "experts.azregents.edu",
        _calls,
        "a miss: here calls bring no orders",
    ),
    Fact(
        "bunching at an accelerator",
        "seen; a bend or a bonus in reach lifts sales that day (Kuhn and Yu 2025)",
        "ideas.repec.org/a/inm/ormnsc/v71y2025i6p4622-4642.html",
        _bunching,
        "half a miss: at a bend the model sees none (goals have a worth of their own)",
    ),
    Fact(
        "harder targets",
        "effort rises, then falls with difficulty, more than money alone explains (Alekseev 2021)",
        "econstor.eu/handle/10419/287036",
        _harder_targets,
        "half: the same for a jump, nothing for a line",
    ),
    Fact(
        "shorter quota periods",
        "the weak up (no giving up late), the strong down and towards cheap goods (Chung, Narayandas and Chang 2021)",
        "hbs.edu/faculty/Pages/item.aspx?num=57507",
        _shorter_periods,
        "the weak yes, the strong no",
    ),
    Fact(
        "the end of the year",
        "sales higher in the last, lower in the first fiscal quarter (Oyer 1998); lump sums mainly raise effort "
        "(Steenburgh 2008)",
        "faculty-gsb.stanford.edu/oyer/wp/fye.htm; springerprofessional.de/link?doi=10.1007/s11129-008-9039-7",
        _year_end,
        "only where there is a reason",
    ),
    Fact(
        "one plan for all",
        "costs much; choosing who is on it wins most of it back (Daljord, Misra and Nair 2016)",
        "ssrn.com/abstract=2399268",
        _one_for_all,
        "agrees in sign",
    ),
    Fact(
        "accelerators and the dates of deals",
        "mispricing costs 6 to 8 % of revenue (Larkin 2014)",
        "hbs.edu/faculty/Pages/item.aspx?num=44268",
        _silent("enters as the loss on a deal that is pulled in"),
        "an input",
    ),
    Fact(
        "pay by rank",
        "piece rate +50 % over relative pay (Bandiera et al. 2005)",
        "pdfslide.net, CEPR DP 4431",
        _silent("not modelled"),
        "out of its reach",
    ),
    Fact(
        "why a search must not be trusted on jumps",
        "a jump can be best under limited liability (Oyer 2000) or loss aversion (Herweg et al. 2010)",
        "faculty-gsb.stanford.edu/oyer/wp/quota.htm; aeaweb.org/articles.php?doi=10.1257/aer.100.5.2451",
        _silent("nothing: neither is in the model, so that jumps are searched only where they are asked for"),
        "a limit",
    ),
)
