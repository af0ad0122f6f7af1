"""Files as people have them, by the hundred, from a seed: the same people written in every odd way there is.

Each file holds people with a target and a result, and says whether its oddity must be asked about. What was read is
held against what was written: a number that is neither the one that was written, nor left out with a question or a
reason, is wrong in silence.
"""

import datetime
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from calc import Refused
from calc.tables.people import PeopleRead, read_people

FIRST = ("Ana", "Bruno", "Åse", "Jørn", "Zoë", "Łucja", "José", "Mía", "Jo", "Sam", "Kim", "Li", "Noé", "Eve", "Uwe")
LAST = (
    "Field",
    "Hill",
    "Bæk",
    "Núñez",
    "O'Neil",
    "Smith, Jr.",
    "van Dam",
    "Silva",
    "Kowalska",
    "Weiß",
    "Sumner",
    "Total-Reyes",
)
HEADS = (
    ("Rep", "Quota", "Actual"),
    ("Sales Rep", "Quota Amount", "Actual Performance"),
    ("Verkäufer", "Ziel", "Umsatz"),
    ("Vendedor", "Meta", "Realizado"),
    ("PARTICIPANT_NAME", "TARGET", "ACHIEVED"),
    ("PayeeName", "QuotaTarget", "CreditAchieved"),
    ("Sælger", "Mål", "Omsætning"),
)


@dataclass(frozen=True)
class Written:
    """A file, and what is in it: by person the target and the result, None where none is written."""

    name: str
    content: bytes
    people: dict[str, tuple[float | None, float | None]]
    oddities: tuple[str, ...]


@dataclass
class Hand:
    """How somebody writes a file."""

    chance: random.Random
    rows: list[list[str]] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)

    def takes(self, oddity: str, likely: float) -> bool:
        taken = self.chance.random() < likely
        if taken:
            self.oddities.append(oddity)
        return taken


def number_style(chance: random.Random) -> Callable[[float], str]:
    """A way to write money, the same through a file."""
    point, comma = chance.choice(
        [(".", ","), (".", ""), (",", "."), (",", ""), (",", " "), (",", "\u00a0"), (".", "'"), (",", "\u202f")]
    )
    sign = chance.choice(["", "", "", "$", "€ ", "R$ ", " kr", " EUR", "£"])
    negative = chance.choice(["-{}", "({})", "{}-"])
    decimals = chance.choice([2, 2, 2, 1, 0])

    def write(number: float) -> str:
        whole, _, rest = f"{abs(number):,.{decimals}f}".partition(".")
        text = whole.replace(",", comma) + (point + rest if rest else "")
        text = text + sign if sign in (" kr", " EUR") else sign + text
        return negative.format(text) if number < 0 else text

    return write


def people(chance: random.Random, count: int) -> list[str]:
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    return [names[n] if n < len(names) else f"{names[n % len(names)]} {n}" for n in range(count)]


def write_file(seed: int) -> Written:
    """The file of a seed."""
    chance = random.Random(seed)
    hand = Hand(chance)
    head = list(chance.choice(HEADS))
    count = 100_000 if seed % 200 == 199 else chance.choice([1, 2, 3, 5, 12, 40])
    digits = 2 if count < 1000 else 0
    write = number_style(chance) if count < 1000 else "{:.0f}".format
    truth: dict[str, tuple[float | None, float | None]] = {}
    for name in people(chance, count):
        target = round(chance.uniform(1_000, 90_000), digits)
        result: float | None = round(target * chance.uniform(0.3, 1.8), digits)
        result = round(-target / 20, digits) if chance.random() < 0.03 else result
        texts = [name, write(target), write(result or 0.0)]
        if chance.random() < 0.06:
            result, texts[2] = None, chance.choice(["", "-", "—", "n/a"])
        truth[name] = (target, result)
        hand.rows.append(texts)
    truth = read_back(truth, hand.rows, write)
    add_columns(hand, head)
    add_faults(hand, head, truth)
    if count < 1000 and hand.takes("xlsx", 0.15):
        return Written("team.xlsx", workbook(hand, head), truth, tuple(hand.oddities))
    return Written("team.csv", text_file(hand, head), truth, tuple(hand.oddities))


def read_back(
    truth: dict[str, tuple[float | None, float | None]], rows: Sequence[Sequence[str]], write: Callable[[float], str]
) -> dict[str, tuple[float | None, float | None]]:
    """What a file says: what was meant, in as many decimals as were written."""

    shown = write(0.56)
    digits = 2 if "56" in shown else 1 if "6" in shown else 0

    def cut(number: float | None) -> float | None:
        return None if number is None else float(f"{number:.{digits}f}")

    return {name: (cut(target), cut(result)) for name, (target, result) in truth.items()}


