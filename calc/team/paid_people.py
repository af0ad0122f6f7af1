"""Named people under a plan: where each landed, and what each is paid.

A row is a person in one period, paid as the plan pays a period; `by_person` adds the periods up. Attainment is the
result against the person's own target, and over several KPIs their mean by what each pays at target. Base pay is left
out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.batch.evaluate import evaluate_plan
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.calendar import adds_up

if TYPE_CHECKING:
    from calc.tables.people_read import PeopleRead
    from calc.tables.person_period import PersonPeriod

PAID_DECIMALS = 9
"""Attainments and multiples that differ by less are equal."""


@dataclass(frozen=True)
class TeamResults:
    """Results of named people, each in a period.

    Args:
        names: (n,) what each is called.
        periods: (n,) the label of the period, "" where there is none.
        results: (n, k) in the plan's order of KPIs [KPI units].
        targets: (n, k) each person's own [KPI units].
        incentives: (n,) each person's own target incentive [money].
        attributes: (n,) what else is known of each, by heading.
        left_out: names of people who cannot be paid, with the reason.
        last_year: (n, k) results of the year before [KPI units], not a number where unknown; None where none is known.
    """

    names: tuple[str, ...]
    periods: tuple[str, ...]
    results: Floats
    targets: Floats
    incentives: Floats
    attributes: tuple[Mapping[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    last_year: Floats | None = None

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class PaidPeople:
    """People with what a plan pays them.

    Args:
        plan: the plan.
        team: the people and their results.
        attainment: (n, k) each against the own target [1 = on target], rounded to nine decimals.
        overall: (n,) attainment over the KPIs that pay, by what each pays at target.
        multiple: (n,) payout [1 = the own target incentive], before rounding.
        pay: (n,) [money, rounded].
        incentive: (n,) what is paid at 100 % of everything [money].
        added_up: the rows by period that were added up to these people; None where a row is what a plan paid.
    """

    plan: Plan
    team: TeamResults
    attainment: Floats
    overall: Floats
    multiple: Floats
    pay: Floats
    incentive: Floats
    added_up: "PaidPeople | None" = None

    @property
    def by_period(self) -> "PaidPeople":
        """The rows as a plan paid them, a person and period each: what must be paid anew where results change."""
        return self if self.added_up is None else self.added_up

    @property
    def names(self) -> tuple[str, ...]:
        """(n,) what each is called."""
        return self.team.names

    @cached_property
    def total(self) -> float:
        """What all are paid [money, to the smallest unit]."""
        return round(float(np.sum(self.pay)), self.plan.minor)

    def __len__(self) -> int:
        return len(self.team)


def team_results(plan: Plan, read: "PeopleRead", own_targets: bool = True) -> TeamResults:
    """The results of people whom files name, in the plan's order of KPIs.

    Args:
        plan: the plan that pays them.
        read: people as `calc.read_people` gives them.
        own_targets: whether targets of the files count; else the plan's own do.

    Raises:
        Refused: a KPI on which the pay depends has no result of anybody.
    """
    lacking = [i for i in plan.deciding if not any(i in row.results or i in row.attainments for row in read.rows)]
    if lacking:
        met = ", ".join(read.measures) or "none"
        raise Refused(f"people must have results of {', '.join(lacking)}, on which the pay depends (got {met})")
    needed = _targets_needed(plan, read) if own_targets else ()
    rows: list[PersonPeriod] = []
    left: list[tuple[str, str]] = []
    for row in read.rows:
        missing = [i for i in plan.deciding if i not in row.results and i not in row.attainments]
        untold = [i for i in needed if i not in row.targets]
        if missing or untold:
            left.append((row.person, f"no result of {missing[0]}" if missing else f"no target of {untold[0]}"))
        else:
            rows.append(row)
    targets = _columns([_targets(rows, k, own_targets) for k in plan.kpis], len(rows))
    results = _columns([_results(rows, k, targets[:, i]) for i, k in enumerate(plan.kpis)], len(rows))
    whole = plan.target_incentive or plan.incentive
    return TeamResults(
        tuple(row.person for row in rows),
        tuple("" if row.period is None else row.period.label for row in rows),
        results,
        targets,
        np.array([whole if row.incentive is None else row.incentive for row in rows], dtype=np.float64),
        tuple(row.attributes for row in rows),
        tuple(left),
        last_results([row.last_year for row in rows], plan),
    )


def last_results(known: Sequence[Mapping[str, float]], plan: Plan) -> Floats | None:
    """Results of the year before (n, k) [KPI units], by people's own ids; None where none of anybody is known."""
    if not any(known):
        return None
    return np.array([[one.get(k.id, np.nan) for k in plan.kpis] for one in known], dtype=np.float64)


