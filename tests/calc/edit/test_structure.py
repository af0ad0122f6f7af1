"""Changes to what a plan is made of: whatever is changed, what comes out holds, and pays as was promised."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from calc import Plan, Refused
from calc.documents import planfile
from calc.documents.planfile import Preset
from calc.documents.preset_tables import Rep
from calc.edit.around import change_table, set_table
from calc.edit.curve_kind import as_kind, pays_alike, set_combine
from calc.edit.curve_place import change_curve
from calc.edit.curve_tables import in_terms_of, read_with, set_grid_columns, set_grid_rows, set_rows
from calc.edit.gates_and_modifiers import (
    add_gate,
    add_modifier,
    change_gate_or_modifier,
    gate_in,
    remove_gate_or_modifier,
)
from calc.edit.kpi_changes import change_kpi, move_kpi
from calc.edit.paid_kpis import set_paid, set_weight
from calc.edit.structure import add_kpi, blank_plan, id_of, remove_kpi
from calc.edit.weighing import rebalance_weights
from calc.plan.kpi import Kpi
from calc.plan.mechanics import KINDS, Band, Matrix, Points, Steps, Tiers
from calc.plan.terms import Of
from tests.curves import curve_of
from tests.strategies import Document, decimals, examples, plans, stands

WHOLE = 1e-9


def preset_of(plan: Plan) -> Preset:
    return Preset(plan=plan)


def holds(preset: Preset) -> None:
    """A document that can be written and read again, with whole weights and nothing left hanging."""
    assert planfile.loads(planfile.dumps(preset)) == preset.changed(name=None)
    weights = [kpi.weight for kpi in preset.plan.kpis if kpi.weight]
    assert not weights or abs(sum(weights) - 1) <= WHOLE
    assert preset.plan.incentive > 0


def pays(plan: Plan, at: dict[str, float]) -> float:
    return float(plan.payout([[at[i] for i in plan.ids]])[0]) * plan.incentive


def two(**more: object) -> Preset:
    """Deals and margin, with a gate on margin and a modifier read from csat, which is measured only."""
    kpis = (
        Kpi(id="deals", target=100, weight=0.6, curve=Band(floor=0.5)),
        Kpi(id="margin", target=30, weight=0.4, curve=Band()),
        Kpi(id="csat", target=80, weight=0),
    )
    found = preset_of(Plan(target_incentive=1000, kpis=kpis))
    return add_modifier(add_gate(found, "margin"), "csat").changed(**more)


# A blank plan


def test_a_blank_plan_is_sound_and_travels() -> None:
    plan = blank_plan("EUR").plan
    assert plan.ids == ("revenue",)
    assert plan.kpis[0].unit == plan.currency == "EUR"
    assert blank_plan().team is not None
    holds(blank_plan())


# KPIs


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("Gross margin", (), "gross_margin"),
        ("Gross margin", ("gross_margin",), "gross_margin_2"),
        ("Gross margin", ("gross_margin", "gross_margin_2"), "gross_margin_3"),
        ("plan", (), "plan_2"),
        ("all", (), "all_2"),
        ("%", (), "kpi"),
        ("", (), "kpi"),
        ("売上", (), "kpi"),
        ("3 calls", (), "kpi_3_calls"),
        ("a" * 80, (), "a" * 30),
    ],
)
def test_an_id_comes_from_the_name(name: str, taken: tuple[str, ...], found: str) -> None:
    assert id_of(name, taken) == found


def test_who_comes_takes_from_the_others_in_proportion() -> None:
    plan = add_kpi(two(), "Renewals").plan
    assert plan.ids == ("deals", "margin", "csat", "renewals")
    assert [kpi.weight for kpi in plan.kpis] == [0.4, 0.267, 0, 0.333]
    assert plan.kpi("renewals").label == "Renewals"


def test_who_goes_gives_to_the_others_in_proportion_and_takes_what_named_it_along() -> None:
    plan = remove_kpi(add_kpi(two(), "Renewals"), "margin").plan
    assert plan.ids == ("deals", "csat", "renewals")
    assert [kpi.weight for kpi in plan.kpis] == [0.546, 0, 0.454]
    assert plan.gates == ()
    assert len(plan.modifiers) == 1
    assert remove_kpi(two(), "csat").plan.modifiers == ()


def test_a_gate_on_several_forgets_the_one_that_goes() -> None:
    several = change_gate_or_modifier(two(), "gates", 0, closes=("deals", "csat"))
    assert remove_kpi(several, "deals").plan.gates[0].closes == ("csat",)
    alone = change_gate_or_modifier(two(), "gates", 0, closes=("deals",))
    assert remove_kpi(alone, "deals").plan.gates == ()


def test_a_grid_becomes_its_line_when_its_other_kpi_goes() -> None:
    grid = Matrix(with_="margin", rows=(0.5, 1, 2), columns=(0.8, 1.0), payouts=((0, 0.5), (0.5, 1), (1, 3)))
    kpis = (Kpi(id="deals", target=100, weight=1, curve=grid), Kpi(id="margin", target=30, weight=0))
    before = Plan(target_incentive=1000, kpis=kpis)
    after = remove_kpi(preset_of(before), "margin").plan
    assert curve_of(after, "deals", Points).points == ((0.5, 0.5), (1.0, 1.0), (2.0, 3.0))
    assert after.pay([[150]])[0] == before.pay([[150, 30]])[0] == 2000


def test_the_last_one_paid_leaves_its_curve_to_the_next() -> None:
    preset = preset_of(
        Plan(
            target_incentive=1000,
            kpis=(
                Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),
                Kpi(id="csat", target=80, weight=0),
            ),
        )
    )
    heir = remove_kpi(add_modifier(preset, "csat"), "deals").plan
    assert heir.kpi("csat").weight == 1
    assert heir.kpi("csat").curve == Band(floor=0.7)
    assert heir.modifiers == ()


def test_the_only_one_stays() -> None:
    with pytest.raises(Refused, match="kpis must have at least 1 entry"):
        remove_kpi(blank_plan(), "revenue")


def test_named_reps_forget_who_goes_and_stay() -> None:
    rep = Rep(name="Ann", results={"deals": 90, "margin": 20}, targets={"margin": 25})
    left = remove_kpi(two(reps=(rep,)), "margin").reps
    assert left == (Rep(name="Ann", results={"deals": 90}, targets={}),)


def test_the_order_changes_and_nothing_else() -> None:
    assert move_kpi(two(), "csat", -1).plan.ids == ("deals", "csat", "margin")
    assert move_kpi(two(), "deals", -1).plan.ids == ("deals", "margin", "csat")
    assert move_kpi(two(), "deals", 9).plan.ids == ("margin", "csat", "deals")
    assert sorted(k.id for k in move_kpi(two(), "deals", 2).plan.kpis) == ["csat", "deals", "margin"]


def test_a_table_of_results_turns_with_the_way_that_is_better() -> None:
    days = Kpi(
        id="days", target=10, better="lower", weight=1, curve=Points(points=((12, 0), (10, 1), (8, 2)), of="result")
    )
    preset = preset_of(Plan(target_incentive=100, kpis=(days,)))
    turned = change_kpi(preset, "days", better="higher").plan
    assert curve_of(turned, "days", Points).points == ((8, 0), (10, 1), (12, 2))


def test_a_refused_term_says_whose() -> None:
    with pytest.raises(Refused, match=r"^deals\.target must be a finite number"):
        change_kpi(two(), "deals", target="many")


def test_measured_only_and_paid_again() -> None:
    off = set_paid(two(), "margin", False).plan
    assert [kpi.weight for kpi in off.kpis] == [1, 0, 0]
    again = set_paid(two().changed(plan=off), "margin", True).plan
    assert [kpi.weight for kpi in again.kpis] == [0.5, 0.5, 0]
    with pytest.raises(Refused, match="no other measure is paid"):
        set_paid(blank_plan(), "revenue", False)


def test_paid_beside_commissions_comes_on_top() -> None:
    kpis = (Kpi(id="sales", target=100, curve=Tiers(tiers=((0, 5),))), Kpi(id="csat", target=80, weight=0))
    plan = set_paid(preset_of(Plan(kpis=kpis)), "csat", True).plan
    assert (plan.target_incentive, plan.incentive) == (500, 1000)


def test_weights_make_room() -> None:
    plan = set_weight(add_kpi(two(), "Renewals"), "deals", 0.7).plan
    assert [kpi.weight for kpi in plan.kpis] == [0.7, 0.134, 0, 0.166]
    assert rebalance_weights(plan, plan, "deals", 0.7) == {
        "deals.weight": 0.7,
        "margin.weight": 0.134,
        "renewals.weight": 0.166,
    }


# Gates, modifiers, and what is around


def test_a_gate_is_told_in_the_other_unit_and_stays_where_it_is() -> None:
    by_result = gate_in(two(), 0, "result").plan.gates[0]
    assert (by_result.at_least, by_result.at_least_result) == (None, 27)
    assert gate_in(gate_in(two(), 0, "result"), 0, "attainment").plan == two().plan


def test_a_modifier_of_a_paid_kpi_goes_by_steps() -> None:
    preset = add_modifier(two(), "deals")
    assert isinstance(preset.plan.modifiers[1].curve, Steps)
    assert pays_alike(two().plan, preset.plan, "csat")


def test_a_gate_and_a_modifier_are_taken_away() -> None:
    assert remove_gate_or_modifier(two(), "gates", 0).plan.gates == ()
    assert remove_gate_or_modifier(two(), "modifiers", 0).plan.modifiers == ()


@pytest.mark.parametrize("table", ["team", "calendar", "path"])
def test_what_is_around_comes_and_goes(table: str) -> None:
    there = set_table(two(), table, True)
    assert getattr(there, table) is not None
    holds(there)
    assert set_table(there, table, True) is there
    assert set_table(there, table, False) == two()


def test_a_refused_term_of_a_table_says_of_which() -> None:
    with pytest.raises(Refused, match=r"^team\.size must lie in \[1, 100000\]"):
        change_table(blank_plan(), "team", size=0)
    with pytest.raises(Refused, match=r"^plan\.ceiling must not lie below"):
        change_table(blank_plan(), "plan", floor=1, ceiling=0.5)


# Another kind


def test_a_band_becomes_its_points() -> None:
    plan = as_kind(two(), "deals", "points").plan
    assert curve_of(plan, "deals", Points).points == ((0.5, 0.5), (1, 1), (2, 2))


def test_a_band_from_the_first_unit_becomes_one_rate() -> None:
    plan = as_kind(blank_plan(), "revenue", "points")
    line = set_rows(plan, "revenue", [(0, 0), (1, 1)])
    tiers = as_kind(line, "revenue", "tiers").plan
    assert curve_of(tiers, "revenue", Tiers).tiers == ((0, 0.05),)
    assert tiers.target_incentive is None
    assert pays_alike(line.plan, tiers, "revenue")


def test_a_bump_at_the_floor_becomes_a_rate_on_everything() -> None:
    bump = preset_of(Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),)))
    tiers = as_kind(bump, "deals", "tiers").plan
    assert tiers.kpi("deals").curve == Tiers(tiers=((70, 10),), apply="retroactive")
    assert pays_alike(bump.plan, tiers, "deals")


def test_what_tiers_cannot_pay_is_seen() -> None:
    cliff = two()
    assert not pays_alike(cliff.plan, as_kind(preset_of(cliff.plan), "deals", "steps").plan, "deals")


def test_a_commission_brings_its_money_as_a_share_and_takes_it_along() -> None:
    preset = as_kind(two(), "margin", "tiers")
    assert (preset.plan.target_incentive, preset.plan.kpi("margin").weight) == (600, None)
    assert [k.weight for k in preset.plan.kpis] == [1, None, 0]
    back = as_kind(preset, "margin", "points").plan
    assert back.target_incentive == 1000
    assert [k.weight for k in back.kpis] == [0.6, 0.4, 0]
    assert pays_alike(two().plan, back, "margin")


def test_a_grid_needs_a_second_measure() -> None:
    with pytest.raises(Refused, match="add one first"):
        as_kind(blank_plan(), "revenue", "matrix")


def test_a_grid_pays_the_same_at_first_and_reads_the_measured_one() -> None:
    capped = change_curve(remove_gate_or_modifier(two(), "modifiers", 0), "deals", ceiling=2.0)
    grid = as_kind(capped, "deals", "matrix").plan
    assert curve_of(grid, "deals", Matrix).with_ == "csat"
    assert pays_alike(capped.plan, grid, "deals")


def test_a_new_column_pays_what_lies_between() -> None:
    preset = as_kind(remove_gate_or_modifier(two(), "modifiers", 0), "deals", "matrix")
    wider = set_grid_rows(preset, "deals", [(0.5, 0, 0.5, 1, 2), (1, 0, 1, 2, 4)])
    assert curve_of(wider.plan, "deals", Matrix).payouts == ((0, 0.5, 1, 2), (0, 1, 2, 4))
    again = set_grid_columns(wider, "deals", [0.0, 0.9, 1.0, 1.2, 1.4]).plan
    assert curve_of(again, "deals", Matrix).payouts == ((0, 0.75, 1, 2, 2), (0, 1.5, 2, 4, 4))


def test_another_kpi_beside_a_grid_keeps_its_attainments() -> None:
    preset = in_terms_of(as_kind(remove_gate_or_modifier(two(), "modifiers", 0), "deals", "matrix"), "deals", "result")
    assert curve_of(preset.plan, "deals", Matrix).columns == (0, 64, 80, 96)
    assert curve_of(read_with(preset, "deals", "margin").plan, "deals", Matrix).columns == (0, 24, 30, 36)


def test_rows_are_put_in_order_and_a_jump_stays_as_it_was_listed() -> None:
    preset = as_kind(two(), "deals", "points")
    ordered = set_rows(preset, "deals", [(1, 0), (0.5, 0), (1, 1)]).plan
    assert curve_of(ordered, "deals", Points).points == ((0.5, 0), (1, 0), (1, 1))


def test_a_refused_table_says_where() -> None:
    with pytest.raises(Refused, match=r"^deals\.curve\.steps must be in order, each x once"):
        set_rows(as_kind(two(), "deals", "steps"), "deals", [(1, 0), (1, 1)])


# By measure, or by one score


def test_a_score_is_paid_by_the_first_curve_and_back() -> None:
    score = set_combine(remove_kpi(two(), "csat"), "score").plan
    assert score.curve == Band(floor=0.5)
    assert score.gates[0].closes == "plan"
    back = set_combine(preset_of(score), "sum").plan
    assert [k.curve for k in back.kpis] == [Band(floor=0.5), Band(floor=0.5)]


# Laws over random plans

Edit = Callable[[Preset, str], Preset]
EDITS: list[Edit] = [
    lambda preset, _: add_kpi(preset, "Renewals"),
    remove_kpi,
    lambda preset, name: move_kpi(preset, name, 1),
    lambda preset, name: set_paid(preset, name, False),
    lambda preset, name: set_paid(preset, name, True),
    lambda preset, name: set_weight(preset, name, 0.37),
    lambda preset, name: change_kpi(preset, name, better="lower"),
    lambda preset, name: change_kpi(preset, name, better="higher"),
    add_gate,
    add_modifier,
    lambda preset, _: set_combine(preset, "score"),
    lambda preset, _: set_combine(preset, "sum"),
    *(lambda preset, name, kind=kind: as_kind(preset, name, kind) for kind in KINDS),
]


@examples(60)
@given(plans(most=4), st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 9)), min_size=1, max_size=5))
def test_whatever_is_edited_holds(found: tuple[Document, Plan], edits: list[tuple[Edit, int]]) -> None:
    preset = preset_of(found[1])
    for edit, number in edits:
        name = preset.plan.ids[number % len(preset.plan.ids)]
        if preset.plan.kpi(name).curve is None and edit in EDITS[-len(KINDS) :]:
            continue
        try:
            preset = edit(preset, name)
        except Refused:
            continue
        holds(preset)


@examples(100)
@given(st.data())
def test_points_pay_exactly_what_band_and_steps_paid(data: st.DataObject) -> None:
    document, plan = data.draw(plans(combine="sum"))
    name = data.draw(st.sampled_from(plan.ids))
    assume(isinstance(plan.kpi(name).curve, Band | Steps))
    after = as_kind(preset_of(plan), name, "points").plan
    at = data.draw(stands(document))
    results = [[at[i] for i in plan.ids]]
    assert np.array_equal(plan.pay(results), after.pay(results))


@examples(100)
@given(st.data())
def test_a_commission_told_as_a_share_pays_the_same(data: st.DataObject) -> None:
    document, plan = data.draw(plans(combine="sum", commission=True))
    name = plan.ids[0]
    assume(plan.targeted[name] > 0.01)
    shared = (plan.target_incentive or 0.0) if any(k.weight for k in plan.kpis) else 0.0
    whole = plan.sum_at_target(plan.targeted, shared)
    assume(whole > 1e-5 * plan.incentive)  # what takes as much as it pays at target is no share of anything
    after = as_kind(preset_of(plan), name, "points").plan
    at = data.draw(stands(document))
    assert pays(after, at) == pytest.approx(pays(plan, at), rel=1e-6, abs=1e-6)


@examples(60)
@given(plans(combine="sum"), st.data())
def test_a_table_told_in_the_other_unit_pays_the_same(found: tuple[Document, Plan], data: st.DataObject) -> None:
    document, plan = found
    assume(all(kpi.has_target for kpi in plan.kpis))  # a table of attainment needs a target
    name = data.draw(st.sampled_from(plan.ids))
    mechanic = plan.kpi(name).curve
    if not isinstance(mechanic, Points | Steps | Matrix):
        reject()
    other: Of = "attainment" if mechanic.of == "result" else "result"
    after = in_terms_of(preset_of(plan), name, other).plan
    at = data.draw(stands(document))
    assert pays(after, at) == pytest.approx(pays(plan, at), rel=1e-6, abs=1e-6)


def test_a_grid_whose_rows_ascend_though_lower_is_better_is_told_in_attainment() -> None:
    """Rows of results may stand in either order; those of attainment ascend."""
    grid = Matrix(with_="margin", rows=(1, 2, 4), columns=(20, 30), payouts=((2, 3), (1, 1.5), (0, 0.5)), of="result")
    kpis = (
        Kpi(id="defects", target=2, better="lower", weight=1, curve=grid),
        Kpi(id="margin", target=30, weight=0),
    )
    before = Plan(target_incentive=1000, kpis=kpis)
    after = in_terms_of(preset_of(before), "defects", "attainment").plan
    assert curve_of(after, "defects", Matrix).rows == (0, 1, 1.5)
    for at in ([1, 20], [1.5, 25], [2, 30], [3, 22], [4, 30], [5, 30]):
        assert after.pay([at]) == before.pay([at])


@examples(60)
@given(decimals(0, 1), decimals(0, 1.5), decimals(0, 4), decimals(1, 3))
def test_a_band_told_as_points_comes_back(floor: float, start: float, accelerator: float, ceiling: float) -> None:
    band = Band(floor=floor, pays_at_floor=start, accelerator=accelerator, ceiling=max(ceiling, floor))
    preset = preset_of(Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=band),)))
    back = as_kind(as_kind(preset, "deals", "points"), "deals", "band")
    assume(0 < floor < 1 and start > 0 and ceiling > 1)
    assert pays_alike(preset.plan, back.plan, "deals")


def test_tiers_of_whole_units_told_as_points_pay_the_same() -> None:
    """The line beyond the last tier is drawn through what whole units pay, and not through what is rounded down."""
    tiers = Tiers(tiers=((0.67, 0.084),), of="attainment", apply="retroactive")
    deals = Kpi(id="deals", target=3, counted=True, curve=tiers)
    before = Plan(target_incentive=300, kpis=(deals, Kpi(id="margin", target=30, weight=1, curve=Band())))
    after = as_kind(preset_of(before), "deals", "points").plan
    for result in (1, 2, 3, 5.28, 17.9):
        assert pays(after, {"deals": result, "margin": 30}) == pytest.approx(
            pays(before, {"deals": result, "margin": 30})
        )
