"""Random plans, as documents of plain dicts and lists, so that the oracle reads the same words as the engine.

Numbers are decimals, as somebody would write them into a plan; what is drawn as a plan is nearly always a sound one.
"""

from typing import Any, Literal

from hypothesis import settings
from hypothesis import strategies as st

from calc import Plan, Refused
from calc.piecewise.curve import Curve

AROUND = 50.0
"""Where results lie of a KPI that has no target."""
IDS = ("deals", "revenue", "margin", "csat", "calls")
Document = dict[str, Any]


def examples(count: int) -> settings:
    """So many examples a run; twenty times as many under the profile that explores."""
    return settings(max_examples=max(count * settings().max_examples // 100, 1))


def decimals(low: float, high: float, places: int = 2) -> st.SearchStrategy[float]:
    """Decimals from low to high, of at most so many places."""
    unit = 10**places
    return st.integers(round(low * unit), round(high * unit)).map(lambda n: n / unit)


def maybe(draw: st.DrawFn, chance: float = 0.5) -> bool:
    return draw(st.integers(0, 99)) < 100 * chance


# Curves


@st.composite
def points(draw: st.DrawFn, most: int = 6) -> list[tuple[float, float]]:
    """Points of ascending x, where an x may come twice or three times and neighbours may be level."""
    xs = sorted(draw(st.lists(decimals(-3, 3, 1), min_size=1, max_size=most)))
    return [(x, draw(st.one_of(decimals(-2, 2, 1), st.sampled_from((0.0, 1.0))))) for x in xs]


@st.composite
def curves(draw: st.DrawFn, flat: bool = False) -> Curve:
    """Curves without slack; flat ones only jump."""
    given = draw(points())
    if flat:
        given = [
            pair
            for (x, y), (after, _) in zip(given, [*given[1:], (9, 0)], strict=True)
            for pair in ((x, y), (after, y))
        ]
    level: tuple[Literal["zero", "hold"], ...] = ("zero", "hold")
    sloped: tuple[Literal["zero", "hold", "extend"], ...] = (*level, "extend")
    below = draw(st.sampled_from(level if flat else sloped))
    ends: tuple[Literal["hold", "extend"], ...] = ("hold", "extend")
    above = "hold" if flat else draw(st.sampled_from(ends))
    return Curve.through(given, below=below, above=above)


# Terms


def attainments(draw: st.DrawFn, least: int, most: int, distinct: bool) -> list[float]:
    return sorted(draw(st.lists(decimals(0, 2.5), min_size=least, max_size=most, unique=distinct)))


def as_results(kpi: Document, places: list[float]) -> list[float]:
    """Attainments, worse to better, as results in few decimals: ascending, or descending where lower is better."""
    sign, span = sign_and_span(kpi)
    return [round(target_of(kpi) + sign * span * (a - 1), 6) + 0.0 for a in places]


def target_of(kpi: Document) -> float:
    """The target, or for a KPI without one the one that its results were drawn around."""
    return float(kpi.get("target", AROUND))


def sign_and_span(kpi: Document) -> tuple[float, float]:
    return (-1.0 if kpi.get("better") == "lower" else 1.0), kpi.get("scale", abs(target_of(kpi)))


def reached(draw: st.DrawFn) -> Document:
    return {"reached": "above"} if maybe(draw, 0.3) else {}


def band(draw: st.DrawFn) -> Document:
    floor = draw(st.one_of(decimals(0, 1), st.sampled_from((0.0, 0.7, 1.0))))
    terms: Document = {"kind": "band", "floor": floor}
    if maybe(draw):
        terms["pays_at_floor"] = draw(decimals(0, 1.5))
    if maybe(draw):
        terms["accelerator"] = draw(decimals(0, 4))
    if maybe(draw, 0.3):
        terms["accelerator_of"] = draw(st.sampled_from(("rate_below_target", "target_rate")))
    if maybe(draw, 0.3):
        terms |= {"accelerator_2": draw(decimals(0, 4)), "accelerator_2_from": draw(decimals(1.01, 2.5))}
    if maybe(draw):
        terms["ceiling"] = draw(st.one_of(st.just(floor), decimals(floor, 3))) or 1.0
    return terms | reached(draw)


def table(draw: st.DrawFn, kpi: Document, kind: str, times: float = 1.0) -> Document:
    """Points or steps, of attainment or of result; of a result that is better when lower from either end."""
    of_result = "target" not in kpi or maybe(draw)
    xs = attainments(draw, 1, 5, distinct=kind == "steps")
    xs = as_results(kpi, xs) if of_result else xs
    if kind == "points" and len(set(xs)) == 1:
        xs = xs[:1]
    pairs = [[x, draw(st.one_of(decimals(0, 3), st.sampled_from((-0.5, 0.0, 1.0)))) * times] for x in xs]
    if of_result and kpi.get("better") == "lower" and maybe(draw):
        pairs.reverse()
    terms: Document = {"kind": kind, kind: pairs}
    if of_result:
        terms["of"] = "result"
    if kind == "points" and maybe(draw):
        terms["below"] = draw(st.sampled_from(("zero", "hold", "extend")))
    if kind == "points" and maybe(draw):
        terms["above"] = draw(st.sampled_from(("hold", "extend")))
    return terms | reached(draw)


def tiers(draw: st.DrawFn, kpi: Document) -> Document:
    places = attainments(draw, 1, 4, distinct=True)
    of_attainment = "target" in kpi and maybe(draw, 0.3)
    froms = places if of_attainment else as_results(kpi, places)
    terms: Document = {"kind": "tiers", "tiers": [[x, draw(decimals(0, 0.2, 3))] for x in froms]}
    if of_attainment:
        terms["of"] = "attainment"
    if maybe(draw):
        terms["apply"] = "retroactive"
        if maybe(draw, 0.4):
            terms["tiers"] = [[x, rate, draw(decimals(-20, 400, 1))] for x, rate in terms["tiers"]]
    return terms | reached(draw)


def matrix(draw: st.DrawFn, kpi: Document, other: Document, times: float = 1.0) -> Document:
    of_result = "target" not in kpi or "target" not in other or maybe(draw, 0.4)
    axes = []
    for one in (kpi, other):
        places = attainments(draw, 1, 4, distinct=True)
        axis = as_results(one, places) if of_result else places
        axes.append(axis[::-1] if of_result and one.get("better") == "lower" and maybe(draw) else axis)
    payouts = [[draw(decimals(0, 3)) * times for _ in axes[1]] for _ in axes[0]]
    terms: Document = {"kind": "matrix", "with": other["id"], "rows": axes[0], "columns": axes[1], "payouts": payouts}
    if of_result:
        terms["of"] = "result"
    if maybe(draw, 0.4):
        terms["between"] = "step"
    return terms


def factor(draw: st.DrawFn, kpi: Document, sloped: bool) -> Document:
    """What multiplies, or pays a score: a step table where a slope would meet another."""
    kinds = ("points", "steps") if "target" not in kpi else ("band", "points", "steps")
    kind = draw(st.sampled_from(kinds)) if sloped else "steps"
    return band(draw) if kind == "band" else table(draw, kpi, kind)


# Plans


def measured(draw: st.DrawFn, name: str) -> Document:
    """A KPI with a target and no curve yet."""
    kpi: Document = {"id": name}
    kpi["target"] = draw(st.one_of(st.sampled_from((100.0, 85.0, 3.0, 24000.0, 0.7)), decimals(0.01, 999)))
    if maybe(draw, 0.3):
        kpi["better"] = "lower"
    if maybe(draw, 0.2):
        kpi["target"] = draw(st.sampled_from((0.0, -40.0, kpi["target"])))
        kpi["scale"] = draw(decimals(0.5, 200, 1))
    elif maybe(draw, 0.05):
        kpi["target"] = -kpi["target"]
    elif maybe(draw, 0.08):
        del kpi["target"]
    if maybe(draw, 0.12):
        kpi["counted"] = True
    return kpi


def subset(draw: st.DrawFn, ids: list[str]) -> Any:
    named = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True))
    return named if len(named) > 1 or maybe(draw) else named[0]


