"""Pieces of a page: text is escaped here and nowhere twice, tables have heads that say what they are heads of."""

import html
from collections.abc import Sequence

from ui.report.words.pay_examples import Part
from ui.text.documents import Table


def escape_text(words: str) -> str:
    """Somebody's words as text."""
    return html.escape(words)


def paragraph_html(words: str) -> str:
    """Words as a paragraph."""
    return f"<p>{escape_text(words)}</p>"


def table_html(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", kind: str = "rows") -> str:
    """A table; the first cell of a row is its head."""
    head = "".join(f'<th scope="col">{escape_text(name)}</th>' for name in heads)
    body = "".join(_row_html(row) for row in rows)
    title = f"<caption>{escape_text(caption)}</caption>" if caption else ""
    table = f'<table class="{kind}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return (
        f'<div class="scroll" tabindex="0">{table}</div>'
        if len(heads) > WIDE_TABLE
        else f'<div class="scroll">{table}</div>'
    )


WIDE_TABLE = 6
"""Columns from which a table may have to be moved sideways."""


def _row_html(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{escape_text(cell)}</td>" for cell in row[1:])
    return f'<tr><th scope="row">{escape_text(row[0])}</th>{cells}</tr>'


def plan_html(parts: Sequence[Part], level: int) -> str:
    """The plan in plain language, each part under a heading of a level."""
    return "".join(_part_html(part, level) for part in parts)


def _part_html(part: Part, level: int) -> str:
    told = "".join(paragraph_html(sentence) for sentence in part.sentences)
    tables = "".join(_part_table(table) for table in part.tables)
    return f"<section><h{level}>{escape_text(part.title)}</h{level}>{told}{tables}</section>"


def _part_table(table: Table) -> str:
    return table_html(table.heads, table.rows)
