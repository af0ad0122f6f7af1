"""What people do under a plan, in words and tables, in the reader's conventions.

Every figure is a band over three readings of the evidence: the standard one, and the least and the most of the three.
"""

from collections.abc import Callable

from calc.behaviour.axis import Axis
from calc.behaviour.behave import Behaved, FigureBand
from calc.behaviour.portrait import RepPortrait, RisingPeriods, SilentDays
from calc.behaviour.week import Week
from calc.messages import holds_unit
from calc.plan.kpi import Kpi
from ui.model.conduct import Portrait
from ui.number_format import Formats, clip_name
from ui.text.documents import Table
from ui.text.findings import lower_label

SayText = Callable[[float], str]
LITTLE_CHANGE = 0.02
"""A share of time that is as good as none."""
SMALL_WASTE = 0.005
WAITS = 0.05
"""Effort below which a rep waits."""
SPRINT = 1.15
"""Mean effort from which time in which the next sale is worth double is called a sprint."""
NO_NUMBER = "no number"
STATES = (
    ("given_up", "Has no reason to try"),
    ("coasting", "Coasts, pay in the bag"),
    ("sprinting", "Next sale worth double"),
)
"""How the time goes."""
LIMITS = (
    "A model, and no forecast: it knows effort, ability and luck. It does not know rank, returns, quality, morale, "
    "people who leave, learning or prices. It does not find that all or nothing, steps, retroactive tiers, or a target "
    "out of reach on a straight line, lose sales."
)
BANDS = "In brackets: the least and the most of three readings of the evidence."
NOT_KNOWN = (
    "The model has no number for this plan: its people would be at the limit of what they can do for most of the time."
)


def band_of_shares(band: FigureBand | None, formats: Formats) -> str:
    """20% (13% to 20%); one figure where all readings agree."""
    if band is None:
        return NO_NUMBER
    return _banded(band, lambda x: formats.share(round(x, 3)))


def band_of_money(band: FigureBand | None, axis: Axis, formats: Formats) -> str:
    """$71 ($67 to $73), of a band of target incentives."""
    if band is None:
        return NO_NUMBER
    return _banded(band, lambda x: formats.money_rounded(_three_digits(x * axis.incentive)))


def band_of_sales(band: FigureBand | None, axis: Axis, formats: Formats) -> str:
    """51 deals (47 to 53), of a band of today's mean result."""
    if band is None:
        return NO_NUMBER
    return _banded_results(band, lambda x: result_of(x, axis, formats), axis.kpi)


def _banded_results(band: FigureBand, say: SayText, kpi: Kpi) -> str:
    """A band of results, with the unit said once."""
    low, standard, high = (say(x) for x in (band.low, band.standard, band.high))
    if low == high:
        return standard
    bare = [text.removesuffix(f" {kpi.unit}") for text in (low, high)]
    return f"{standard} ({bare[0]} to {bare[1]})"


def result_of(sales: float, axis: Axis, formats: Formats) -> str:
    """Sales as a result in the KPI's own unit, in three digits."""
    return formats.amount(axis.kpi, _three_digits(axis.zero + axis.unit * sales))


def _banded(band: FigureBand, say: SayText) -> str:
    low, standard, high = say(band.low), say(band.standard), say(band.high)
    return standard if low == high else f"{standard} ({low} to {high})"


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")


# Who they are


def asked_about(portrait: Portrait, formats: Formats) -> tuple[str, str]:
    """What the numbers begin with: what the team brings today and how far people differ, and whose plan brings it."""
    axis = portrait.axis
    mean = result_of(1.0, axis, formats)
    spread = formats.amount(axis.kpi, _three_digits(abs(axis.unit) * axis.ability_spread / 0.5))
    of = "" if holds_unit(axis.kpi.label, axis.kpi.unit) else f" of {lower_label(axis.kpi.label)}"
    told = f"Today a rep brings {mean}{of} on average, give or take {spread}."
    return told, _reading(portrait.answers.alone, portrait.reference)


def _reading(behaved: Behaved, reference: str) -> str:
    if behaved.reading.on_line.any():
        return (
            "What effort costs these people could not be read from the plan, as it leaves them no reason to try; it is "
            "read from a straight line of the same rate."
        )
    if reference:
        return f"That is taken to be what they bring under “{reference}”."
    return "That is taken to be what they bring under this very plan."


# The team


def team_table(portrait: Portrait, formats: Formats) -> Table:
    """Sales, pay, what is kept after effort, and how the time goes: under this plan and under the other."""
    behaved, axis = portrait.behaved, portrait.axis
    sides = [behaved.here] if behaved.against is None else [behaved.here, behaved.against]
    heads = ["A rep on average", "This plan", *([_name(portrait)] if behaved.against is not None else [])]
    rows = [
        ["Sells", *(band_of_sales(side.band("sales"), axis, formats) for side in sides)],
        ["Is paid", *(band_of_money(side.band("pay"), axis, formats) for side in sides)],
        ["Keeps after the effort", *(band_of_money(side.band("net"), axis, formats) for side in sides)],
        ["Reaches the target", *(band_of_shares(side.band("hit"), formats) for side in sides)],
    ]
    states = () if portrait.answers.silent is not None else STATES  # who waits for a plan has not given up
    rows += [[label, *(band_of_shares(side.band(name), formats) for side in sides)] for name, label in states]
    return Table(tuple(heads), tuple(map(tuple, rows)))


