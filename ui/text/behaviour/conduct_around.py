"""What people do around a plan, in words and tables: days without a plan, a target that rises, hours among KPIs."""

from calc.behaviour.axis import Axis
from calc.behaviour.behave import FigureBand
from calc.behaviour.portrait import RisingPeriods, SilentDays
from calc.behaviour.week import Week
from calc.plan.kpi import Kpi
from ui.number_format import Formats, clip_name
from ui.text.behaviour.bands import SayText, band_between, band_of_money, banded, banded_results, three_digits
from ui.text.documents import Table
from ui.text.findings import lower_label


def silence_sentence(silence: SilentDays, axis: Axis, formats: Formats) -> str:
    """What the silent days cost at the trust that is set, with pay and net."""
    if silence.sales.high >= -1e-4:
        return "Where people trust the promise in full, silence costs nothing."
    day = banded(
        FigureBand(*(-x for x in (silence.per_day.high, silence.per_day.standard, silence.per_day.low))),
        _tenths(formats),
    )
    period = band_between(
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
            cells.append(band_between(rising.hits(number, ahead=ahead), formats))
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
    deed = "Selling a tenth beyond the target" if rising.ratchet else "Hitting the target"
    return f"{deed} once costs a middling rep who looks ahead {price} of later pay."


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
    lands = banded_results(
        FigureBand(*sorted_band(*week.lands(k))), lambda x: formats.amount(kpi, three_digits(kpi.result(x))), kpi
    )
    share = band_between(FigureBand(*week.share(k)), formats)
    today = formats.amount(kpi, three_digits(kpi.result(week.means[k])))
    return clip_name(kpi.label, 40), formats.share(round(week.today[k], 2)), share, today, lands


def sorted_band(low: float, standard: float, high: float) -> tuple[float, float, float]:
    """The ends of a band in order, around what is standard."""
    return min(low, high), standard, max(low, high)
