"""People under a plan: everything that the view of a team shows, a large team, quotas of equal chances, moved deals."""

from statistics import median

import numpy as np

from benchmarks.plans import BANDS, FIVE_BANDS
from benchmarks.ratio import Act, Row, seconds
from calc.documents.planfile import Preset, loads
from calc.piecewise.distributions import Normal
from calc.tables.people import PeopleRead, read_people
from calc.team.deal_moves import pay_of_main_kpi, price_of_moves
from calc.team.quotas import equal_chance
from ui.analyses.analysis import NOT_HERE
from ui.analyses.ranking import ranked_analyses
from ui.charts.palette import palette_of
from ui.model.live_team import live_team
from ui.model.team import TeamView
from ui.number_format import Formats

PEOPLE, LARGE, TERRITORIES, BOUNDARIES = 1_000, 100_000, 1_000, 12
SEED = 1


def people_read(preset: Preset, count: int) -> PeopleRead:
    """People of a file with results of all KPIs."""
    rng = np.random.default_rng(SEED)
    columns: dict[str, list[object]] = {"Rep": [f"Person {n}" for n in range(count)]}
    for n, (target, *_) in enumerate(BANDS, 1):
        columns[f"k{n} actual"] = [float(x) for x in np.round(target * rng.normal(0.9, 0.35, count), 2)]
    return read_people(columns, plan=preset.plan)


def show(preset: Preset, read: PeopleRead) -> Act:
    """Works out and draws everything that the view shows: the live figures, and every analysis."""
    colours, formats = palette_of("light"), Formats().forgetful

    def shown() -> None:
        view = TeamView(preset, read, preset, "plan A")
        live_team(view, preset.plan, preset.plan.ids[0])
        here, _ = ranked_analyses(view)
        for one in here:
            assert one.weigh(view) > NOT_HERE
            one.draw(view, formats, colours)

    return shown


def middle(act: Act, times: int) -> float:
    """Median seconds, after one run to warm up."""
    act()
    return median(seconds(act) for _ in range(times))


def in_time(what: str, taken: float, most: float) -> Row:
    """A row for something that must not take longer than so many seconds."""
    told, goal = (f"{x * 1000:.0f} ms" if x < 1 else f"{x:.1f} s" for x in (taken, most))
    return Row(what, told, "–", "–", f"at most {goal}", taken <= most)


def view() -> Row:
    preset = loads(FIVE_BANDS)
    taken = middle(show(preset, people_read(preset, PEOPLE)), 5)
    return in_time("everything the view of a team shows, 1,000 people by five KPIs, worked out and drawn", taken, 0.06)


def large() -> Row:
    preset = loads(FIVE_BANDS)
    read = people_read(preset, LARGE)

    def figures() -> None:
        known = TeamView(preset, read, preset, "plan A")
        live_team(known, preset.plan, preset.plan.ids[0])
        _ = known.overview

    return in_time("the figures of 100,000 people by five KPIs", middle(figures, 3), 1.0)


def reading() -> Row:
    preset = loads(FIVE_BANDS)
    taken = middle(lambda: people_read(preset, LARGE), 1)
    what = "100,000 people by five KPIs read from named columns, matched and asked about"
    return Row(what, f"{taken:.1f} s", "–", "–", "no goal")


def quotas() -> Row:
    rng = np.random.default_rng(SEED)
    forecasts = [Normal(float(mean), float(mean) / 5) for mean in rng.uniform(50, 500, TERRITORIES)]
    goal = 1.1 * sum(one.mean for one in forecasts)
    taken = middle(lambda: equal_chance(forecasts, goal), 20)
    return in_time("quotas of equal chances for 1,000 territories", taken, 0.01)


def moves() -> Row:
    pay = pay_of_main_kpi(loads(FIVE_BANDS).plan)
    attainment = np.random.default_rng(SEED).normal(0.9, 0.35, (PEOPLE, BOUNDARIES + 1)).clip(0)
    taken = middle(lambda: price_of_moves(pay, attainment, 0.1), 3)
    return in_time("what moving deals is worth, 1,000 people by 12 ends of periods", taken, 1.0)
