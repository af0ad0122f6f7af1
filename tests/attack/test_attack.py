"""The attack in small: nothing is wrong today, and each fault that was there once is found when it is put back."""

import os

import pytest

from calc.documents import planfile
from calc.documents.link import decode_link, encode_view
from tests.attack import commands, languages, links, messages, names, plan_files
from tests.attack.faults import FAULTS, GATE, wrong_landings

TIMES = int(os.environ.get("FLATLINE_ATTACK", "1"))
"""How many times as much is tried."""


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_a_wild_plan_file_is_refused_or_can_be_paid_and_shown(first: int) -> None:
    counts, wrong = plan_files.run(first * TIMES, 100 * TIMES)
    assert not wrong, wrong[0]
    assert counts["refused"] > 20 * TIMES
    assert counts["accepted"] > 5 * TIMES


def test_a_hostile_link_opens_something_whole() -> None:
    counts, wrong = links.run(1, 300 * TIMES)
    assert not wrong, wrong[0]
    assert counts["opened"] == 300 * TIMES


def test_a_hostile_name_shows_nothing_else() -> None:
    assert names.run(1, 16 * TIMES)["wrong"] == 0


def test_forged_languages_leave_nothing_behind() -> None:
    counts, wrong = languages.run(1, 300 * TIMES)
    assert not wrong, wrong[0]
    assert counts.total() == 300 * TIMES


def test_a_forged_message_is_answered_and_raises_nothing() -> None:
    counts, wrong = messages.run(1_000, 40 * TIMES)
    assert not wrong, wrong[0]
    assert counts["answered"] == 40 * TIMES


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_is_put_back_is_found(fault: str) -> None:
    assert FAULTS[fault]()


def test_a_gate_that_parts_two_slopes_can_be_judged_and_shown() -> None:
    preset = planfile.loads(GATE)
    assert list(plan_files.surfaces(preset, {}, report=True))


@pytest.mark.parametrize("shape", ["normal", "lognormal", "skewed"])
@pytest.mark.parametrize("mean", ["1e-300", "1e-12", "0.0", "-1.0", "1000.0"])
def test_a_team_that_lands_anywhere_can_be_shown(shape: str, mean: str) -> None:
    assert wrong_landings((mean,), (shape,)) == []


def test_the_largest_plans_can_be_read_back() -> None:
    assert plan_files.run_largest() == []


@pytest.mark.skipif(os.name == "nt", reason="outputs are closed and filled as POSIX has them")
def test_the_command_line_ends_well_in_a_bad_place() -> None:
    counts, wrong = commands.run(1, 2)
    assert not wrong, wrong[0]
    assert counts["as is due"] == len(commands.CASES) + 2


def test_a_rate_that_is_hardly_one_is_told() -> None:
    tiers = "[[0, 1e-300], [15000, 0.09], [30000, 0.12]]"
    text = f'[plan]\n[[kpis]]\nid = "revenue"\ntarget = 30000\ncurve = {{kind = "tiers", tiers = {tiers}}}\n'
    preset = planfile.loads(text)
    assert list(plan_files.surfaces(preset, {}, report=True))


def test_a_rep_beyond_the_largest_target_stands_there_in_a_link() -> None:
    query = "?preset=low-ceiling&deals.target=1e15&at.deals=1.1e15"
    opened = decode_link(query)
    assert not opened.dropped
    assert decode_link(encode_view(opened.view)).view.at == {"deals": 1.1e15}


def test_a_target_below_zero_has_a_picture() -> None:
    view = decode_link("?preset=pipeline-scorecard&pipeline.target=-1&along=pipeline").view
    assert list(plan_files.surfaces(view.preset, {}, report=True))


def test_a_plan_compared_with_itself_has_a_report() -> None:
    from datetime import date

    from ui.number_format import Formats
    from ui.report import page

    query = "?preset=low-ceiling&deals.ceiling=2&A.preset=low-ceiling&A.deals.ceiling=2"
    assert page.report_page(decode_link(query).view, Formats(), "https://example.org/", date(2026, 11, 27))
