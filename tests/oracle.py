"""What a plan pays, written a second time: plain floats and ifs over the tables of its document, one rep at a time.

Nothing of the engine is used here. Attainment is rounded to 9 decimals, as the plan file promises.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

Document = dict[str, Any]
MINOR = {"USD": 2, "EUR": 2, "RUB": 2, "GBP": 2, "JPY": 0, "KWD": 3}


@dataclass
class Rep:
    """One rep under a plan: results by KPI, and targets and target incentive where they are the rep's own.

    With `rounding`, KPIs are rounded that round their own pay; `ties` then names those that lie close to a half.
    """

    document: Document
    results: dict[str, float]
    targets: dict[str, float]
    incentive: float | None = None
    rounding: bool = False
    ties: list[str] = field(default_factory=list)

    def kpi(self, name: str) -> Document:
        return next(k for k in self.document["kpis"] if k["id"] == name)

    def result(self, kpi: Document) -> float:
        """The result that counts: of a counted KPI whole units."""
        result = self.results[kpi["id"]]
        if not kpi.get("counted"):
            return result
        own = kpi.get("scale") or self.planned_span(kpi)
        return float(math.floor(result + min(0.5e-9 * own, 0.25)))

    def planned_span(self, kpi: Document) -> float:
        """The size of the plan's own target; without one, the largest of the results that the plan names."""
        if "target" in kpi:
            return float(abs(kpi["target"]))
        return max(map(abs, named(self.document, kpi)), default=1.0) or 1.0

    def planned(self, kpi: Document) -> float:
        """The plan's own target; without one, the best of the results that the plan names and that pays anything."""
        if "target" in kpi:
            return float(kpi["target"])
        marks = sorted(named(self.document, kpi), reverse=not lower(kpi)) or [1.0]
        span, terms = self.planned_span(kpi), kpi.get("curve", {})
        if terms.get("of") != "result" and terms.get("kind") != "tiers":
            return marks[0]
        for mark in [*marks, marks[0] + (-span if lower(kpi) else span)]:
            if terms["kind"] == "matrix":
                paid = max(
                    (max(row) for at, row in zip(terms["rows"], terms["payouts"], strict=True) if at == mark), default=0
                )
            else:
                paid = value(
                    replace(self, results={kpi["id"]: mark}, targets={kpi["id"]: mark}), kpi | {"counted": False}, terms
                )
            if paid > 0:
                return mark
        return marks[0]

    def target(self, kpi: Document) -> float:
        return self.targets[kpi["id"]] if kpi["id"] in self.targets else self.planned(kpi)

    def span(self, kpi: Document) -> float:
        return kpi.get("scale") or (abs(self.target(kpi)) if "target" in kpi else self.planned_span(kpi))

    def attainment(self, kpi: Document) -> float:
        gap = (self.result(kpi) - self.target(kpi)) / self.span(kpi)
        return round(1 - gap if lower(kpi) else 1 + gap, 9)

    def place(self, kpi: Document, terms: Document) -> tuple[float, float]:
        """Where the rep stands in the terms' own words, better counted upwards, and what one attainment is there."""
        if terms.get("of") != "result":
            return self.attainment(kpi), 1.0
        result = self.result(kpi)
        return (-result if lower(kpi) else result), self.span(kpi)


def named(document: Document, kpi: Document) -> Iterator[float]:
    """The results of a KPI that the terms of a plan name."""
    curves = [kpi.get("curve", {})] + [m["curve"] for m in document.get("modifiers", []) if m["kpi"] == kpi["id"]]
    for curve in curves:
        if curve.get("of") == "result" or (curve.get("kind") == "tiers" and curve.get("of") != "attainment"):
            yield from curve.get("rows", ())
            yield from (row[0] for row in curve.get(curve["kind"], ()))
    for other in document["kpis"]:
        grid = other.get("curve", {})
        if grid.get("with") == kpi["id"] and grid.get("of") == "result":
            yield from grid["columns"]
    for gate in document.get("gates", []):
        for condition in (gate, *gate.get("any_of", ())):
            if condition["kpi"] == kpi["id"]:
                yield from (condition[name] for name in ("at_least_result", "at_most_result") if name in condition)


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
            return tiers(rep, kpi, terms)
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
    floor = float(terms.get("floor", 0.0))
    if not passed(a, floor, 1.0, terms):
        return 0.0
    a = max(a, floor)
    if "ceiling" in terms:
        a = min(a, terms["ceiling"])
    first = float(terms.get("pays_at_floor", floor))
    if a < 1:
        return first + (1 - first) * (a - floor) / (1 - floor)
    unit = 1.0
    if terms.get("accelerator_of") == "rate_below_target" and floor < 1 and first < 1:
        unit = (1 - first) / (1 - floor)
    further = float(terms.get("accelerator_2_from", math.inf))
    paid = 1 + float(terms.get("accelerator", 1.0)) * unit * (min(a, further) - 1)
    return paid + float(terms["accelerator_2"]) * unit * (a - further) if a > further else paid


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


