"""The people on the page stay where they land while a target moves, and one plan has one cost wherever it is said."""

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calc.diagnosis.diagnose import diagnose_preset
from calc.diagnosis.finding import Finding
from calc.documents import link, planfile
from calc.messages import Money
from calc.outcomes.expected_cost import cost_of_plan
from tests.test_app import clock, control, drawers_opened, moved, opened, text
from ui.number_format import Formats
from ui.presentation.story import tell_steps
from ui.report.page import report_page
from ui.session.people import PeopleDesk
from ui.text.findings import sentence_in_words

__all__ = ["clock"]


def figure(app: AppTest) -> str:
    """The expected cost in the row of figures."""
    return _figures(app)["Expected cost per rep"]


def _figures(app: AppTest) -> dict[str, str]:
    head = next(block.value for block in app.html if 'class="figures"' in block.value)
    return dict(re.findall("<dt>(.*?)</dt><dd><strong>(.*?)</strong>", head))


def compared_costs(app: AppTest) -> tuple[str, ...]:
    """The costs of plan A and of plan B in the row of figures."""
    return tuple(value.removesuffix(" per rep") for name, value in _figures(app).items() if name.startswith("Plan "))


def costs_told(app: AppTest) -> tuple[str, ...]:
    """The two costs in the panel of a comparison."""
    return re.search(r"Expected cost\s+(\S+)\s+→\s+(\S+)", text(app, "against")).groups()  # type: ignore[union-attr]


def shown(app: AppTest) -> link.View:
    return app.session_state.desk.view  # type: ignore[no-any-return]


def presented(view: link.View, formats: Formats) -> str:
    told = tell_steps(view, diagnose_preset, lambda preset: cost_of_plan(preset.plan, preset.team))
    words: list[Any] = [part for step in told for part in (*step.says, *step.also)]
    return " ".join(part if isinstance(part, str) else sentence_in_words(part, formats) for part in words)


def test_a_plan_compared_with_itself_at_an_easier_target_has_one_cost_everywhere() -> None:
    app = opened("?preset=sound-plan")
    before = figure(app)
    app.button(key="compare").click().run()
    moved(app, "revenue.target", 60000.0)
    formats, preset = Formats("en_US", "EUR", 2), shown(app).preset
    after = formats.money_rounded(cost_of_plan(preset.plan, preset.team).expected)
    assert after != before
    assert compared_costs(app) == costs_told(app) == (before, after)
    assert "The team stays at €80,800 on average." in re.sub(r"\s+", " ", text(app, "against"))
    assert f"Expected cost {before} → {after}" in presented(shown(app), formats)
    app.button(key="swap").click().run()
    assert compared_costs(app) == costs_told(app) == (after, before)
    app.button(key="unpin").click().run()
    assert figure(app) == before


@pytest.mark.parametrize("name", ["unreachable-floor", "talk-time", "hundred-kpis"])
def test_a_fresh_session_opens_the_same_people(name: str) -> None:
    kpi = next(k for k in planfile.load_preset(name).plan.kpis if k.paid)
    app = moved(opened(f"?preset={name}"), f"{kpi.id}.target", round(0.8 * kpi.target, 2))
    again = opened(link.encode_view(shown(app)))
    assert text(app, "finding") == text(again, "finding")
    assert shown(app).preset == shown(again).preset


def test_a_typed_target_says_what_mending_says() -> None:
    typed = moved(opened("?preset=unreachable-floor"), "deals.target", 50.0)
    assert figure(typed) == "$1,094"
    mended = opened("?preset=unreachable-floor")
    sick = shown(mended).preset
    number = next(i for i, f in enumerate(diagnose_preset(sick)) if f.check == "target_out_of_reach")
    mended.button(key=f"mend-unreachable-floor-0-{number}").click().run()
    assert shown(mended).preset == shown(typed).preset
    assert figure(mended) == figure(typed)


def test_the_teams_controls_move_a_kpi_that_was_mended() -> None:
    app = drawers_opened(moved(opened("?preset=unreachable-floor"), "deals.target", 50.0))
    label = control(app, "team.mean").label
    assert "55 deals, 110% of target" in label
    before = figure(app)
    moved(app, "team.mean", 0.6)
    assert "60 deals, 120% of target" in control(app, "team.mean").label
    assert figure(app) != before


def test_the_controls_of_a_kpi_with_people_of_its_own_are_its_own() -> None:
    app = drawers_opened(opened("?preset=unreachable-floor&deals.team_mean=0.7"))
    before = figure(app)
    moved(app, "deals.team_mean", 0.9)
    assert "90 deals" in control(app, "deals.team_mean").label
    assert figure(app) != before


@pytest.mark.parametrize("name", planfile.preset_names())
def test_one_plan_has_one_cost_in_figures_report_and_findings(name: str) -> None:
    preset = planfile.load_preset(name)
    formats = Formats("en_US", preset.plan.currency, preset.plan.minor)
    amount = formats.money_rounded(cost_of_plan(preset.plan, preset.team).expected)
    view = link.View(preset, name)
    written = report_page(view, formats, "", date(2026, 11, 27))
    assert (
        len(re.findall(rf"(?:Expected incentive|Expected cost per rep)(?:<[^>]*>|\s)+{re.escape(amount)}", written))
        == 2
    )
    told = [formats.money_rounded(fact.amount) for f in diagnose_preset(preset) for fact in _expected(f)]
    assert set(told) <= {amount}


def _expected(finding: Finding) -> list[Money]:
    """What a finding says that a rep can expect of the plan."""
    return [fact for name, fact in finding.says.facts if name == "expected" and isinstance(fact, Money)]


def test_more_plans_are_laid_beside_the_one_on_the_screen() -> None:
    app = opened("?preset=unreachable-floor")
    app.session_state["drawer-plans"] = True
    app.run()
    choice = next(one for one in app.multiselect if one.key == "plans-beside")
    assert choice.value == ["preset:reachable-plan"]
    choice.set_value([*choice.value, "preset:low-ceiling", "preset:open-top"]).run()
    table = next(block.value for block in app.html if 'class="rows beside"' in block.value)
    assert table.count("<th scope") == 5
    assert "$24,062" in table


def test_the_budget_is_one_click_away() -> None:
    app = opened("?preset=unreachable-floor")
    app.session_state["drawer-budget"] = True
    app.run()
    table = next(block.value for block in app.html if 'class="rows budget"' in block.value)
    assert "$24,062" in table
    assert "Expected pay with base pay" in table


def test_where_names_are_hidden_no_finding_tells_one() -> None:
    """Those of the people that a plan file names, too."""
    app = opened("?preset=one-size-quota")
    names = [rep.name for rep in planfile.load_preset("one-size-quota").reps]
    assert any(name in one.value for name in names for one in app.html)
    app.session_state.people_desk = PeopleDesk(hidden=True, stamp=1)
    app.run()
    shown = "".join(one.value for one in (*app.html, *app.markdown))
    assert not [name for name in names if name in shown]
    assert "reaches the target with a chance of" in shown
    view, day = link.decode_link("?preset=one-size-quota").view, date(2026, 11, 28)
    reports = [report_page(view, Formats("en_US", "EUR"), "", day, hidden=hidden) for hidden in (False, True)]
    assert [any(name in report for name in names) for report in reports] == [True, False]
