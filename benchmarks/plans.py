"""The plans that are measured, as documents."""

from calc.documents.planfile import loads
from calc.plan.plan import Plan

HEAD = """
title = "{title}"
description = "A plan to measure with."
source = "Made up."

[plan]
currency = "USD"
period = "month"
target_incentive = 5000
"""
BANDS = (  # target, floor, accelerator, ceiling
    (100, 0.70, 1.0, 2.0),
    (250, 0.50, 2.0, 1.5),
    (80, 0.80, 1.5, 1.8),
    (40, 0.60, 3.0, 1.6),
    (1000, 0.40, 0.5, 2.5),
)
KPI = """
[[kpis]]
id = "k{n}"
name = "KPI {n}"
kind = "outcome"
unit = "units"
target = {target}
weight = 0.2
curve = {{ kind = "band", floor = {floor}, accelerator = {accelerator}, ceiling = {ceiling} }}
"""
LINKED = """
[[kpis]]
id = "csat"
name = "Customer satisfaction"
kind = "quality"
unit = "points"
target = 85
weight = 0

[[gates]]
kpi = "csat"
at_least = 0.9
closes = ["k1", "k2"]

[[modifiers]]
kpi = "csat"
multiplies = "plan"
curve = { kind = "points", of = "result", points = [[65, 0.9], [85, 1.0], [100, 1.1]], below = "hold" }
"""
FIVE_BANDS = HEAD.format(title="Five bands") + "".join(
    KPI.format(n=n, target=target, floor=floor, accelerator=accelerator, ceiling=ceiling)
    for n, (target, floor, accelerator, ceiling) in enumerate(BANDS, 1)
)
# Five KPIs in all: the fourth and fifth band make place for the KPI that gates and multiplies.
GATED = (
    HEAD.format(title="Gated")
    + "".join(
        KPI.format(n=n, target=target, floor=floor, accelerator=accelerator, ceiling=ceiling).replace("0.2\n", "0.25\n")
        for n, (target, floor, accelerator, ceiling) in enumerate(BANDS[:4], 1)
    )
    + LINKED
)


def plan_of(document: str) -> Plan:
    return loads(document).plan
