"""Odd and hostile files of results, and what they pay by an independent reading: Python's own csv and plain ifs.

Nothing here uses the reader or the engine that it is held against. A file is paid exactly as the plain reading pays it,
or refused where the plain reading sees a fault; what is paid otherwise, refused without a fault, or fails in any other
way, is raised with the file.
"""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from unittest.mock import patch

import calc
from calc.payroll import csv_blocks
from calc.payroll.oddities import ODDITIES
from calc.payroll.pay_rows import Reading, pay_rows
from calc.plan.errors import Refused

PLAN = calc.loads(
    """
    [plan]
    currency = "EUR"
    target_incentive = 1000
    [[kpis]]
    id = "revenue"
    unit = "EUR"
    target = 10_000
    weight = 0.7
    curve = { kind = "band", floor = 0.7, ceiling = 2.0 }
    [[kpis]]
    id = "costs"
    target = 50
    better = "lower"
    weight = 0.3
    curve = { kind = "band", floor = 0.5, ceiling = 1.5 }
    [[kpis]]
    id = "csat"
    target = 85
    weight = 0
    [[gates]]
    kpi = "csat"
    at_least = 0.9
    closes = ["revenue"]
    """
).plan
TARGETS = {"revenue": 10_000.0, "costs": 50.0, "csat": 85.0}
RESULTS = tuple(TARGETS)
KNOWN = (*RESULTS, *(f"{name}.target" for name in RESULTS), "target_incentive")
ADDED = ("pay.revenue", "pay.costs", "pay.csat", "pay")
TOTALS = ("Total", "TOTAL", "Grand Total", "total:", "Summe", "Subtotal")
NEAR = {
    "target_incentive": ("target incentive", "TargetIncentive", "target_incentve", "target_incentive (EUR)", "TI"),
    "revenue.target": ("revenue_target", "revenue target", "revenue.quota", "revenue .target", "Revenue.Target"),
    "csat.target": ("csat_target", "csat quota", "CSAT.target", "csat.targt"),
    "revenue": ("Revenue", "revenue (EUR)", "REVENUE", " revenue"),
    "csat": ("Csat", "CSAT", "c_sat"),
}
SPACES = ("\u00a0", "\u202f", "\u2009")
NO_NUMBERS = ("", "n/a", "nan", "inf", "1e999", "\uff11\uff12", "1_000", "12 %", "0x10", "--1", "1,2,3", "=1+1", "many")
TEXTS = ("Ann", "Bob", 'a "b"', "x;y", "x,y", "two\nlines", "=SUM(1);", "007", "Zo\u00eb", "\u202eevil", "", "O'Neil")


class Wrong(AssertionError):
    """A file that was paid wrongly, or refused for nothing."""


# What a file pays, plainly


@dataclass
class PlainReading:
    """What a plain reading makes of a file: the faults that it sees, else the pay of every row."""

    faults: list[str] = field(default_factory=list)
    pays: list[float] = field(default_factory=list)
    mark: str = "."


def number_as(text: str, decimal: str) -> float | None:
    """A written number by one decimal mark; None where it is none. By hand, letter by letter."""
    bare, sign = text.strip(), 1.0
    if bare[:1] in ("+", "-"):
        sign, bare = (-1.0 if bare[0] == "-" else 1.0), bare[1:]
    mantissa, letter, exponent = bare.replace("E", "e").partition("e")
    if letter and not (exponent.lstrip("+-") and only_digits(exponent.lstrip("+-")) and len(exponent) < 5):
        return None
    whole, _, fraction = mantissa.partition(decimal)
    if fraction and not only_digits(fraction):
        return None
    if not whole and not fraction:
        return None
    digits = whole
    parting = [mark for mark in (",", ".", "'", "\u2019", *SPACES) if mark != decimal and mark in whole]
    if parting:
        groups = whole
        for mark in parting:
            groups = groups.replace(mark, " ")
        first, *rest = groups.split(" ")
        kinds = {"'" if mark in "'\u2019" else "_" if mark in SPACES else mark for mark in parting}
        if letter or len(kinds) > 1 or not rest or not 1 <= len(first) <= 3 or first[0] == "0":
            return None
        if len(rest[-1]) != 3 or any(len(group) not in (2, 3) for group in rest):
            return None
        digits = "".join([first, *rest])
    if digits and not only_digits(digits):
        return None
    value = sign * float(f"{digits or '0'}.{fraction or '0'}e{exponent or '0'}")
    return value if abs(value) < 1e300 else None


