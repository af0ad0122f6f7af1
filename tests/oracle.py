"""What a plan pays, written a second time: plain floats and ifs over the tables of its document, one rep at a time.

Nothing of the engine is used here. Attainment is rounded to 9 decimals, as the plan file promises.
"""

import math
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
MINOR = {"USD": 2, "EUR": 2, "RUB": 2, "GBP": 2, "JPY": 0, "KWD": 3}


@dataclass
class Rep:
    """One rep under a plan: results by KPI, and targets and target incentive where they are the rep's own."""

    document: Document
    results: dict[str, float]
    targets: dict[str, float]
    incentive: float | None = None

    def kpi(self, name: str) -> Document:
        return next(k for k in self.document["kpis"] if k["id"] == name)

    def target(self, kpi: Document) -> float:
        return self.targets.get(kpi["id"], kpi["target"])

    def span(self, kpi: Document) -> float:
        return kpi.get("scale") or abs(self.target(kpi))

    def attainment(self, kpi: Document) -> float:
        gap = (self.results[kpi["id"]] - self.target(kpi)) / self.span(kpi)
        return round(1 - gap if lower(kpi) else 1 + gap, 9)

    def place(self, kpi: Document, terms: Document) -> tuple[float, float]:
        """Where the rep stands in the terms' own words, better counted upwards, and what one attainment is there."""
        if terms.get("of") != "result":
            return self.attainment(kpi), 1.0
        result = self.results[kpi["id"]]
        return (-result if lower(kpi) else result), self.span(kpi)


def lower(kpi: Document) -> bool:
    return kpi.get("better") == "lower"


def passed(x: float, mark: float, span: float, terms: Document) -> bool:
    gap = round((x - mark) / span, 9)
    return gap > 0 if terms.get("reached") == "above" else gap >= 0


# Mechanics


def value(rep: Rep, kpi: Document, terms: Document) -> float:
    """Payout of a curve: 1 = target incentive, or money for a commission."""
    match terms["kind"]:
        case "band":
            return band(terms, rep.attainment(kpi))
        case "points":
            return points(*ascending(kpi, terms, "points"), *rep.place(kpi, terms), terms)
        case "steps":
            return steps(*ascending(kpi, terms, "steps"), *rep.place(kpi, terms), terms)
        case "tiers":
            return tiers(terms, rep.results[kpi["id"]], rep.span(kpi))
        case "matrix":
            return matrix(rep, kpi, terms)
    raise AssertionError(terms)


def ascending(kpi: Document, terms: Document, name: str) -> tuple[list[float], list[float]]:
    """x from worse to better, and the y of each."""
    pairs = [tuple(pair) for pair in terms[name]]
    if terms.get("of") == "result" and lower(kpi):
        pairs = [(-x, y) for x, y in pairs]
        if pairs[0][0] > pairs[-1][0]:
            pairs.reverse()
    return [x for x, _ in pairs], [y for _, y in pairs]


def band(terms: Document, a: float) -> float:
    floor = terms.get("floor", 0.0)
    if not passed(a, floor, 1.0, terms):
        return 0.0
    a = max(a, floor)
    if "ceiling" in terms:
        a = min(a, terms["ceiling"])
    first = terms.get("pays_at_floor", floor)
    if a < 1:
        return first + (1 - first) * (a - floor) / (1 - floor)
    unit = 1.0
    if terms.get("accelerator_of") == "rate_below_target" and floor < 1 and first < 1:
        unit = (1 - first) / (1 - floor)
    further = terms.get("accelerator_2_from", math.inf)
    paid = 1 + terms.get("accelerator", 1.0) * unit * (min(a, further) - 1)
    return paid + terms["accelerator_2"] * unit * (a - further) if a > further else paid


def points(xs: list[float], ys: list[float], x: float, span: float, terms: Document) -> float:
    slopes = [(d - b) / (c - a) for a, b, c, d in zip(xs, ys, xs[1:], ys[1:], strict=False) if c > a]
    if not passed(x, xs[0], span, terms):
        below = terms.get("below", "zero")
        carried = (slopes[0] if slopes else 0.0) * (x - xs[0])
        return 0.0 if below == "zero" else ys[0] + (carried if below == "extend" else 0.0)
    i = max(i for i, mark in enumerate(xs) if passed(x, mark, span, terms))
    if i + 1 < len(xs):
        return ys[i] + (ys[i + 1] - ys[i]) * (max(x, xs[i]) - xs[i]) / (xs[i + 1] - xs[i])
    return ys[i] + (slopes[-1] * (x - xs[i]) if terms.get("above") == "extend" and slopes else 0.0)


def steps(xs: list[float], ys: list[float], x: float, span: float, terms: Document) -> float:
    best = 0.0
    for mark, y in zip(xs, ys, strict=True):
        if passed(x, mark, span, terms):
            best = y
    return best


def tiers(terms: Document, result: float, span: float) -> float:
    rows = terms["tiers"]
    if terms.get("apply") == "retroactive":
        rates = [rate for start, rate in rows if passed(result, start, span, terms)]
        return rates[-1] * result if rates else 0.0
    ends = [start for start, _ in rows[1:]] + [math.inf]
    return sum(rate * max(0.0, min(result, end) - start) for (start, rate), end in zip(rows, ends, strict=True))


