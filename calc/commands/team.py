"""What the command `team` answers: a team under a plan, as one JSON object or as lines for eyes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from calc.commands.people_options import people_from
from calc.console import money, number, percent, table
from calc.documents.planfile import Preset
from calc.team.contest import Contest, add_rank_pay, contest_of
from calc.team.costs import slide_results, team_cost, worth_of_better_quotas
from calc.team.deal_moves import MOVABLE, moves_of_team
from calc.team.edges import near_edges
from calc.team.landing import hides_behind_mean, landing_shares, leverage_reached
from calc.team.overview import edges_of_main, overview_of_people, overview_of_team, team_of_reps
from calc.team.paid_people import PaidPeople, by_person, pay_people, team_results
from calc.team.performance import worst_inversions
from calc.team.quota_fairness import quota_accuracy
from calc.team.quotas import chances, round_to_goal
from calc.team.rank_pay import RANK_EVIDENCE
from calc.team.territories import territories_of

MAX_PEOPLE_NAMED = 20
"""People, or pairs of them, who are named at the most."""


def paid_team(preset: Preset, files: Sequence[Path], map_file: Path | None) -> PaidPeople | None:
    """The named people of files, else of the plan file; None where the team is only described.

    Raises:
        Refused: a file cannot be read, something must be answered, or people cannot be paid.
    """
    if files:
        return pay_people(preset.plan, team_results(preset.plan, people_from(files, map_file, preset.plan)))
    return pay_people(preset.plan, team_of_reps(preset.plan, preset.reps)) if preset.reps else None


def team_answer(preset: Preset, paid: PaidPeople | None) -> dict[str, Any]:
    """The JSON object that `team` prints.

    Args:
        preset: the plan with its situation.
        paid: named people; None for the described team.
    """
    people = None if paid is None else by_person(paid)
    found = overview_of_team(preset) if people is None else overview_of_people(add_rank_pay(preset, people))
    contest = contest_of(preset, people)
    answer = _rounded(asdict(found), preset.plan.minor) | {"currency": preset.plan.currency}
    answer["described"] = people is None
    answer["rank"] = None if contest is None else _contest_answer(contest)
    answer["quotas"] = quota_answer(preset)
    if people is None or paid is None:
        return answer
    return answer | _named(paid, people) | {"people": _people(add_rank_pay(preset, people))}


def _named(paid: PaidPeople, people: PaidPeople) -> dict[str, Any]:
    """What is told of named people alone."""
    plan, names = paid.plan, people.names
    floor, _ = edges_of_main(plan)
    landing = landing_shares(people.overall, floor)
    accuracy = quota_accuracy(people.overall)
    edges = [
        {**asdict(one), "rep": names[one.person]}
        for one in near_edges(people)[:MAX_PEOPLE_NAMED]
        if one.person < len(names)
    ]
    for one in edges:
        del one["person"]
    pairs = worst_inversions(people.overall, people.multiple, MAX_PEOPLE_NAMED)
    return {
        "left_out": [{"rep": name, "reason": reason} for name, reason in paid.team.left_out],
        "mean": landing.mean,
        "spread": landing.spread,
        "mean_hides": hides_behind_mean(landing),
        "near_target": accuracy.near,
        "leverage": leverage_reached(people.multiple),
        "costs": {**_rounded(asdict(team_cost(people)), plan.minor)},
        "slides": [asdict(one) for one in slide_results(people)],
        "better_quotas": worth_of_better_quotas(people),
        "edges": edges,
        "pairs": [{"more": names[one.more], "less": names[one.less], "gap": one.gap} for one in pairs],
        "moves": _moves(paid),
    }


def _people(people: PaidPeople) -> list[dict[str, Any]]:
    """Everybody with what they reached and are paid, places included."""
    rows = zip(people.names, people.overall, people.pay, people.multiple, strict=True)
    digits = people.plan.minor
    return [
        {"rep": name, "attainment": float(a), "pay": round(float(pay), digits), "multiple": round(float(m), 9)}
        for name, a, pay, m in rows
    ]


def _moves(paid: PaidPeople) -> dict[str, Any] | None:
    """What moving a tenth of target over the end of a period is worth; None where people have one period."""
    found = moves_of_team(paid)
    if found is None:
        return None
    return {
        "movable": MOVABLE,
        "total": round(found.moves.total, paid.plan.minor),
        "people": [
            {"rep": name, "gain": round(float(gain.sum()), paid.plan.minor)}
            for name, gain in zip(found.names, found.moves.gain, strict=True)
            if gain.sum() > 0
        ],
    }


def _contest_answer(contest: Contest) -> dict[str, Any]:
    standings = contest.standings or (None,) * len(contest.names)
    people = [
        {"rep": name, "pay_by_place": pay, **({} if one is None else asdict(one))}
        for name, pay, one in zip(contest.names, contest.pays, standings, strict=True)
    ]
    told = {name: getattr(contest, name) for name in ("kpi", "pot", "unpaid", "spread_worth", "unit_worth")}
    return told | {"people": people, "evidence": [{"says": says, "source": source} for says, source in RANK_EVIDENCE]}


def _rounded(figures: dict[str, Any], digits: int) -> dict[str, Any]:
    money_names = {"cost", "cost_at_target", "p10", "p50", "p90", "at_target", "expected", "paid"}
    return {name: round(x, digits) if name in money_names and x is not None else x for name, x in figures.items()}


def team_text(preset: Preset, answer: Mapping[str, Any]) -> str:
    """A team for eyes."""
    plan = preset.plan
    share = answer["share"]
    amounts = {name: f"{plan.currency} {money(plan, answer[name])}" for name in ("cost", "cost_at_target")}
    r = answer["pay_performance_r"]
    rows = [
        ["people", f"{answer['size']:,}" + (" (described)" if answer["described"] else "")],
        ["cost per period", amounts["cost"]],
        ["cost with everybody at target", amounts["cost_at_target"]],
        ["a tenth, half, nine tenths are paid", " | ".join(money(plan, answer[p]) for p in ("p10", "p50", "p90"))],
        *([name.replace("_", " "), percent(round(share[name], 4))] for name in share),
        ["pay follows performance, r", "-" if r is None else f"{r:.2f}"],
        ["pairs in which more is paid less", f"{answer['inversions']:,}"],
    ]
    blocks = [table(rows, words=(0,))]
    if answer["rank"] is not None:
        blocks.append(_contest_text(preset, answer["rank"]))
    blocks += [quota_text(one) for one in answer["quotas"]]
    if not answer["described"]:
        blocks += _named_text(preset, answer)
    return "\n\n".join(blocks)


def _contest_text(preset: Preset, told: Mapping[str, Any]) -> str:
    plan = preset.plan
    unpaid = f", {money(plan, told['unpaid'])} of it for places that nobody takes" if told["unpaid"] else ""
    lines = [
        f"Pay by place on {told['kpi']}: {plan.currency} {money(plan, told['pot'])}{unpaid}. One more unit is worth "
        f"{money(plan, told['unit_worth'])} among equals, and what one gains the others lose.",
    ]
    rows = [["rep", "place", "pays", "to the next", "chance to win", "one more pays"]]
    for one in told["people"][:MAX_PEOPLE_NAMED]:
        if "place" in one:
            to_next = "-" if one["to_next"] is None else number(round(one["to_next"], 2))
            wins = percent(round(one["chance"], 3)) if one["can_win"] else "can no longer win"
            paid = [money(plan, one["pay_by_place"]), to_next, wins, money(plan, one["one_more"])]
            rows.append([one["rep"], str(one["place"]), *paid])
    lines += [table(rows, words=(0,))] if len(rows) > 1 else []
    return "\n".join([*lines, *(f"Evidence: {one['says']} ({one['source']})." for one in told["evidence"])])


def _named_text(preset: Preset, answer: Mapping[str, Any]) -> list[str]:
    plan = preset.plan
    found = []
    if answer["mean_hides"]:
        found.append(
            f"The mean of {percent(round(answer['mean'], 3))} hides that {percent(answer['share']['at_target'])} reach "
            "the target."
        )
    if answer["edges"]:
        rows = [["near an edge", "", "at", "away", "worth"]]
        for one in answer["edges"]:
            places = [percent(one["at"]), percent(one["away"]), money(plan, one["worth"])]
            rows.append([one["rep"], f"{one['kind']} of {one['kpi']}", *places])
        found.append(table(rows, words=(0, 1)))
    if answer["pairs"]:
        lines = [
            f"{one['more']} sells more than {one['less']} and is paid a smaller multiple" for one in answer["pairs"]
        ]
        found.append("\n".join(lines))
    if answer["moves"] is not None and answer["moves"]["total"]:
        total = money(plan, answer["moves"]["total"])
        found.append(f"Moving a tenth of target over the ends of the periods is worth {plan.currency} {total} to them.")
    if answer["left_out"]:
        found.append(
            "\n".join(f"left out: {one['rep']}, {one['reason']}" for one in answer["left_out"][:MAX_PEOPLE_NAMED])
        )
    return found


def quota_answer(preset: Preset) -> list[dict[str, Any]]:
    """Territories with their forecasts: each target's chance, and targets of equal chances that add up to the same.

    The targets of equal chances are rounded to three digits of the mean target, and still add up.
    """
    found = []
    for kpi in preset.plan.kpis:
        told = territories_of(preset, kpi.id)
        if told is None:
            continue
        unit = 10.0 ** max(math.floor(math.log10(max(float(told.targets.mean()), 1.0))) - 2, 0)
        rounded = round_to_goal(told.equal, unit)
        reached = chances(rounded, told.forecasts)
        rows = zip(told.names, told.forecasts, told.targets, told.chances, rounded, reached, strict=True)
        found.append(
            {
                "kpi": kpi.id,
                "goal": float(told.targets.sum()),
                "equal_chance": float(told.equal_chances[0]),
                "reps": [
                    {"rep": name, "forecast": one.mean, "spread": one.sd, "target": float(target), "chance": float(now)}
                    | {"equal_target": float(equal), "chance_then": float(then)}
                    for name, one, target, now, equal, then in rows
                ],
            }
        )
    return found


def quota_text(told: Mapping[str, Any]) -> str:
    """Territories for eyes."""
    rows = [[f"targets of {told['kpi']}", "forecast", "target", "chance", "equal chance", "chance then"]]
    for one in told["reps"]:
        now, then = (percent(round(one[name], 3)) for name in ("chance", "chance_then"))
        amounts = [number(round(one["forecast"], 2)), number(one["target"]), now, number(one["equal_target"]), then]
        rows.append([one["rep"], *amounts])
    return f"{table(rows, words=(0,))}\nBoth add up to {number(told['goal'])}."
