"""The page on the effort model, docs/behaviour.md, with the evidence beside what the model gives.

    python docs/behaviour.py

Every figure of the model is worked out; a test holds that the page says what `python -m calc evidence` prints.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from calc.behaviour.evidence import EVIDENCE_HEADS, evidence_rows  # noqa: E402

TARGET = ROOT / "docs" / "behaviour.md"

HEAD = """\
# What a plan makes people do

Written by `python docs/behaviour.py`. The command `python -m calc evidence` prints the same table.

## The model

A rep sells `ability x (kept + (1 - kept) x effort)` in a period, plus luck. Effort 1 is what a rep does where every
sale is paid alike; effort 0 leaves the share that comes anyway. Effort costs the rep something, more and more for each
further bit. In twelve steps a period the rep looks at what is sold so far, at what the plan will pay, and chooses the
effort that is worth it. The plan is read exactly, with its floors, ceilings and jumps.

Three readings of the evidence stand for what nobody knows: standard (70 % comes anyway), cautious (82 %) and quadratic
(80 %). Every number is told as a band over the three; a number alone is the standard reading's.

What effort costs is read from today: a named plan (`calibrated_on`, else the cure, else the plan itself) is taken to
bring today's mean. Where no cost within reason does, the mean is read from a straight line instead, and the answer
says so.

Sales are counted in today's mean result, money in target incentives. Net is pay less the cost of effort. A rep has
given up where the next sale is worth less than a quarter of the plain rate and most of the pay is out of reach, coasts
where most of it is in the bag, and sprints where the next sale is worth twice the plain rate or more.

The solver stands on a grid. Halving it moves no figure of any preset by more than 0.0005 of today's mean in sales,
0.001 of the target incentive in pay, 0.0001 of it in pay less effort, and half a percent of the time in what people do.
A KPI that counts whole units pays no half of one, and the model reads it so.

## What may be said

A sentence with a number stands on the page only where its sign is the same in all three readings of the evidence and
in both readings of today, where people are not at the limit of effort most of the time, and with pay and net beside
sales. Otherwise it says that the model does not know.

The model does not find that all or nothing, steps, retroactive tiers, or an unreachable target on a straight line from
zero lose sales. It knows nothing of rank, returns, quality, morale, people who leave, learning, or prices. Very little
luck counts as some (4 % of today's mean at twelve steps): less of it needs a grid that takes minutes.

## The evidence beside the model

Where three figures stand beside each other they are the standard, the cautious and the quadratic reading.

"""


def written() -> str:
    """The page."""
    lines = [f"| {' | '.join(EVIDENCE_HEADS)} |", f"|{'---|' * len(EVIDENCE_HEADS)}"]
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in evidence_rows()]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8", newline="\n")
