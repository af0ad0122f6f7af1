"""Pay by place as a plan file has it (`[rank]`), for named people or for a described team.

Named people stand where their attainment of one KPI puts them. Where the plan says how far a day scatters and the
calendar how many days are left, each also has a chance, and somebody may no longer win.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from calc.documents.planfile import Preset
from calc.piecewise.vectorized import Floats
from calc.situation.rank import Rank
from calc.situation.team import TYPICAL
from calc.team.costs import main_kpi
from calc.team.paid_people import PaidPeople
from calc.team.rank_pay import MAX_GROUP, RankStanding, pay_by_place, rank_standings, unpaid_places, worth_of_a_spread


@dataclass(frozen=True)
class Contest:
    """Pay by place in a team.

    Args:
        kpi: the id of the KPI that places people.
        pot: what the places pay together [money].
        unpaid: what places pay that nobody takes [money].
        spread_worth: what one spread of extra sales adds to expected pay where all are equally able [money].
        unit_worth: the same for one unit of the KPI [money].
        names: whom the standings are of.
        standings: where everybody stands; empty for a described team, or a large one.
        pays: what each is paid for their place as it is [money].
    """

    kpi: str
    pot: float
    unpaid: float
    spread_worth: float
    unit_worth: float
    names: tuple[str, ...] = ()
    standings: tuple[RankStanding, ...] = ()
    pays: tuple[float, ...] = ()


def contest_of(preset: Preset, paid: PaidPeople | None = None) -> Contest | None:
    """The contest of a plan file, None where it has none.

    Args:
        preset: the plan with its `[rank]`, its team and its calendar.
        paid: named people; None for the described team.
    """
    rank = preset.rank
    if rank is None:
        return None
    plan, team = preset.plan, preset.team or TYPICAL
    kpi = plan.kpi(rank.kpi) if rank.kpi is not None else plan.kpis[main_kpi(plan)]
    pays = np.array(rank.pays)
    size = team.size if paid is None else len(paid)
    group = min(max(size, 2), MAX_GROUP)
    spread = team.landing(kpi).sd
    each = worth_of_a_spread(pays, group)
    unit = each / (spread * kpi.span) if spread else 0.0
    found = Contest(kpi.id, float(pays.sum()), unpaid_places(size, pays), each, unit)
    if paid is None:
        return found
    along = _along(preset, rank, paid)
    places = pay_by_place(along, pays)
    standings = _standings(preset, along * kpi.span, pays, spread * kpi.span) if 1 < size <= MAX_GROUP else ()
    return replace(found, names=paid.names, standings=standings, pays=tuple(map(float, places)))


def add_rank_pay(preset: Preset, paid: PaidPeople) -> PaidPeople:
    """People with what their place pays beside what the plan pays; as they are where the plan file has no contest."""
    rank = preset.rank
    if rank is None:
        return paid
    places = pay_by_place(_along(preset, rank, paid), np.array(rank.pays))
    more = np.divide(places, paid.incentive, out=np.zeros(len(paid)), where=paid.incentive != 0)
    return replace(paid, pay=paid.pay + places, multiple=paid.multiple + more)


def _along(preset: Preset, rank: Rank, paid: PaidPeople) -> Floats:
    """The attainment (n,) by which people are placed."""
    return paid.attainment[:, main_kpi(preset.plan) if rank.kpi is None else preset.plan.ids.index(rank.kpi)]


def _standings(preset: Preset, results: object, pays: object, spread: float) -> tuple[RankStanding, ...]:
    """Where everybody stands, as far as what is still to come scatters."""
    rank, calendar = preset.rank, preset.calendar
    assert rank is not None
    days = calendar.days - (calendar.today or 0.0) if calendar is not None else None
    if rank.daily_spread is not None and days is not None:
        kpi = preset.plan.kpi(rank.kpi) if rank.kpi is not None else preset.plan.kpis[main_kpi(preset.plan)]
        left = rank.daily_spread * kpi.span * math.sqrt(days)
    else:
        share = 1.0 if calendar is None else (days or 0.0) / calendar.days
        left = spread * math.sqrt(share)
    return rank_standings(np.asarray(results), np.asarray(pays), left) if left > 0 else ()
