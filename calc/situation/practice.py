"""What the field does: the ranges that findings are judged by, each with its source.

They are practice, not law ("center-practice guidelines", Alexander Group), and contradict each other at the edges; a
user may change any of them in the plan file's [practice], or in one place on the screen. Each term's `source` is shown
wherever the term decides something.
"""

from typing import Any

from pydantic import Field

from calc.plan.terms import FiniteNumber, Terms, Whole, terms_of


def rule(default: Any, help: str, source: str, *, unit: str = "", **bounds: Any) -> Any:
    """A rule of thumb with its default, its bounds, what it means, and where it comes from."""
    return Field(default, description=help, json_schema_extra={"unit": unit, "source": source}, **bounds)


OURS = "our own rule; no published figure"
_SHARE: dict[str, Any] = {"ge": 0, "le": 1, "unit": "share of the team"}


class Practice(Terms):
    """The field's ranges; the first of a pair is where a finding warns, the second where it alarms."""

    below_floor: FiniteNumber = rule(
        0.10,
        "the share of a team that most plans leave below the floor, at the most",
        "nine in ten should reach the threshold: Aurochs; at most 10 % below: Prosperio; 5-10 %: BetterSalesComp",
        **_SHARE,
    )
    below_floor_alarm: FiniteNumber = rule(
        0.20, "the share below the floor that raises an alarm", "twice the practice", **_SHARE
    )
    floor: FiniteNumber = rule(
        0.70,
        "the floor from which on practice calls it high",
        "0-50 % typical, 70 % and more risks demotivated reps: Microsoft sales compensation notes (onebigtable.us)",
        ge=0,
        le=1,
        unit="attainment",
    )
    at_target: FiniteNumber = rule(
        0.50,
        "the least share of a team that reaches target in most sound plans",
        "50-60 % Prosperio; 55-65 % Pavilion and Cortado; 60-70 % Alexander Group, by philosophy",
        **_SHARE,
    )
    at_target_alarm: FiniteNumber = rule(
        0.30,
        "the share at target below which it is a red flag",
        "red flag below 30 %: guide to quotas, comish.online",
        **_SHARE,
    )
    at_target_most: FiniteNumber = rule(
        0.80,
        "the share at target above which targets are too easy",
        "above 80 % the field calls it overpaid: Microsoft sales compensation notes; 80 % is QuotaPath's aim",
        **_SHARE,
    )
    at_target_most_alarm: FiniteNumber = rule(
        0.90, "the share at target that raises an alarm", "halfway to everybody", **_SHARE
    )
    at_ceiling: FiniteNumber = rule(
        0.05,
        "the share of a team that may stand at a ceiling: the best in twenty",
        "no published figure; our own reading of excellence at the best tenth (Aurochs, Prosperio, SalesGlobe)",
        **_SHARE,
    )
    at_ceiling_alarm: FiniteNumber = rule(
        0.10, "the share at a ceiling that raises an alarm", "excellence is the best tenth", **_SHARE
    )
    ceiling: FiniteNumber = rule(
        2.0,
        "the payout below which practice calls a cap low",
        "caps usually about 250 % of target in pharma (ZS 2015); 200 % elsewhere",
        ge=1,
        unit="payout",
    )
    jump: FiniteNumber = rule(
        0.10,
        "the largest jump in pay that goes unremarked",
        "start at the threshold and move linearly: BetterSalesComp; no cliffs: QuotaPath; the size is ours",
        ge=0,
        unit="share of target incentive",
    )
    jump_alarm: FiniteNumber = rule(
        0.30, "the jump in pay that raises an alarm", OURS, ge=0, unit="share of target incentive"
    )
    measures: Whole = rule(
        3,
        "how many measures most plans keep to",
        "at most three: Alexander Group, Colletti-Fiss, QuotaPath; 71 % of firms (WorldatWork, n = 246)",
        ge=1,
    )
    measures_warn: Whole = rule(5, "how many measures a scorecard bears", "scorecards 3-5: Wilson Group", ge=1)
    measures_alarm: Whole = rule(6, "how many measures raise an alarm", "beyond every published range", ge=1)
    idle: FiniteNumber = rule(
        0.015,
        "how much of the pay a tenth more on a KPI should move, at the least",
        "weights below 15 % are an alarm bell: IntelligentSPM; below 20 %: Performio",
        ge=0,
        le=1,
        unit="share of pay",
    )
    gate_closed: FiniteNumber = rule(
        0.10, "how often a gate may be closed", "as for a floor: nine in ten should pass it (see above)", **_SHARE
    )
    gate_closed_alarm: FiniteNumber = rule(0.25, "how often a gate is closed that raises an alarm", OURS, **_SHARE)
    growth: FiniteNumber = rule(
        0.30,
        "the rise of a target in a year that practice calls aggressive",
        "10-20 % a year normal, 30 % aggressive: guide to quotas, comish.online",
        ge=0,
    )
    moving_gain: FiniteNumber = rule(
        0.02,
        "the most that booking a deal a payment later or earlier may be worth",
        "timing games cost one firm 6-8 % of revenue (Larkin, 2014); how much is worth a move is ours",
        ge=0,
        unit="share of pay at target",
    )
    moving_gain_alarm: FiniteNumber = rule(
        0.10, "the worth of moving a deal that raises an alarm", OURS, ge=0, unit="share of pay at target"
    )
    unpaid_start: FiniteNumber = rule(
        0.25,
        "the part of a year that may go by before anything is paid",
        "payout within a quarter of the sale: common in plan documents; the limit is ours",
        ge=0,
        le=1,
        unit="share of the year",
    )
    unpaid_start_alarm: FiniteNumber = rule(
        0.50, "the unpaid part of a year that raises an alarm", OURS, ge=0, le=1, unit="share of the year"
    )
    late: FiniteNumber = rule(
        14 / 365,
        "the part of a period that may be over when the plan is known",
        "within the first two weeks of a year: BetterSalesComp; before the period: ZS",
        ge=0,
        le=1,
        unit="share of period",
    )
    late_alarm: FiniteNumber = rule(0.10, "the part of a period lost that raises an alarm", OURS, ge=0, le=1)
    budget: FiniteNumber = rule(0.10, "how far expected pay may miss the budget", OURS, ge=0, unit="share of budget")
    leverage_low: FiniteNumber = rule(
        2.0, "pay of the best tenth in target incentives, low end", "2-3x: BetterSalesComp, SalesGlobe", ge=0
    )
    leverage_high: FiniteNumber = rule(
        3.0, "pay of the best tenth in target incentives, high end", "2-3x: BetterSalesComp, SalesGlobe", ge=0
    )
    accelerator_low: FiniteNumber = rule(
        1.5, "accelerator, low end", "1.5-2x: QuotaPath, Forrester (quoted by Level6)", ge=0
    )
    accelerator_high: FiniteNumber = rule(2.5, "accelerator, high end", "up to 2.5x: Falcon Incentives", ge=0)
    at_target_usual: FiniteNumber = rule(
        0.70, "the share at target up to which most sound plans go", "60-70 % Alexander Group, by philosophy", **_SHARE
    )
    growth_warn: FiniteNumber = rule(
        0.20,
        "the rise of a target in a year up to which practice calls it normal",
        "10-20 % a year normal: guide to quotas, comish.online",
        ge=0,
    )
    pay_stops: FiniteNumber = rule(
        0.90,
        "the part of a period over which pay should go on at the team's pace",
        "our own rule; that caps cost sales: Misra and Nair (Chung, HBR 2015)",
        ge=0,
        le=1,
        unit="share of period",
    )
    pay_stops_alarm: FiniteNumber = rule(
        2 / 3, "the part of a period after which an end of pay still only warns", OURS, ge=0, le=1
    )
    budget_note: FiniteNumber = rule(
        0.02, "how far expected pay may miss the budget unremarked", OURS, ge=0, unit="share of budget"
    )

    pay_follows: FiniteNumber = rule(
        0.60,
        "the relation of pay with performance below which it is loose",
        "r of 0.8 strong, 0.6 loose: Falcon Incentives",
        ge=-1,
        le=1,
    )
    chance_gap: FiniteNumber = rule(
        0.20,
        "how far apart the chances of target of two reps of the same skill may lie",
        "our own rule; that attainment must have no relation with a territory's size: Aurochs",
        ge=0,
        le=1,
    )
    chance_gap_alarm: FiniteNumber = rule(0.40, "the distance of two chances that raises an alarm", OURS, ge=0, le=1)
    size_relation: FiniteNumber = rule(
        0.50,
        "the relation of attainment with last year's volume that says that quotas are unfair by size",
        "no relation is practice: Aurochs; the mark is ours",
        ge=0,
        le=1,
    )
    bunching: FiniteNumber = rule(
        0.05,
        "how seldom chance alone may split people beside a jump so unevenly, before it is told",
        "a break in the density at a mark: McCrary, Journal of Econometrics 2008; one in twenty is usual",
        ge=0,
        le=1,
    )
    people_cost: FiniteNumber = rule(
        0.10,
        "how far the pay of named people may be over their target incentives",
        OURS,
        ge=0,
        unit="share of target incentives",
    )

    def source(self, *names: str) -> str:
        """Where rules come from, for a finding that they decide."""
        extras = [terms_of(Practice)[name].json_schema_extra for name in names]
        return "; ".join(str(extra["source"]) for extra in extras if isinstance(extra, dict))