def other_name(portrait: Portrait) -> str:
    """What the other plan is called."""
    return _name(portrait)


def _name(portrait: Portrait) -> str:
    other = portrait.other
    if other is None:
        return ""
    if portrait.pinned is other:
        return "Plan A"
    return clip_name(other.title or "The mended plan", 40)


ONE_PERIOD = "One period by itself, as if the target stayed where it is:"


def idle_sentence(behaved: Behaved, formats: Formats) -> str:
    """For how much of the time the next sale is worth too little to try."""
    given_up, coasting = behaved.here.band("given_up"), behaved.here.band("coasting")
    if given_up is None or coasting is None:
        return NOT_KNOWN
    if given_up.high + coasting.high < LITTLE_CHANGE:
        return "Under this plan the next sale is worth trying for from the first day to the last, for weak and strong."
    parts = []
    if given_up.high >= LITTLE_CHANGE:
        parts.append(f"for {_between(given_up, formats)} of the time a rep has no reason to try")
    if coasting.high >= LITTLE_CHANGE:
        parts.append(f"for {_between(coasting, formats)} of it most of the pay is in the bag and more earns little")
    told = ", and ".join(parts)
    return f"Under this plan, {told}."


def _between(band: FigureBand, formats: Formats) -> str:
    low, high = (formats.share(round(x, 2)) for x in (band.low, band.high))
    if low == high:
        return low
    return f"up to {high}" if round(band.low, 2) == 0.0 else f"{low} to {high}"


def unsure_sentence(portrait: Portrait) -> str:
    """That the model does not know which of two plans sells more, where its readings differ."""
    compared = portrait.compared
    if compared is None or compared.sign or compared.sales is None or portrait.answers.silent is not None:
        return ""
    if max(abs(compared.sales.low), abs(compared.sales.high)) < 1e-3:
        return ""
    return "Which of the two sells more the model does not know: its readings of the evidence or of today differ."


def activity_sentence(week: Week | None, formats: Formats) -> str:
    """Where the hours go where activity is paid beside sales; why there is no figure where they are not given."""
    if week is not None:
        first = max(range(len(week.kpis)), key=lambda k: week.share(k)[1] - week.today[k])
        share, kpi = _between(FigureBand(*week.share(first)), formats), lower_label(week.kpis[first].label)
        return (
            f"Hours go where an hour pays: {share} of them to {kpi}, which take "
            f"{formats.share(round(week.today[first], 2))} of a normal week."
        )
    return (
        "This plan pays for activity beside sales. What a rep then does with each hour hangs on what an hour of each "
        "pays, and without hours there are no numbers. That pay for activity lowers sales is no rule: in the field "
        "modest pay on activity has raised them, by 6 to 9 % (Rao et al. 2021)."
    )


def waste_sentence(behaved: Behaved, formats: Formats, *, late: bool) -> str:
    """What a straight line of the same pay and effort would sell more."""
    waste = None if late else behaved.here.band("waste_of_shape")
    if waste is None:
        return ""
    if waste.high < SMALL_WASTE:
        return "The shape itself wastes next to nothing: no other shape gets more out of the same pay and effort."
    return (
        f"The shape wastes {_between(waste, formats)}: so much more would be sold if the same pay and the same effort "
        "lay on one straight line."
    )


def whole_cost_sentence(portrait: Portrait, formats: Formats) -> str:
    """What the other plan costs with what leaves everybody as well off as under this one."""
    behaved, axis = portrait.behaved, portrait.axis
    whole, pay = behaved.whole_cost, behaved.here.band("pay")
    if whole is None or pay is None or behaved.against is None or behaved.against.band("pay") is None:
        return ""
    return (
        f"In full, “{_name(portrait)}” costs {band_of_money(whole, axis, formats)} a head: its pay, and what leaves "
        f"nobody worse off than this plan, which pays {band_of_money(pay, axis, formats)}."
    )


# One rep


def rep_caption(portrait: Portrait, rep: RepPortrait, there: RepPortrait | None, formats: Formats) -> str:
    """What one rep does with the period, by what takes most of it."""
    axis = portrait.axis
    parts = {"has no reason to try": rep.given_up, "coasts with the pay in the bag": rep.coasting}
    if sum(rep.effort) >= SPRINT * len(rep.effort):
        parts["sprints"] = rep.sprinting
    doing = max(parts, key=lambda name: parts[name].standard)
    band = parts[doing]
    told = f"{doing} for {_between(band, formats)} of the time" if band.standard >= 0.1 else _evenly(rep, formats)
    if portrait.answers.silent is not None:
        told = "waits until the plan is known" if rep.effort[0] < WAITS else "begins before the plan is known"
    sells = band_of_sales(rep.sales, axis, formats)
    other = "" if there is None else f"; {result_of(there.sales.standard, axis, formats)} under the other plan"
    return f"{told[:1].upper()}{told[1:]}. Sells {sells}{other}."


