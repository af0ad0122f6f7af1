"""Two plans, A and B: what differs in their documents, what each costs, and who earns more or less under B.

The people are those that a plan describes, or those of a file of results, which both plans then pay. Base pay is left
out. Not modelled: that anybody sells more, or less, because of the other plan.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from calc.commands.compare_people import compare_people, compare_team
from calc.commands.year.compared import compared_years, compared_years_text
from calc.console import money, percent, table, text
from calc.documents.planfile import Preset, plan_document
from calc.outcomes.difference import why_not_comparable
from calc.outcomes.expected_cost import cost_of_plan
from calc.outcomes.impact import measure_impact, settle_people
from calc.payroll.pay_file import pay_file
from calc.payroll.pay_rows import AS_IT_STANDS, Reading
from calc.plan.errors import quote_value
from calc.tables.sheets.heading_words import PERSON_HEADINGS
from calc.team.overview import team_of_reps
from calc.team.paid_people import pay_people

STORY = ("title", "description", "source", "cured_by", "expects", "example", "year_pays")
"""What a document says about its plan, and not what the plan is."""
PEOPLE_TOLD = 20
"""People who are named in a text at the most, those who lose the most first."""


def comparison_of(
    a: Preset,
    b: Preset,
    called: Sequence[str],
    reps: Path | None,
    reading: Reading = AS_IT_STANDS,
    map_file: Path | None = None,
) -> dict[str, Any]:
    """What differs between two plans, and what follows from it.

    Args:
        a, b: the plans with their situations.
        called: what each is called.
        reps: a file of results that both plans pay; None where the described team is to be taken.
        reading: how the file is read.
        map_file: what its columns mean, where it is read as it was exported.

    Raises:
        Refused: the file does not hold.
    """
    answer: dict[str, Any] = {"a": called[0], "b": called[1], "changes": list(changed_answer(a, b))}
    reason = why_not_comparable(a.plan, b.plan)
    if reason is not None:
        return {**answer, "apart": text(b.plan, reason), "cost": None, "team": None, "reps": None}
    pair = settle_people(a, b)
    spent = {"a": cost_of_plan(pair.a.plan, pair.a.team), "b": cost_of_plan(pair.b.plan, pair.b.team)}
    told = measure_impact(pair.a, pair.b)
    shares = {"more": told.more, "less": told.less, "same": told.same}
    return {
        **answer,
        "apart": None,
        "currency": b.plan.currency,
        "cost": {
            "expected": {name: one.expected for name, one in spent.items()},
            "at_target": {name: one.at_target for name, one in spent.items()},
        },
        "team": {"described": pair.described, **shares, "mean_gain": told.gain + 0.0, "mean_loss": told.loss + 0.0},
        **_named_people(a, b, reps, reading, map_file),
        **compared_years(a, b, reps, map_file),
    }


def _named_people(a: Preset, b: Preset, reps: Path | None, reading: Reading, map_file: Path | None) -> dict[str, Any]:
    """Everybody in a file, else plan A's named reps, under both plans, the largest loss first; None without."""
    if reps is not None:
        return {"reps": _people(a, b, reps, reading)} if map_file is None else compare_people(a, b, reps, map_file)
    return compare_team(a, b, pay_people(a.plan, team_of_reps(a.plan, a.reps))) if a.reps else {"reps": None}


def changed_answer(a: Preset, b: Preset) -> Iterator[dict[str, Any]]:
    """Every term that differs: where it stands, and what it is in A and in B; None where it is not given."""
    was, now = (dict(_terms(plan_document(preset), "")) for preset in (a, b))
    for where in dict.fromkeys([*was, *now]):
        if was.get(where) != now.get(where) and where.partition(".")[0].partition("[")[0] not in STORY:
            yield {"where": where, "a": was.get(where), "b": now.get(where)}


