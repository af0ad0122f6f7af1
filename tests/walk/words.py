"""What is typed, and what files are opened: names as people write them, and names that nobody should."""

from collections.abc import Callable
from functools import partial

from calc.documents import planfile

NAMES = (
    "Deals won",
    "New ARR",
    "Margin",
    "Kundenzufriedenheit",
    "deals",
    "EUR",
    "%",
    "",
    " ",
    "R&D <b>bold</b>",
    "**[win](https://evil.example)** $x$ :red[y]",
    "Pay 100 % of it, or 1.5 times",
    "Ein sehr langer Name für eine Kennzahl, die niemand in einer Zeile lesen kann, und noch etwas mehr",
    "日本語",
    "'quoted' \"twice\"",
)

AMOUNTS = (
    *("0", "1", "5", "20", "33", "50", "60", "70", "80", "100", "120", "150", "200", "1000", "1.2M", "1,200,000"),
    *("85 %", "70%", "0.7", "$500", "1.5k", "-3", "", "abc", "1.234.567,5", "1e9", "9" * 30, "60000", "33.333"),
)
BLOCKS = (
    "Deals\tdeals\t50\t60\nMargin\t%\t30\t40",
    "New ARR\tUSD\t1,200,000\t100",
    "a\nb\nc",
    "x\t\tabc\t-5",
)
"""Of a spreadsheet: name, unit, target and weight."""


def _written(name: str) -> bytes:
    return planfile.dumps(planfile.load_preset(name)).encode()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    **{f"{name}.toml": partial(_written, name) for name in planfile.preset_names()[::3]},
    "not-a-plan.toml": lambda: b"kpis = 3",
    "empty.toml": lambda: b"",
    "broken.toml": lambda: b"[plan\n",
    "empty.json": lambda: b"{}",
    "broken.json": lambda: b"{",
    "not-plans.json": lambda: b'[{"plans": 3}]',
}
