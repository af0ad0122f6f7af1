"""The statement of a year: what each payment earned, what rules took and added, and what is paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from calc.piecewise.vectorized import Floats


@dataclass(frozen=True)
class YearStatement:
    """The payments of n people, t each [money, in the smallest unit, unless said].

    `paid + settled = earned - withheld + collected - taken_back - kept_back + released + advanced + guaranteed -
    recovered + raised + trued_up` holds to the smallest unit in every payment.

    Args:
        results: (n, t, k) [KPI units]. running: the same since the restart, averages by their mean.
        targets: (n, t, k) of each payment [KPI units]. running_targets: what the running total is held against.
        incentives: (n, t) the target incentive of each payment.
        earned: (n, t) what a payment adds to what is earned, by the reading, before any rule.
        paid_before: (n, t) what was earned before it since the restart, by a reading that runs on; else 0.
        limits: (n, t) the most that the payment pays; infinite where there is no limit.
        lines: by name, what rules took and added (n, t).
        owed, held, reserve, carried: (n, t) what stands after each payment: owed by the rep, held by a limit, held
            back, and below zero still to be made up for.
        paid: (n, t) what is paid. settled: (n, t) what is paid beside it at a restart.
    """

    results: Floats
    running: Floats
    targets: Floats
    running_targets: Floats
    incentives: Floats
    earned: Floats
    paid_before: Floats
    limits: Floats
    paid: Floats
    settled: Floats
    owed: Floats
    held: Floats
    reserve: Floats
    carried: Floats
    lines: Mapping[str, Floats] = field(default_factory=dict)

    def line(self, name: str) -> Floats:
        """What a rule took or added in each payment (n, t) [money]."""
        return self.lines[name]

    @property
    def total(self) -> Floats:
        """What each is paid over all payments (n,) [money]."""
        return np.asarray((self.paid + self.settled).sum(axis=1), dtype=np.float64)