def _targets_needed(plan: Plan, read: "PeopleRead") -> tuple[str, ...]:
    """The KPIs without whose target somebody is left out: others have one, and it was not answered otherwise."""
    told = {i for row in read.rows for i in row.targets}
    answered = {key for one in read.match.files for key, word in one.answers.items() if word == "plan"}
    return tuple(i for i in plan.deciding if i in told and f"no_target.{i}" not in answered)


def _columns(columns: Sequence[Floats], count: int) -> Floats:
    return np.stack(columns, axis=1) if count else np.empty((0, len(columns)))


def _targets(rows: Sequence["PersonPeriod"], kpi: Kpi, own_targets: bool) -> Floats:
    """Each person's own target (n,) [KPI unit], the plan's where the files have none."""
    if not own_targets or not any(row.targets for row in rows):
        return np.full(len(rows), float(kpi.target))
    return np.array([row.targets.get(kpi.id, kpi.target) for row in rows], dtype=np.float64)


def _results(rows: Sequence["PersonPeriod"], kpi: Kpi, targets: Floats) -> Floats:
    """Results (n,) [KPI unit]: as they are told, else by what was attained; at target where neither is told."""
    found = np.array([row.results.get(kpi.id, np.nan) for row in rows], dtype=np.float64)
    lacking = np.flatnonzero(np.isnan(found))
    attained = np.array([rows[n].attainments.get(kpi.id, 1.0) for n in lacking.tolist()], dtype=np.float64)
    spans = np.full(len(lacking), kpi.span) if kpi.scale is not None else np.abs(targets[lacking])
    found[lacking] = targets[lacking] + kpi.sign * (attained - 1.0) * spans
    return found


def pay_people(plan: Plan, team: TeamResults) -> PaidPeople:
    """What a plan pays people.

    Raises:
        Refused: a target is 0 where the plan names no scale, or some pay is not finite.

    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> team = results_of(plan, ("Jo", "Sam"), [[50], [120]])
    >>> pay_people(plan, team).pay.tolist(), pay_people(plan, team).total
    ([0.0, 1200.0], 1200.0)
    """
    own = np.array([plan.depends_on_target(k.id) for k in plan.kpis])
    plans = np.array([k.target for k in plan.kpis])
    goals = np.where(own, team.targets, plans)
    targets = None if (goals == plans).all() else goals
    shared = plan.target_incentive is None or (team.incentives == plan.target_incentive).all()
    incentives = None if shared else team.incentives
    paid = evaluate_plan(plan, team.results, targets, incentives, whole=True)
    whole = np.broadcast_to(np.asarray(paid.whole, dtype=np.float64), (len(team),))
    multiple = np.divide(paid.total, whole, out=np.zeros(len(team)), where=whole != 0)
    pay = np.asarray(plan.pay(team.results, targets, incentives), dtype=np.float64)
    attainment = attainments(plan, team)
    return PaidPeople(plan, team, attainment, _overall(plan, attainment), multiple, pay, whole)


def without_places(paid: PaidPeople) -> PaidPeople:
    """The rows by period as the plan alone pays them: what a change of results is held against."""
    return pay_people(paid.plan, paid.by_period.team)


