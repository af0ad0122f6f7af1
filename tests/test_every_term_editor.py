"""Every declared term has its place in the editor, read from the models, so that a new one without a control fails."""

from collections.abc import Iterator

import pytest

from calc.documents import link
from calc.plan.conditions import Gate, Modifier
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from calc.plan.plan import Plan
from calc.plan.terms import terms_of
from tests.calc.documents.rich_plan import rich_preset
from tests.test_app import view
from tests.test_editor import editing, paths, typed, whole
from ui.session.workspace import turn_desk

__all__ = ["paths"]
IN_THE_SHEET = {"id", "name", "target", "weight", "currency", "period", "target_incentive", "base_pay"}
"""What is typed into the table of measures, which has tests of its own."""
ELSEWHERE = {
    "kpis": "The table of measures.",
    "gates": "Each gate has its own controls.",
    "modifiers": "Each modifier has its own controls.",
    "greater_of": "Each group has its own controls.",
    "curve": "The curve has its own controls.",
    "pay_below_zero": "Allowed in a plan file alone, where whoever writes it is asked to read what it means.",
    "team_target": "Follows from the target.",
    "deals": "Named after the columns of a company's file of deals, and so written in a plan file.",
}
"""Terms without a control of their own, and why."""
CALLED = {
    **dict.fromkeys(("at_least", "at_most", "at_least_result", "at_most_result"), "at"),
    **dict.fromkeys(("keeps", "limits_to"), "closed"),
    "any_of": "any_of.0.kpi",
    "costs": "costs.calls",
    "rows": "payouts",
}
"""How terms are called that take each other's place, have a control for each other measure, or lead another's rows."""
MODELS = {
    "plan.": Plan,
    "deals.": Kpi,
    "deals.curve.": Band,
    "revenue.curve.": Points,
    "calls.curve.": Steps,
    "grid.curve.": Matrix,
    "sales.curve.": Tiers,
    "gates.0.": Gate,
    "modifiers.0.": Modifier,
}


def expected() -> Iterator[str]:
    for prefix, model in MODELS.items():
        for name in terms_of(model):
            if name not in ELSEWHERE and not (name in IN_THE_SHEET and model in (Plan, Kpi)):
                yield prefix + CALLED.get(name, name)


def test_every_term_has_a_control(paths: list[str]) -> None:
    app = editing(link.encode_view(link.View(rich_preset())))
    shown = set(paths)
    for kpi in view(app).preset.plan.ids:
        app.session_state.desk = turn_desk(app.session_state.desk, kpi, -1.0)
        whole(app.run())
        shown |= set(paths)
    assert sorted(set(expected()) - shown) == []
    assert {"gates.0.any_of.0.mark", "gates.0.any_of.0.side", "greater_of.0.0", "modifiers.0.curve.kind"} <= shown


@pytest.mark.parametrize(
    ("path", "text", "name", "value"),
    [
        ("plan.floor_pay", "300", "floor_pay", 300),
        ("plan.ceiling_pay", "1.5k", "ceiling_pay", 1500),
        ("plan.round_to", "5", "round_to", 5),
    ],
)
def test_what_a_plan_says_in_money_is_typed(path: str, text: str, name: str, value: float) -> None:
    app = typed(editing(link.encode_view(link.View(rich_preset()))), path, text)
    assert getattr(view(app).preset.plan, name) == value
    again = typed(app, path, "none")
    assert getattr(view(again).preset.plan, name) is None
