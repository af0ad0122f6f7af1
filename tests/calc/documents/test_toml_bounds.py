"""Whatever 1 MB holds, reading it takes about as long as an innocent file, and next to no memory."""

import subprocess
import sys
import time
import tomllib
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

import pytest

from calc import Refused
from calc.documents import planfile
from calc.documents.toml_bounds import refuse_costly_document, refuse_costly_text
from calc.piecewise.curve import Curve
from calc.plan import plan
from calc.plan.mechanics import Band
from calc.plan.plan import Plan
from tests.attack import costly

TIMES, MEMORY = 5, 50e6
"""What reading any file may take: times what an innocent one takes to parse (0.1 s on a machine of today), bytes."""
TRIES = 8
"""How often a file is read until it is read in time: what else the machine does only ever adds to the work itself."""
TEXTS = costly.texts()
ROOT = Path(__file__).resolve().parents[3]
PEAKS = """
import resource
from calc import Refused
from calc.documents import planfile
from tests.attack import costly
for name, text in {"innocent": costly.innocent(), **costly.texts()}.items():
    try:
        planfile.read_plan_file(text.encode(), "a.toml")
    except Refused:
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, name)
"""


@cache
def innocent() -> float:
    """The time of this machine [s] for parsing an innocent file, the best of three."""
    return min(spent(lambda: tomllib.loads(costly.innocent())) for _ in range(3))


def spent(work) -> float:  # type: ignore[no-untyped-def]
    start = time.process_time()
    work()
    return time.process_time() - start


def read(text: str) -> tuple[str, ...]:
    """Why a file is refused; nothing where it is not."""
    try:
        planfile.read_plan_file(text.encode(), "a.toml")
    except Refused as refused:
        return refused.sentences
    return ()


@pytest.mark.parametrize("name", TEXTS)
def test_any_megabyte_is_read_or_refused_in_bounded_time(name: str) -> None:
    text = TEXTS[name]
    assert 400_000 < len(text) <= 1_000_000
    sentences = read(text)
    assert len(sentences) <= 60
    assert all(len(sentence) < 1000 for sentence in sentences)
    spans: list[float] = []
    while len(spans) < TRIES and min(spans, default=inf) > TIMES * innocent():
        spans.append(spent(lambda: read(text)))
    assert min(spans) <= TIMES * innocent(), f"{min(spans):.2f} s, an innocent file {innocent():.2f} s"


