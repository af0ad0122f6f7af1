"""python -m tests.attack: every attack, seeded, with counts by outcome; ends with 1 where something was wrong."""

import argparse
import time
from collections import Counter

from tests.attack import commands, costly, languages, links, messages, names, plan_files, results_files
from tests.attack.faults import FAULTS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan-files", type=int, default=100_000)
    parser.add_argument("--links", type=int, default=10_000)
    parser.add_argument("--results-files", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--signals", type=int, default=30)
    parser.add_argument("--put-back", action="store_true", help="puts every fault back, and tells whether it is found")
    given = parser.parse_args()
    if given.put_back:
        return put_back()
    wrong = told("costly plan files", len(costly.texts()), *_costly())
    wrong += told("plan files", given.plan_files, *plan_files.run(given.seed, given.plan_files))
    largest = plan_files.run_largest()
    wrong += told("largest plans", len(plan_files.largest_documents()), Counter(), largest)
    wrong += told("links", given.links, *links.run(given.seed, given.links))
    counted = names.run(given.seed, 10_000)
    wrong += told("names", sum(counted.values()), Counter(counted), ["a name"] * counted["wrong"])
    wrong += told("languages", 600, *languages.run(given.seed, 600))
    wrong += told("messages", given.messages, *messages.run(given.seed, given.messages))
    wrong += told("commands", len(commands.CASES) + given.signals, *commands.run(given.seed, given.signals))
    wrong += told("results files", given.results_files, *_results(given.seed, given.results_files))
    return 1 if wrong else 0


def _results(seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """Results files, up to the first that is paid otherwise than it is plainly read."""
    try:
        return results_files.run(seed, count), []
    except results_files.Wrong as fault:
        return Counter(), [str(fault)]


def _costly() -> tuple[Counter[str], list[str]]:
    """Files of 1 MB that cost as much as they can, against one that does not."""
    from calc import Refused
    from calc.documents import planfile

    counts: Counter[str] = Counter()
    slow = []
    start = time.process_time()
    _read(planfile.read_plan_file, Refused, costly.innocent())
    innocent = time.process_time() - start
    for name, text in costly.texts().items():
        start = time.process_time()
        counts[_read(planfile.read_plan_file, Refused, text)] += 1
        took = time.process_time() - start
        slow += [f"{name}: {took:.1f} s, an innocent file {innocent:.1f} s"] if took > 5 * innocent + 0.1 else []
    return counts, slow


def _read(read, refused, text: str) -> str:  # type: ignore[no-untyped-def]
    try:
        read(text.encode(), "a.toml")
    except refused:
        return "refused"
    return "accepted"


def told(name: str, count: int, counts: Counter[str], wrong: list[str]) -> int:
    """Prints one attack, and says how much of it was wrong."""
    parts = ", ".join(f"{what} {number:,}" for what, number in sorted(counts.items()))
    print(f"{name}: {count:,} tried; {parts}; wrong {len(wrong):,}", flush=True)
    for one in wrong[:20]:
        print(f"  {one if len(one) <= 800 else f'{one[:200]} ... {one[-600:]}'}", flush=True)
    return len(wrong)


def put_back() -> int:
    """Puts every fault back; 1 where one is not found."""
    missed = 0
    for name, attack in FAULTS.items():
        found = attack()
        missed += not found
        print(f"{'found' if found else 'MISSED'}: {name}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
