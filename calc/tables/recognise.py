"""What the columns of a file mean, told from headings and contents.

A heading that a list of headings has means what the list says. A heading with a word for what was asked, what came,
what share of it was reached, or what was paid, is a column of numbers of the measure that its other words name. A
column whose cells are no numbers is none, whatever its heading. What can be meant in two ways is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calc.plan.plan import Plan
from calc.tables.sheets.cells import NoNumber, read_cell
from calc.tables.sheets.heading_words import (
    ASKED_WORDS,
    ATTAINMENT_WORDS,
    CAME_WORDS,
    DONE_WORDS,
    FILLING_WORDS,
    PAID_WORDS,
    SALES_WORDS,
    bare_word,
    heading_meaning,
    words_of,
)
from calc.tables.sheets.match import MEASURE_ROLES, FileMatch, Shape
from calc.tables.sheets.periods import NoDate, read_period
from calc.tables.sheets.questions import Answer, Question
from calc.tables.sheets.raw_table import RawCell
from calc.tables.sheets.sheet import Sheet

ROWS_RECOGNISED = 300
"""Filled cells by which a column is judged to be of numbers."""
SINGLE_ROLES = ("person", "id", "email", "date", "amount", "measure", "stage", "incentive", "base", "start", "end")
"""Roles that one column of a file has at the most."""
UNNAMED_COLUMN = "result"
"""What the only measure of a file is called where neither the file nor a plan names it."""


@dataclass(frozen=True)
class Recognised:
    """What a file was recognised as, and what it leaves open."""

    match: FileMatch
    questions: tuple[Question, ...]


def recognise(sheet: Sheet, plan: Plan | None) -> Recognised:
    """What the columns of a table mean.

    Args:
        sheet: the table.
        plan: the plan whose KPIs the measures are; None where any measure will do.
    """
    roles = {heading: _structural(sheet, heading) for heading in sheet.headings}
    if not sheet.has_headings:
        days = [heading for heading in sheet.headings if _is_of_days(sheet.column(heading))]
        roles |= dict(zip(days, ("start", "end"), strict=False))
    shape = _shape(roles)
    questions = list(_single(sheet, roles))
    for heading in sheet.headings:
        if roles[heading] == "" and _may_be_numbers(heading, sheet.column(heading)):
            role, question = _measured(sheet.name, heading, plan, shape)
            roles[heading] = role
            questions += [] if question is None else [question]
        elif roles[heading] == "" and _should_be_numbers(heading, sheet.column(heading)):
            asks = f'The column "{heading[:40]}" holds no number. Is it left out?'
            questions.append(Question(f"role.{heading}", sheet.name, asks, (UNREAD,)))
    if plan is None:
        _pair_measures(roles)
    if shape == "deals" and plan is not None:
        questions += _measure_of_deals(sheet, plan)
    questions += _doubled(sheet, roles)
    columns = {heading: role for heading, role in roles.items() if role}
    asked = {question.key for question in questions}
    questions += [one for one in _lacking(sheet, FileMatch(shape, columns), plan) if one.key not in asked]
    return Recognised(FileMatch(shape, columns), tuple(questions))


def is_numeric(cells: Sequence[RawCell]) -> bool:
    """Whether most of a column's filled cells are numbers."""
    filled = [cell for cell in cells if cell != ""][:ROWS_RECOGNISED]
    return bool(filled) and 2 * sum(map(_is_number, filled)) >= len(filled)


def _may_be_numbers(heading: str, cells: Sequence[RawCell]) -> bool:
    """Whether a column is of numbers: most cells are, or any is where the heading says that they are."""
    return is_numeric(cells) or (_kind(words_of(heading)) is not None and _has_number(cells))


def _should_be_numbers(heading: str, cells: Sequence[RawCell]) -> bool:
    """Whether a heading names a target or a result by itself, and its column is filled with something else."""
    words = {*words_of(heading)} - FILLING_WORDS
    named = bool(words) and words <= (ASKED_WORDS | DONE_WORDS) - {"plan", "budget"}
    return named and any(cell != "" for cell in cells)


def _has_number(cells: Sequence[RawCell]) -> bool:
    """Whether any cell is written as a number."""
    return any(_is_number(cell) for cell in cells if cell != "")