def test_a_plan_and_its_kpis_are_checked_once_and_a_changed_one_again(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[object] = []
    curve = Band.curve

    def check_exactness(whole: Plan) -> tuple[str, ...]:
        checked.append(whole)
        return ()

    def noted_curve(self: Band, *args: Any) -> Curve:
        checked.append(self)
        return curve(self, *args)

    monkeypatch.setattr(plan, "check_exactness", check_exactness)
    monkeypatch.setattr(Band, "curve", noted_curve)
    monkeypatch.setattr(plan, "never_below_zero", lambda whole: ())
    preset = planfile.loads(costly.PLAN + costly.KPI)
    assert len(checked) == 2
    preset.plan.changed(floor=0.5)
    assert len(checked) == 3
    preset.plan.kpis[0].changed(target=2)
    assert len(checked) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is told in these units on Linux")
def test_any_megabyte_is_read_or_refused_in_bounded_memory() -> None:
    """In one process, which has read an innocent file before; its peak is the most that any of them took."""
    done = subprocess.run([sys.executable, "-c", PEAKS], cwd=ROOT, capture_output=True, text=True, check=True)
    before, *after = (int(line.split()[0]) * 1024 for line in done.stdout.splitlines())
    told = [line for line in done.stdout.splitlines()[1:] if int(line.split()[0]) * 1024 - before > MEMORY]
    assert len(after) == len(TEXTS)
    assert not told, told[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a." * 10 + "a = 1", "the file must have at most 10 parts in a key or header (got more)"),
        (' "a" . ' * 1 + "b . " * 9 + "c = 1", "the file must have at most 10 parts in a key or header (got more)"),
        ("[" + "a." * 10 + "a]", "the file must have at most 10 parts in a key or header (got more)"),
        ("a = { " + "'b'." * 10 + "a = 1 }", "the file must have at most 10 parts in a key or header (got more)"),
        ("a = " + "[" * 11, "the file must have at most 10 lists and tables within each other (got 11)"),
        ("a = 1\n" * 60_001, "the file must have at most 60,000 lines with a key or header (got 60,001)"),
        ("[a.b]\n" * 20_001, "the file must have at most 20,000 dots in its keys and headers (got 20,001)"),
        ("a = [" + "1," * 150_001, "the file must have at most 150,000 commas between values (got 150,001)"),
        ("a = " + "1" * 4_001, "the file must have at most 4,000 digits in a row (got more)"),
        ("a = '''\"'''\n" + "a." * 10 + "a = 1", "the file must have at most 10 parts in a key or header (got more)"),
        ('a = """x"""""\n' + "a." * 10 + "a = 1", "the file must have at most 10 parts in a key or header (got more)"),
    ],
)
def test_what_costs_too_much_is_refused_before_it_is_parsed(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_costly_text(text)
    assert refused.value.sentences == (sentence,)


@pytest.mark.parametrize(
    "text",
    [
        "a." * 9 + "a = 1",
        'a = "' + "a." * 500 + '"',
        "a = '" + "[" * 500 + "'",
        "# " + "a." * 500 + "[" * 500,
        'a = """\n' + "a.b.c = 1\n" * 30_000 + '"""',
        "a = [" + "0.1, " * 50_000 + "]",
        "a = [\n" + "[0.1, 0.2],\n" * 40_000 + "]",
        'a = "' + "1" * 5_000 + '"',
    ],
)
def test_what_a_document_may_have_is_let_pass(text: str) -> None:
    refuse_costly_text(text)
    tomllib.loads(text)


def test_a_document_is_no_longer_than_its_terms_allow() -> None:
    refuse_costly_document({"reps": [{}] * 10_000, "kpis": [{"costs": dict.fromkeys(map(str, range(1000)), 1)}]})
    for document, sentence in (
        ({"reps": [{}] * 10_001}, "reps must have at most 10,000 entries"),
        ({"kpis": [{"curve": {"points": [0] * 1_001}}]}, r"kpis\.curve\.points must have at most 1,000 entries"),
        ({"a": {"reps": [0] * 1_001}}, r"a\.reps must have at most 1,000 entries"),
    ):
        with pytest.raises(Refused, match=sentence):
            refuse_costly_document(document)


def test_a_grid_of_50_by_50_over_many_lines_is_accepted_and_its_own_download_is_too() -> None:
    rows = ",\n".join("[" + ", ".join(f"{(i * 50 + j) / 1000}" for j in range(50)) + "]" for i in range(50))
    axis = [i / 25 for i in range(50)]
    text = f"{costly.PLAN}{costly.GRID}rows={axis},columns={axis},payouts=[\n{rows}\n]}}\n"
    preset = planfile.loads(text)
    assert planfile.loads(planfile.dumps(preset)) == preset


def test_a_file_that_would_be_too_large_when_it_is_written_anew_is_refused() -> None:
    tight = '{name="a",results={a=1,' + ",".join(f"k{i}=1" for i in range(9)) + "}}"
    kpis = "".join(f'[[kpis]]\nid="k{i}"\ntarget=1\nweight=0\n' for i in range(9))
    text = f"reps=[{','.join([tight] * 10_000)}]\n{costly.PLAN}{costly.KPI}{kpis}"
    assert len(text) < 1_000_000
    with pytest.raises(Refused, match=r"the file must have at most 1,000,000 bytes when it is written anew \(got 1,"):
        planfile.loads(text)