def results_of(plan: Plan, names: Sequence[str], results: object, targets: object = None) -> TeamResults:
    """People with results (n, k) and the plan's own targets, or targets (n, k) of their own [KPI units]."""
    given = np.asarray(results, dtype=np.float64).reshape(len(names), len(plan.kpis))
    aims = [k.target for k in plan.kpis] if targets is None else targets
    goals = np.broadcast_to(np.asarray(aims, dtype=np.float64), given.shape)
    whole = np.full(len(names), plan.target_incentive or plan.incentive)
    return TeamResults(tuple(names), ("",) * len(names), given, goals, whole, ({},) * len(names))


def attainments(plan: Plan, team: TeamResults) -> Floats:
    """Each result against the person's own target (n, k) [1 = on target], rounded to nine decimals.

    Raises:
        Refused: a target is 0 where the plan names no scale.
    """
    spans = np.abs(team.targets)
    for i, k in enumerate(plan.kpis):
        if k.scale is not None:
            spans[:, i] = k.scale
    if not spans.all():
        row, column = np.argwhere(spans == 0)[0]
        name = plan.kpis[column].id
        raise Refused(f"{team.names[row]}: {name}.target must not be 0 where the plan names no scale (got 0)")
    signs = np.array([k.sign for k in plan.kpis])
    return np.round(1.0 + signs * (team.results - team.targets) / spans, PAID_DECIMALS)


def _overall(plan: Plan, attainment: Floats) -> Floats:
    """The mean of attainments over KPIs, by what each pays at target; of all that decide where none pays there."""
    worth = np.array([plan.targeted[k.id] if k.paid else 0.0 for k in plan.kpis])
    if not worth.sum() > 0:
        worth = np.array([float(i in plan.deciding) for i in plan.ids])
    overall: Floats = np.round(attainment @ (worth / worth.sum()), PAID_DECIMALS)
    return overall


def by_person(paid: PaidPeople) -> PaidPeople:
    """The same with each person once: pay, and results that grow day by day, added up; averages by their mean.

    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> months = results_of(plan, ("Jo", "Jo"), [[50], [150]])
    >>> year = by_person(pay_people(plan, months))
    >>> year.names, year.pay.tolist(), year.overall.tolist(), year.multiple.tolist()
    (('Jo',), [1500.0], [1.0], [0.75])
    """
    names = list(dict.fromkeys(paid.names))
    if len(names) == len(paid):
        return paid
    place = {name: n for n, name in enumerate(names)}
    rows = np.array([place[name] for name in paid.names])
    counts = np.bincount(rows, minlength=len(names))

    def added(values: Floats) -> Floats:
        return np.bincount(rows, weights=values, minlength=len(names)).astype(np.float64)

    averaged = np.array([not adds_up(k) for k in paid.plan.kpis])
    divided = np.where(averaged, counts[:, None], 1.0)
    results, targets = (
        np.stack([added(column) for column in values.T], axis=1) / divided
        for values in (paid.team.results, paid.team.targets)
    )
    incentive, money = added(paid.incentive), added(paid.multiple * paid.incentive)
    attributes = dict(zip(paid.names, paid.team.attributes, strict=False))
    team = TeamResults(
        tuple(names),
        ("",) * len(names),
        results,
        targets,
        added(paid.team.incentives),
        tuple(attributes.get(name, {}) for name in names),
        paid.team.left_out,
        None if paid.team.last_year is None else np.stack([added(c) for c in paid.team.last_year.T], axis=1) / divided,
    )
    attainment = attainments(paid.plan, team)
    multiple = np.divide(money, incentive, out=np.zeros(len(names)), where=incentive != 0)
    pay = np.round(added(paid.pay), paid.plan.minor)
    return PaidPeople(paid.plan, team, attainment, _overall(paid.plan, attainment), multiple, pay, incentive, paid)
