"""What is dropped before anybody reads it: identity numbers, bank accounts, birth dates and addresses.

A column goes by its heading, or because most of its first cells look like such a number. Nothing of it is kept, shown
or counted; its heading alone is named, so that whoever gave the file knows. Source of the principle: data
minimisation, GDPR article 5 (1) (c).
"""

import re
from collections.abc import Sequence

from calc.tables.sheets.heading_words import words_of

CELLS_LOOKED_AT = 50
"""Filled cells by which a column is judged."""
_HEADINGS = re.compile(
    r"\b(ssn|social security( (number|no))?|national (insurance|id|identity|identification)\b.*|nino?|tax (id|number)|"
    r"tin|passport\b.*|cpf|rg|curp|rfc|nif|nie|dni|pesel|bsn|cpr( (number|nr))?|personnummer|steuer (id|nummer)|"
    r"steuernummer|sozialversicherungsnummer|numéro de sécurité sociale|iban|bic|swift( code)?|sort code|"
    r"routing( number)?|(bank )?account (number|no|nr)|bank( .*)?|kontonummer|conta( bancária)?|agência|"
    r"(date of )?birth( ?date| ?day)?|birthdate|birthday|dob|geburts(datum|tag)|date de naissance|data de nascimento|"
    r"fecha de nacimiento|fødselsdato|((home|street|postal|mailing|private) )?address( line)?( \d)?|street|"
    r"zip( code)?|post ?code|postal code|adresse|anschrift|endereço|dirección|home phone|private phone|"
    r"driver s? ?licen[cs]e)\b"
)
_PATTERNS = (
    re.compile(r"\d{3}-\d{2}-\d{4}"),
    re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}"),
    re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    re.compile(r"\d{6}-\d{4}|\d{8}-\d{4}"),
    re.compile(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}"),
)
"""US social security, Brazilian CPF, UK national insurance, Nordic identity numbers, payment cards."""
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def is_sensitive(heading: str, cells: Sequence[object]) -> bool:
    """Whether a column must be dropped unread.

    Args:
        heading: the heading of the column.
        cells: its cells, of which the first few are compared with the patterns of such numbers.

    >>> is_sensitive("Date of Birth", []), is_sensitive("E-mail address", []), is_sensitive("no", ["123-45-6789"])
    (True, False, True)
    """
    words = " ".join(words_of(heading))
    if _HEADINGS.fullmatch(words) or (words.startswith("employee ") and _HEADINGS.fullmatch(words[9:])):
        return True
    looked_at = [str(cell).strip() for cell in cells[: 20 * CELLS_LOOKED_AT] if cell != ""][:CELLS_LOOKED_AT]
    alike = sum(_looks_sensitive(text) for text in looked_at)
    return bool(looked_at) and 2 * alike > len(looked_at)


def _looks_sensitive(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in _PATTERNS) or is_iban(text)


def is_iban(text: str) -> bool:
    """Whether a text is an international bank account number: its check digits hold (ISO 13616, modulo 97).

    >>> is_iban("GB82 WEST 1234 5698 7654 32"), is_iban("GB82 WEST 1234 5698 7654 33")
    (True, False)
    """
    bare = text.replace(" ", "")
    if not _IBAN.fullmatch(bare):
        return False
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1
