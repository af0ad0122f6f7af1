"""A plan document packed for a link: JSON, compressed, in letters that an address may hold; unpacking is bounded.

The words of the plan file that every document has are known to both sides, so that a link need not carry them. A packed
document says by itself whether it was packed with those words; one of the first version was not, and is read as ever.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from calc.plan.errors import Refused

UNPACKED = 100_000
"""Bytes that a compressed plan may unpack to."""
CODEC_LETTERS = 64_000
"""Letters of a packed plan that are looked at."""
CODEC_WORDS = (
    b'"between":"step","of":"result","above":"extend","below":"hold","reached":"above","apply":"retroactive",'
    b'"apply":"marginal","behaviour":{"kept_without_incentive":0.7,"response":1.3,"noise":0.2},"practice":{'
    b'"calendar":{"days":30,"announced_day":1,"today":15},"path":{"growth":0.05,"growth_if_hit":0.1,"ratchet":0.5,'
    b'"periods":8},"team_mean":1,"team_spread":0.2,"hours":1,"costs":{"scale":100,"base_pay":2000,"period":"year",'
    b'"period":"half-year","period":"quarter","currency":"GBP","currency":"EUR","currency":"USD","combine":"score",'
    b'"correlation":0.5,"shape":"lognormal"},"shape":"skewed"},"team":{"size":30,"mean":1,"spread":0.2,'
    b'"shape":"normal"}," the pay for every rep who is below target of the team and sells more deals than the quota, '
    b'with revenue, gross margin, customers, satisfaction, orders, accounts and calls in the quarter. "'
    b'"unit":"points","unit":"orders","unit":"%","unit":"USD","unit":"EUR","unit":"deals","kind":"activity",'
    b'"kind":"profit","kind":"quality","kind":"outcome","better":"lower","weight":0},'
    b'"curve":{"kind":"matrix","with":"csat","rows":[0.8,1,1.2],"columns":[0.8,1,1.2],"payouts":[[0,0.5,1],[0.5,1,1.5]]},'
    b'"curve":{"kind":"tiers","tiers":[[0,0.02],[100000,0.05]]},"curve":{"kind":"steps","steps":[[0.8,0.5],[1,1]]},'
    b'"curve":{"kind":"points","points":[[0.5,0],[0.8,0.5],[1,1],[1.2,1.5]],"of":"result"},'
    b'"gates":[{"kpi":"csat","at_least":0.9,"at_least_result":80,"closes":"plan","keeps":0.5,"limits_to":1}],'
    b'"modifiers":[{"kpi":"csat","multiplies":"plan","curve":{"kind":"points","of":"result","points":[['
    b'{"title":"","description":"","source":"","plan":{"currency":"USD","period":"month","target_incentive":1000,'
    b'"base_pay":2000,"floor":0,"ceiling":2},"kpis":[{"id":"revenue","name":"Revenue","kind":"outcome","unit":"USD",'
    b'"target":100000,"weight":0.5,"curve":{"kind":"band","floor":0.5,"pays_at_floor":0.5,"accelerator":1.5,'
    b'"ceiling":2}},{"id":"margin","name":"Gross margin","target":100,"weight":0.25,"curve":{"kind":"band","floor":0.'
)
"""What most documents have in common, the likeliest last. Of version 2 for ever: another text is another version."""


def pack_plan(document: Mapping[str, Any]) -> str:
    """A document without its worked examples and without anybody's name or pay."""
    slim = {key: value for key, value in document.items() if key not in ("example", "reps", "expects", "year_pays")}
    text = json.dumps(slim, separators=(",", ":"), ensure_ascii=False)
    stream = zlib.compressobj(9, memLevel=9, zdict=CODEC_WORDS)
    packed = stream.compress(text.encode()) + stream.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack_plan(text: str) -> dict[str, Any]:
    """The document in `x`, of any version.

    Raises:
        Refused: it is no compressed document, or unpacks to too much.
    """
    if len(text) > CODEC_LETTERS:
        raise Refused(f"x must have at most {CODEC_LETTERS:,} letters (got {len(text):,})")
    try:
        content, whole = _unpack_bytes(text)
        if not whole:
            raise Refused(f"x must unpack to at most {UNPACKED:,} bytes and be whole (got more, or a part)")
        found = json.loads(content.decode())
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("x must be a plan packed by Flatline (got what cannot be unpacked)") from None
    if not isinstance(found, dict):
        raise Refused("x must be a plan packed by Flatline (got something else)")
    return found


def unpacks_to_too_much(text: str) -> bool:
    """Whether a packed plan is one that `unpack_plan` refuses for its size; what is no packed plan is not."""
    try:
        content, whole = _unpack_bytes(text)
    except (binascii.Error, zlib.error, ValueError):
        return False
    return len(text) > CODEC_LETTERS or (len(content) >= UNPACKED and not whole)


def _unpack_bytes(text: str) -> tuple[bytes, bool]:
    """What a packed plan unpacks to, up to so many bytes, and whether that is all of it."""
    stream = zlib.decompressobj(zdict=CODEC_WORDS)
    content = stream.decompress(
        base64.urlsafe_b64decode(text[:CODEC_LETTERS] + "=" * (-len(text[:CODEC_LETTERS]) % 4)), UNPACKED
    )
    return content, stream.eof and not stream.unconsumed_tail
