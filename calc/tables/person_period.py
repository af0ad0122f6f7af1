"""One person in one period, as people's files say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from calc.tables.sheets.periods import Period


@dataclass(frozen=True)
class PersonPeriod:
    """One person in one period.

    Args:
        person: what the person is called; each person otherwise.
        period: the period; None where the files have none.
        results: by measure, what came [its unit].
        targets: by measure, what was asked [its unit].
        attainments: by measure, what came as a share of what was asked, where the file says that alone.
        incentive: the person's own target incentive [money]; None where none is given.
        paid: what was paid for it [money]; None where that is not known.
        attributes: what else the files say, such as the team or the manager, by heading.
        last_year: by measure, what came in the year before [its unit].
    """

    person: str
    period: Period | None
    results: Mapping[str, float]
    targets: Mapping[str, float]
    attainments: Mapping[str, float]
    incentive: float | None = None
    paid: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, float] = field(default_factory=dict)