def tiers(rep: Rep, kpi: Document, terms: Document) -> float:
    result, span, goal = rep.result(kpi), rep.span(kpi), rep.target(kpi)
    rows = [[start, rate, *(plus or [0.0])] for start, rate, *plus in terms["tiers"]]
    if terms.get("of") == "attainment":
        rows = [[goal + span * (start - 1), rate, plus] for start, rate, plus in rows]
    if terms.get("apply") == "retroactive":
        paid = [rate * result + plus for start, rate, plus in rows if passed(result, start, span, terms)]
        return float(paid[-1]) if paid else 0.0
    ends = [start for start, *_ in rows[1:]] + [math.inf]
    slices = [rate * max(0.0, min(result, end) - start) for (start, rate, _), end in zip(rows, ends, strict=True)]
    return float(sum(slices))


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
    return float(sum(u * v * grid[i, j] for i, u in where[0] for j, v in where[1]))


# The plan


@dataclass
class Paid:
    """Money before rounding: of the plan, and by KPI before limits on the plan; and what 100 % of the plan is."""

    total: float
    by_kpi: dict[str, float]
    incentive: float


def pays(rep: Rep) -> Paid:
    """Result -> attainment -> curve -> weight -> gate -> modifier -> greater of groups -> floor and ceiling."""
    document, plan = rep.document, rep.document["plan"]
    kpis = document["kpis"]
    incentive = rep.incentive if rep.incentive is not None else plan.get("target_incentive")
    targeted = {k["id"]: at_target(rep, k, incentive) for k in kpis}
    named = incentive is not None and not any(k.get("weight") for k in kpis)
    whole = incentive if named else whole_of(document, targeted, incentive)
    if plan.get("combine") == "score":
        parts = {k["id"]: (k.get("weight") or 0.0) * rep.attainment(k) for k in kpis}
        score = sum(parts.values())
        paid = value_of_score(plan["curve"], score) * whole
        shared = min(parts.values()) >= 0 and score > 1e-9
        by_kpi = {k["id"]: paid * (parts[k["id"]] / score if shared else k.get("weight") or 0.0) for k in kpis}
    else:
        by_kpi = {k["id"]: of_kpi(rep, k, targeted[k["id"]], incentive) for k in kpis}
    for table in document.get("greater_of", []):
        sums = [sum(by_kpi[name] for name in group) for group in table["groups"]]
        most = max(sums)
        best = next(n for n, money in enumerate(sums) if money >= most - 1e-9 * abs(most))
        for n, group in enumerate(table["groups"]):
            by_kpi |= {name: 0.0 for name in group if n != best}
    total = conditions(rep, "plan", sum(by_kpi.values()), whole)
    for gate in document.get("gates", []):
        if gate["closes"] == "plan" and "limits_to" not in gate and not is_open(rep, gate):
            by_kpi = {name: money * gate.get("keeps", 0.0) for name, money in by_kpi.items()}
    by_kpi = {name: money * factor(rep, "plan") for name, money in by_kpi.items()}
    if "ceiling" in plan or "ceiling_pay" in plan:
        total = min(total, plan["ceiling"] * whole if "ceiling" in plan else plan["ceiling_pay"])
    if "floor" in plan or "floor_pay" in plan:
        total = max(total, plan["floor"] * whole if "floor" in plan else plan["floor_pay"])
    return Paid(total, by_kpi, whole)


def whole_of(document: Document, targeted: dict[str, float], incentive: float | None) -> float:
    """What 100 % of everything pays: the target incentive, and what is paid in money; of groups, the best one."""
    in_groups = [name for table in document.get("greater_of", []) for group in table["groups"] for name in group]
    money = {k["id"] for k in document["kpis"] if in_money(k)}
    whole = (incentive or 0.0) + sum(targeted[name] for name in money if name not in in_groups)
    for table in document.get("greater_of", []):
        whole += max(sum(targeted[name] for name in group) for group in table["groups"])
        whole -= max(sum(targeted[name] for name in group if name not in money) for group in table["groups"])
    return whole


