"""Two plans on the same named people, read through a map: who gains and loses, and what keeps somebody whole.

Both plans pay the same results against the same own targets. Not modelled: that anybody sells otherwise under plan B.
"""

from pathlib import Path
from typing import Any

from calc.commands.people_options import people_from
from calc.documents.planfile import Preset
from calc.team.changes import PayChange, at_the_same_cost, carried_results, kept_whole_at, team_change
from calc.team.contest import add_rank_pay
from calc.team.paid_people import PaidPeople, pay_people, team_results


def compare_people(a: Preset, b: Preset, file: Path, map_file: Path) -> dict[str, Any]:
    """Everybody of a file under both plans, and under plan B rescaled to cost what plan A costs.

    Args:
        a, b: the plans.
        file: the people.
        map_file: what the columns of the file mean.

    Raises:
        Refused: the file cannot be read, something must be answered, or people cannot be paid.
    """
    return compare_team(a, b, pay_people(a.plan, team_results(a.plan, people_from([file], map_file, a.plan))))


def compare_team(a: Preset, b: Preset, paid: PaidPeople) -> dict[str, Any]:
    """Named people under both plans, with what their places pay, and under plan B rescaled to cost what plan A costs.

    Args:
        a, b: the plans.
        paid: the people under plan A.
    """
    team = carried_results(paid, b.plan)
    before, after = add_rank_pay(a, paid), add_rank_pay(b, pay_people(b.plan, team))
    change = team_change(before, after)
    scaled = at_the_same_cost(b.plan, team, before.total)
    reshaped = None if scaled is None else team_change(before, pay_people(*scaled))
    places = {(name, period): n for n, (name, period) in enumerate(zip(after.names, team.periods, strict=True))}
    digits = b.plan.minor
    return {
        "reps": [_person(one, after, places[one.name, one.period], digits) for one in change.people],
        "people": {
            "before": change.before,
            "after": change.after,
            "total": round(change.total, digits) + 0.0,
            "winners": change.winners,
            "losers": change.losers,
        },
        "same_money": None
        if reshaped is None
        else {
            "total": round(sum(one.change for one in reshaped.people), digits) + 0.0,
            "reps": [{"rep": one.name, "change": one.change} for one in reshaped.people],
        },
    }


def _person(one: PayChange, after: PaidPeople, place: int, digits: int) -> dict[str, Any]:
    """One person under both plans; of a loser also the result at which plan B pays as much as plan A did."""
    whole = kept_whole_at(after, place, one.before) if one.change < 0 else None
    told = {"rep": one.name} | ({"period": one.period} if one.period else {})
    share = None if one.share is None else round(one.share, 6)
    money = {"a": one.before, "b": one.after, "change": round(one.change, digits) + 0.0, "share": share}
    return {**told, **money, "kept_whole_at": whole}
