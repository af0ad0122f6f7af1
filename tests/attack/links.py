"""Links that are broken, huge, old or full of markup: each opens something whole, and says what it left out."""

import time
from collections import Counter

from calc.documents import link
from tests import hostile

SLOW = 2.0
"""What opening a link may take [s of this process]."""


def wrong(query: str) -> str:
    """What is wrong with what a link opens; nothing where all is well."""
    start = time.process_time()
    try:
        opened = link.decode_link(query)
        again = link.encode_view(opened.view)
        if link.too_long(again) is None and link.decode_link(again).view.preset.plan != opened.view.preset.plan:
            return "what it opens is another plan when it is linked again"
        opened.view.preset.plan.pay([k.target for k in opened.view.preset.plan.kpis])
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
    took = time.process_time() - start
    return f"took {took:.1f} s" if took > SLOW else ""


def run(seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """So many links, those made by hand first: counts by outcome, and what was wrong."""
    counts: Counter[str] = Counter()
    faults = []
    for query in [*hostile.crafted(), *hostile.drawn(count, seed)][:count]:
        fault = wrong(query)
        counts["failed" if fault else "opened"] += 1
        faults += [f"link {query[:150]}: {fault}"] if fault else []
    return counts, faults


def wrong_size(query: str) -> str:
    """Whether a link is said to fit that does not open in full."""
    if link.too_long(query) is None and link.decode_link(query).dropped:
        return "it is said to fit, and opening it drops something"
    return ""
