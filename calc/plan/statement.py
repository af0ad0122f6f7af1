"""What one rep is paid, line by line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementLine:
    """One KPI of a statement: result [KPI unit], attainment, payout [1 = its target incentive], pay [money]."""

    id: str
    result: float
    attainment: float
    payout: float
    pay: float


@dataclass(frozen=True)
class GateState:
    """Whether the gate on a KPI is open."""

    kpi: str
    open: bool


@dataclass(frozen=True)
class Statement:
    """What one rep is paid: pay [money, rounded], payout [1 = target incentive], KPI by KPI, gate by gate."""

    pay: float
    payout: float
    kpis: tuple[StatementLine, ...]
    gates: tuple[GateState, ...]