def _evenly(rep: RepPortrait, formats: Formats) -> str:
    """How much effort a rep makes who neither gives up, coasts nor sprints."""
    mean = sum(rep.effort) / len(rep.effort)
    if 0.9 <= mean <= 1.1:
        return "keeps an even pace at normal effort"
    return f"keeps an even pace at {formats.share(round(mean, 2))} of normal effort"


# What lies around the plan


def silence_sentence(silence: SilentDays, axis: Axis, formats: Formats) -> str:
    """What the silent days cost at the trust that is set, with pay and net."""
    if silence.sales.high >= -1e-4:
        return "Where people trust the promise in full, silence costs nothing."
    day = _banded(
        FigureBand(*(-x for x in (silence.per_day.high, silence.per_day.standard, silence.per_day.low))),
        _tenths(formats),
    )
    period = _between(
        FigureBand(*(-x for x in (silence.sales.high, silence.sales.standard, silence.sales.low))), formats
    )
    pay = band_of_money(_less(silence.pay), axis, formats)
    net = band_of_money(_less(silence.net), axis, formats)
    return (
        f"Each of the {formats.number(silence.days)} silent days costs {day} of the period's sales, {period} in all. "
        f"Pay is {pay} less a head, and after the effort that it takes {net} less."
    )


def _tenths(formats: Formats) -> SayText:
    return lambda x: formats.stated_share(round(x, 3))


def _less(band: FigureBand) -> FigureBand:
    return FigureBand(-band.high, -band.standard, -band.low)


def rising_table(rising: RisingPeriods, formats: Formats) -> Table:
    """Period by period, what is sold and who hits, for reps who look ahead and for reps who do not."""
    heads = ("Period", "Looks ahead: sells", "hits", "Does not: sells", "hits")
    rows = []
    for number in range(len(rising.blind.sales)):
        cells = [str(number + 1)]
        for ahead in (True, False):
            cells.append(_signed(rising.change(number, ahead=ahead), formats))
            cells.append(_between(rising.hits(number, ahead=ahead), formats))
        rows.append(tuple(cells))
    return Table(heads, tuple(rows))


def _signed(band: FigureBand, formats: Formats) -> str:
    def say(x: float) -> str:
        part = round(x, 2)
        return "as before" if part == 0.0 else f"{'+' if part > 0 else '−'}{formats.share(abs(part))}"

    low, high = say(band.low), say(band.high)
    return low if low == high else f"{low} to {high}"


def rising_sentence(rising: RisingPeriods, axis: Axis, formats: Formats) -> str:
    """What hitting costs."""
    price = band_of_money(rising.price_of_hitting, axis, formats)
    return f"Hitting the target once costs a middling rep who looks ahead {price} of later pay."


def week_table(week: Week, formats: Formats) -> Table:
    """Where the hours go, KPI by KPI: today, under this plan, and where each then lands."""
    heads = ("Measure", "Hours today", "Hours under this plan", "Lands today", "Lands under this plan")
    rows = [_week_row(week, k, kpi, formats) for k, kpi in enumerate(week.kpis)]
    return Table(heads, tuple(rows))


def week_sentence(week: Week, axis: Axis, formats: Formats) -> str:
    """What the split pays, and what it rests on."""
    pay, net = (band_of_money(FigureBand(*part), axis, formats) for part in (week.pay, week.net))
    told = (
        f"Pay is then {pay} a head, and {net} after the effort that it takes. Hours go where an hour pays, by the "
        "hours that the plan's file gives for each measure. In the field modest pay on activity has raised sales, by 6 "
        "to 9 % (Rao et al. 2021); here activity brings no orders by itself."
    )
    if week.left_out:
        names = ", ".join(lower_label(kpi.label) for kpi in week.left_out)
        told += f" Not looked at: how {names} acts on the others."
    return told


def _week_row(week: Week, k: int, kpi: Kpi, formats: Formats) -> tuple[str, ...]:
    lands = _banded_results(
        FigureBand(*sorted_band(*week.lands(k))), lambda x: formats.amount(kpi, _three_digits(kpi.result(x))), kpi
    )
    share = _between(FigureBand(*week.share(k)), formats)
    today = formats.amount(kpi, _three_digits(kpi.result(week.means[k])))
    return clip_name(kpi.label, 40), formats.share(round(week.today[k], 2)), share, today, lands


def sorted_band(low: float, standard: float, high: float) -> tuple[float, float, float]:
    """The ends of a band in order, around what is standard."""
    return min(low, high), standard, max(low, high)
