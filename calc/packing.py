"""A plan document packed for a link: JSON, compressed, in letters that an address may hold; unpacking is bounded."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from calc.refusal import Refused

UNPACKED = 100_000
"""Bytes that a compressed plan may unpack to."""


def pack(document: Mapping[str, Any]) -> str:
    """A document without its worked examples and without anybody's name or pay."""
    slim = {key: value for key, value in document.items() if key not in ("example", "reps", "expects", "cured_by")}
    text = json.dumps(slim, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(text: str) -> dict[str, Any]:
    """The document in `x`.

    Raises:
        Refused: it is no compressed document, or unpacks to too much.
    """
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        stream = zlib.decompressobj()
        content = stream.decompress(packed, UNPACKED)
        if stream.unconsumed_tail or not stream.eof:
            raise Refused(f"x must unpack to at most {UNPACKED:,} bytes and be whole (got more, or a part)")
        found = json.loads(content.decode())
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("x must be a plan packed by Flatline (got what cannot be unpacked)") from None
    if not isinstance(found, dict):
        raise Refused("x must be a plan packed by Flatline (got something else)")
    return found
