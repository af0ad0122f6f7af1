"""What a search over shapes has found, in words and tables."""

from calc.behaviour.axis import Axis
from calc.behaviour.search import NEAR_TODAY, Proposal, SearchFound
from ui.number_format import Formats
from ui.text.behaviour.bands import band_of_money, band_of_sales
from ui.text.documents import Table

SEARCH_ABOUT = (
    "Floors, accelerators, ceilings and targets are tried at the same full cost: what is paid, and what leaves nobody "
    "worse off than today. Each is ranked by its worst case, over three readings of the evidence and people a tenth "
    "weaker or abler than thought. Shapes under which somebody gives up are left out."
)


def search_sentence(found: SearchFound, formats: Formats) -> str:
    """Whether the shape is what is wrong, and what no shape can pass."""
    bound = formats.share(round(found.bound.high, 3))
    most = f"No shape at all could sell more than {bound} more for its cost, in any reading of the evidence."
    if found.done < 1.0:
        return f"Stopped after {formats.share(round(found.done, 2))} of the search. {most}"
    if not found.best:
        return f"Under every shape that was tried somebody gives up, or effort is at its limit. {most}"
    if not found.shape_is_wrong:
        return f"The shape is not what is wrong: no shape that was tried gains {formats.share(NEAR_TODAY)}. {most}"
    gain = formats.share(round(found.best[0].gain, 3))
    return f"The best shape sells {gain} more for the same full cost, in its worst case. {most}"


def shapes_table(found: SearchFound, axis: Axis, formats: Formats) -> Table:
    """The best shapes, each with what it sells, pays and leaves, and who gives up."""
    heads = ("Pays from", "Target", "Beyond target", "Ceiling", "At target", "Gains", "Sells", "Is paid", "Keeps")
    rows = tuple(_shape_row(one, axis, formats) for one in found.best)
    return Table((*heads, "Weakest gives up"), rows)


def _shape_row(one: Proposal, axis: Axis, formats: Formats) -> tuple[str, ...]:
    shape = one.shape
    floor = "the first sale" if shape.floor == 0.0 else formats.share(shape.floor)
    lump = f", with {formats.share(shape.pays_at_floor)} there" if shape.pays_at_floor else ""
    target = formats.amount(axis.kpi, float(f"{axis.kpi.target * shape.target:.3g}"))
    ceiling = "none" if shape.ceiling is None else formats.share(shape.ceiling)
    money = formats.money_rounded(float(f"{one.money * axis.incentive:.3g}"))
    gain = f"{'+' if one.gain >= 0.0 else '−'}{formats.share(abs(round(one.gain, 3)))}"
    quits = formats.share(round(one.given_up[0], 2))
    figures = (band_of_sales(one.sales, axis, formats), *(band_of_money(b, axis, formats) for b in (one.pay, one.net)))
    return f"{floor}{lump}", target, f"{shape.accelerator:g}×", ceiling, money, gain, *figures, f"{quits} of the time"


def left_out_sentence(found: SearchFound, formats: Formats) -> str:
    """How many shapes were left out."""
    if not found.dropped:
        return ""
    return (
        f"{formats.number(found.dropped)} shapes were left out: somebody gives up for more than a tenth of the time, "
        "sales fall much faster than ability, or effort is at its limit."
    )
