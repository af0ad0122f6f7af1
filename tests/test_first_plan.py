"""A new user's first plans, from what `python -m calc new` prints, and ten plan documents that were held out.

Who wrote these knew the project, so they do not show how long a newcomer takes. They show that all that the two plans
need stands in the README and in `new`: a second accelerator and a gate as terms, a modifier as a comment, how a measure
is taken out in the line above the measures. That line, a gate in the measure's own unit, `floor_pay` and the short
periods were not there before.
"""

from pathlib import Path

import pytest

import calc
from calc.commands.new_plan import TEMPLATE
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.planfile import Preset
from calc.documents.worked_examples import wrong_examples

HELD_OUT = sorted((Path(__file__).parent / "held_out").glob("*.toml"))


def blocks() -> list[str]:
    """What `new` prints, cut at its empty lines."""
    return TEMPLATE.split("\n\n")


def one_measure() -> str:
    """The account executive: margin, satisfaction and the gate are taken out, and revenue has all the weight."""
    told = [b for b in blocks() if not any(word in b for word in ("margin", "satisfaction", "Customers must"))]
    return "\n\n".join(told).replace("weight = 0.8", "weight = 1.0")


def test_an_account_executive_is_written_from_the_file_to_start_from() -> None:
    preset = calc.loads(one_measure())
    assert [preset.plan.pay([x]) for x in (599_999, 600_000, 1_200_000, 1_800_000, 2_400_000)] == [
        0, 30_000, 60_000, 105_000, 135_000
    ]  # fmt: skip
    assert preset.plan.limits == (None, None)


MANAGER = """
title = "Regional manager"
description = "Three measures; nothing where the margin is below 38 %; satisfaction multiplies."

[plan]
currency = "USD"
period = "year"
target_incentive = 40_000

[[kpis]]
id = "revenue"
name = "Team revenue"
kind = "outcome"
unit = "USD"
target = 6_000_000
weight = 0.5
curve = { kind = "band", floor = 0.7, pays_at_floor = 0.7, accelerator = 1.5 }

[[kpis]]
id = "customers"
name = "New customers"
kind = "outcome"
unit = "customers"
target = 60
weight = 0.3
curve = { kind = "steps", steps = [[0.8, 0.5], [1.0, 1.0]] }

[[kpis]]
id = "renewals"
name = "Renewals"
kind = "outcome"
unit = "%"
target = 90
weight = 0.2
curve = { kind = "points", of = "result", points = [[80, 0.0], [90, 1.0], [95, 1.5]] }

[[kpis]]
id = "margin"
name = "Gross margin"
kind = "profit"
unit = "%"
target = 40
weight = 0

[[kpis]]
id = "satisfaction"
name = "Customer satisfaction"
kind = "quality"
unit = "points"
target = 85
weight = 0

[[gates]]
kpi = "margin"
at_least_result = 38
closes = "plan"

[[modifiers]]
kpi = "satisfaction"
multiplies = "plan"
curve = { kind = "points", of = "result", points = [[70, 0.8], [85, 1.0], [95, 1.1]], below = "hold" }

[[example]]
pays = 40_000
results = {}

[[example]]
results = { revenue = 6_600_000, customers = 54, renewals = 92, satisfaction = 90 }
pays = 40_530

[[example]]
results = { margin = 37.9 }
pays = 0
"""
"""Revenue 1.15 x 20,000 = 23,000; customers 0.5 x 12,000 = 6,000; renewals 1.2 x 8,000 = 9,600; x 1.05 = 40,530."""


def test_a_manager_with_a_gate_and_a_multiplier() -> None:
    preset = calc.loads(MANAGER)
    assert not wrong_examples(preset)
    assert preset.plan.pay([4_199_999, 47, 79, 38, 60]) == 0


@pytest.mark.parametrize(
    "term", ["[[gates]]", "at_least_result", "[[modifiers]]", "accelerator_2_from", "steps", "floor_pay"]
)
def test_what_a_first_plan_needs_stands_in_the_file_to_start_from(term: str) -> None:
    assert term in TEMPLATE


# Documents that were held out: kinds of the contract, written after it was built


def read(path: Path) -> Preset:
    return calc.load(path)


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_a_held_out_plan_pays_to_the_cent(path: Path) -> None:
    preset = read(path)
    assert len(preset.example) >= 3
    for example in preset.example:
        assert preset.plan.statement(example.results).pay == example.pays, example


FOUND = {
    "cars-by-the-month": {("cliff", 1600.0), ("cliff", 1050.0), ("cliff", 1250.0)},
    "channel-manager": {("cliff", 600.0)},
    "draw-or-commission": set(),
    "money-grid": {("cliff", 150.0), ("cliff", 100.0)},
    "points-on-the-rate": set(),
    "rates-by-quota-band": set(),
    "rounded-to-five": {("cliff", 192.0)},
    "shrink-or-audit": {("cliff", 1500.0), ("cliff", 750.0)},
    "spiff-per-unit": set(),
    "two-step-threshold": set(),
}
"""The jumps of each, by hand; a plan whose pay climbs has none."""


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_what_is_found_in_a_held_out_plan_is_so(path: Path) -> None:
    preset = read(path)
    told = diagnose_preset(preset)
    assert {(f.check, f.money) for f in told if f.check == "cliff"} == FOUND[path.stem]
    assert "wrong_example" not in {f.check for f in told}
    if not any(kpi.has_target for kpi in preset.plan.kpis if kpi.paid):
        assert not {"field_range", "pay_at_target", "budget_gap", "zero_zone"} & {f.check for f in told}
