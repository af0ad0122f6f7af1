"""Tables of a plan file that stand beside the plan in lists: its worked examples, and named people."""

from calc.plan.terms import FiniteNumber, Terms, term

REP_TABLES = ("results", "targets", "last_year")
"""Terms of a named rep that give a number by KPI id."""


class Example(Terms):
    """A worked example: results in the KPIs' units (a KPI left out stands at its target), and what they pay."""

    results: dict[str, FiniteNumber] = term(help="results by KPI id")
    pays: FiniteNumber = term(unit="money", help="the pay, to the currency's smallest unit")


class Rep(Terms):
    """A named rep with their own targets and results."""

    name: str = term(max_length=80, help="the rep")
    results: dict[str, FiniteNumber] = term({}, help="results by KPI id")
    targets: dict[str, FiniteNumber] = term({}, help="targets by KPI id, where they are the rep's own")
    target_incentive: FiniteNumber | None = term(
        None, gt=0, unit="money per period", help="the rep's own target incentive"
    )
    forecasts: dict[str, tuple[FiniteNumber, FiniteNumber]] = term(
        {}, help="by KPI id, from and to: where nine in ten results of a rep of usual skill would lie"
    )
    last_year: dict[str, FiniteNumber] = term({}, help="by KPI id, last year's result")