def condition(draw: st.DrawFn, kpis: list[Document]) -> Document:
    """A mark that a KPI must reach, or may not exceed."""
    kpi = draw(st.sampled_from(kpis))
    mark = draw(decimals(0.4, 1.4))
    side = draw(st.sampled_from(("at_least", "at_least", "at_most")))
    if "target" not in kpi or maybe(draw):
        return {"kpi": kpi["id"], f"{side}_result": as_results(kpi, [mark])[0]} | reached(draw)
    return {"kpi": kpi["id"], side: mark} | reached(draw)


def gate(draw: st.DrawFn, kpis: list[Document], whole: bool) -> Document:
    terms = condition(draw, kpis) | {"closes": "plan" if whole else subset(draw, [k["id"] for k in kpis])}
    if maybe(draw, 0.25):
        terms["any_of"] = [condition(draw, kpis) for _ in range(draw(st.integers(1, 2)))]
    match draw(st.sampled_from(("closes", "keeps", "limits"))):
        case "keeps":
            terms["keeps"] = draw(decimals(0, 1))
        case "limits":
            terms["limits_to"] = draw(decimals(0, 2))
    return terms


def touched(kpis: list[Document], multiplies: Any) -> set[str]:
    """The ids of KPIs along which something that is multiplied may be sloped."""
    named = {k["id"] for k in kpis} if multiplies == "plan" else set(multiplies)
    paid = [k for k in kpis if k["id"] in named and (k.get("weight") or k.get("curve"))]
    return {k["id"] for k in paid} | {k["curve"]["with"] for k in paid if k.get("curve", {}).get("kind") == "matrix"}


