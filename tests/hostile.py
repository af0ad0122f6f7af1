"""Links of ill will and of ill luck: broken, old, from a newer release, huge, full of markup; the same every time."""

import base64
import json
import random
import zlib
from typing import Any
from urllib.parse import quote

from calc import names
from calc.documents import planfile
from calc.documents.link import View, encode_view

EVIL = "evil.example"
"""What no page may ask for; a link, an image or a script that leads there was somebody's markup."""
PWN = "window.__pwned=1"
MARKUP = (
    f"<script>{PWN}</script>",
    f"<img src=x onerror={PWN}>",
    f"<img src=//{EVIL}/i>",
    f"<svg/onload={PWN}>",
    f"</style><a href='//{EVIL}'>x</a>",
    f'"><iframe src="javascript:{PWN}">',
    f"[win](https://{EVIL}/a)",
    f"![i](https://{EVIL}/b.png)",
    f"<a href='javascript:{PWN}'>x</a>",
    f"https://{EVIL}/c www.{EVIL} me@{EVIL}",
    "$\\href{javascript:1}{x}$ $$\\frac{1}{0}$$ $5 and $6",
    ":red[x] :material/bolt: :smile: `code` **bold**",
    "# Head\n\n- a\n\n| a | b |\n|---|---|",
    "{{7*7}} ${7*7} %s %(x)s {0.__class__}",
    "\u202egnp.exe \u2028\u0000\ufffe",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ✂️ नमस्ते العربية 日本語",
    "x" * 79,
    "'; DROP TABLE plans; --",
    "=HYPERLINK(1)",
)
NUMBERS = (
    *("NaN", "nan", "inf", "-inf", "Infinity", "1e308", "-1e308", "1e309", "1e-320", "9" * 400, "0", "-0", "-5"),
    *(
        "0x10",
        "1_000",
        "１２",
        "٣",
        "1,5",
        "1e",
        "--1",
        "",
        " ",
        "true",
        "null",
        "none",
        "1e15",
        "1e16",
        "0.30000000000000004",
    ),
)


def packed(document: Any) -> str:
    """A document as the first version packed it, whatever it is."""
    text = document if isinstance(document, str) else json.dumps(document)
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode().rstrip("=")


def plan(name: str = "Deals", unit: str = "deals", **more: Any) -> dict[str, Any]:
    """A small document that holds."""
    kpi = {
        "id": "deals",
        "name": name,
        "unit": unit,
        "target": 100,
        "weight": 1,
        "curve": {"kind": "band", "floor": 0.7},
    }
    csat = {"id": "csat", "name": f"{name[:70]} too", "unit": unit, "target": 85, "weight": 0}
    table = {"target_incentive": 1000, **more.pop("plan", {})}
    gates = [{"kpi": "csat", "at_least": 0.9, "closes": "plan", "keeps": 0.5}]
    return {"title": "T", "plan": table, "kpis": [kpi, csat], "gates": gates, "team": {"size": 9, "spread": 0.2}} | more


def named(text: str) -> str:
    """A link of a plan that holds, with somebody's text wherever a text may stand."""
    short = text[:40]
    story = {"title": text[:120], "description": text * 3, "source": text}
    return "?x=" + packed({**plan(text[:80], short), **story})


def crafted() -> list[str]:
    """Links made by hand."""
    bad: dict[str, list[object]] = {
        "currencies": [plan(plan={"currency": code}) for code in ("XXX", "ZZZ", "usd", "<b>", "EUR ", "")],
        "numbers": [plan(plan={"target_incentive": n}) for n in (1e308, -1, 0, 1e-9, 10**400, float("nan"), "9", None)],
        "targets": [dict(plan(), kpis=[{**plan()["kpis"][0], "target": n}]) for n in (-1, 0, 1e15, -1e15, 1e-9, 1e308)],
        "shapes": [[], {}, {"kpis": 1}, {"plan": []}, {"plan": {}, "kpis": [1]}, {"kpis": [{}] * 5000}, "[[[[", "null"],
    }
    found = [named(text) for text in MARKUP]
    found += [
        f"?preset=low-ceiling&{place}={quote(text)}" for text in MARKUP[:9] for place in ("deals.name", "x", "along")
    ]
    found += [f"?preset=low-ceiling&{quote(text)}=1" for text in MARKUP]
    found += ["?x=" + packed(document) for several in bad.values() for document in several]
    found += [f"?preset=low-ceiling&{path}={quote(n)}" for n in NUMBERS for path in ("deals.target", "at.deals")]
    found += ["?x=" + packed(" " * 5_000_000), "?x=" + packed("[" * 90_000), "?x=" + packed('{"a":' * 9_000)]
    found += [
        "?" + "a" * 20_000,
        "?" + "&".join(f"k{i}=1" for i in range(900)),
        "?" + "&".join(["preset=open-top"] * 99),
    ]
    found += [
        "?v=99&x=AAAA",
        "?v=0",
        "?x=AAAA",
        "?x=%F0%9F%92%A9",
        "?preset=../../etc/passwd",
        "?preset=%00",
        "?%00=%00",
    ]
    found += [
        "?preset=low-celing",
        "?preset=gone&deals.floor=0.2",
        "?preset=low-ceiling&deals.flor=1",
        "?A.preset=gone",
    ]
    found += ["?A.x=" + packed(plan(text[:80])) + "&preset=open-top" for text in MARKUP[:6]]
    found += ["?present=0", "?present=-1", "?present=1e9", "?A.x=AAAA&preset=sound-plan"]
    return found


def drawn(count: int, seed: int = 7) -> list[str]:
    """Random links: pieces of good ones, values of bad ones, and letters that have been lost or changed on the way."""
    dice = random.Random(seed)
    whole = [encode_view(View(planfile.load_preset(name), name)) for name in names()]
    whole += [encode_view(View(planfile.load_preset(name))) for name in names()]
    paths = (
        "deals.floor",
        "deals.target",
        "revenue.weight",
        "plan.ceiling",
        "team.mean",
        "at.deals",
        "along",
        "v",
        "x",
    )
    found = []
    for _ in range(count):
        query = dice.choice(whole)
        for _ in range(dice.randint(0, 3)):
            led = dice.choice(("", "", "A."))
            query += f"&{led}{dice.choice(paths)}={quote(dice.choice(NUMBERS + MARKUP))}"
        if dice.random() < 0.5:
            spot = dice.randrange(1, len(query))
            query = query[:spot] + dice.choice(("", "A", "%", "&", "=", "é", "+")) + query[spot + dice.randint(0, 4) :]
        found.append(query)
    return found
