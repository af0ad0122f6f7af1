"""Sick and cured plans on the same people: the numbers that the model was published with."""

import numpy as np
import pytest

import calc
from calc.behaviour.behave import Behaved, behave
from calc.behaviour.effort.calibrate import find_kappa
from calc.behaviour.effort.outcome import Outcome
from calc.behaviour.effort.rep import CALIBRATIONS, reps_as_teams, spread_abilities
from calc.piecewise.curve import Curve
from tests.calc.behaviour.reps import paid, standard_team, under

HEADLINE = Curve.through([(0.8, 0.5), (1.0, 1.0), (1.5, 1.75)], below="zero")
NEAR = {
    "pay": 0.002,
    "effort": 0.004,
    "hit": 0.002,
    "given_up": 0.004,
    "coasting": 0.004,
    "sprinting": 0.004,
    "waste": 0.002,
}


def figure(outcome: Outcome, name: str) -> float:
    names = {"pay": "expected_pay", "waste": "waste_of_shape"}
    return float(getattr(outcome, names.get(name, name))[0])


def test_the_headline_plan() -> None:
    reps = reps_as_teams(spread_abilities(0.15), CALIBRATIONS[:1], noise=0.2)
    reading = find_kappa(paid(HEADLINE, 7), reps, 1.0, 1)
    assert reading.kappa[0] == pytest.approx(0.5638881697, abs=0.001)
    outcome = under(HEADLINE, reps.with_kappa(np.repeat(reading.kappa, 7)))
    told = {
        "sales": (1.0, 0.0005),
        "effort": (0.9878607619, 0.002),
        "expected_pay": (0.9243901042, 0.001),
        "cost": (0.3424816955, 0.001),
        "hit": (0.5476115967, 0.001),
        "given_up": (0.04017864507, 0.003),
        "coasting": (0.0002555902006, 0.003),
        "sprinting": (0.3939515836, 0.003),
        "waste_of_shape": (0.01621675335, 0.001),
        "no_incentive": (0.7, 1e-9),
    }
    for name, (value, near) in told.items():
        assert float(getattr(outcome, name)[0]) == pytest.approx(value, abs=near), name
    assert outcome.commission.sales[0] == pytest.approx(0.8511535124, abs=0.001)
    assert outcome.even.sales[0] == pytest.approx(1.016216698, abs=0.001)
    assert outcome.sales_by_rep[[0, -1]] == pytest.approx([0.7031406534, 1.232658312], abs=0.002)
    assert outcome.effort_by_step[0, [0, -1]] == pytest.approx([0.9702811332, 1.008518647], abs=0.003)


PAIRS = {
    "unreachable-floor": {
        "kappa": 0.3616281401,
        "sick": {"sales": 0.8488997584, "pay": 0.1778790872, "effort": 0.4515870944, "hit": 6.666825904e-08}
        | {"given_up": 0.6926397224, "coasting": 0.0, "sprinting": 0.2348181184, "waste": 0.1151273913}
        | {"net": 0.03447863448},
        "cured": {
            "pay": 1.04817829,
            "effort": 0.9835688198,
            "given_up": 0.0,
            "waste": 0.001742785675,
            "net": 0.8432910557,
        },
    },
    "low-ceiling": {
        "kappa": 0.838678843,
        "sick": {"sales": 0.8053013896, "pay": 1.787421905, "effort": 0.3607742491, "hit": 0.9677912524}
        | {"given_up": 1.35e-05, "coasting": 0.19711422, "sprinting": 0.0, "waste": 0.02365257881, "net": 1.689530939},
        "cured": {
            "pay": 2.516646542,
            "effort": 0.9706700103,
            "given_up": 0.0,
            "waste": 0.0007933302119,
            "net": 2.049485807,
        },
    },
    "few-pounds-short": {
        "kappa": 0.3886446678,
        "sick": {"sales": 1.137193671, "pay": 1.218877101, "effort": 1.461431835, "hit": 0.9959040215}
        | {
            "given_up": 1.8e-05,
            "coasting": 0.0,
            "sprinting": 0.1407805411,
            "waste": 0.005579716093,
            "net": 0.7816161622,
        },
        "cured": {
            "pay": 1.048908777,
            "effort": 0.9876206401,
            "given_up": 0.0,
            "waste": 0.004826825212,
            "net": 0.8237074233,
        },
    },
    "show-target": {
        "kappa": 0.3612970367,
        "sick": {"sales": 0.8253934729, "pay": 0.5034900565, "effort": 0.4136581734, "hit": 2.19e-06}
        | {"given_up": 0.0, "coasting": 0.0, "sprinting": 0.0, "waste": 0.0, "net": 0.4602565614},
        "cured": {
            "pay": 1.047815046,
            "effort": 0.9815086174,
            "given_up": 0.0,
            "waste": 0.001732006924,
            "net": 0.8434012515,
        },
    },
    "retroactive-tiers": {
        "kappa": 0.4647525535,
        "sick": {"sales": 0.9607740888, "pay": 0.9173350615, "effort": 0.8583743377, "hit": 0.509364087}
        | {"given_up": 0.0, "coasting": 0.0, "sprinting": 0.02568904149, "waste": 0.007181558228, "net": 0.7037590022},
        "cured": {
            "pay": 1.048038528,
            "effort": 0.9869272392,
            "given_up": 0.0,
            "waste": 0.002249332842,
            "net": 0.783252009,
        },
    },
}
"""Standard calibration, the cured plan taken to bring today's mean; sales in it, money in the sick plan's incentive."""
PLANS = {
    "unreachable-floor": (
        55.0,
        0.1 / 0.55,
        (Curve((0, 70, 200), (0, 0.7, 2), (0, 0.01, 0)), 100.0),
        (Curve((0, 54), (0, 1), (1 / 54, 1.3 / 54)), 54.0, 1.0),
    ),
    "low-ceiling": (
        245.0,
        0.7 / 2.45,
        (Curve((0, 200), (0, 2), (0.01, 0)), 100.0),
        (Curve((0, 240), (0, 2.4), (0.01, 0.012)), 240.0, 2.4),
    ),
    "few-pounds-short": (
        80800.0,
        0.12 / 1.01,
        (Curve((0, 80000), (0, 1), (0, 1.5 / 80000)), 80000.0),
        (Curve((0, 80000), (0, 1), (1 / 80000, 1.5 / 80000)), 80000.0, 1.0),
    ),
    "show-target": (
        305000.0,
        0.12 / 0.61,
        (Curve((0, 500000), (0, 1), (1 / 500000, 1.3 / 500000)), 500000.0),
        (Curve((0, 300000), (0, 1), (1 / 300000, 1.3 / 300000)), 300000.0, 1.0),
    ),
    "retroactive-tiers": (
        30300.0,
        0.15 / 1.01,
        (
            Curve((0, 20000, 30000, 40000), (0, 1200, 2100, 3200), (0.05, 0.06, 0.07, 0.08)) * (1 / 2100),
            30000.0,
        ),
        (Curve((0, 15000, 30000), (0, 750, 2100), (0.05, 0.09, 0.12)) * (1 / 2100), 30000.0, 1.0),
    ),
}
"""By situation: today's mean result, spread over mean, the sick plan and its target, the cure and its incentive."""