def _terms(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """The single terms of a document with their paths; entries of a list go by their id, or by their KPI."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _terms(part, f"{where}.{name}" if where else str(name))
    elif isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        for n, part in enumerate(value):
            name = part.get("id") or part.get("kpi") or part.get("name") or n
            yield from _terms({k: v for k, v in part.items() if k != "id"}, f"{where}.{name}")
    else:
        yield where, value


def _people(a: Preset, b: Preset, reps: Path, reading: Reading) -> list[dict[str, Any]]:
    """Everybody in a file of results, with their pay under both plans, the largest loss first."""
    before, after = (_paid(preset, reps, reading) for preset in (a, b))
    people = [
        {"rep": name, "a": old, "b": new, "change": round(new - old, b.plan.minor) + 0.0}
        for (name, old), (_, new) in zip(before, after, strict=True)
    ]
    return sorted(people, key=lambda one: float(one["change"]))


def _paid(preset: Preset, reps: Path, reading: Reading) -> list[tuple[str, float]]:
    out = io.BytesIO()
    form = pay_file(preset.plan, reps, out, reading=reading).form
    content = out.getvalue().decode("utf-8-sig", "replace")
    head, *rows = csv.reader(io.StringIO(content, newline=""), delimiter=form.delimiter)
    spoken = {name.strip().lower().replace(" ", "_"): place for place, name in reversed([*enumerate(head)])}
    place = next((spoken[name] for name in PERSON_HEADINGS if name in spoken), None)
    filled = [row for row in rows if row]
    return [
        (f"row {n}" if place is None else row[place], float(row[-1].replace(form.decimal, ".")))
        for n, row in enumerate(filled, 1)
    ]


def comparison_text(a: Preset, b: Preset, answer: Mapping[str, Any]) -> str:
    """A comparison for eyes."""
    rows = [["", "A", "B"], ["plan", answer["a"], answer["b"]]]
    if answer["cost"] is not None:
        for what, name in (("expected pay of a rep", "expected"), ("pay at target", "at_target")):
            rows.append([what, *(_money(preset, answer["cost"][name][side]) for preset, side in ((a, "a"), (b, "b")))])
    blocks = [table(rows, words=(0,))]
    changes = [[one["where"], _term(one["a"]), _term(one["b"])] for one in answer["changes"]]
    blocks.append(
        table([["what differs", "A", "B"], *changes], words=(0, 1, 2)) if changes else "The plans are the same."
    )
    if answer["apart"] is not None:
        blocks.append(answer["apart"])
    elif answer["reps"] is None:
        blocks.append(_team_text(b, answer["team"]))
    else:
        blocks.append(_people_text(b, answer["reps"]))
    blocks += compared_years_text(a, b, answer)
    return "\n\n".join(blocks)


def _team_text(b: Preset, told: Mapping[str, Any]) -> str:
    people = "the team" if told["described"] else "a typical team"
    shares = {name: percent(round(told[name], 3)) for name in ("more", "less", "same")}
    more = f"{shares['more']} of {people} earn more under B, {_money(b, told['mean_gain'])} on average"
    less = f"{shares['less']} earn less, {_money(b, told['mean_loss'])} on average"
    return f"{more}; {less}; {shares['same']} earn the same."


def _people_text(b: Preset, people: Sequence[Mapping[str, Any]]) -> str:
    up, down = (sum(sign * one["change"] > 0 for one in people) for sign in (1, -1))
    total = sum(one["change"] for one in people)
    told = f"{up} of {len(people)} earn more under B and {down} less; together {_money(b, total)}."
    rows = [[quote_value(one["rep"])[1:-1], *(_money(b, one[name]) for name in ("a", "b", "change"))] for one in people]
    if len(rows) > PEOPLE_TOLD:
        half = PEOPLE_TOLD // 2
        rows = [*rows[:half], [f"... {len(rows) - 2 * half:,} more", "", "", ""], *rows[-half:]]
    return f"{told}\n\n{table([['rep', 'A', 'B', 'change'], *rows], words=(0,))}"


def _money(preset: Preset, amount: float) -> str:
    return f"{preset.plan.currency} {money(preset.plan, amount + 0.0)}"


def _term(value: Any) -> str:
    return "-" if value is None else str(value) if not isinstance(value, str | list) else quote_value(value)
