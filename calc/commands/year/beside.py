"""What the command `year` answers, with the year under other readings and the price of moving a deal beside it."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from calc.commands.year.payments import SHOWN_PEOPLE, people_asked_for, year_answer, year_text
from calc.console import money, number, table
from calc.documents.planfile import Preset
from calc.situation.calendar import adds_up
from calc.year.beside.moving import moving_prices
from calc.year.beside.other_readings import other_readings
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults


def answer_year(preset: Preset, asked: argparse.Namespace) -> dict[str, Any]:
    """The JSON object that `year` prints, with what stands beside the year where that is asked for."""
    people = people_asked_for(preset, asked.at, asked.results, asked.map)
    beside = beside_answer(preset, people, readings=asked.readings, moving=asked.moving)
    return {**year_answer(preset, people), **beside}


def year_in_words(preset: Preset, answer: Mapping[str, Any]) -> str:
    """The same for eyes."""
    return "\n\n".join([year_text(preset, answer), *beside_text(preset, answer)])


def beside_answer(preset: Preset, people: YearResults, *, readings: bool, moving: bool) -> dict[str, Any]:
    """What of both is asked for, as parts of the JSON object that `year` prints."""
    rules = preset.year_plan
    answer: dict[str, Any] = {}
    if readings:
        answer["readings"] = [
            {"reading": one.words, "total": round(one.total, rules.plan.minor), "difference": one.difference}
            for one in other_readings(rules, people)
        ]
    if moving:
        answer["moving"] = [_moving_of(rules, people, person) for person in range(people.people)]
    return answer


def _moving_of(rules: YearPlan, people: YearResults, person: int) -> dict[str, Any]:
    """By KPI, what moving it over the end of each payment is worth to one person."""
    moved = [k.id for k in rules.plan.kpis if k.id in rules.plan.deciding and adds_up(k)]
    prices = {name: moving_prices(rules, people, name, person) for name in moved}
    return {
        "rep": people.names[person] if people.names else None,
        "kpis": {
            name: [
                {"after": _label(people, one.period), "gain": round(one.gain, rules.plan.minor), "moved": one.moved}
                for one in found
            ]
            for name, found in prices.items()
        },
    }


def _label(people: YearResults, period: int) -> str:
    return people.labels[period] if people.labels else str(period + 1)


def beside_text(preset: Preset, answer: Mapping[str, Any]) -> Iterator[str]:
    """The same for eyes."""
    plan = preset.plan
    if "readings" in answer:
        first, *others = answer["readings"]
        rows = [["the same year read as", "paid", "difference"]]
        rows.append([f"{first['reading']} (this plan)", money(plan, first["total"]), ""])
        rows += [[o["reading"], money(plan, o["total"]), money(plan, o["difference"])] for o in others]
        yield table(rows, (0,))
    for one in answer.get("moving", [])[:SHOWN_PEOPLE]:
        yield _moving_text(preset, one)


def _moving_text(preset: Preset, one: Mapping[str, Any]) -> str:
    rows = [["moved over the end of", "most gained", "by moving"]]
    for name, prices in one["kpis"].items():
        for price in (p for p in prices if p["gain"]):
            unit = preset.plan.kpi(name).unit or name
            rows.append([price["after"], money(preset.plan, price["gain"]), f"{number(price['moved'])} {unit}"])
    lead = [one["rep"]] if one["rep"] else []
    if len(rows) == 1:
        return "\n".join([*lead, "moving a deal over the end of a payment gains nothing"])
    return "\n".join([*lead, table(rows, (0, 2))])
