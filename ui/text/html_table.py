"""A table as the page writes it: what is in it is text, and where it is too wide it scrolls by itself."""

import html
from collections.abc import Sequence


def html_table(
    heads: Sequence[str], lines: Sequence[Sequence[str]], kind: str = "rows", foot: Sequence[Sequence[str]] = ()
) -> str:
    """A table to read.

    Args:
        heads: of the columns.
        lines: the cells, line by line.
        kind: the classes that it has.
        foot: lines that sum up the others.

    >>> html_table(["Deals"], [["<70"]])[-53:]
    '<tbody><tr><td>&lt;70</td></tr></tbody></table></div>'
    """
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    last = f"<tfoot>{_rows(foot)}</tfoot>" if foot else ""
    written = f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{_rows(lines)}</tbody>{last}</table>'
    return f'<div class="scroll" tabindex="0">{written}</div>'


def _rows(lines: Sequence[Sequence[str]]) -> str:
    return "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
