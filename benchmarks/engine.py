"""The engine alone: batches against numpy.interp, curves against pure Python."""

import itertools
import tracemalloc
from collections.abc import Iterator

import numpy as np

from benchmarks.plans import BANDS, FIVE_BANDS, GATED, plan_of
from benchmarks.ratio import Row, alternate, repeated, yardstick
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.planfile import Preset
from calc.piecewise.distributions import Normal
from calc.situation.team import Team

REPS = 1_000_000
SEED = 1


def team(reps: int = REPS) -> np.ndarray:
    """Results of a team on the five bands, (reps, 5)."""
    rng = np.random.default_rng(SEED)
    targets = np.array([target for target, *_ in BANDS], dtype=float)
    return np.round(targets * rng.normal(0.9, 0.35, size=(reps, len(BANDS))), 2)


def tables(money: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """Each band as (results, money) for numpy.interp, a jump as two points close together."""
    found = []
    for target, floor, accelerator, ceiling in BANDS:
        top = 1 + accelerator * (ceiling - 1)
        points = np.array([(floor - 1e-9, 0.0), (floor, floor), (1.0, 1.0), (ceiling, top)])
        found.append((points[:, 0] * target, points[:, 1] * money))
    return found


def batch() -> Row:
    plan, results = plan_of(FIVE_BANDS), team()
    lines = tables(1000.0)

    def interp() -> np.ndarray:
        total = np.zeros(len(results))
        for column, (x, y) in enumerate(lines):
            total += np.interp(results[:, column], x, y)
        return total

    assert np.abs(plan.pay(results) - interp()).max() < 0.01, "both must pay the same, but for rounding"
    ours, theirs = alternate(lambda: plan.pay(results), interp, 7)
    speed = [f"{results.size / t / 1e6:.0f} million KPIs a second" for t in (ours, theirs)]
    ratio = theirs / ours
    what = "`plan.pay`, five bands, a million reps, one thread; against `numpy.interp` by KPI, unrounded"
    return Row(what, speed[0], speed[1], f"{ratio:.1f} times as fast", "at least 2.5 times", ratio >= 2.5)


def memory() -> Row:
    plan, results = plan_of(FIVE_BANDS), team()
    plan.pay(results[:10])
    tracemalloc.start()
    pay = plan.pay(results)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    extra = (peak - pay.nbytes) / 2**20
    what = "the same: memory at its peak beyond the pay itself; against the results"
    share = extra / (results.nbytes / 2**20)
    return Row(what, f"{extra:.1f} MB", f"{results.nbytes / 2**20:.1f} MB", f"{share:.2f}", "at most 4 MB", extra <= 4)


def along() -> Row:
    plan = plan_of(GATED)
    stands = ({"k2": 200.0 + n / 8, "csat": 80.0 + n % 20} for n in itertools.count())  # never the same place twice
    ours, theirs = alternate(repeated(lambda: plan.along("k1", next(stands)), 50), repeated(yardstick, 10), 15)
    ours, theirs = ours / 50 * 1e3, theirs / 10 * 1e3
    what = "`plan.along`, five KPIs, a gate and a modifier; against ten thousand squares in pure Python"
    return Row(what, f"{ours:.3f} ms", f"{theirs:.3f} ms", f"{ours / theirs:.2f}", "at most 0.3 ms", ours <= 0.3)


def expected() -> Row:
    plan = plan_of(FIVE_BANDS)
    curves = [(plan.own(kpi.id), Normal(0.9 * kpi.target, 0.3 * kpi.target)) for kpi in plan.kpis]

    def expect() -> float:
        return sum(curve.expect(normal) for curve, normal in curves)

    ours, theirs = alternate(repeated(expect, 100), repeated(yardstick, 10), 15)
    ours, theirs = ours / 100 / len(curves) * 1e6, theirs / 10 * 1e6
    what = "expected pay of one KPI under a normal, in closed form; against the same pure Python"
    return Row(what, f"{ours:.1f} µs", f"{theirs:.0f} µs", f"{ours / theirs:.3f}", "at most 20 µs", ours <= 20)


def _presets() -> Iterator[Preset]:
    """Plans of five KPIs with much to find, of none of which anything is known yet."""
    plans = [plan_of(FIVE_BANDS).changed(target_incentive=1000.0 + n) for n in range(32)]
    return iter([Preset(plan=plan, team=Team(mean=0.9 + n / 1000, spread=0.35)) for n, plan in enumerate(plans)])


def diagnosis() -> Row:
    presets = _presets()
    ours, theirs = alternate(lambda: diagnose_preset(next(presets)), repeated(yardstick, 10), 15)
    ours, theirs = ours * 1e3, theirs / 10 * 1e3
    what = "all findings of a plan of five KPIs; against the same pure Python"
    return Row(what, f"{ours:.1f} ms", f"{theirs:.3f} ms", f"{ours / theirs:.0f}", "at most 30 ms", ours <= 30)


def cures() -> Row:
    presets = _presets()
    count = sum(found.cure is not None for found in diagnose_preset(next(presets)))
    ours, theirs = alternate(lambda: [f.cure for f in diagnose_preset(next(presets))], repeated(yardstick, 10), 15)
    ours, theirs = ours * 1e3, theirs / 10 * 1e3
    what = f"the same with all {count} cures; the page works out those of three cards"
    return Row(what, f"{ours:.1f} ms", f"{theirs:.3f} ms", f"{ours / theirs:.0f}", "")
