"""Conditions that open a gate too, and groups of which one is paid: they come, change and go, and the plan holds."""

import pytest

from calc import Refused
from calc.documents.planfile import Preset
from calc.edit import alternatives
from calc.edit.structure import remove_kpi
from calc.plan.plan import Plan

LINE = {"kind": "band"}
KPIS = [{"id": name, "target": 10, "weight": 0.5, "curve": LINE} for name in ("deals", "margin")]
GATE = {"kpi": "deals", "at_least": 0.9, "closes": "plan"}
PRESET = Preset(plan=Plan.read({"target_incentive": 1000, "kpis": KPIS, "gates": [GATE]}))


def test_a_condition_comes_changes_and_goes() -> None:
    found = alternatives.add_condition(PRESET, 0, "margin")
    assert found.plan.pay([[5, 10], [5, 9]]).tolist() == [750, 0]
    found = alternatives.change_condition(found, 0, 0, at_most_result=4)
    assert found.plan.pay([[5, 10], [5, 4]]).tolist() == [0, 450]
    assert alternatives.remove_condition(found, 0, 0) == PRESET
    assert remove_kpi(found, "margin").plan.gates[0].any_of == ()


def test_groups_come_change_and_go() -> None:
    found = alternatives.add_groups(PRESET)
    assert found.plan.greater_of[0].groups == (("deals",), ("margin",))
    assert found.plan.pay([10, 5]) == 500
    with pytest.raises(Refused) as refused:
        alternatives.change_group(found, 0, 0, ["deals", "margin"])
    assert "must name margin once" in str(refused.value)
    with pytest.raises(Refused):
        alternatives.add_groups(found)
    assert alternatives.remove_groups(found, 0) == PRESET
    assert remove_kpi(found, "margin").plan.greater_of == ()
