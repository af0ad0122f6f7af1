"""What people do under a plan, in words and tables, in the reader's conventions.

Every figure is a band over three readings of the evidence: the standard one, and the least and the most of the three.
"""

from calc.behaviour.behave import Behaved, FigureBand
from calc.behaviour.portrait import RepPortrait
from calc.behaviour.week import Week
from calc.messages import holds_unit
from ui.model.conduct import Portrait
from ui.number_format import Formats, clip_name
from ui.text.behaviour.bands import band_between, band_of_money, band_of_sales, band_of_shares, result_of, three_digits
from ui.text.documents import Table
from ui.text.findings import lower_label

LITTLE_CHANGE = 0.02
"""A share of time that is as good as none."""
SMALL_WASTE = 0.005
WAITS = 0.05
"""Effort below which a rep waits."""
SPRINT = 1.15
"""Mean effort from which time in which the next sale is worth double is called a sprint."""
STATES = (
    ("given_up", "Has no reason to try"),
    ("coasting", "Coasts, pay in the bag"),
    ("sprinting", "Next sale worth double"),
)
"""How the time goes."""
LIMITS = (
    "A model, and no forecast: it knows effort, ability and luck. It does not know rank, returns, quality, morale, "
    "people who leave, learning or prices, and takes very little luck for some: 4 % of today's mean at twelve steps. "
    "It does not find that all or nothing, steps, retroactive tiers, or a target out of reach on a straight line, lose "
    "sales."
)
BANDS = "In brackets: the least and the most of three readings of the evidence."
NOT_KNOWN = (
    "The model has no number for this plan: its people would be at the limit of what they can do for most of the time."
)
AT_THE_LIMIT = "At the limit of what people can do for most of the time: how much is sold is not known."


# Who they are


def asked_about(portrait: Portrait, formats: Formats) -> tuple[str, str]:
    """What the numbers begin with: what the team brings today and how far people differ, and whose plan brings it."""
    axis = portrait.axis
    mean = result_of(1.0, axis, formats)
    spread = formats.amount(axis.kpi, three_digits(abs(axis.unit) * axis.ability_spread / 0.5))
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
        parts.append(f"for {band_between(given_up, formats)} of the time a rep has no reason to try")
    if coasting.high >= LITTLE_CHANGE:
        parts.append(f"for {band_between(coasting, formats)} of it most of the pay is in the bag and more earns little")
    told = ", and ".join(parts)
    return f"Under this plan, {told}."


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
        share, kpi = band_between(FigureBand(*week.share(first)), formats), lower_label(week.kpis[first].label)
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
        f"The shape wastes {band_between(waste, formats)}: so much more would be sold if the same pay and the same "
        "effort lay on one straight line."
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
    axis, behaved = portrait.axis, portrait.behaved
    if behaved.here.band("sales") is None:
        return AT_THE_LIMIT
    parts = {"has no reason to try": rep.given_up, "coasts with the pay in the bag": rep.coasting}
    if sum(rep.effort) >= SPRINT * len(rep.effort):
        parts["sprints"] = rep.sprinting
    doing = max(parts, key=lambda name: parts[name].standard)
    band = parts[doing]
    told = f"{doing} for {band_between(band, formats)} of the time" if band.standard >= 0.1 else _evenly(rep, formats)
    if portrait.answers.silent is not None:
        told = "waits until the plan is known" if rep.effort[0] < WAITS else "begins before the plan is known"
    sells = band_of_sales(rep.sales, axis, formats)
    known = behaved.against is not None and behaved.against.band("sales") is not None
    other = (
        "" if there is None or not known else f"; {result_of(there.sales.standard, axis, formats)} under the other plan"
    )
    return f"{told[:1].upper()}{told[1:]}. Sells {sells}{other}."


def _evenly(rep: RepPortrait, formats: Formats) -> str:
    """How much effort a rep makes who neither gives up, coasts nor sprints."""
    mean = sum(rep.effort) / len(rep.effort)
    if 0.9 <= mean <= 1.1:
        return "keeps an even pace at normal effort"
    return f"keeps an even pace at {formats.share(round(mean, 2))} of normal effort"