def only_digits(text: str) -> bool:
    return bool(text) and all(letter in "0123456789" for letter in text)


def read_plainly(content: bytes, reading: Reading) -> PlainReading:
    """A file by Python's csv and plain ifs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    found = PlainReading()
    first = text.lstrip("\r\n").split("\n")[0]
    delimiter = max(",;\t", key=lambda mark: sum(name in KNOWN for name in next(csv.reader([first], delimiter=mark))))
    head, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    if faulty_head(head, reading):
        return PlainReading(["heading"])
    if any(len(row) != len(head) for row in rows):
        return PlainReading(["width"])
    cells = {name: [row[head.index(name)] for row in rows] for name in KNOWN if name in head}
    marks = [reading.decimal] if reading.decimal else [".", ","]
    able = [mark for mark in marks if all(number_as(cell, mark) is not None for c in cells.values() for cell in c)]
    if not able:
        return PlainReading(["number"])
    values = {
        mark: {name: [number_as(cell, mark) for cell in column] for name, column in cells.items()} for mark in able
    }
    if len(able) == 2 and values["."] != values[","]:
        return PlainReading(["two ways"])
    found.mark = able[0] if len(able) == 1 else "," if delimiter == ";" else "."
    numbers: dict[str, list[float]] = values[able[0]]  # type: ignore[assignment]
    people = [[row[head.index(name)].strip().lower() for name in ("rep", "month") if name in head] for row in rows]
    faults_of_values(numbers, found)
    for kind, sees in (("totals", sees_totals), ("repeats", sees_repeats), ("scale", sees_scale)):
        if kind not in reading.allow and sees(numbers, people if "rep" in head else []):
            found.faults.append(kind)
    for n in range(len(rows)):
        found.pays.append(pay_of({name: column[n] for name, column in numbers.items()}))
    return found


def faulty_head(head: Sequence[str], reading: Reading) -> bool:
    if len({*head}) < len(head) or any(name not in head for name in RESULTS) or any(name in head for name in ADDED):
        return True
    near = {name for meant, several in NEAR.items() for name in several if meant not in head}
    return "headings" not in reading.allow and any(name in near for name in head)


def faults_of_values(numbers: dict[str, list[float]], found: PlainReading) -> None:
    for name, column in numbers.items():
        if name.endswith(".target") and any(value == 0 for value in column):
            found.faults.append("target of 0")
        if name == "target_incentive" and any(value <= 0 for value in column):
            found.faults.append("incentive below 0")


def sees_totals(numbers: dict[str, list[float]], people: list[list[str]]) -> bool:
    names = [one[0] for one in people]
    for name in names:
        words = "".join(letter if letter.isalpha() else " " for letter in name).split()
        if words and (words[0] in ("total", "subtotal", "summe", "sum") or words[-1] in ("total", "summe")):
            return True
        if words[:2] == ["grand", "total"]:
            return True
    count = len(numbers["revenue"])
    named = any(names)
    if (names and names[-1]) or count - 1 < (2 if named else 3):
        return False
    adds = 0
    for name in RESULTS:
        above, last = sum(numbers[name][:-1]), numbers[name][-1]
        if close(above, last):
            adds += last != 0
        elif not close(above / (count - 1), last):
            return False
    return adds > 0


def close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def sees_repeats(numbers: dict[str, list[float]], people: list[list[str]]) -> bool:
    times = Counter(tuple(one) for one in people if one[0])
    return any(count > 1 for count in times.values())


def sees_scale(numbers: dict[str, list[float]], people: list[list[str]]) -> bool:
    for name, planned in TARGETS.items():
        own = numbers.get(f"{name}.target")
        most, unlike_zero = 0.0, 0
        for n, value in enumerate(numbers[name]):
            target = abs(own[n]) if own else planned
            if target and (abs(value) > 50 * target or is_share(value, target)):
                return True
            unlike_zero += value != 0
            most = max(most, abs(value) / target if target else 0.0)
        if 0 < most <= 0.02 and unlike_zero > 1:
            return True
        for value in own or []:
            if value <= 0 or value >= 1000 * planned or value <= planned / 1000 or is_share(value, planned):
                return True
    return any(not 1 < value < 1_000_000 for value in numbers.get("target_incentive", []) if value > 0)


def is_share(value: float, target: float) -> bool:
    size = abs(value)
    if size <= 2 and 20 <= target <= 100 and value != round(value) and 0.1 * target <= 100 * size <= 3 * target:
        return True
    return size >= 20 and target <= 2 and target != round(target) and 10 * target <= size <= 300 * target


def pay_of(row: dict[str, float]) -> float:
    """What the plan pays for a row, from its document."""
    incentive = row.get("target_incentive", 1000.0)
    target = {name: row.get(f"{name}.target", planned) for name, planned in TARGETS.items()}
    if 0.0 in target.values():
        return 0.0
    sold = round(1 + (row["revenue"] - target["revenue"]) / abs(target["revenue"]), 9)
    saved = round(1 - (row["costs"] - target["costs"]) / abs(target["costs"]), 9)
    served = round(1 + (row["csat"] - target["csat"]) / abs(target["csat"]), 9)
    pay = 0.0
    if sold >= 0.7 and served >= 0.9:
        pay += 0.7 * incentive * min(sold, 2.0)
    if saved >= 0.5:
        pay += 0.3 * incentive * min(saved, 1.5)
    return pay


# Files


@dataclass
class Made:
    """A file, how it is to be read, what is odd in it, and the bytes of a block that it is read in."""

    content: bytes
    reading: Reading
    kind: str
    block: int


def write_number(value: float, style: str, chance: random.Random) -> str:
    """A number as one program or another writes it."""
    if style == "plain":
        return repr(value) if value != round(value) else str(int(value))
    text = f"{value:,.{chance.choice((0, 0, 1, 2, 3))}f}"
    swap = {"us": (",", "."), "de": (".", ","), "fr": (chance.choice(SPACES), ","), "ch": ("'", ".")}[style]
    return text.replace(",", "<").replace(".", swap[1]).replace("<", swap[0])


def make_file(seed: int) -> Made:
    """A file of results by a seed: mostly sound, and odd or hostile in one or two ways."""
    chance = random.Random(seed)
    kinds = ("sound",) * 6 + (
        "near",
        "total",
        "repeat",
        "scale",
        "cell",
        "mixed",
        "width",
        "taken",
        "missing",
        "sum",
        "doubt",
    )
    kind = chance.choice(kinds)
    delimiter, style = chance.choice(",;\t"), chance.choice(("plain", "plain", "us", "de", "fr", "ch"))
    head = ["rep", *RESULTS]
    head += [name for name in (*KNOWN[3:], "month", "note") if chance.random() < 0.3]
    chance.shuffle(head)
    if chance.random() < 0.2:
        head.remove("rep")
    rows = [make_row(head, n, style, chance) for n in range(chance.choice((1, 2, 3, 5, 12)))]
    spoil(kind, head, rows, style, chance)
    quotings: tuple[Literal[0, 1], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
    quoting = chance.choice(quotings)
    text = io.StringIO(newline="")
    end = chance.choice(("\n", "\r\n"))
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    for row in [head, *rows]:
        writer.writerow(row)
        if chance.random() < 0.05:
            text.write(end)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252"))
    decimals: tuple[Literal[".", ","] | None, ...] = (None, None, None, ".", ",")
    decimal = chance.choice(decimals)
    allow = tuple(one for one in ODDITIES if chance.random() < 0.15)
    block = chance.choice((1 << 20, 1 << 20, 16, 64, 200))
    return Made(text.getvalue().encode(encoding, "replace"), Reading(decimal, allow), kind, block)


def make_row(head: Sequence[str], n: int, style: str, chance: random.Random) -> list[str]:
    numbers: dict[str, Callable[[], float]] = {
        "revenue": lambda: chance.choice((12_000, 7_000, 9_999.5, 10_000, round(chance.gauss(9000, 3000), 2))),
        "costs": lambda: chance.choice((50, 40.25, 75, round(chance.gauss(50, 15), 1))),
        "csat": lambda: chance.choice((85, 76.5, 76, 90, round(chance.gauss(85, 6), 1))),
        "revenue.target": lambda: chance.choice((10_000, 12_500, 8_000)),
        "costs.target": lambda: chance.choice((50, 45)),
        "csat.target": lambda: chance.choice((85, 80)),
        "target_incentive": lambda: chance.choice((1000, 2000, 1500.5)),
    }
    texts = {"rep": f"{chance.choice(TEXTS)} {n}", "month": str(chance.randint(1, 12)), "note": chance.choice(TEXTS)}
    return [write_number(numbers[name](), style, chance) if name in numbers else texts[name] for name in head]


def spoil(kind: str, head: list[str], rows: list[list[str]], style: str, chance: random.Random) -> None:
    """Make one thing of a file odd."""
    known = [name for name in head if name in KNOWN]
    row, place = chance.choice(rows), head.index(chance.choice(known))
    if kind == "near":
        meant = chance.choice([name for name in NEAR if name in head])
        head[head.index(meant)] = chance.choice(NEAR[meant])
    elif kind == "total" and "rep" in head:
        rows.append([*rows[-1]])
        rows[-1][head.index("rep")] = chance.choice(TOTALS)
    elif kind == "repeat":
        rows.append([*row])
    elif kind == "scale":
        row[place] = write_number(chance.choice((-5, 0.85, 0.5, 900_000, 5e6, 0.01, 0)), style, chance)
    elif kind == "cell":
        row[place] = chance.choice(NO_NUMBERS)
    elif kind == "mixed":
        row[place] = write_number(chance.choice((12_000, 12.125, 1_234.5)), chance.choice(("us", "de")), chance)
    elif kind == "width":
        row.append("more")
    elif kind in ("taken", "missing"):
        head[head.index("csat")] = "pay" if kind == "taken" else "other"
    elif kind == "doubt":
        for one in rows:
            for name, value in (("revenue", "9000"), ("costs", "50"), ("csat", "85")):
                one[head.index(name)] = value
        row[head.index("revenue")] = chance.choice(("12,000", "12.000", "9.500", "9,500"))
    elif kind == "sum":
        for name in RESULTS:
            for one, value in zip(rows, ("30", "40", "50"), strict=False):
                one[head.index(name)] = value
        rows[3:] = [
            [
                "120" if name in RESULTS else "" if name in ("rep", "note") else cell
                for name, cell in zip(head, rows[-1], strict=True)
            ]
        ]


# The attack


def judge(made: Made) -> str:
    """What became of a file, in a word or two.

    Raises:
        Wrong: it was paid otherwise than plainly read, or refused for nothing.
    """
    plain = read_plainly(made.content, made.reading)
    out = io.BytesIO()
    try:
        with patch.object(csv_blocks, "BLOCK_BYTES", made.block):
            pay_rows(PLAN, io.BytesIO(made.content), out, "results.csv", reading=made.reading)
    except Refused as refused:
        if not plain.faults:
            raise Wrong(f"refused for nothing: {refused}\n{made}") from refused
        if any(len(sentence) > 1000 for sentence in refused.sentences):
            raise Wrong(f"a sentence of {max(map(len, refused.sentences))} letters\n{made}") from refused
        return f"refused: {plain.faults[0]}"
    if plain.faults:
        raise Wrong(f"paid in spite of {plain.faults}: {out.getvalue()!r}\n{made}")
    check_paid(made, plain, out.getvalue())
    return f"paid: {made.kind}"


def check_paid(made: Made, plain: PlainReading, content: bytes) -> None:
    """Hold what was paid against the plain reading, row by row.

    Raises:
        Wrong: a row was lost, changed or paid otherwise.
    """
    encoding = "utf-8-sig" if made.content.startswith(b"\xef\xbb\xbf") else "latin-1"
    given, paid = (made.content.decode(encoding), content.decode(encoding))
    delimiter = next(mark for mark in "\t;," if f"{mark}pay.revenue{mark}" in paid)
    before, after = (
        [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row] for text in (given, paid)
    )
    if [row[: len(before[0])] for row in after] != before or after[0][len(before[0]) :] != list(ADDED):
        raise Wrong(f"rows were changed: {paid!r}\n{made}")
    for row, expected in zip(after[1:], plain.pays, strict=True):
        amount = float(row[-1].replace(plain.mark, "."))
        if abs(amount - expected) > 0.0051 + 1e-9 * abs(expected):
            raise Wrong(f"paid {row[-1]} where {expected:.4f} is right: {row}\n{made}")


def run(seed: int, count: int) -> Counter[str]:
    """Attack with a number of files, each by its own seed; how many came to what.

    Raises:
        Wrong: one was paid otherwise than plainly read, or refused for nothing; the file is told.
    """
    outcomes: Counter[str] = Counter()
    for n in range(count):
        try:
            outcomes[judge(make_file(seed + n))] += 1
        except Wrong as wrong:
            raise Wrong(f"seed {seed + n}: {wrong}") from wrong
    return outcomes
