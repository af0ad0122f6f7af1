"""The house: who may import whom, and what may not stand where, each with its reason as the message.

The rules read the source and run nothing. At the end every rule is shown a few bad lines, to prove that it can fail.
"""

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS: dict[str, float] = {
    "calc.rows": 0.8,
    "calc.kernel": 0.8,
    "calc.distribution": 0.9,
    "calc.refusal": 0.9,
    "calc.sentence": 0.9,
    "calc.curve": 1.0,
    "calc.lines": 1.5,
    "calc.payroll": 1.4,
    "calc.payroll.whole_output": 1.55,
    "calc.payroll.number_marks": 1.6,
    "calc.terms": 2.0,
    "calc.mechanics.*": 2.1,
    "calc.mechanics": 2.2,
    "calc.redrawn": 2.3,
    "calc.kpi": 2.4,
    "calc.kinds": 2.45,
    "calc.conditions": 2.5,
    "calc.batch": 3.0,
    "calc.course": 3.0,
    "calc.soundness": 3.0,
    "calc.plan": 3.1,
    "calc.payroll.headings": 3.2,
    "calc.payroll.oddities": 3.3,
    "calc.payroll.block_payer": 3.4,
    "calc.zones": 4.0,
    "calc.practice": 4.0,
    "calc.results": 4.0,
    "calc.team": 4.0,
    "calc.calendar": 4.0,
    "calc.path": 4.0,
    "calc.behaviour": 4.0,
    "calc.planfile": 4.5,
    "calc.packing": 4.5,
    "calc.changes": 4.55,
    "calc.weighing": 4.51,
    "calc.revision": 4.52,
    "calc.recast": 4.54,
    "calc.link": 4.6,
    "calc.cost": 4.7,
    "calc.comparison": 4.75,
    "calc.fates": 4.76,
    "calc.case": 4.8,
    "calc.finding": 4.8,
    "calc.withheld": 4.82,
    "calc.pacing": 4.85,
    "calc.cures": 4.9,
    "calc.retargeting": 4.95,
    "calc.checks.*": 5.0,
    "calc.checks": 5.1,
    "calc.diagnose": 5.2,
    "calc.plain": 5.3,
    "calc.commands": 5.31,
    "calc.interruption": 5.32,
    "calc.commands.*": 5.4,
    "calc": 5.5,
    "calc.__main__": 5.6,
    "ui.*": 6.0,
    "ui": 6.1,
    "app": 7.0,
}
"""A room imports only from below. A new mechanic, check or part of the screen has its floor; a new room gets one.

Beside each other on one storey (the same whole number) a room may know a later one by type alone."""

LEAF = {
    "calc.mechanics.*": "a mechanic is a leaf: it turns its own terms into a curve and knows no other mechanic",
    "calc.checks.*": "a check is a leaf: it judges alone, so that adding one is adding one file",
}
FILES = {"calc.planfile", "calc.link", "calc.results", "calc.payroll.whole_output", "calc.__main__"}
NO_NAMES = {"utils", "util", "common", "helpers", "helper", "constants", "types", "misc"}
OPENERS = {
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
    "read_csv",
    "to_csv",
    "loadtxt",
    "savetxt",
    "genfromtxt",
}
SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64", "PCG64DXSM", "Philox", "SFC64", "Random"}
MOST_LINES, GOOD_LINES = 400, 300

Rule = Callable[[str, ast.Module], Iterator[str]]


def name_of(path: Path) -> str:
    """calc/mechanics/band.py -> calc.mechanics.band; a package by its own name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources() -> list[Path]:
    return [path for part in ("calc", "ui") for path in sorted((ROOT / part).rglob("*.py"))] + [
        path for path in [ROOT / "app.py"] if path.exists()
    ]


MODULES = {name_of(path) for path in sources()}


def room(module: str) -> str:
    """The name under which a module's floor is kept."""
    parts = module.split(".")
    above = (".".join([*parts[:n], "*"]) for n in range(len(parts) - 1, 1 if parts[0] == "calc" else 0, -1))
    return next((name for name in (module, *above) if name in FLOORS), module)


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports(module: str, tree: ast.Module, known: set[str] = MODULES) -> Iterator[tuple[str, int]]:
    """Every module that is imported, wherever the import stands, with its line."""
    package = module if any(inside(other, module) and other != module for other in known) else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*up, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{origin}.{alias.name}"
                yield (full if full in known else origin), node.lineno


def typed(tree: ast.Module) -> set[int]:
    """The lines that are read by the type checker alone."""
    blocks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test).endswith("TYPE_CHECKING")]
    return {line for block in blocks for line in range(block.lineno, (block.body[-1].end_lineno or 0) + 1)}


