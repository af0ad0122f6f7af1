"""`python -m benchmarks` prints a Markdown table; `--write` puts it into docs/speed.md, `--only WORD` measures less."""

import argparse
import re
import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.ratio import ROOT, Row

HEAD = ("What", "Flatline", "Measured against", "Ratio", "Goal")
ALL = (
    "engine.batch",
    "engine.memory",
    "files.csv_to_csv",
    "scale.pay_and_sum",
    "scale.parquet_to_parquet",
    "scale.cluster",
    "engine.along",
    "engine.expected",
    "engine.diagnosis",
    "engine.cures",
    "behaviour.plan",
    "behaviour.band",
    "behaviour.sweep",
    "behaviour.late",
    "behaviour.rising_four",
    "behaviour.rising_eight",
    "behaviour.hours",
    "behaviour.shapes",
    "page.rerun",
    "start.importing",
    "team.view",
    "team.large",
    "team.reading",
    "team.quotas",
    "team.moves",
    "live.drag",
    "live.release",
    "live.release_largest",
    "live.first",
    "crowd.ten",
    "crowd.fifty",
    "crowd.memory",
    "crowd.visits",
)
PLACE = re.compile(r"(?<=<!-- benchmarks -->\n).*?(?=<!-- /benchmarks -->)", re.DOTALL)


def line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def main(words: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    asked.add_argument(
        "--only", default="", metavar="WORD", help=f"measure what has WORD in its name: {', '.join(ALL)}"
    )
    options = asked.parse_args(words)
    if options.write and options.only:
        asked.error("--write puts the whole table into docs/speed.md, so that --only cannot go with it")
    rows: list[Row] = []
    for name in (name for name in ALL if options.only in name):
        print(f"measuring {name} ...", file=sys.stderr)
        module, function = name.split(".")
        measure: Callable[[], Row] = getattr(import_module(f"benchmarks.{module}"), function)
        rows.append(measure())
    table = "\n".join([line(HEAD), "|---|---|---|---|---|", *(line(row.cells()) for row in rows)]) + "\n"
    print(table, end="")
    if options.write:
        speed = ROOT / "docs" / "speed.md"
        text = speed.read_text(encoding="utf-8")
        speed.write_text(PLACE.sub(lambda _: table, text), encoding="utf-8", newline="\n")
    return int(any(row.met is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