def matrix(rep: Rep, kpi: Document, terms: Document) -> float:
    other = rep.kpi(terms["with"])
    grid = {(i, j): y for i, row in enumerate(terms["payouts"]) for j, y in enumerate(row)}
    where = []
    for one, axis in ((kpi, terms["rows"]), (other, terms["columns"])):
        x, span = rep.place(one, terms)
        flip = terms.get("of") == "result" and lower(one)
        marks = sorted((-mark if flip else mark, i) for i, mark in enumerate(axis))
        reached = [n for n, (mark, _) in enumerate(marks) if passed(x, mark, span, {})]
        if not reached:
            return 0.0
        low = reached[-1]
        high = min(low + 1, len(marks) - 1)
        share = 0.0
        if high > low and terms.get("between", "linear") == "linear":
            share = (max(x, marks[low][0]) - marks[low][0]) / (marks[high][0] - marks[low][0])
        where.append(((marks[low][1], 1 - share), (marks[high][1], share)))
    return sum(u * v * grid[i, j] for i, u in where[0] for j, v in where[1])


# The plan


@dataclass
class Paid:
    """Money before rounding: of the plan, and by KPI before limits on the plan; and what 100 % of the plan is."""

    total: float
    by_kpi: dict[str, float]
    incentive: float


def pays(rep: Rep) -> Paid:
    """Result -> attainment -> curve -> weight -> gate -> modifier -> floor and ceiling."""
    document, plan = rep.document, rep.document["plan"]
    kpis = document["kpis"]
    incentive = rep.incentive if rep.incentive is not None else plan.get("target_incentive")
    targeted = {k["id"]: at_target(rep, k, incentive) for k in kpis}
    named = incentive is not None and not any(k.get("weight") for k in kpis)
    whole = incentive if named else sum(targeted.values())
    if plan.get("combine") == "score":
        parts = {k["id"]: (k.get("weight") or 0.0) * rep.attainment(k) for k in kpis}
        score = sum(parts.values())
        paid = value_of_score(plan["curve"], score) * whole
        shared = min(parts.values()) >= 0 and score > 1e-9
        by_kpi = {k["id"]: paid * (parts[k["id"]] / score if shared else k.get("weight") or 0.0) for k in kpis}
    else:
        by_kpi = {k["id"]: of_kpi(rep, k, targeted[k["id"]], incentive) for k in kpis}
    total = conditions(rep, "plan", sum(by_kpi.values()), whole)
    for gate in document.get("gates", []):
        if gate["closes"] == "plan" and "limits_to" not in gate and not is_open(rep, gate):
            by_kpi = {name: money * gate.get("keeps", 0.0) for name, money in by_kpi.items()}
    for modifier in document.get("modifiers", []):
        if modifier["multiplies"] == "plan":
            times = value(rep, rep.kpi(modifier["kpi"]), modifier["curve"])
            by_kpi = {name: money * times for name, money in by_kpi.items()}
    if "ceiling" in plan:
        total = min(total, plan["ceiling"] * whole)
    if "floor" in plan:
        total = max(total, plan["floor"] * whole)
    return Paid(total, by_kpi, whole)


def value_of_score(terms: Document, score: float) -> float:
    match terms["kind"]:
        case "band":
            return band(terms, score)
        case "points":
            return points(*ascending({}, terms, "points"), score, 1.0, terms)
    return steps(*ascending({}, terms, "steps"), score, 1.0, terms)


def commission(kpi: Document) -> bool:
    return kpi.get("curve", {}).get("kind") == "tiers"


def at_target(rep: Rep, kpi: Document, incentive: float | None) -> float:
    """A KPI's own target incentive: its share of the plan's, or what a commission pays at target."""
    if commission(kpi):
        return tiers(kpi["curve"], rep.target(kpi), rep.span(kpi))
    return (kpi.get("weight") or 0.0) * (incentive or 0.0)


def of_kpi(rep: Rep, kpi: Document, targeted: float, incentive: float | None) -> float:
    if not commission(kpi) and not kpi.get("weight"):
        return 0.0
    paid = value(rep, kpi, kpi["curve"])
    money = paid if commission(kpi) else paid * kpi["weight"] * (incentive or 0.0)
    return conditions(rep, kpi["id"], money, targeted)


def conditions(rep: Rep, name: str, money: float, whole: float) -> float:
    """Money after the gates and then the modifiers that name a KPI, or the plan."""
    for gate in rep.document.get("gates", []):
        if acts_on(gate["closes"], name) and not is_open(rep, gate):
            money = min(money, gate["limits_to"] * whole) if "limits_to" in gate else money * gate.get("keeps", 0.0)
    for modifier in rep.document.get("modifiers", []):
        if acts_on(modifier["multiplies"], name):
            money *= value(rep, rep.kpi(modifier["kpi"]), modifier["curve"])
    return money


def acts_on(ids: Any, name: str) -> bool:
    return name in ([ids] if isinstance(ids, str) else ids)


def is_open(rep: Rep, gate: Document) -> bool:
    kpi = rep.kpi(gate["kpi"])
    if "at_least" in gate:
        return passed(rep.attainment(kpi), gate["at_least"], 1.0, gate)
    sign = -1.0 if lower(kpi) else 1.0
    return passed(sign * rep.results[kpi["id"]], sign * gate["at_least_result"], rep.span(kpi), gate)


# Money


def rounded(money: float, currency: str) -> float:
    """Half up to the smallest unit; a half that binary floats fall short of counts as one."""
    unit = 10 ** MINOR[currency]
    return math.floor(round(money * unit, 5) + 0.5) / unit


def tie(money: float, currency: str) -> bool:
    """Whether money lies so close to half a unit that two correct ways of adding may round it differently."""
    part = money * 10 ** MINOR[currency] % 1
    return abs(part - 0.5) < 1e-4
