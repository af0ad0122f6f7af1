"""Published payouts: figures that others printed, each paid by a plan document in tests/published.

A case holds a figure and how its source rounds it. Percent of salary, of target or of an award is money on a target
incentive of 100. Every document also pays its own examples to the cent; the documents that no case names hold printed
rules and rate tables, and where the source has no total, one worked out by hand from its rates.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

import calc
from calc import Plan

DOCUMENTS = Path(__file__).parent / "published"

KNOWN = frozenset(
    """
    satispilot-tiered satispilot-quota usatruck-2013-pti-7_25m usatruck-2013-pti-24m usatruck-2013-funding-limit
    salestool-marginal surmodics-2006-matrix xlforum-581766 cik931058-ebitda-schedule cik931058-revenue-schedule
    just-2024-stip just-2024-stip-payout just-2021-ltip just-2021-ltip-shares just-2020-ltip just-2020-ltip-shares
    just-2017-ltip just-2017-ltip-preadjustment just-2019-ltip just-2019-stip spiff-mamount-ytd
    cik862831-2006-modifier sparrow-non-retroactive mrexcel-688389-ytd mrexcel-857705-overachievement
    caplan-21-1-forecast-grid allete-2009-gate-open-level1 allete-2009-gate-closed-level1
    allete-2009-gate-open-level2 allete-2009-gate-closed-level2 allete-2009-gate-open-level3
    allete-2009-gate-closed-level3 mrexcel-931365 mrexcel-1209088 mrexcel-1088633 mrexcel-481582 mrexcel-1090920
    ari-2011-matrix real-2009-revenue-75 real-2009-revenue-98 real-2009-revenue-110 real-2009-revenue-115
    real-2009-ebitda-49_5 real-2009-ebitda-130 real-2009-ebitda-185 real-2008-ceo-revenue-75
    real-2008-ceo-revenue-98 real-2008-ceo-revenue-110 real-2008-ceo-ebitda-49_5 real-2008-ceo-ebitda-98
    real-2008-ceo-ebitda-150 joans-fabrics-bsc
    """.split()  # noqa: SIM905
)
CANNOT = {  # (case, the part of it, "" for all of it): why no plan document can say it
    ("usatruck-2013-funding-limit", "cost of the minimum payouts"): "The pool is profit over cost, a quotient of two "
    "results; the document holds the cost at its 500,000.",
    ("just-2020-ltip-shares", "shares"): "A percentage rounded before it multiplies; a plan rounds once, at the end.",
    ("just-2021-ltip-shares", "shares"): "Shares are cut down to whole ones; a plan rounds half up.",
    ("just-2019-ltip", "shares"): "A percentage rounded before it multiplies, and shares cut down to whole ones.",
    ("just-2024-stip-payout", "cash and deferral"): "Pay that is split once it is earned; a plan says what is earned.",
}


Numbers = Mapping[str, float | Sequence[float]]


@dataclass(frozen=True)
class Case:
    """What a source printed for some results; a KPI not named stands at its target."""

    id: str
    results: Numbers
    pay: float | list[float] | None = None
    less: Numbers = field(default_factory=dict)  # results whose pay is taken off: what was earned before
    kpis: dict[str, float] = field(default_factory=dict)  # "id.pay" [money], "id.payout" or "id.attainment" [%]
    of: dict[float, float] = field(default_factory=dict)  # an award, and what the pay in percent of it comes to
    rounded: int | None = None  # decimals of that percentage, where the award is of whole shares
    tolerance: float = 0.005
    document: str = ""


def _allete(level: int, net_income: int, pays: float) -> Case:
    gate = "open" if net_income else "closed"
    results = {"net_income": net_income, "cash": level, "strategic": level}
    return Case(f"allete-2009-gate-{gate}-level{level}", results, pays, tolerance=0.05, document="allete-2009")


def _real(year: str, kpi: str, result: float, pays: float, tolerance: float = 0.5) -> Case:
    id = f"real-{year}-{kpi}-{result}".replace(".", "_")
    return Case(id, {kpi: result}, kpis={f"{kpi}.payout": pays}, tolerance=tolerance, document=f"real-{year}")


def _cik862831(individual: float, of: dict[float, float], group: str) -> Case:
    results = {"goal": 120, "individual": individual}
    return Case("cik862831-2006-modifier", results, of=of, tolerance=0.05, document=f"cik862831-2006-{group}")


def _infor(results: tuple[float, ...], attained: tuple[float, ...]) -> Case:
    ids = ("expense", "variance", "faults")
    kpis = {f"{id}.attainment": percent for id, percent in zip(ids, attained, strict=True)}
    return Case("infor-decreasing", dict(zip(ids, results, strict=True)), kpis=kpis)


# fmt: off
EBITDA = [*range(80, 101, 2), *range(101, 111)]
EBITDA_PAYS = [0, 32.5, 40, 47.5, 55, 62.5, 70, 77.5, 85, 92.5, *range(100, 201, 10)]
REVENUES = [*range(85, 90), *range(90, 101, 2), *range(101, 106)]
JUST_2021 = {"capital": 427, "eps": 16, "tsr": 100, "solvency": 197}
JUST_2020 = {"eps": 16.5, "tsr": 71.49, "coverage": 196, "capital": 434}
JUST_2024 = {"new_business": 460, "operating_profit": 504, "strain": 1.3}

PUBLISHED = [
    Case("satispilot-tiered", {"sales": [50_000, 100_000, 150_000]}, [1500, 1500 + 2500, 8000]),
    Case("satispilot-quota", {"quota": [80, 100, 120]}, [4000, 5000, 9000]),
    Case("usatruck-2013-pti-7_25m", {"pti": 7_250_000}, 30, tolerance=0.5, document="usatruck-2013"),
    Case("usatruck-2013-pti-24m", {"pti": 24_000_000}, 76, tolerance=0.5, document="usatruck-2013"),
    Case("usatruck-2013-funding-limit", {"pti": 3_250_000}, 10, tolerance=0.5),
    Case("salestool-marginal", {"sales": 30_000}, 2050),
    Case("surmodics-2006-matrix", {"eps": 3, "goals": [0, 100]}, [24, 24 + 8], tolerance=0.5),
    Case("xlforum-581766", {"sales": 15_000}, 1750),
    Case("cik931058-ebitda-schedule", {"ebitda": EBITDA}, EBITDA_PAYS, tolerance=0.05),
    Case("cik931058-revenue-schedule", {"revenues": REVENUES}, [*range(0, 151, 10)], tolerance=0.05),
    Case("just-2024-stip", JUST_2024 | {"strategy": 0}, 94, tolerance=0.5,
         kpis={"new_business.pay": 40, "operating_profit.pay": 30, "strain.pay": 24}),
    # The 90 are the 94 and four points less of strategy; 60 and 40 % of 150 % of 700 and of 400 thousand, at 1.4576.
    Case("just-2024-stip-payout", JUST_2024 | {"strategy": -4}, 90, tolerance=0.5, document="just-2024-stip",
         of={630: 567, 420: 378, 420_000 / 1.4576: 259_330, 360: 324, 240: 216, 240_000 / 1.4576: 148_189}),
    Case("just-2021-ltip", JUST_2021, kpis={"capital.pay": 35.5, "eps.pay": 37.5}, tolerance=0.05),
    Case("just-2021-ltip-shares", JUST_2021, document="just-2021-ltip",
         of={959_704: 940_509, 667_131: 653_788}, rounded=0),
    Case("just-2020-ltip", JUST_2020, 93, tolerance=0.5,
         kpis={"eps.payout": 100, "tsr.payout": 71.49, "coverage.payout": 100, "capital.payout": 100}),
    Case("just-2020-ltip-shares", JUST_2020, document="just-2020-ltip",
         of={1_708_317: 1_588_734, 1_187_523: 1_104_396}, rounded=0),
    Case("just-2017-ltip", {"eps": 14.4, "tsr": 49}, 50, kpis={"eps.payout": 100, "tsr.payout": 0}, tolerance=0.5),
    Case("just-2017-ltip-preadjustment", {"eps": 7.2}, document="just-2017-ltip", tolerance=0.5,
         kpis={"eps.payout": 40}),
    Case("just-2019-ltip", {"eps": 63.5, "tsr": 0}, 31.8, tolerance=0.05,
         of={694_567: 220_872}, rounded=1),  # and 473,695 lapsed
    # The source prints 83.1 beside an 83.3 that makes 83.03: the input was 83.33 to 83.35 before it was rounded.
    Case("just-2019-stip", {"financial": 83.3, "personal": 82.5}, 83.03),
    Case("just-2019-stip", {"financial": 83.34, "personal": 82.5}, 83.1, tolerance=0.05),
    Case("spiff-mamount-ytd", {"arr": 165_000}, 0.055 * 20_000, less={"arr": 145_000}),
    _cik862831(1, {50: 80, 40: 64}, "executives"), _cik862831(1.25, {50: 100, 40: 80}, "executives"),
    _cik862831(1.25, {30: 37.5, 20: 25}, "producers"),
    Case("sparrow-non-retroactive", {"sales": [300_000, 500_000, 600_000]}, [9000, 9000 + 10_000, 26_000]),
    Case("mrexcel-688389-ytd", {"sales": 5_007_000}, 2340.33, less={"sales": 3_507_000}),
    Case("mrexcel-857705-overachievement", {"quota": [105, 115]}, [2100, 6300], less={"quota": 100}),
    Case("caplan-21-1-forecast-grid", {"actual": 450, "forecast": [*range(0, 1051, 150)]}, tolerance=0.5,
         pay=[120, 150, 180, 150, 120, 90, 60, 30]),
    _allete(1, 1, 37.5), _allete(1, 0, 12.5), _allete(2, 2, 100),
    _allete(2, 0, 25), _allete(3, 3, 200), _allete(3, 0, 50),
    Case("mrexcel-931365", {"sales": [8500, 11_000]}, [300, 590]),
    Case("mrexcel-1209088", {"sales": 800_000}, 108_000),
    Case("mrexcel-1088633", {"sales": [100_000, 110_000, 130_000]}, [5000, 5750, 7500]),
    Case("mrexcel-481582", {"sales": [100, 120]}, [5, 5 + 2]),
    Case("mrexcel-1090920", {"achieved": [110, 75, 100, 95.1]}, [100, 0, 100, 2]),
    Case("ari-2011-matrix", {"ebitda": 2473, "recurring": 17_578, "objectives": 90}, 7200, tolerance=0.5),
    Case("ari-2011-matrix", {"ebitda": 2473}, kpis={"ebitda.payout": 80}),
    _real("2009", "revenue", 75, 0), _real("2009", "revenue", 98, 94), _real("2009", "revenue", 110, 130),
    _real("2009", "revenue", 115, 165), _real("2009", "ebitda", 49.5, 49.5, 0.05),
    _real("2009", "ebitda", 130, 130, 0.05), _real("2009", "ebitda", 185, 185, 0.05),
    _real("2008-ceo", "revenue", 75, 0), _real("2008-ceo", "revenue", 98, 88), _real("2008-ceo", "revenue", 110, 400),
    _real("2008-ceo", "ebitda", 49.5, 0), _real("2008-ceo", "ebitda", 98, 97), _real("2008-ceo", "ebitda", 150, 400),
    # The source adds its parts up to 110.83, a misprint: they make 113.83, and it goes on with 1.14. For the discount
    # it says target over actual, which is 111.11, but prints 110, which is 2 less actual over target.
    Case("joans-fabrics-bsc", {"roa": 22, "customers": 90, "discount": 4.5, "new_skus": 26}, 113.83,
         kpis={"roa.payout": 118.92, "customers.payout": 105.88, "discount.payout": 110, "new_skus.payout": 120,
               "roa.pay": 47.57, "customers.pay": 31.76, "discount.pay": 16.5, "new_skus.pay": 18}),
]
FURTHER = [
    Case("mrexcel-931549-weekly", {"sales": 10_000}, 300),
    Case("mrexcel-931549-weekly", {"sales": 30_000}, 600, less={"sales": 10_000}),
    Case("mrexcel-931549-weekly", {"sales": 50_000}, 700, less={"sales": 30_000}),
    Case("falcon-account-manager", {}, 15_000,
         kpis={"expansion.pay": 7500, "nrr.pay": 5250, "objectives.pay": 2250}),
    _infor((50, -50, 0), (100, 100, 100)), _infor((100, -100, 1), (0, 200, 0)), _infor((200, 0, -1), (-200, 0, 200)),
    _infor((0, 50, -2), (200, -100, 300)), _infor((0, 50, 2), (200, -100, -100)),
]
# fmt: on


def _plan(document: str) -> Plan:
    return calc.load(str(DOCUMENTS / f"{document}.toml")).plan


def _pay(case: Case, results: Numbers) -> np.ndarray:
    """Pay [money] for numbers or lists of results, the KPIs in the plan's order."""
    plan = _plan(case.document or case.id)
    columns = [results.get(kpi.id, kpi.target) for kpi in plan.kpis]
    return np.asarray(plan.pay(np.stack(np.broadcast_arrays(*columns), axis=-1)))


