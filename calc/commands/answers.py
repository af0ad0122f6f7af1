"""What the commands print for eyes, where a program gets JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from calc.console import money, number, percent, span, table, text
from calc.diagnosis.finding import Finding
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.statement import Statement


def finding_answer(plan: Plan, one: Finding) -> dict[str, Any]:
    """A finding as a program gets it."""
    return {
        "check": one.check,
        "severity": one.severity,
        "kpi": one.kpi,
        "span": None if one.span is None else list(one.span),
        "money": one.money,
        "share": one.share,
        "title": text(plan, one.title),
        "says": text(plan, one.says),
        "do": text(plan, one.do),
        "source": one.source,
    }


def findings_text(found: Sequence[Mapping[str, Any]]) -> str:
    """Findings, a few lines each."""
    return "\n\n".join(map(_card, found)) or "Nothing in this plan stops paying."


def statement_answer(plan: Plan, called: str, said: Statement) -> dict[str, Any]:
    """What one rep is paid, as a program gets it."""
    return {
        "plan": called,
        "currency": plan.currency,
        "pay": said.pay,
        "payout": round(said.payout, 12) + 0.0,
        "kpis": [{**asdict(line), "payout": round(line.payout, 12) + 0.0} for line in said.kpis],
        "gates": [asdict(gate) for gate in said.gates],
    }


def statement_text(plan: Plan, said: Mapping[str, Any]) -> str:
    """What one rep is paid, a line a KPI."""
    rows = [["KPI", "", "result", "", "attainment", "payout", "pay"]]
    for kpi, line in zip(plan.kpis, said["kpis"], strict=True):
        paid = [percent(line["payout"]), money(plan, line["pay"])] if kpi.paid else ["-", "-"]
        stands = [number(line["result"]), kpi.unit, percent(line["attainment"])]
        rows.append([kpi.id, kpi.name or "", *stands, *paid])
    rows.append(["pay", "", "", "", "", percent(said["payout"]), f"{plan.currency} {money(plan, said['pay'])}"])
    gates = [f"the gate on {gate['kpi']} is {'open' if gate['open'] else 'closed'}" for gate in said["gates"]]
    return "\n".join([table(rows, words=(0, 1, 3)), *gates])


def _card(found: Mapping[str, Any]) -> str:
    """One finding, a few lines."""
    lines = [f"{found['severity']}: {found['title']} [{found['check']}]", found["says"], f"Do: {found['do']}"]
    return "\n  ".join([*lines, f"Practice: {found['source']}"])


def _kind_in_words(zone: Mapping[str, Any]) -> str:
    """The kind of a zone; of a zero one, whether nothing is paid there or this KPI alone earns nothing."""
    if zone["kind"] != "zero":
        return str(zone["kind"])
    return "earns nothing" if zone["pay_from"] else "nothing is paid"


def zones_text(plan: Plan, kpi: Kpi, found: Sequence[Mapping[str, Any]]) -> str:
    """The zones along one KPI, a line each."""
    rows = [["", "attainment", "result", f"pay [{plan.currency}]", "for one unit better"]]
    for zone in found:
        where = span(zone["from"], zone["to"], percent)
        result = span(zone["from_result"], zone["to_result"], number)
        pays = span(zone["pay_from"], zone["pay_to"], lambda pay: money(plan, pay))
        per_unit = zone["pay_per_unit"]
        rows.append([_kind_in_words(zone), where, result, pays, "-" if per_unit is None else number(per_unit)])
    title = kpi.id + (f": {kpi.name}" if kpi.name else "") + (f" [{kpi.unit}]" if kpi.unit else "")
    return f"{title}\n{table(rows, words=(0, 1, 2, 3))}"
