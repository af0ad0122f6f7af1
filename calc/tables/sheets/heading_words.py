"""The words of headings: who a row is of, when it was, what was asked and what came, in the languages of sales files.

A heading is compared by its words, in any case, with or without spaces and marks: `Deal owner`, `deal_owner` and
`DealOwner` are one heading. Words in brackets are units, and say nothing of the meaning.
"""

import re
import unicodedata

REP = "rep"
PERSON_HEADINGS = (REP, "rep_name", "rep_id", "name", "person", "employee", "employee_name", "employee_id", "seller")
"""Headings of the column that says who a row is of, the contract's own first."""
PERIOD_HEADINGS = {"period", "month", "quarter", "year", "week", "date", "fiscal_period", "start_date", "end_date"}
"""Headings of columns that part the rows of one person by time."""
TARGET_WORDS = {"target", "targets", "quota", "quotas", "goal", "goals", "tgt", "objective"}
"""Words that make a KPI's name the name of its target."""
INCENTIVE_HEADINGS = {
    *("targetincentives", "incentivetarget", "incentive", "ti", "targetbonus", "bonustarget", "targetvariable"),
    *("variabletarget", "targetvariablepay", "targetpay", "targetcommission", "ontargetincentive", "ontargetbonus"),
}
"""Headings of a rep's own target incentive."""
ASKED_WORDS = TARGET_WORDS | {
    *("budget", "plan", "objectif", "objetivo", "meta", "cuota", "cota", "ziel", "soll", "vorgabe", "obiettivo"),
    *("doel", "mål", "maal", "budsjett", "cel", "план", "цель", "quotatarget"),
}
"""Words for what was asked, in the languages of sales files."""
DONE_WORDS = {
    *("actual", "actuals", "result", "results", "achieved", "achievement", "performance", "credit", "realizado"),
    *("realizada", "realized", "real", "ist", "ergebnis", "réalisé", "realise", "факт", "booked", "closed"),
}
"""Words that say of a measure that it came."""
SALES_WORDS = {
    *("sales", "bookings", "revenue", "umsatz", "ventas", "vendas", "ventes", "vendite", "fatturato", "omzet", "salg"),
    *("omsætning", "omsaetning", "försäljning", "omsättning", "sprzedaż", "продажи", "выручка", "faturamento"),
}
"""Words that are a measure, and mean what came of it where they stand alone."""
CAME_WORDS = DONE_WORDS | SALES_WORDS
"""Words for what came of it."""
ATTAINMENT_WORDS = {"attainment", "attained", "zielerreichung", "atingimento", "cumplimiento", "atteinte"}
"""Words for the share of the target that was reached."""
PAID_WORDS = {"paid", "payout", "commission", "commissions", "provision", "bonus", "comissão", "earned", "earnings"}
"""Words for money that was paid."""
FILLING_WORDS = {"of", "the", "for", "total", "value", "monthly", "quarterly", "annual", "yearly", "weekly", "da", "do"}
"""Words that leave the meaning of a heading as it is."""
FILLING_WORDS |= {"de", "del", "der", "semana", "mês", "mes", "amount", "period", "ytd", "semanal", "mensal", "current"}
FILLING_WORDS |= {"month", "quarter", "year", "week", "to", "date", "my", "rep", "own"}
FILLING_WORDS |= {"percent", "pct", "quantity", "usd", "eur", "gbp", "in", "sum", "name", "and", "vs"}

