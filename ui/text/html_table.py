"""A table as the page writes it: what is in it is text, and where it is too wide it scrolls by itself."""

import html
from collections.abc import Sequence


def html_table(heads: Sequence[str], lines: Sequence[Sequence[str]], kind: str = "rows") -> str:
    """A table to read.

    Args:
        heads: of the columns.
        lines: the cells, line by line.
        kind: the classes that it has.

    >>> html_table(["Deals"], [["<70"]])[-53:]
    '<tbody><tr><td>&lt;70</td></tr></tbody></table></div>'
    """
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    written = f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll" tabindex="0">{written}</div>'