# The rules


def floors(module: str, tree: ast.Module) -> Iterator[str]:
    if room(module) not in FLOORS:
        yield f"{module} has no floor: give it one in FLOORS, so that it is plain what it may know of"
        return
    for other, line in dict.fromkeys(imports(module, tree)):
        if not inside(other, "calc", "ui", "app") or other == module:
            continue
        if line in typed(tree) and int(FLOORS.get(room(other), 0)) == int(FLOORS[room(module)]):
            continue
        if room(other) not in FLOORS:
            yield f"{module}:{line} imports {other}, which has no floor"
        elif room(module) == room(other) and room(module) in LEAF:
            yield f"{module}:{line} imports {other}: {LEAF[room(module)]}"
        elif FLOORS[room(other)] >= FLOORS[room(module)] and not (inside(module, "ui") and inside(other, "ui")):
            yield (
                f"{module} (floor {FLOORS[room(module)]}):{line} imports {other} (floor {FLOORS[room(other)]}): "
                "a room imports only from below, so that each can be read and tested without what stands on it"
            )


def pure(module: str, tree: ast.Module) -> Iterator[str]:
    if inside(module, "calc"):
        for other, line in dict.fromkeys(imports(module, tree)):
            if inside(other, "streamlit", "plotly", "ui", "app"):
                yield f"{module}:{line} imports {other}: the engine knows no screen, so that anything can call it"


def undrawn(module: str, tree: ast.Module) -> Iterator[str]:
    if module == "ui.charts" or inside(module, "ui.charts"):
        for other, line in dict.fromkeys(imports(module, tree)):
            if inside(other, "streamlit"):
                yield f"{module}:{line} imports {other}: a chart is drawn from values, and tested without a page"


def doors(module: str, tree: ast.Module) -> Iterator[str]:
    if not inside(module, "calc") or module in FILES:
        return
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if call.args and "BufferReader(" in ast.unparse(call.args[0]):
            continue  # bytes that are here already
        if called == "open" or (isinstance(call.func, ast.Attribute) and called in OPENERS):
            yield f"{module}:{call.lineno} calls {called}: files are opened at the doors alone: {sorted(FILES)}"


def seeded(module: str, tree: ast.Module) -> Iterator[str]:
    if not inside(module, "calc"):
        return
    reason = "randomness has its seed in view, so that the same question gets the same answer"
    for other, line in dict.fromkeys(imports(module, tree)):
        if inside(other, "secrets", "uuid"):
            yield f"{module}:{line} imports {other}: {reason}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"random", "numpy.random"}:
            yield from (
                f"{module}:{node.lineno} imports {a.name}: {reason}" for a in node.names if a.name not in SEEDED
            )
        if isinstance(node, ast.Attribute) and node.attr not in SEEDED:
            if ast.unparse(node.value) in {"random", "np.random", "numpy.random"}:
                yield f"{module}:{node.lineno} uses {ast.unparse(node)}: {reason}"
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0] if node.args else next(iter(k.value for k in node.keywords), None)
            if called in SEEDED and (first is None or (isinstance(first, ast.Constant) and first.value is None)):
                yield f"{module}:{node.lineno} calls {called} without a seed: {reason}"


def silent(module: str, tree: ast.Module) -> Iterator[str]:
    if not inside(module, "calc") or module == "calc.__main__":
        return
    for other, line in dict.fromkeys(imports(module, tree)):
        if inside(other, "logging", "warnings"):
            yield f"{module}:{line} imports {other}: the engine returns or refuses, and says nothing beside"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input"}:
            yield f"{module}:{node.lineno} calls {node.func.id}: the engine returns or refuses, and says nothing beside"


COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|^#[0-9a-fA-F]{3}$|\brgba?\(")


def unlooked(module: str, tree: ast.Module) -> Iterator[str]:
    if not inside(module, "calc"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value):
            yield f"{module}:{node.lineno} holds a colour: how a thing looks is decided in ui"
        names = [a.name for a in node.names] if isinstance(node, ast.ImportFrom) else [getattr(node, "attr", "")]
        for name in names:
            if name in {"format_currency", "format_decimal", "format_percent", "format_compact_currency"}:
                yield f"{module}:{node.lineno} uses {name}: the engine returns numbers, and ui writes them for eyes"


