"""What a link opened on the day it was written: its pay to the cent, its zones, and what of it was dropped.

`v1.json`, `v2.json` ... hold links as somebody may have kept them in a mail or a document. They are never changed, only
added to; a release that opens one of them otherwise has broken somebody's link.
"""

import json
from pathlib import Path
from typing import Any

from calc import zones
from calc.documents.link import View, decode_link

HERE = Path(__file__).parent
PLACES = (0.0, 0.5, 0.95, 1.3)
"""Attainments of all KPIs at which pay is kept, beside the place where the rep stands."""


def kept() -> list[dict[str, Any]]:
    """Every link that is kept, the oldest version first."""
    return [entry for file in sorted(HERE.glob("v*.json")) for entry in json.loads(file.read_text(encoding="utf-8"))]


def told(query: str) -> dict[str, Any]:
    """What a link opens, in numbers."""
    opened = decode_link(query)
    return {"dropped": list(opened.dropped), **_view(opened.view)}


def _view(view: View) -> dict[str, Any]:
    plan = view.preset.plan
    along = view.along if view.along in plan.ids else next((k.id for k in plan.kpis if k.paid), plan.ids[0])
    stands = {k.id: view.at.get(k.id, k.target) for k in plan.kpis}
    found = {
        "base": view.base,
        "title": view.preset.title,
        "at": dict(view.at),
        "along": view.along,
        "present": view.present,
        "currency": plan.currency,
        "pay": float(plan.pay(list(stands.values()))),
        "pays": [float(plan.pay([k.result(place) for k in plan.kpis])) for place in PLACES],
        "zones": [
            [zone.kind, zone.start_result, zone.end_result, _cents(zone.pay_start), _cents(zone.pay_end)]
            for zone in zones(plan, along, view.at)
        ],
    }
    return found if view.against is None else {**found, "against": _view(view.against)}


def _cents(pay: float | None) -> float | None:
    return None if pay is None else round(pay, 4) + 0.0