_MEANINGS: dict[str, tuple[str, ...]] = {
    "person": (
        *("rep", "rep name", "name", "person", "employee", "employee name", "full name", "salesperson", "sales person"),
        *("sales rep", "sales rep name", "seller", "agent", "owner", "owner name", "deal owner", "opportunity owner"),
        *("account executive", "ae", "payee", "payee name", "participant", "participant name", "associate", "advisor"),
        *("vertriebsmitarbeiter", "außendienstmitarbeiter", "berater", "sales executive", "sales consultant", "closer"),
        *("vendedor", "vendedora", "vendeur", "commercial", "verkäufer", "verkaeufer", "mitarbeiter", "venditore"),
        *("verkoper", "sælger", "saelger", "selger", "säljare", "sprzedawca", "handlowiec", "продавец", "менеджер"),
        *("colaborador", "funcionário", "empleado", "asesor", "sales representative", "representative", "consultant"),
    ),
    "id": (
        *("id", "rep id", "repid", "employee id", "employee number", "employee no", "person id", "person number"),
        *("payee code", "payee id", "owner id", "quota owner id", "user id", "participant id", "emp id", "staff id"),
        *("personalnummer", "matricule", "matrícula", "deal owner id", "opportunity owner id", "salesperson id"),
        *("sales rep id", "seller id", "agent id", "rep code", "employee code"),
    ),
    "email": (
        "email",
        "e mail",
        "email address",
        "mail",
        "owner email",
        "rep email",
        "participant email",
        "user email",
    ),
    "manager": ("manager", "manager name", "manager code", "manager id", "supervisor", "team lead", "reports to"),
    "group": (
        *("team", "region", "territory", "territory region", "segment", "role", "title", "loja", "store", "shop"),
        *("branch", "filial", "department", "office", "area", "country", "market", "sales team", "business unit"),
    ),
    "period": (
        *(
            "period",
            "month",
            "quarter",
            "year",
            "week",
            "fiscal period",
            "fiscal quarter",
            "period code",
            "period name",
        ),
        *("interval", "interval name", "måned", "maaned", "monat", "quartal", "jahr", "woche", "mes", "mês", "mois"),
        *("trimestre", "año", "ano", "semana", "maand", "kwartaal", "mese", "месяц", "квартал", "fiscal year"),
    ),
    "start": (
        *("start", "start date", "period start", "from", "início da semana", "inicio da semana", "week start"),
        *("start of week", "von", "início", "inicio"),
    ),
    "end": ("end", "end date", "period end", "to", "until", "fim da semana", "week end", "end of week", "bis", "fim"),
    "date": (
        *("date", "close date", "closed date", "closing date", "order date", "incentive date", "booking date", "datum"),
        *("won date", "invoice date", "data", "fecha", "deal close date", "transaction date", "sale date", "close"),
    ),
    "measure": ("measure", "measure name", "kpi", "metric", "goal name", "component", "indicador", "kennzahl"),
    "stage": ("stage", "deal stage", "opportunity stage", "status", "deal status", "stage name", "phase", "etapa"),
    "deal": (
        *("deal", "deal id", "opportunity id", "opp id", "record id", "order id", "order number", "deal name"),
        *("opportunity name", "opportunity", "order", "transaction id", "invoice number", "invoice id"),
    ),
    "amount": (
        *("amount", "deal amount", "total amount", "opportunity amount", "value", "deal value", "order amount", "acv"),
        *("arr", "tcv", "betrag", "importe", "montant", "valor", "importo", "bedrag", "beløb", "сумма", "net amount"),
    ),
    "currency": (
        *("currency", "currency code", "currency iso code", "total amount currency", "amount currency", "währung"),
        *("currencyiso", "moeda", "moneda", "devise", "deal currency"),
    ),
    "unit": ("unit", "unit of measure", "amount unit type", "uom"),
    "incentive": (
        *("target incentive", "target incentives", "incentive target", "target bonus", "target variable", "ti"),
        *("target variable pay", "on target incentive", "variable pay", "annual variable", "target commission"),
        *("bonus target", "variable target", "target pay", "on target bonus"),
    ),
    "base": ("base pay", "base salary", "salary", "base", "grundgehalt", "fixum", "salario", "salário"),
    "quantity": ("quantity", "qty", "units", "menge", "cantidad", "quantidade"),
    "hired": ("hire date", "role start date", "hired", "start in role", "eintritt", "startdato", "date of hire"),
    "left": ("role end date", "termination date", "left", "end in role", "leave date"),
}
"""By meaning, the headings that have it."""


def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading, without what stands in brackets.

    >>> words_of("QuotaOwnerId"), words_of("Annual OTE ($)"), words_of("PARTICIPANT_NAME")
    (('quota', 'owner', 'id'), ('annual', 'ote'), ('participant', 'name'))
    """
    text = unicodedata.normalize("NFKC", heading)[:200]
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = re.sub(r"[(\[{][^)\]}]*[)\]}]?", " ", text)
    text = re.sub(r"(?<=[^\W\d_])(?=[A-Z][a-z])|(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return tuple(word for word in re.split(r"[\W_]+", text.casefold()) if word)


def bare_word(name: str) -> str:
    """The letters and digits of a name, the case aside: what two spellings of one name share."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


_BY_WORDS = {bare_word(one): meaning for meaning, several in reversed(_MEANINGS.items()) for one in several}


def heading_meaning(heading: str) -> str | None:
    """What a heading means by itself: "person", "period", "stage", ...; None where no list of headings has it.

    >>> heading_meaning("Deal owner"), heading_meaning("QuotaOwnerId"), heading_meaning("Colour")
    ('person', 'id', None)
    """
    return _BY_WORDS.get("".join(words_of(heading)))


def one_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is added, left out, changed, or swapped with its neighbour.

    >>> one_off("deals", "deal"), one_off("deals", "delas"), one_off("deals", "dates")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
