"""Two plans with the rules of their years, on the same rep's year, and on people of files with results by period."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from calc.commands.people_options import people_from
from calc.console import money, table
from calc.documents.planfile import Preset
from calc.plan.errors import Refused
from calc.team.year_people import year_people
from calc.year.beside.rep_year import RepYear
from calc.year.settle import year_statement
from calc.year.year_results import YearResults


def compared_years(a: Preset, b: Preset, reps: Path | None, map_file: Path | None) -> dict[str, Any]:
    """What two years pay the same people; nothing where neither plan says anything of a year.

    The rep is that of plan A, else of plan B, else one who is at plan A's targets. People of a file are compared where
    it has a period in each row.

    Returns:
        `year`: None, or `rep` with what each pays by payment and in all, `people` with what each pays each in all, and
        why years cannot be compared where they cannot.
    """
    if not (a.has_year or b.has_year):
        return {}
    try:
        answer: dict[str, Any] = {"rep": _rep_years(a, b), "people": None, "apart": None}
        if reps is not None and map_file is not None:
            answer["people"] = _people_years(a, b, reps, map_file)
    except Refused as refused:
        answer = {"rep": None, "people": None, "apart": refused.sentences[0]}
    return {"year": answer}


def _rep_years(a: Preset, b: Preset) -> dict[str, Any]:
    """One rep's year under both plans."""
    known = a if a.rep_year is not None or b.rep_year is None else b
    people = known.year_results
    given = dict(zip(known.plan.ids, people.results[0].T.tolist(), strict=True))
    told: dict[str, Any] = {}
    for side, preset in (("a", a), ("b", b)):
        shared = {name: tuple(values) for name, values in given.items() if name in preset.plan.ids}
        own = preset.rep_year
        rep = RepYear(results=shared) if own is None else own.changed(results=shared)
        results = preset.changed(rep_year=rep).year_results
        statement = year_statement(preset.year_plan, results)
        pays = (statement.paid + statement.settled)[0]
        told[side] = {"pays": pays.tolist(), "total": _cents(preset, float(pays.sum())), "owed": _owed(statement.owed)}
    if a.year_plan.periods.paid != b.year_plan.periods.paid:
        raise Refused(
            "both plans must be paid equally often for their years to be compared "
            f"(got by the {a.year_plan.periods.paid} and by the {b.year_plan.periods.paid})"
        )
    told["payments"] = list(people.labels)
    told["change"] = _cents(b, told["b"]["total"] - told["a"]["total"])
    return told


def _owed(owed: Any) -> float:
    return float(np.round(owed[0, -1], 9))


def _people_years(a: Preset, b: Preset, reps: Path, map_file: Path) -> list[dict[str, Any]]:
    """Everybody in a file with results by period, with their years under both plans, the largest loss first."""
    totals: list[dict[str, float]] = []
    for preset in (a, b):
        found = _of_file(preset, reps, map_file)
        paid = year_statement(preset.year_plan, found).total
        totals.append(dict(zip(found.names, map(float, paid), strict=True)))
    people = [
        {"rep": name, "a": old, "b": totals[1][name], "change": _cents(b, totals[1][name] - old)}
        for name, old in totals[0].items()
        if name in totals[1]
    ]
    return sorted(people, key=lambda one: float(str(one["change"])))


def _of_file(preset: Preset, reps: Path, map_file: Path) -> YearResults:
    rules = preset.year_plan
    read = people_from([reps], map_file, preset.plan.changed(period=rules.periods.paid))
    return year_people(rules, read).results


def _cents(preset: Preset, amount: float) -> float:
    return round(amount, preset.plan.minor) + 0.0


def compared_years_text(a: Preset, b: Preset, answer: Mapping[str, Any]) -> list[str]:
    """The same for eyes; nothing where neither plan says anything of a year."""
    told = answer.get("year")
    if told is None:
        return []
    if told["apart"] is not None:
        return [f"The years cannot be compared: {told['apart']}"]
    rep, sides = told["rep"], (("a", a), ("b", b))
    rows = [["the year of one rep", "A", "B"]]
    for t, label in enumerate(rep["payments"]):
        rows.append([label, *(money(preset.plan, rep[side]["pays"][t]) for side, preset in sides)])
    rows.append(["in all", *(money(preset.plan, rep[side]["total"]) for side, preset in sides)])
    if any(rep[side]["owed"] for side, _ in sides):
        rows.append(["still owed", *(money(preset.plan, rep[side]["owed"]) for side, preset in sides)])
    blocks = [table(rows, (0,))]
    if told["people"]:
        up, down = (sum(sign * one["change"] > 0 for one in told["people"]) for sign in (1, -1))
        total = money(b.plan, sum(one["change"] for one in told["people"]))
        blocks.append(
            f"Over the year {up} of {len(told['people'])} people are paid more under B and {down} less; "
            f"together {b.plan.currency} {total}."
        )
    return blocks