def _is_number(cell: RawCell) -> bool:
    try:
        written = read_cell(cell)
    except NoNumber as error:
        return str(error).startswith("a formula")
    return written is None or bool(written.readings)


def _is_of_days(cells: Sequence[RawCell]) -> bool:
    """Whether all filled cells of a column are days."""
    filled = [cell for cell in cells if cell != ""][:ROWS_RECOGNISED]
    try:
        return bool(filled) and all((p := read_period(cell, "day")) is not None and p.kind == "day" for cell in filled)
    except NoDate:
        return False


def _structural(sheet: Sheet, heading: str) -> str:
    """The role that a heading has by itself, "" where it has none."""
    if not sheet.has_headings:
        cells = [str(cell) for cell in sheet.column(heading) if cell != ""][:ROWS_RECOGNISED]
        return "email" if cells and all("@" in cell for cell in cells) else ""
    meaning = heading_meaning(heading) or ""
    if meaning == "quantity":
        return ""
    if meaning in ("amount", "incentive", "base") and not _has_number(sheet.column(heading)):
        return ""
    if meaning == "deal" and not {"id", "number", "no"} & {*words_of(heading)}:
        return "attribute"
    return meaning


def _shape(roles: dict[str, str]) -> Shape:
    """The shape of a file by the roles of its columns; an amount that belongs to no deal is a number to ask about."""
    found = {*roles.values()}
    if "stage" in found or ("amount" in found and "date" in found):
        return "deals"
    return "long" if "measure" in found else "wide"


def _single(sheet: Sheet, roles: dict[str, str]) -> Iterator[Question]:
    """A question where two columns have a role that one alone can have; neither has it until it is answered."""
    for role in SINGLE_ROLES:
        several = [heading for heading, one in roles.items() if one == role]
        if len(several) < 2:
            continue
        for heading in several:
            roles[heading] = "unread"
        answers = tuple(Answer(heading, f'the column "{heading[:40]}"') for heading in several)
        yield Question(f"column.{role}", sheet.name, f"Which column is the {role}?", answers)


def _measured(name: str, heading: str, plan: Plan | None, shape: Shape) -> tuple[str, Question | None]:
    """The role of a column of numbers, and the question that it leaves open."""
    words = [word for word in words_of(heading) if word]
    kpi, rest = _named_kpi(words, plan)
    kind = _kind(rest)
    if kpi is not None:
        return ("paid" if kind == "paid" else f"{kind or 'result'}.{kpi}"), None
    if kind is None:
        return "", None
    if kind == "paid":
        return "paid", None
    if shape == "long":
        return (kind if kind in ("target", "result") else "unread"), None
    left = _measure_words(rest, kind, plan)
    if plan is None:
        return f"{kind}.{'_'.join(left) or UNNAMED_COLUMN}", None
    if not left and len(plan.deciding) == 1:
        return f"{kind}.{plan.deciding[0]}", None
    answers = (*(Answer(f"{kind}.{i}", f"the {kind} of {plan.kpi(i).label}") for i in plan.deciding), UNREAD)
    return "unread", Question(f"role.{heading}", name, f'What is the column "{heading[:40]}" the {kind} of?', answers)


UNREAD = Answer("unread", "it is not read")
_KINDS = {"attainment": ATTAINMENT_WORDS, "target": ASKED_WORDS, "paid": PAID_WORDS, "result": CAME_WORDS}
_NAMELESS = ASKED_WORDS | ATTAINMENT_WORDS | PAID_WORDS | DONE_WORDS | FILLING_WORDS
_BEFORE, _YEAR_BEFORE = {"last", "prior", "previous"}, {"py", "ly"}
"""Words of a heading that name no measure."""


def _measure_words(words: Sequence[str], kind: str, plan: Plan | None) -> list[str]:
    """The words of a heading that name a measure; a word for sales names none where it stands alone."""
    nameless = _NAMELESS | (_BEFORE | _YEAR_BEFORE | {"year"} if kind == "last_year" else set())
    left = [word for word in words if word not in nameless]
    alone = kind == "result" and not DONE_WORDS & {*words}
    if alone or (plan is not None and len(plan.deciding) == 1):
        left = [word for word in left if word not in SALES_WORDS]
    return left