@pytest.mark.parametrize("name", PAIRS)
def test_the_numbers_of_a_situation(name: str) -> None:
    unit, relative, (sick, sick_target), (cured, cured_target, money) = PLANS[name]
    reps = standard_team(relative)
    by_sales = {"sick": sick.of_line(unit), "cured": cured.of_line(unit)}
    reading = find_kappa(paid(by_sales["cured"], 7), reps, money * unit / cured_target, 1)
    told = PAIRS[name]
    assert reading.kappa[0] == pytest.approx(told["kappa"], abs=0.001)
    reps = reps.with_kappa(np.repeat(reading.kappa, 7))
    for side, target, rate in (("sick", sick_target, 1.0), ("cured", cured_target, money)):
        outcome = under(by_sales[side], reps, target / unit, rate * unit / target)
        for figure_name, value in told[side].items():  # type: ignore[attr-defined]
            assert figure(outcome, figure_name) == pytest.approx(value, abs=NEAR.get(figure_name, 0.001)), (
                side,
                figure_name,
            )


def behaved(name: str) -> Behaved:
    preset = calc.load(name)
    return behave(preset, against=calc.load(preset.cured_by) if preset.cured_by else None)


@pytest.mark.parametrize(
    "name", ["unreachable-floor", "low-ceiling", "few-pounds-short", "show-target", "retroactive-tiers"]
)
def test_a_preset_is_read_as_its_situation(name: str) -> None:
    """The preset's own plan, team and cure lead to the numbers of the situation."""
    found = behaved(name)
    told = PAIRS[name]
    assert found.axis.unit == pytest.approx(PLANS[name][0])
    assert found.reading.kappa[0] == pytest.approx(told["kappa"], abs=0.002)
    band = found.here.band("sales")
    assert band is not None
    assert band.standard == pytest.approx(told["sick"]["sales"], abs=0.001)  # type: ignore[index]


def test_a_low_ceiling_costs_sales_in_every_reading() -> None:
    change = behaved("low-ceiling").here.band("sales")
    assert change is not None
    assert (round(change.low, 2), round(change.high, 2)) == (0.81, 0.87)


def test_all_or_nothing_is_not_said_to_lose_sales() -> None:
    change = behaved("few-pounds-short").change("sales")
    assert change is not None
    assert change.high < -0.1


def test_a_plan_that_has_switched_itself_off_is_read_from_a_line() -> None:
    """A ceiling at a third of today's mean pays nothing for today, so no cost of effort brings today."""
    reps = standard_team(0.2)
    reading = find_kappa(paid(Curve((0.0, 0.33), (0.0, 0.33), (1.0, 0.0)), 7), reps, 1.0, 1)
    assert reading.on_line[0]
    assert 0.2 < reading.kappa[0] < 0.4
