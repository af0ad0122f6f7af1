"""The link as a code that a room can scan: dark on white with a quiet zone, in either theme."""

import io

import segno

MAX_CODE_LETTERS = 1_200
"""Characters of a link that a camera still reads from a projector."""
QUIET = 4
"""Modules of white around the code, as the standard asks for."""


def draw_code(address: str) -> str | None:
    """The code as SVG without a size; none where the link is too long to be scanned across a room."""
    if len(address) > MAX_CODE_LETTERS:
        return None
    code = segno.make(address, error="l", micro=False)
    text = io.BytesIO()
    code.save(text, kind="svg", border=QUIET, dark="#000000", light="#FFFFFF", xmldecl=False, omitsize=True)
    return text.getvalue().decode().strip()
