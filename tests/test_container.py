"""The container, as far as it can be tried without an engine: its steps are taken in a folder, and its app answers."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.conftest import ROOT, _end, _free_port, _healthy

TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
STEPS = [
    (word, " ".join(rest.split()))
    for word, rest in re.findall(
        r"^([A-Z]+)\s+(.*)$", re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", TEXT)), re.MULTILINE
    )
]


def told(word: str) -> list[str]:
    """What follows a word of the Dockerfile, in order."""
    return [rest for name, rest in STEPS if name == word]


def copied() -> Iterator[tuple[str, str]]:
    """What is copied into the image, and where to."""
    for rest in told("COPY"):
        *sources, target = rest.split()
        yield from ((source, target) for source in sources)


def ignored(name: str) -> bool:
    """Whether the build leaves a path of the repository out; the last line that matches decides."""
    lines = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line]
    out = False
    for line in (line for line in lines if not line.startswith("#")):
        pattern = line.removeprefix("!").rstrip("/").removeprefix("**/")
        if fnmatch(name, pattern) or name.startswith(f"{pattern}/") or fnmatch(Path(name).name, pattern):
            out = not line.startswith("!")
    return out


def test_all_that_is_copied_is_there_and_nothing_else_goes_in() -> None:
    sources = [source.rstrip("/") for source, _ in copied()]
    assert {"app.py", "calc", "ui", "presets", "constraints.txt", "serve.py", ".streamlit/config.toml"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists(), f"{source} is copied and is not there"
        assert not ignored(source), f"{source} is copied and left out of the build"
    for name in ("tests/conftest.py", ".git/config", ".streamlit/secrets.toml", "calc/__pycache__/plan.pyc", ".env"):
        assert ignored(name), f"{name} would go into the image"


def test_it_runs_as_nobody_in_particular_and_says_whether_it_is_well() -> None:
    (user,) = told("USER")
    assert user.isdecimal()
    assert int(user) > 0
    assert STEPS.index(("USER", user)) > max(STEPS.index(step) for step in STEPS if step[0] in ("COPY", "RUN"))
    (well,) = told("HEALTHCHECK")
    assert "_stcore/health" in well
    assert told("EXPOSE") == [dict(environment())["STREAMLIT_SERVER_PORT"]]
    given = dict(rest.split("=", 1) for rest in told("ARG"))
    bases = [re.sub(r"\$\{(\w+)\}", lambda name: given[name.group(1)], rest) for rest in told("FROM")]
    assert not [base for base in bases if base.endswith(":latest") or ":" not in base]


def test_every_package_of_the_image_has_a_version_and_hashes() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[\w.]+( --hash=sha256:[0-9a-f]{64})+", line) for line in lines)
    pinned = {line.partition("==")[0] for line in lines}
    wanted = {re.split(r"[<>=]", line)[0] for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").split()}
    assert wanted <= pinned


def environment() -> list[tuple[str, str]]:
    """The variables that the image sets."""
    return [tuple(pair.split("=", 1)) for rest in told("ENV") for pair in rest.split()]  # type: ignore[misc]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder with what is copied into the image, after its own steps were run there."""
    for source, target in copied():
        here = ROOT / source
        to = tmp_path / target / here.name if target == "./" else tmp_path / target
        to.parent.mkdir(parents=True, exist_ok=True)
        if here.is_dir():
            shutil.copytree(here, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(here, to)
    for command in told("RUN"):
        if "compileall" in command:
            for part in command.split("&&"):
                subprocess.run([sys.executable, *shlex.split(part)[1:]], cwd=tmp_path, check=True, env=clean())
    return tmp_path


def clean(**more: str) -> dict[str, str]:
    """The variables of this process without any that speak to Streamlit, and those of the image."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    return {**kept, **dict(environment()), **more}


def test_its_app_starts_and_is_well(image: Path) -> None:
    assert list(image.glob("calc/plan/__pycache__/plan.*.pyc"))
    assert (image / "static/plotly.min.js").stat().st_size > 1_000_000
    port = _free_port()
    (command,) = told("CMD")
    words = json.loads(command)
    assert words[0] == "python"
    known = clean(STREAMLIT_SERVER_PORT=str(port), STREAMLIT_SERVER_BASE_URL_PATH="/pay/")
    log = image / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen([sys.executable, *words[1:]], cwd=image, env=known, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}/pay/"
        assert _healthy(address, process, 60), log.read_text(errors="replace")
        check = json.loads(told("HEALTHCHECK")[0].partition("CMD ")[2])
        subprocess.run([sys.executable, *check[1:]], env=known, check=True)
        for place in ("", "app/static/plotly.min.js"):
            with urllib.request.urlopen(address + place) as answer:
                assert answer.status == 200
                assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    finally:
        _end(process)
