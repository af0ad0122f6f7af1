"""Walks over the page from the command line, as long as one likes: `python -m tests.walk --seed 1 --steps 500`."""

import argparse
import logging
import sys
import time

from tests.walk.moves import retold
from tests.walk.walking import Failure, shortened, taken, walk


def main() -> int:
    """Takes walks until one fails, or all have been taken; or one that was written down."""
    asked = _asked()
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    if asked.way:
        return _told(taken(asked.preset, retold(asked.way)))
    begun, moves = time.monotonic(), 0
    failures = 0
    for seed in range(asked.seed, asked.seed + asked.walks):
        failure = walk(seed, asked.steps)
        moves += asked.steps
        if failure is not None:
            failures += 1
            print(f"walk {seed}", _whole(failure, asked.shorten), sep="\n", flush=True)
            if not asked.on:
                return 1
    print(f"{asked.walks} walks of {asked.steps} moves, {failures} failed, {time.monotonic() - begun:.0f} s")
    return 1 if failures else 0


def _whole(failure: Failure, seconds: float) -> Failure:
    return shortened(failure, seconds) if seconds else failure


def _told(failure: Failure | None) -> int:
    print("all of it holds" if failure is None else failure)
    return 0 if failure is None else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first walk; a seed is always the same walk")
    parser.add_argument("--walks", type=int, default=10, help="how many walks, each with the next seed")
    parser.add_argument("--steps", type=int, default=50, help="moves of each walk")
    parser.add_argument("--shorten", type=float, default=60.0, help="seconds for finding a shorter way to a failure")
    parser.add_argument("--on", action="store_true", help="go on after a failure")
    parser.add_argument("--preset", default="unreachable-floor", help="where a written way begins")
    parser.add_argument("--way", help="a way that a failing walk has printed, to be taken again")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