def value_of_score(terms: Document, score: float) -> float:
    match terms["kind"]:
        case "band":
            return band(terms, score)
        case "points":
            return points(*ascending({}, terms, "points"), score, 1.0, terms)
    return steps(*ascending({}, terms, "steps"), score, 1.0, terms)


def in_money(kpi: Document) -> bool:
    curve = kpi.get("curve", {})
    return bool(curve.get("kind") == "tiers" or curve.get("pays") == "money")


def at_target(rep: Rep, kpi: Document, incentive: float | None) -> float:
    """A KPI's own target incentive: its share of the plan's, or what it pays in money at target."""
    if in_money(kpi):
        everyone = {k["id"]: rep.target(k) for k in rep.document["kpis"]}
        return value(replace(rep, results=everyone), kpi, kpi["curve"])
    return (kpi.get("weight") or 0.0) * (incentive or 0.0)


def of_kpi(rep: Rep, kpi: Document, targeted: float, incentive: float | None) -> float:
    if not in_money(kpi) and not kpi.get("weight"):
        return 0.0
    paid = value(rep, kpi, kpi["curve"])
    money = conditions(rep, kpi["id"], paid if in_money(kpi) else paid * kpi["weight"] * (incentive or 0.0), targeted)
    if not rep.rounding or not kpi.get("round_to"):
        return money
    parts = money / kpi["round_to"]
    rep.ties += [kpi["id"]] if abs(parts % 1 - 0.5) < 1e-4 else []
    return float(math.floor(round(parts, 5) + 0.5) * kpi["round_to"])


def conditions(rep: Rep, name: str, money: float, whole: float) -> float:
    """Money after the gates and then the modifiers that name a KPI, or the plan."""
    for gate in rep.document.get("gates", []):
        if acts_on(gate["closes"], name) and not is_open(rep, gate):
            money = min(money, gate["limits_to"] * whole) if "limits_to" in gate else money * gate.get("keeps", 0.0)
    return money * factor(rep, name)


def factor(rep: Rep, name: str) -> float:
    """What the modifiers on a KPI, or on the plan, multiply by."""
    acting = [m for m in rep.document.get("modifiers", []) if acts_on(m["multiplies"], name)]
    factors = [value(rep, rep.kpi(m["kpi"]), m["curve"]) for m in acting]
    if factors and rep.document["plan"].get("modifiers_combine") == "add":
        return max(1 + sum(times - 1 for times in factors), 0.0)
    return math.prod(factors)


def acts_on(ids: Any, name: str) -> bool:
    return name in ([ids] if isinstance(ids, str) else ids)


def is_open(rep: Rep, gate: Document) -> bool:
    return any(holds(rep, condition) for condition in (gate, *gate.get("any_of", ())))


def holds(rep: Rep, condition: Document) -> bool:
    kpi = rep.kpi(condition["kpi"])
    if "at_least" in condition:
        return passed(rep.attainment(kpi), condition["at_least"], 1.0, condition)
    if "at_most" in condition:
        return passed(-rep.attainment(kpi), -condition["at_most"], 1.0, condition)
    result, span = rep.result(kpi), rep.span(kpi)
    if "at_most_result" in condition:
        return passed(-result, -condition["at_most_result"], span, condition)
    sign = -1.0 if lower(kpi) else 1.0
    return passed(sign * result, sign * condition["at_least_result"], span, condition)


# Money


def unit(plan: Document) -> float:
    return float(plan.get("round_to") or 10.0 ** -MINOR[plan["currency"]])


def rounded(money: float, plan: Document) -> float:
    """Half up to what the plan rounds to; a half that binary floats fall short of counts as one."""
    minor = int(MINOR[plan["currency"]])
    if "round_to" not in plan:
        return float(math.floor(round(money * 10**minor, 5) + 0.5) / 10**minor)
    return float(round(math.floor(round(money / plan["round_to"], 5) + 0.5) * plan["round_to"], minor))


def tie(money: float, plan: Document) -> bool:
    """Whether money lies so close to half a unit that two correct ways of adding may round it differently."""
    return abs(money / unit(plan) % 1 - 0.5) < 1e-4