def _pair_measures(roles: dict[str, str]) -> None:
    """Give results and targets of one measure one name, where one of them names it and the other does not."""
    for heading, role in roles.items():
        named = [word for word in words_of(heading) if word in SALES_WORDS and f"target.{word}" in roles.values()]
        if role == f"result.{UNNAMED_COLUMN}" and named:
            roles[heading] = f"result.{named[0]}"
    met = {kind: {r.partition(".")[2] for r in roles.values() if r.startswith(f"{kind}.")} for kind in MEASURE_ROLES}
    names = {name for several in met.values() for name in several}
    if len(names) == 2 and UNNAMED_COLUMN in names and all(len(several) < 2 for several in met.values()):
        (name,) = names - {UNNAMED_COLUMN}
        roles |= {h: f"{r.partition('.')[0]}.{name}" for h, r in roles.items() if r.partition(".")[2] == UNNAMED_COLUMN}


def _kind(words: Sequence[str]) -> str | None:
    """What the words of a heading say that its numbers are; of the year before, results alone are read."""
    found = {*words}
    if (found & _BEFORE and "year" in found) or found & _YEAR_BEFORE:
        return None if found & (ASKED_WORDS | ATTAINMENT_WORDS | PAID_WORDS) else "last_year"
    return next((kind for kind, known in _KINDS.items() if known & {*words}), None)


def _named_kpi(words: list[str], plan: Plan | None) -> tuple[str | None, list[str]]:
    """The KPI that the words of a heading name, and the words that are left."""
    if plan is None:
        return None, words
    for k in sorted(plan.kpis, key=lambda one: -len(one.name or one.id)):
        for called in (k.name or k.id, k.id):
            size = len(words_of(called))
            for start in range(len(words) - size + 1):
                if bare_word("".join(words[start : start + size])) == bare_word("".join(words_of(called))):
                    return k.id, words[:start] + words[start + size :]
    return None, words


def _doubled(sheet: Sheet, roles: dict[str, str]) -> Iterator[Question]:
    """A question for each thing of a measure that two columns have; neither is read until it is answered."""
    found: dict[str, list[str]] = {}
    for heading, role in roles.items():
        if "." in role:
            found.setdefault(role, []).append(heading)
    for role, several in found.items():
        if len(several) > 1:
            for heading in several:
                roles[heading] = "unread"
            answers = tuple(Answer(heading, f'the column "{heading[:40]}"') for heading in several)
            kind, _, measure = role.partition(".")
            yield Question(f"column.{role}", sheet.name, f"Which column is the {kind} of {measure}?", answers)


def _measure_of_deals(sheet: Sheet, plan: Plan) -> Iterator[Question]:
    """A question where deals may be results of several KPIs."""
    paid = plan.deciding
    if len(paid) > 1 and not any(kpi.deals for kpi in plan.kpis):
        answers = tuple(Answer(i, f"the result of {plan.kpi(i).label}") for i in paid)
        yield Question("measure", sheet.name, "Which KPI are the deals the results of?", answers)


def _lacking(sheet: Sheet, match: FileMatch, plan: Plan | None) -> Iterator[Question]:
    """A question for what a file cannot do without: who a row is of, and any number of theirs."""
    free = [heading for heading in sheet.headings if match.columns.get(heading, "unread") in ("unread", "attribute")]
    worded = [heading for heading in free if not is_numeric(sheet.column(heading))]
    texts = tuple(Answer(heading, f'the column "{heading[:40]}"') for heading in worded)
    if not any(match.headings(role) for role in ("person", "id", "email")):
        yield Question("column.person", sheet.name, "Which column says who a row is of?", texts[:12])
    numbers = [heading for heading in sheet.headings if is_numeric(sheet.column(heading))]
    open_ones = [heading for heading in numbers if match.columns.get(heading) in (None, "amount")]
    useful = any(role in ("target", "result", "paid") for role in match.columns.values()) or match.of_measures()
    if not useful and match.shape != "deals" and open_ones:
        measures = (UNNAMED_COLUMN,) if plan is None else plan.deciding
        answers = [Answer(f"{kind}.{i}", f"the {kind} of {i}") for i in measures for kind in ("target", "result")]
        for heading in open_ones[:6]:
            asks = f'What is the column "{heading[:40]}"?'
            yield Question(f"role.{heading}", sheet.name, asks, (*answers, UNREAD))
