"""A plan that has every kind of thing that the contract knows, so that every declared term has a place in it."""

from typing import Any

from calc.documents.planfile import Preset, parse_plan

LINE = {"kind": "points", "points": [[0, 0], [1, 1], [2, 3]]}
RICH: dict[str, Any] = {
    "title": "Everything at once",
    "plan": {"target_incentive": 1000, "pay_below_zero": True},
    "kpis": [
        {"id": "deals", "target": 100, "weight": 0.4, "curve": {"kind": "band", "floor": 0.5, "ceiling": 2.0}},
        {"id": "revenue", "target": 500, "weight": 0.3, "curve": LINE},
        {"id": "calls", "target": 40, "weight": 0.2, "curve": {"kind": "steps", "steps": [[0.5, 0.5], [1, 1]]}},
        {
            "id": "grid",
            "target": 10,
            "weight": 0.1,
            "curve": {
                "kind": "matrix",
                "with": "margin",
                "rows": [0.8, 1.2],
                "columns": [0.9, 1.1],
                "payouts": [[0.5, 1], [1, 2]],
            },
        },
        {"id": "sales", "target": 1000, "curve": {"kind": "tiers", "tiers": [[0, 0.1], [1000, 0.2]]}},
        {"id": "margin", "target": 30, "weight": 0},
        {"id": "csat", "target": 85, "weight": 0},
    ],
    "gates": [
        {"kpi": "csat", "at_least": 0.9, "closes": ["deals"], "any_of": [{"kpi": "margin", "at_most_result": 40}]}
    ],
    "modifiers": [
        {"kpi": "csat", "multiplies": ["revenue"], "curve": {"kind": "steps", "steps": [[0, 0.8], [1, 1.2]]}},
        {"kpi": "margin", "multiplies": ["revenue"], "curve": {"kind": "steps", "steps": [[0, 0.9], [1, 1.1]]}},
    ],
    "greater_of": [{"groups": [["deals"], ["sales"]]}],
}


def rich_preset() -> Preset:
    """The plan as a preset."""
    return parse_plan(RICH)