def _near(published: float | list[float] | Mapping[str, float] | Mapping[float, float] | None, case: Case) -> Any:
    return pytest.approx(published, rel=0, abs=case.tolerance + 1e-9)


def _cases(having: str) -> pytest.MarkDecorator:
    cases = [case for case in PUBLISHED + FURTHER if getattr(case, having) not in (None, {})]
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.id)


@_cases("pay")
def test_pays_what_was_printed(case: Case) -> None:
    before = _pay(case, case.less) if case.less else 0
    assert _pay(case, case.results) - before == _near(case.pay, case)


@_cases("kpis")
def test_each_kpi_shows_what_was_printed(case: Case) -> None:
    statement = _plan(case.document or case.id).statement(cast(Mapping[str, float], case.results))
    units = {"pay": 1, "payout": 100, "attainment": 100}
    shown = {f"{kpi.id}.{what}": getattr(kpi, what) * unit for kpi in statement.kpis for what, unit in units.items()}
    assert {key: shown[key] for key in case.kpis} == _near(case.kpis, case)


@_cases("of")
def test_an_award_comes_to_what_was_printed(case: Case) -> None:
    percent = Decimal(str(float(_pay(case, case.results))))
    if case.rounded is None:
        assert {award: award * float(percent) / 100 for award in case.of} == _near(case.of, case)
    else:
        percent = percent.quantize(Decimal(1).scaleb(-case.rounded), ROUND_HALF_UP)
        assert {award: floor(Decimal(award) * percent / 100) for award in case.of} == case.of


def test_every_known_case_is_expressed_or_has_its_reason() -> None:
    expressed = {case.id for case in PUBLISHED}
    whole, part = ({id for id, part in CANNOT if bool(part) is named} for named in (False, True))
    assert len(KNOWN) == 52
    assert expressed | whole == KNOWN
    assert whole.isdisjoint(expressed)
    assert part <= expressed
    assert all(reason.endswith(".") for reason in CANNOT.values())


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_document_pays_its_examples_to_the_cent(path: Path) -> None:
    plan, document = _plan(path.stem), tomllib.loads(path.read_text(encoding="utf-8"))
    assert document["description"].endswith(".")
    assert document["source"].startswith("http")
    assert document["example"]
    for example in document["example"]:
        assert set(example["results"]) == {kpi.id for kpi in plan.kpis}
        assert plan.statement(example["results"]).pay == example["pays"], example
