"""Outside the field's range: a floor, an accelerator or an upside that most plans do not have.

What it is: where a number of the plan lies outside of what the field reports: the pay of the best tenth in target
incentives, the floor, the accelerator. Its money is what is paid there; for an accelerator, for 1 % of target more.

Why it hurts: it may not. The ranges are practice and no law, and contradict each other at the edges; a plan outside of
them should be so on purpose.

What to do: know it, and be able to say why.

Source: 2-3 target incentives for the best tenth (BetterSalesComp, SalesGlobe); a floor of 0-50 % typical (Microsoft
sales compensation notes, onebigtable.us); accelerators of 1.5-2x (QuotaPath, Forrester), up to 2.5x (Falcon).
"""

from collections.abc import Iterator

import numpy as np

from calc.diagnosis.context import BEST_TENTH, Case, worse_word
from calc.diagnosis.finding import Finding
from calc.diagnosis.pace import pays_from
from calc.messages import Money, Number, Sentence, Share
from calc.plan.kpi import Kpi
from calc.situation.calendar import adds_up


def find_field_range(case: Case) -> Iterator[Finding]:
    """A note for each range that the plan lies outside of."""
    yield from _judge_leverage(case)
    for kpi in case.paid:
        yield from _judge_floor(case, kpi)
        yield from _judge_accelerator(case, kpi)


def _judge_leverage(case: Case) -> Iterator[Finding]:
    """A note on what a rep earns who is in the best tenth in every paid KPI, the others where they stand."""
    team, practice = case.team, case.practice
    if team is None or not case.has_targets:
        return
    best = {k.id: k.result(float(team.landing(k).at_score(BEST_TENTH))) for k in case.paid}
    results = [best.get(k.id, case.at.get(k.id, k.target)) for k in case.plan.kpis]
    leverage = float(case.plan.payout(np.array([results]))[0])
    if practice.leverage_low - 1e-9 <= leverage <= practice.leverage_high + 1e-9:
        return
    money = float(case.plan.pay(results))
    yield Finding(
        check="field_range",
        severity="note",
        kpi=None,
        span=None,
        money=money,
        share=None,
        title=Sentence.of("Pays the best tenth {leverage}× the target incentive", leverage=Number(leverage)),
        says=Sentence.of(
            "A rep who just makes the best tenth on every paid measure earns {money}: {leverage}× the target "
            "incentive. Most plans pay {low}× to {high}×.",
            money=Money(money),
            leverage=Number(leverage),
            low=Number(practice.leverage_low),
            high=Number(practice.leverage_high),
        ),
        do=Sentence.of("Climb faster beyond target, or keep it so if it is meant.")
        if leverage < practice.leverage_low
        else Sentence.of("Climb more slowly beyond target, or keep it so if it is meant."),
        source=practice.source("leverage_low"),
    )


def _judge_floor(case: Case, kpi: Kpi) -> Iterator[Finding]:
    """A note on a high floor; that of an average (a share of deliveries on time) is high by nature."""
    floor, practice = pays_from(case, kpi), case.practice
    if not kpi.has_target or floor < practice.floor or not adds_up(kpi):
        return
    yield Finding(
        check="field_range",
        severity="note",
        kpi=kpi.id,
        span=(case.zones(kpi)[0].start, floor),
        money=case.money(case.along(kpi)(case.own_break(kpi, floor), "right")),
        share=case.share(kpi, None, floor),
        title=Sentence.of("Starts to pay at {floor} of target", floor=Share(floor)),
        says=Sentence.of(
            "{kpi} earns nothing "
            + worse_word(kpi)
            + " {result}, {floor} of target. Most plans start at 50-70 % or lower.",
            kpi=case.name(kpi),
            result=case.result(kpi, floor),
            floor=Share(floor),
        ),
        do=Sentence.of("Start to pay lower, or keep it so if it is meant."),
        source=practice.source("floor"),
    )


def _judge_accelerator(case: Case, kpi: Kpi) -> Iterator[Finding]:
    curve, practice = kpi.curve if kpi.curve is not None else case.plan.curve, case.practice
    told = kpi.curve is None and kpi is not case.main
    times = None if curve is None else curve.beyond_target
    if told or curve is None or times is None or times <= 1:
        return
    climbs = "each 1 % of the target adds {times} % of its target pay"
    if curve.beyond_is_multiple:
        climbs = "one more pays {times} times what it pays just before"
    if practice.accelerator_low <= times <= practice.accelerator_high:
        return
    along = case.along(kpi)
    yield Finding(
        check="field_range",
        severity="note",
        kpi=kpi.id,
        span=(1.0, curve.ends_at),
        money=case.money(along(1.01) - along(1.0)),
        share=case.share(kpi, 1.0, curve.ends_at),
        title=Sentence.of("Has an accelerator of {times}", times=Number(times)),
        says=Sentence.of(
            f"Beyond {{target}} of {{kpi}}, {climbs}. Most accelerators lie between {{low}} and {{high}}.",
            target=case.result(kpi, 1.0),
            kpi=case.name(kpi),
            times=Number(times),
            low=Number(practice.accelerator_low),
            high=Number(practice.accelerator_high),
        ),
        do=Sentence.of("Choose one within that range, or keep it so if it is meant."),
        source=practice.source("accelerator_low", "accelerator_high"),
    )
