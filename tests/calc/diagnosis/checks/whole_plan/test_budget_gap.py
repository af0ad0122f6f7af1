"""A budget gap: expected cost against pay at target, and the part of it that lies in the plan's own bends."""

from statistics import NormalDist

import numpy as np
import pytest

from calc.diagnosis.checks.whole_plan.budget_gap import find_budget_gap
from calc.plan.mechanics import Band
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, only, severity, text


def test_names_the_gap_with_its_sign() -> None:
    finding = only(find_budget_gap(case(team=Team(mean=1.05, spread=0.0))))
    assert (finding.check, finding.severity, finding.kpi, finding.span) == ("budget_gap", "note", None, None)
    assert (finding.money, finding.share, finding.cure) == (50.00, None, None)
    assert text(finding.title) == "Costs 5.0 % more than pay at target"
    assert text(finding.says) == "A rep can expect 1,050.00, 50.00 more than the 1,000.00 that the plan pays at target."
    less = only(find_budget_gap(case(team=Team(mean=0.8, spread=0.0))))
    assert (less.severity, less.money) == ("warn", -200.00)
    assert text(less.title) == "Costs 20.0 % less than pay at target"


@pytest.mark.parametrize(
    ("mean", "found"),
    [
        *[(0.8999, "warn"), (0.9001, "note"), (0.9799, "note"), (0.9801, None), (1.0, None)],
        *[(1.0199, None), (1.0201, "note"), (1.0999, "note"), (1.1001, "warn"), (3.0, "warn")],
    ],
)
def test_both_sides_of_its_limits(mean: float, found: str | None) -> None:
    assert severity(find_budget_gap(case(team=Team(mean=mean, spread=0.0)))) == found


def test_the_gap_is_what_the_floor_takes_from_those_below_it() -> None:
    bad = case(deals(curve=Band(floor=0.9)), team=Team(mean=1.0, spread=0.2))
    normal = NormalDist()
    assert only(find_budget_gap(bad)).money == round(-1000 * (normal.cdf(-0.5) - 0.2 * normal.pdf(-0.5)), 2) == -238.12


def test_what_scatter_alone_does_in_closed_form() -> None:
    line = Band(floor=0.5, pays_at_floor=0.0, accelerator=3.0)
    finding = only(find_budget_gap(case(deals(curve=line), team=Team(mean=1.1, spread=0.2))))
    normal = NormalDist()
    above, below = 0.2 * normal.pdf(0), 0.2 * normal.pdf(0)  # E of what lies beyond target, and short of it
    under_floor = 0.2 * normal.pdf(2.5) - 0.5 * normal.cdf(-2.5)  # what lies below the floor costs nothing more
    bend = round(1000 * (3 * above - 2 * (below - under_floor)), 2)
    assert f"even with the team on target on average, deals alone would make it {bend:,.2f} more." in text(finding.says)


def test_what_scatter_alone_does_against_simulation() -> None:
    finding = only(find_budget_gap(case(deals(curve=Band(floor=0.9)), team=Team(mean=1.2, spread=0.3))))
    n = 400_000
    places = np.random.default_rng(37).normal(1.0, 0.3, n)
    bends = np.where(places < 0.9, 0, 1000 * places) - 1000
    said = dict(finding.says.facts)["bend"].amount  # type: ignore[union-attr]
    assert abs(-bends.mean() - said) < 4 * bends.std() / np.sqrt(n)


def test_says_nothing_without_a_team() -> None:
    assert not list(find_budget_gap(case(deals(curve=Band(floor=1.0)))))