def caught(module: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            kind = "" if node.type is None else ast.unparse(node.type)
            if kind in {"", "BaseException"}:
                yield f"{module}:{node.lineno} catches everything: name the error expected, or all others are hidden"


def named(module: str, tree: ast.Module) -> Iterator[str]:
    if module.rpartition(".")[2] in NO_NAMES:
        yield f"{module}: a drawer for odds and ends; what it holds belongs to the room that it is about"


def told(module: str, tree: ast.Module) -> Iterator[str]:
    if inside(module, "calc") and not ast.get_docstring(tree):
        yield f"{module} has no docstring: say what it is in the field's words, and what is not modelled"


RULES: tuple[Rule, ...] = (floors, pure, undrawn, doors, seeded, silent, unlooked, caught, named, told)


# The house as it stands


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_keeps_the_house(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    broken = [sentence for rule in RULES for sentence in rule(name_of(path), tree)]
    assert not broken, "\n".join(broken)


def charts_reach() -> Iterator[tuple[str, str]]:
    """What a chart imports in ui, and what that imports in turn: (module, module imported)."""
    trees = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sources()}
    seen: set[str] = set()
    ahead = [name for name in trees if inside(name, "ui.charts")]
    while ahead:
        module = ahead.pop()
        if module not in seen and module in trees:
            seen.add(module)
            for other, _ in imports(module, trees[module]):
                yield module, other
                ahead += [other] if inside(other, "ui") else []


def test_no_chart_reaches_streamlit_through_another_room() -> None:
    reached = [f"{module} imports {other}" for module, other in charts_reach() if inside(other, "streamlit")]
    assert not reached, f"a chart is drawn from values and imports no streamlit, nor does what it imports: {reached}"


def test_a_file_can_be_read_in_one_sitting() -> None:
    lines = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "calc").rglob("*.py")
    }
    long = {name: count for name, count in lines.items() if count > MOST_LINES}
    assert not long, f"a file of the engine has at most {MOST_LINES} lines; split it where its idea splits: {long}"
    longish = [name for name, count in lines.items() if count > GOOD_LINES]
    assert len(longish) <= max(2, len(lines) // 5), f"most files have under {GOOD_LINES} lines, but these: {longish}"


# What is committed


def committed() -> list[Path]:
    """The files that git has or would take; every file where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [str(path) for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


MACHINE_PATH = re.compile(r"(?<![\w.:/\\-])(?:/(?:work|root|home|Users|mnt|tmp)/[\w.]|[A-Z]:\\+(?:Users|home)\\)")


def test_no_path_of_one_machine_is_committed() -> None:
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = text.splitlines()
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(lines, 1) if MACHINE_PATH.search(line)]
    assert not found, f"a path of one machine leads nowhere on another: {found}"


@pytest.mark.parametrize(
    "folder", ["/".join(("", "home", "ann")), "/".join(("", "work", "x")), "\\".join(("C:", "Users", ""))]
)
def test_a_machine_path_is_seen(folder: str) -> None:
    assert MACHINE_PATH.search(f'open("{folder}")')
    assert not MACHINE_PATH.search("https://example.org/home/page and orders/work/week")


def test_no_large_file_is_committed() -> None:
    large = {
        str(path.relative_to(ROOT)): path.stat().st_size for path in committed() if path.stat().st_size > 1_000_000
    }
    assert not large, f"every clone carries every file for ever: {large}"


# The look


THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(theme: str) -> None:
    colours = THEME["theme"][theme]
    grounds = [colours["backgroundColor"], colours["secondaryBackgroundColor"]]
    texts = {
        key: value for key, value in colours.items() if key in {"primaryColor", "linkColor"} or key.endswith("extColor")
    }
    weak = {key: value for key, value in texts.items() for ground in grounds if contrast(value, ground) < 4.5}
    assert len(texts) >= 3
    assert not weak, f"text keeps a contrast of 4.5 to 1 with what it stands on (WCAG 2 AA): {weak}"


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_streamlit_knows_every_key_of_its_config() -> None:
    from streamlit import config

    def keys(table: dict[str, object], above: str = "") -> Iterator[str]:
        for key, value in table.items():
            yield from keys(value, f"{above}{key}.") if isinstance(value, dict) else [f"{above}{key}"]

    known = config.get_config_options()
    unknown = [key for key in keys(THEME) if key not in known]
    assert not unknown, f"streamlit passes over what it does not know, so these do nothing: {unknown}"


# Every rule can fail


BAD: list[tuple[Rule, str, str]] = [
    (floors, "calc.curve", "from calc.plan import Plan"),
    (floors, "calc.curve", "def f():\n    from calc import plan"),
    (floors, "calc.distribution", "import calc.curve"),
    (floors, "calc.team", "from calc.behaviour import Rep"),
    (floors, "calc.behaviour", "import calc.calendar"),
    (floors, "calc.planfile", "from calc.link import decode"),
    (floors, "calc.plan", "import calc"),
    (floors, "calc.terms", "from . import plan"),
    (floors, "calc.terms", "from .plan import Plan"),
    (floors, "calc.mechanics.band", "from calc.mechanics.points import Points"),
    (floors, "calc.mechanics.band", "from .points import Points"),
    (floors, "calc.mechanics.band", "from calc.plan import Plan"),
    (floors, "calc.checks.cliff", "from calc.checks import zero_zone"),
    (floors, "calc.checks.cliff", "from calc.checks.zero_zone import find"),
    (floors, "calc.batch", "from calc.plan import Plan"),
    (floors, "calc.curve", "if TYPE_CHECKING:\n    from calc.plan import Plan"),
    (floors, "calc.attic", ""),
    (floors, "ui.pages", "import app"),
    (pure, "calc.plan", "import streamlit as st"),
    (pure, "calc.plan", "from plotly import graph_objects"),
    (pure, "calc.__main__", "from ui.words import money"),
    (undrawn, "ui.charts", "import streamlit.components.v2"),
    (doors, "calc.plan", "open('plan.toml')"),
    (doors, "calc.plan", "Path('plan.toml').read_text()"),
    (doors, "calc.team", "with path.open() as file: pass"),
    (doors, "calc.team", "np.loadtxt('team.csv')"),
    (doors, "calc.lines", "csv.read_csv('results.csv')"),
    (seeded, "calc.team", "np.random.normal(size=3)"),
    (seeded, "calc.team", "import random\nrandom.random()"),
    (seeded, "calc.team", "from random import choice"),
    (seeded, "calc.team", "rng = np.random.default_rng()"),
    (seeded, "calc.team", "rng = default_rng(None)"),
    (seeded, "calc.team", "rng = np.random.default_rng(seed=None)"),
    (silent, "calc.plan", "print('hello')"),
    (silent, "calc.plan", "import logging"),
    (unlooked, "calc.zones", "FLAT = '#7F7F7F'"),
    (unlooked, "calc.zones", "FLAT = '#fff'"),
    (unlooked, "calc.zones", "from babel.numbers import format_currency"),
    (unlooked, "calc.zones", "numbers.format_decimal(3)"),
    (unlooked, "calc.zones", "def f():\n    return 'fill: rgb(1, 2, 3)'"),
    (caught, "ui.pages", "try:\n    f()\nexcept:\n    pass"),
    (caught, "calc.link", "try:\n    f()\nexcept BaseException:\n    pass"),
    (named, "calc.utils", ""),
    (named, "ui.helpers", ""),
    (told, "calc.plan", "x = 1"),
]
GOOD: list[tuple[Rule, str, str]] = [
    (floors, "calc.curve", "import numpy as np\nfrom calc.distribution import Normal"),
    (floors, "calc.batch", "if TYPE_CHECKING:\n    from calc.plan import Plan"),
    (floors, "calc.mechanics.new", "from calc.curve import Curve\nfrom calc.terms import Terms"),
    (floors, "calc.checks.new", "from calc.zones import zones"),
    (floors, "ui.pages", "from ui.charts import stage\nimport calc"),
    (pure, "ui.pages", "import streamlit as st"),
    (undrawn, "ui.pages", "import streamlit as st"),
    (doors, "calc.planfile", "path.read_text()"),
    (doors, "calc.lines", "csv.read_csv(pa.BufferReader(block))"),
    (seeded, "calc.team", "rng = np.random.default_rng(seed)\nrng.normal()"),
    (silent, "calc.__main__", "print('hello')"),
    (unlooked, "calc.zones", "'the 3rd of #1234'"),
    (caught, "calc.link", "try:\n    f()\nexcept ValueError:\n    pass"),
    (named, "calc.plan", ""),
    (told, "calc.plan", "'''What a plan pays.'''"),
]


def case(value: object) -> str:
    return value.__name__ if callable(value) else str(value).splitlines()[0] if value else "empty"


@pytest.mark.parametrize(("rule", "module", "source"), BAD, ids=case)
def test_a_rule_sees_what_it_forbids(rule: Rule, module: str, source: str) -> None:
    assert list(rule(module, ast.parse(source))), f"{rule.__name__} lets pass in {module}: {source}"


@pytest.mark.parametrize(("rule", "module", "source"), GOOD, ids=case)
def test_a_rule_lets_pass_what_is_allowed(rule: Rule, module: str, source: str) -> None:
    assert not list(rule(module, ast.parse(source)))


def test_every_rule_is_shown_something_bad() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES)


def test_the_folder_that_the_server_serves_is_there_from_the_first_start() -> None:
    """Without it Streamlit warns when it is started."""
    assert (ROOT / "static" / "README.md").is_file()
