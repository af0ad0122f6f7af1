"""The README: its example runs, its two commands stand where the machines read them, its tables say what is so."""

import ast
import doctest
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import calc
from calc.documents.worked_examples import wrong_examples

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
MAX_WORDS = 1800
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
DEV = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
NAME = re.compile(r"^[A-Za-z0-9_-]+")


def between(marker: str, document: str = README) -> str:
    """What stands between <!-- marker --> and <!-- /marker -->, each alone on its line."""
    found = re.findall(rf"^<!-- {marker} -->\n(.*?)^<!-- /{marker} -->$", document, re.DOTALL | re.MULTILINE)
    assert len(found) == 1, f"the document holds the marker {marker} once, opened and closed"
    text: str = found[0]
    return text


def fenced(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("```")]


def test_the_example_runs() -> None:
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    said: list[str] = []
    examples = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    failed, tried = doctest.DocTestRunner(optionflags=flags).run(examples, out=said.append)
    assert tried >= 4
    assert not failed, "".join(said)


@pytest.mark.parametrize(
    ("marker", "file", "does"),
    [("run", "requirements.txt", "streamlit run app.py"), ("test", "requirements-dev.txt", "pytest")],
)
def test_a_command_stands_between_its_markers(marker: str, file: str, does: str) -> None:
    assert fenced(between(marker)) == [f"python -m pip install -r {file} && python -m {does}"]


def test_every_command_of_the_readme_works() -> None:
    lines = [line for line in fenced(between("commands")) if line.startswith("python -m calc")]
    assert len(lines) >= 4
    for line in lines:
        words = line.split("#")[0].split()[1:]
        done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout.strip(), line


def presets() -> list[str]:
    return sorted(path.stem for path in (ROOT / "presets").glob("*.toml"))


def test_every_preset_is_listed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "calc", "presets"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    listed = sorted(line.split()[0] for line in done.stdout.splitlines() if line.strip())
    assert presets()
    assert listed == presets(), done.stderr


# Dependencies


def imported(folder: str) -> Iterator[str]:
    """The top names that a part of the project imports."""
    for path in sorted(ROOT.glob(folder)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


THROUGH = {"annotated_types": "pydantic", "google": "streamlit"}
"""Imported by name, installed by a dependency whose public types they are."""
EXTRA = {"dask": "dask", "distributed": "dask", "fsspec": "dask"}
"""Imported where they are asked for, and installed by an extra."""


def needed() -> set[str]:
    names = {name for folder in ("app.py", "ui/**/*.py", "calc/**/*.py") for name in imported(folder)}
    return {THROUGH.get(name, name) for name in names - set(sys.stdlib_module_names) - {"app", "calc", "ui"}}


def name_in(line: str) -> str:
    """The package that a line of requirements names."""
    found = NAME.match(line)
    assert found is not None, line
    return found[0]


def test_dependencies_are_what_is_imported() -> None:
    always = needed() - {*EXTRA}
    assert {name_in(line) for line in REQUIREMENTS} == always, "no dependency too few, and none too many"


def test_extras_are_what_is_imported_for_them() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    lines = [line for several in extras.values() for line in several]
    assert {name_in(line) for line in lines} == {EXTRA[name] for name in needed() & {*EXTRA}}
    assert {*lines} <= {*DEV}, "what is tested is what is installed"


def test_every_dependency_has_its_reason() -> None:
    rows = [
        row.split("|")[1:3]
        for row in between("dependencies", DOCS["dependencies.md"]).splitlines()
        if row.startswith("| `")
    ]
    assert [name.strip(" `") for name, _ in rows] == [name_in(line) for line in REQUIREMENTS]
    assert all(len(reason.split()) > 2 for _, reason in rows)


@pytest.mark.parametrize("line", REQUIREMENTS + DEV[1:])
def test_a_dependency_is_bounded(line: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+(\[[a-z]+\])?>=[\d.]+,<[\d.]+", line), (
        "at least what was tested, below the next major"
    )


def test_developing_starts_from_running() -> None:
    assert DEV[0] == "-r requirements.txt"


# Links and pictures


DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_at_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in t]
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert not missing


def test_the_readme_is_read_in_one_sitting_and_leads_to_every_document() -> None:
    assert len(README.split()) < MAX_WORDS
    reached = {
        name for name in DOCS if f"docs/{name}" in README or f"docs/{name}" in (ROOT / "CONTRIBUTING.md").read_text()
    }
    assert reached == set(DOCS)


def test_the_plan_of_the_readme_pays_its_example() -> None:
    preset = calc.loads("\n".join(fenced(between("plan"))))
    assert not wrong_examples(preset)
    assert preset.example


def test_benchmarks_have_their_place() -> None:
    assert "|" in between("benchmarks", DOCS["speed.md"])
