"""What the command `year` answers: the payments of a year, person by person, as a JSON object or as lines for eyes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from calc.commands.people_options import people_from
from calc.commands.terminal import note
from calc.console import money, number, table
from calc.documents.planfile import Preset
from calc.plan.errors import Refused, quote_value
from calc.tables.sheets.number_marks import read_number
from calc.team.year_people import year_people
from calc.year.beside.payment_names import payment_labels
from calc.year.beside.rep_year import SERIES, rep_year_results, targets_by_payment
from calc.year.next_unit import next_unit_values
from calc.year.settle import year_statement
from calc.year.statement_lines import YearStatement
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults, year_results

SHOWN_PEOPLE = 20
"""People whose payments are printed for eyes at the most; all are in the JSON."""
YEAR_COLUMNS = (
    ("earned", "earned"),
    ("withheld", "over limit"),
    ("collected", "collected"),
    ("taken_back", "taken back"),
    ("kept_back", "held back"),
    ("released", "released"),
    ("reserve_used", "of the reserve"),
    ("advanced", "advanced"),
    ("guaranteed", "guaranteed"),
    ("recovered", "recovered"),
    ("raised", "not below zero"),
    ("trued_up", "trued up"),
    ("settled", "of that paid"),
)
"""Lines of a statement, and what their columns are called; a line that is 0 everywhere is left out."""
YEAR_BALANCES = (("owed", "owed"), ("held", "held"), ("reserve", "reserve"), ("carried", "carried"))
"""What stands after each payment."""


def results_from_words(rules: YearPlan, words: Sequence[str]) -> YearResults:
    """One person's results by payment, from `id=1,2,3` a KPI; a KPI not named stands at the target of each payment.

    Args:
        rules: the plan and the rules of its year.
        words: by KPI or series (`cancelled`, `served`, `unpaid`, `received`), numbers parted by commas.

    Raises:
        Refused: a word is something else, or the numbers are not as many everywhere.
    """
    given: dict[str, list[float]] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise Refused(
                f"results must be written id=1,2,3, as in {rules.plan.ids[0]}=100,90 (got {quote_value(word)})"
            )
        if name not in rules.plan.ids and name not in SERIES:
            rules.plan.kpi(name)
        if name in given:
            raise Refused(f"{name} must be given once (got it twice)")
        given[name] = [_read_number(name, part) for part in text.split(",")]
    counts = {len(numbers) for numbers in given.values()} or {rules.periods.in_year}
    if len(counts) > 1:
        raise Refused(f"every KPI must have a result for each payment (got {min(counts)} and {max(counts)})")
    count = counts.pop()
    results = targets_by_payment(rules, count)
    for i, name in enumerate(rules.plan.ids):
        if name in given:
            results[:, i] = given[name]
    more: dict[str, Any] = {name: given[name] for name in SERIES if name in given}
    return year_results(rules.plan, results, labels=payment_labels(rules.periods, 0, count), **more)


def _read_number(name: str, text: str) -> float:
    try:
        return float(read_number(text))
    except ValueError:
        raise Refused(f"{name} must be numbers parted by commas (got {quote_value(text)})") from None


def people_of_year(preset: Preset, files: Sequence[Path], map_file: Path | None) -> YearResults:
    """Results by payment of the people of files; who cannot be paid is named on stderr."""
    rules = preset.year_plan
    read = people_from(files, map_file, preset.plan.changed(period=rules.periods.paid))
    found = year_people(rules, read)
    for name, reason in found.left_out[:SHOWN_PEOPLE]:
        note(f"left out: {name} ({reason})")
    return found.results


def people_asked_for(preset: Preset, words: Sequence[str], files: Sequence[Path], map_file: Path | None) -> YearResults:
    """Results by payment of the people of files, or of one person in words.

    Raises:
        Refused: both are given, or neither can be read.
    """
    if files and words:
        raise Refused(f"id=1,2,3 must be left out with --results (got {quote_value(words[0])})")
    if map_file is not None and not files:
        raise Refused("--map must be left out without --results (got one)")
    if files:
        return people_of_year(preset, files, map_file)
    if not words:
        return rep_year_results(preset.year_plan, preset.rep_year)
    return results_from_words(preset.year_plan, words)


def year_answer(preset: Preset, people: YearResults) -> dict[str, Any]:
    """The JSON object that `year` prints."""
    rules = preset.year_plan
    statement = year_statement(rules, people)
    worth = next_unit_values(rules, people)
    each = [_person_answer(rules, people, (statement, worth), i) for i in range(people.people)]
    return {
        "plan": preset.name or preset.title or "plan",
        "currency": preset.plan.currency,
        "payment": rules.periods.paid,
        "reading": rules.year.reading,
        "people": each,
        "total": _cents(rules, float(statement.total.sum())),
    }


def _person_answer(
    rules: YearPlan, people: YearResults, found: tuple[YearStatement, Mapping[str, Any]], person: int
) -> dict[str, Any]:
    statement, worth = found
    periods = [_period_answer(rules, people, (statement, worth), (person, t)) for t in range(people.count)]
    return {
        "rep": people.names[person] if people.names else None,
        "periods": periods,
        "total": _cents(rules, float(statement.total[person])),
        "owed": _cents(rules, float(statement.owed[person, -1])),
        "target_incentive": _cents(rules, float(statement.incentives[person].sum())),
    }


def _period_answer(
    rules: YearPlan, people: YearResults, found: tuple[YearStatement, Mapping[str, Any]], at: tuple[int, int]
) -> dict[str, Any]:
    (statement, worth), ids = found, rules.plan.ids
    limit = float(statement.limits[at])
    answer: dict[str, Any] = {"period": people.labels[at[1]] if people.labels else str(at[1] + 1)}
    for name, values in (
        ("results", statement.results),
        ("running", statement.running),
        ("targets", statement.targets),
    ):
        answer[name] = dict(zip(ids, map(_short, values[at]), strict=True))
    answer["target_incentive"] = _cents(rules, float(statement.incentives[at]))
    answer["earned"] = _cents(rules, float(statement.earned[at]))
    answer["paid_before"] = _cents(rules, float(statement.paid_before[at]))
    answer["limit"] = None if np.isinf(limit) else limit
    answer["draw"] = _cents(rules, float(statement.line("draw")[at]))
    for name, _ in YEAR_COLUMNS[1:]:
        answer[name] = _cents(rules, float(statement.line(name)[at]))
    for name, _ in YEAR_BALANCES:
        answer[name] = _cents(rules, float(getattr(statement, name)[at]))
    answer["beyond_draw"] = _cents(rules, max(float(statement.paid[at]) - answer["draw"], 0.0))
    answer["paid"] = _cents(rules, float(statement.paid[at]))
    answer["next_unit"] = {name: _short(values[at]) for name, values in worth.items()}
    return answer


def _short(value: Any) -> float:
    return round(float(value), 9) + 0.0


def _cents(rules: YearPlan, amount: float) -> float:
    return round(amount, rules.plan.minor) + 0.0


def year_text(preset: Preset, answer: Mapping[str, Any]) -> str:
    """The same for eyes: a table a person, a line a payment."""
    blocks = [_person_text(preset, person) for person in answer["people"][:SHOWN_PEOPLE]]
    if len(answer["people"]) > SHOWN_PEOPLE:
        blocks.append(f"and {len(answer['people']) - SHOWN_PEOPLE:,} more people; --json prints all")
    total = f"{preset.plan.currency} {money(preset.plan, answer['total'])}"
    return "\n\n".join([*blocks, f"paid to all: {total}"] if len(answer["people"]) > 1 else blocks)


def _person_text(preset: Preset, person: Mapping[str, Any]) -> str:
    plan, periods = preset.plan, person["periods"]
    used = [(key, head) for key, head in YEAR_COLUMNS if key == "earned" or any(p[key] for p in periods)]
    stands = [(key, head) for key, head in YEAR_BALANCES if any(p[key] for p in periods)]
    moved = [i for i in plan.ids if i in periods[0]["next_unit"]]
    heads = [*(h for _, h in used), "paid", *(h for _, h in stands), *(f"next {plan.kpi(i).unit or i}" for i in moved)]
    rows = [[preset.year_plan.periods.paid, *plan.ids, *heads]]
    for p in periods:
        amounts = [money(plan, p[key]) for key, _ in used] + [money(plan, p["paid"])]
        amounts += [money(plan, p[key]) for key, _ in stands] + [number(round(p["next_unit"][i], 6)) for i in moved]
        rows.append([p["period"], *(number(p["results"][i]) for i in plan.ids), *amounts])
    total = f"paid in all: {plan.currency} {money(plan, person['total'])}"
    owed = f", still owed: {plan.currency} {money(plan, person['owed'])}" if person["owed"] else ""
    lead = [f"{person['rep']}"] if person["rep"] else []
    return "\n".join([*lead, table(rows, (0,)), total + owed])


def pay_answer(preset: Preset, so_far: Sequence[str], at: Mapping[str, float]) -> dict[str, Any]:
    """The JSON object that `pay --so-far` prints: one payment, given those before it.

    Args:
        preset: the plan.
        so_far: by KPI, results of the payments before, as `id=1,2,3`; a KPI not named stood at its targets.
        at: results of the payment; a KPI not named stands at its target in it.
    """
    rules = preset.year_plan
    before = results_from_words(rules, so_far)
    if any(getattr(before, name) is not None for name in SERIES):
        raise Refused(f"{', '.join(SERIES)} must be left out of --so-far (got one): the command year reads them")
    aims = targets_by_payment(rules, before.count + 1)
    last = np.array([at.get(name, aims[-1, i]) for i, name in enumerate(rules.plan.ids)])
    count = before.count + 1
    results = np.concatenate([before.results[0], last[None]])
    people = year_results(rules.plan, results, labels=payment_labels(rules.periods, 0, count))
    period = year_answer(preset, people)["people"][0]["periods"][-1]
    pay = _cents(rules, period["paid"] + period["settled"])
    whole = period["target_incentive"] or rules.plan.incentive
    return {
        "plan": preset.name or preset.title or "plan",
        "currency": rules.plan.currency,
        "pay": pay,
        "payout": _short(pay / whole) if whole else 0.0,
        **period,
    }


def pay_text(preset: Preset, answer: Mapping[str, Any]) -> str:
    """The same for eyes."""
    person = {"rep": None, "periods": [answer], "total": answer["pay"], "owed": answer["owed"]}
    return _person_text(preset, person)