def add_columns(hand: Hand, head: list[str]) -> None:
    """Columns that mean nothing, must not be read, or say when."""
    chance = hand.chance
    if hand.takes("dates", 0.4):
        order = chance.choice(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"])
        day = datetime.date(2026, chance.randint(1, 12), chance.randint(1, 28))
        head.append("Date")
        for row in hand.rows:
            row.append(day.strftime(order))
    if hand.takes("identity numbers", 0.25):
        head.append(chance.choice(["SSN", "Social Security Number", "ref"]))
        for row in hand.rows:
            row.append(f"{chance.randint(100, 899)}-{chance.randint(10, 99)}-{chance.randint(1000, 9999)}")
    if hand.takes("50 columns", 0.15):
        for n in range(50):
            head.append(f"Note {n}")
            for row in hand.rows:
                row.append(chance.choice(["x", "", "blue; green", 'a "quoted" word', "two\nlines"]))


def add_faults(hand: Hand, head: list[str], truth: dict[str, tuple[float | None, float | None]]) -> None:
    """Rows and cells that cannot be used, or must be asked about."""
    chance, width = hand.chance, len(head)
    if hand.takes("a formula", 0.12):
        row = chance.choice(hand.rows)
        row[2] = "=SUM(B2:B9)"
        truth.pop(row[0], None)
    if hand.takes("a word for a number", 0.12):
        row = chance.choice(hand.rows)
        row[1] = chance.choice(["tbd", "1.2.3,4", "#REF!", "12 34", "1,00,0", "see note"])
        truth.pop(row[0], None)
    if hand.takes("a person twice", 0.15):
        row = chance.choice(hand.rows)
        hand.rows.append([*row])
        truth.pop(row[0], None)
    if hand.takes("nobody", 0.15):
        hand.rows.append(["", *hand.rows[0][1:3], *([""] * (width - 3))])
    if hand.takes("a total", 0.25):
        hand.rows.append(
            [
                chance.choice(["Total", "TOTAL:", "Grand Total", "Summe", "Итого"]),
                *hand.rows[0][1:3],
                *([""] * (width - 3)),
            ]
        )
    if hand.takes("headings again", 0.08):
        hand.rows.insert(chance.randint(1, len(hand.rows)), [*head])
    if hand.takes("spaces", 0.2):
        for row in hand.rows:
            row[0] = f"  {row[0]} "


def text_file(hand: Hand, head: list[str]) -> bytes:
    chance = hand.chance
    delimiter = chance.choice([",", ";", "\t", "|"])
    lines = [[*head], *hand.rows]
    if hand.takes("titles above", 0.15):
        lines = [["Sales report 2026"], [], *lines]
    text = "\r\n".join(delimiter.join(quoted(cell, delimiter) for cell in row) for row in lines)
    if hand.takes("sep line", 0.08):
        text = f"sep={delimiter}\r\n{text}"
    if hand.takes("old line ends", 0.06):
        text = text.replace("\r\n", "\r")
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    hand.oddities.append(encoding)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def quoted(cell: str, delimiter: str) -> str:
    if any(mark in cell for mark in (delimiter, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def workbook(hand: Hand, head: list[str]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    if hand.takes("titles above", 0.4):
        sheet.append(["Sales report"])
        sheet.append([])
        sheet.merge_cells("A1:C1")
    sheet.append(head)
    for row in hand.rows:
        sheet.append(row)
    if hand.takes("another sheet", 0.3):
        book.create_sheet("Notes").append(["made by hand"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def outcome(written: Written) -> str:
    """How a file ended: right, asked, told by row, refused; or what was wrong in silence."""
    try:
        found = read_people((written.name, written.content))
    except Refused:
        return "refused in a sentence"
    if wrong := wrong_in_silence(written, found):
        return f"WRONG: {wrong}"
    asked = "asked" if found.questions else ""
    told = "rows told" if found.bad else ""
    return " and ".join(filter(None, (asked, told))) or "right"


def wrong_in_silence(written: Written, found: PeopleRead) -> str:
    """The first number that is not the one that was written; "" where there is none."""
    if "078-05" in repr(found) or any("SSN" in heading for heading in found.unread):
        return "an identity number was kept"
    for row in found.rows:
        name = row.person
        if name not in written.people:
            return f"{name} was read, and should be asked about"
        target, result = written.people[name]
        if row.targets.get("result") != target or row.results.get("result") != result:
            return f"{name}: {row.targets} {row.results}, written {target} {result}"
    lacking = written.people.keys() - {row.person for row in found.rows}
    if lacking and not found.questions and not found.bad:
        return f"{len(lacking)} people are missing"
    return ""
