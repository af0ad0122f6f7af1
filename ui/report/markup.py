"""Pieces of a page: text is escaped here and nowhere twice, tables have heads that say what they are heads of."""

import html
from collections.abc import Sequence

from ui.report.plan_in_words import Part
from ui.text.documents import Table


def text(words: str) -> str:
    """Somebody's words as text."""
    return html.escape(words)


def paragraph(words: str) -> str:
    """Words as a paragraph."""
    return f"<p>{text(words)}</p>"


def tabled(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", kind: str = "rows") -> str:
    """A table; the first cell of a row is its head."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "".join(_row(row) for row in rows)
    title = f"<caption>{text(caption)}</caption>" if caption else ""
    table = f'<table class="{kind}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return (
        f'<div class="scroll" tabindex="0">{table}</div>' if len(heads) > WIDE else f'<div class="scroll">{table}</div>'
    )


WIDE = 6
"""Columns from which a table may have to be moved sideways."""


def _row(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{text(cell)}</td>" for cell in row[1:])
    return f'<tr><th scope="row">{text(row[0])}</th>{cells}</tr>'


def telling(parts: Sequence[Part], level: int) -> str:
    """The plan in plain language, each part under a heading of a level."""
    return "".join(_part(part, level) for part in parts)


def _part(part: Part, level: int) -> str:
    told = "".join(paragraph(sentence) for sentence in part.sentences)
    tables = "".join(_table(table) for table in part.tables)
    return f"<section><h{level}>{text(part.title)}</h{level}>{told}{tables}</section>"


def _table(table: Table) -> str:
    return tabled(table.heads, table.rows)