def modifier(draw: st.DrawFn, kpis: list[Document], whole: bool, busy: set[str], bold: bool) -> Document:
    kpi = draw(st.sampled_from(kpis))
    multiplies = "plan" if whole else subset(draw, [k["id"] for k in kpis])
    named = [multiplies] if isinstance(multiplies, str) and multiplies != "plan" else multiplies
    sloped = bold or kpi["id"] not in busy | touched(kpis, named)
    terms = {"kpi": kpi["id"], "multiplies": multiplies, "curve": factor(draw, kpi, sloped)}
    if terms["curve"]["kind"] != "steps":
        busy.add(kpi["id"])
    return terms


@st.composite
def documents(
    draw: st.DrawFn, bold: bool = False, combine: str | None = None, most: int = 4, commission: bool = False
) -> Document:
    """A plan as the tables of its document. A bold one does not shun slopes that meet, and may be refused.

    The first KPI pays always; by tiers where a commission is asked for.
    """
    kpis = [measured(draw, name) for name in IDS[: draw(st.integers(1, most))]]
    score = maybe(draw, 0.2) if combine is None else combine == "score"
    if commission:
        kpis[0].pop("better", None)
    for kpi in kpis if score else []:
        kpi.setdefault("target", AROUND)
    paying = [k for k in kpis if k is kpis[0] or maybe(draw, 0.65)]
    weighted = []
    for kpi in kpis:
        others = [k for k in kpis if k is not kpi]
        kinds = ["points", "steps"] + ["matrix"] * bool(others) + ["tiers"] * (kpi.get("better") != "lower")
        kinds += ["band"] * ("target" in kpi)
        kind = "tiers" if commission and kpi is kpis[0] else draw(st.sampled_from(kinds))
        if kpi not in paying:
            kpi["weight"] = 0
            continue
        money = kind not in ("tiers", "band") and not score and maybe(draw, 0.3)
        if score or (kind != "tiers" and not money):
            weighted.append(kpi)
        if not score:
            times = 200.0 if money else 1.0
            kpi["curve"] = (
                band(draw) if kind == "band"
                else tiers(draw, kpi) if kind == "tiers"
                else matrix(draw, kpi, draw(st.sampled_from(others)), times) if kind == "matrix"
                else table(draw, kpi, kind, times)
            )  # fmt: skip
            kpi["curve"] |= {"pays": "money"} if money else {}
            if maybe(draw, 0.1):
                kpi["round_to"] = draw(st.sampled_from((1, 5, 0.05)))
    parts = [draw(st.integers(1, 6)) for _ in weighted]
    for kpi, part in zip(weighted, parts, strict=True):
        kpi["weight"] = part / sum(parts)
    plan: Document = {"currency": draw(st.sampled_from(("USD", "USD", "JPY", "KWD"))), "pay_below_zero": True}
    plan["target_incentive"] = draw(st.sampled_from((1000.0, 333.33, 7500.0, 120000.0)))
    if not weighted and maybe(draw):
        del plan["target_incentive"]
    if score:
        plan |= {"combine": "score", "curve": factor(draw, {"target": 1.0}, sloped=True)}
        plan["curve"].pop("of", None)
        for name in ("points", "steps"):
            if name in plan["curve"]:
                plan["curve"][name].sort()
    if maybe(draw, 0.3):
        plan |= {"floor": draw(decimals(0, 0.5))} if maybe(draw, 0.7) else {"floor_pay": draw(decimals(0, 400))}
    if maybe(draw, 0.3):
        plan |= {"ceiling": draw(decimals(0.5, 3))} if maybe(draw, 0.7) else {"ceiling_pay": draw(decimals(400, 9000))}
    if maybe(draw, 0.15):
        plan["round_to"] = draw(st.sampled_from((1, 5, 100)))
    if maybe(draw, 0.25):
        plan["modifiers_combine"] = draw(st.sampled_from(("add", "add", "multiply")))
    busy = {k["id"] for k in weighted} if score else set()
    gates = [gate(draw, kpis, score or maybe(draw, 0.4)) for _ in range(draw(st.integers(0, 2)))]
    count = draw(st.integers(0, 2))
    modifiers = [modifier(draw, kpis, score or maybe(draw, 0.4), busy, bold) for _ in range(count)]
    document = {"plan": plan, "kpis": kpis, "gates": gates, "modifiers": modifiers}
    if not score and len(kpis) > 1 and maybe(draw, 0.2):
        ids = [k["id"] for k in kpis]
        cut, end = draw(st.integers(1, len(ids) - 1)), draw(st.integers(0, 1)) and len(ids) > 2
        document["greater_of"] = [{"groups": [ids[:cut], ids[cut : len(ids) - end] or ids[cut:]]}]
    return document


def made(document: Document) -> Plan:
    """The engine's plan of a document."""
    lists = {name: document[name] for name in ("kpis", "gates", "modifiers", "greater_of") if document.get(name)}
    return Plan.read({**document["plan"], **lists})


@st.composite
def plans(draw: st.DrawFn, /, **how: Any) -> tuple[Document, Plan]:
    """A document and its plan; the few documents that are refused are drawn again."""
    from hypothesis import reject

    document = draw(documents(**how))
    try:
        return document, made(document)
    except Refused:
        reject()


@st.composite
def stands(draw: st.DrawFn, document: Document) -> dict[str, float]:
    """Where a rep stands on each KPI: mostly in the plan's own decimals, sometimes anywhere."""
    found = {}
    for kpi in document["kpis"]:
        sign, span = sign_and_span(kpi)
        place = draw(st.one_of(decimals(0, 2.5), decimals(-0.5, 3, 6)))
        found[kpi["id"]] = round(target_of(kpi) + sign * span * (place - 1), 9)
    return found
