"""The house: who may import whom, and what may not stand where, each with its reason as the message.

The rules read the source and run nothing. At the end every rule is shown a few bad lines, to prove that it can fail.
"""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

CALC_FLOORS = (
    "calc.loading",
    "calc.piecewise",
    "calc.messages",
    "calc.plan",
    "calc.situation",
    "calc.year",
    "calc.documents",
    "calc.tables.sheets",
    "calc.tables",
    "calc.payroll",
    "calc.outcomes",
    "calc.team",
    "calc.behaviour.effort",
    "calc.behaviour",
    "calc.edit",
    "calc.diagnosis",
    "calc.scale",
    "calc.console",
    "calc.interruption",
    "calc.commands",
    "calc.plot",
    "calc.public",
    "calc",
    "calc.__main__",
)
UI_FLOORS = (
    "ui",
    "ui.number_format",
    "ui.number_reader",
    "ui.model",
    "ui.session",
    "ui.text",
    "ui.charts",
    "ui.analyses",
    "ui.components",
    "ui.sections",
    "ui.editor",
    "ui.report",
    "ui.presentation",
    "ui.compare",
    "ui.behaviour",
    "ui.team",
    "ui.year",
    "ui.page",
    "ui.serving",
    "app",
)
FLOORS = {folder: floor for floor, folder in enumerate((*CALC_FLOORS, *UI_FLOORS))}
"""A folder imports only from those before it here; a new folder gets its place, a file in one needs none."""

LEAF = {
    "calc.plan.mechanics": "a mechanic is a leaf: it turns its own terms into a curve and knows no other mechanic",
    "calc.diagnosis.checks": "a check is a leaf: it judges alone, so that adding one is adding one file",
}
FILES = {
    "calc.documents.planfile",
    "calc.documents.link",
    "calc.tables.sources",
    "calc.payroll.pay_file",
    "calc.payroll.table_files",
    "calc.payroll.whole_output",
    "calc.scale.places",
    "calc.scale.people",
    "calc.scale.sweep_file",
    "calc.commands.new_plan",
    "calc.__main__",
}
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
MOST_LINES = 300

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


def folder(module: str) -> str:
    """The folder of `FLOORS` that a module stands in."""
    parts = module.split(".")
    above = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in above if name in FLOORS and (name != "calc" or module == "calc")), module)


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


# The rules


def floors(module: str, tree: ast.Module) -> Iterator[str]:
    own = folder(module)
    if own not in FLOORS or (own == "ui" and module != "ui"):
        yield f"{module} has no floor: give its folder one in FLOORS, so that it is plain what it may know of"
        return
    for other, line in dict.fromkeys(imports(module, tree)):
        if not inside(other, "calc", "ui", "app") or other == module:
            continue
        if folder(other) not in FLOORS:
            yield f"{module}:{line} imports {other}, which has no floor"
        elif FLOORS[folder(other)] > FLOORS[own]:
            yield (
                f"{module}:{line} imports {other}: {own} stands before {folder(other)}, and a folder imports only from "
                "those before it, so that each can be read and tested without what stands on it"
            )


def leaves(module: str, tree: ast.Module) -> Iterator[str]:
    for kind, reason in LEAF.items():
        if inside(module, kind) and not is_package(module):
            for other, line in dict.fromkeys(imports(module, tree)):
                if inside(other, kind) and other != module:
                    yield f"{module}:{line} imports {other}: {reason}"


def is_package(module: str, known: set[str] = MODULES) -> bool:
    return any(inside(other, module) and other != module for other in known)


def pure(module: str, tree: ast.Module) -> Iterator[str]:
    if inside(module, "calc"):
        allowed = {"plotly"} if module == "calc.plot" else set()
        for other, line in dict.fromkeys(imports(module, tree)):
            if inside(other, *{"streamlit", "plotly", "ui", "app"} - allowed):
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
        if not isinstance(node, ast.ImportFrom | ast.Attribute):
            continue
        names = [a.name for a in node.names] if isinstance(node, ast.ImportFrom) else [node.attr]
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


MECHANICS = "calc.plan.mechanics"
KIND_WORDS = {name.rpartition(".")[2] for name in MODULES if inside(name, MECHANICS) and name != MECHANICS}


def asked(module: str, tree: ast.Module) -> Iterator[str]:
    """Nobody asks of which kind a mechanic is: it answers for itself, and a new one is one file and one name."""
    if inside(module, MECHANICS):
        return
    reason = "a mechanic answers for itself: ask it, so that a new kind is one file and one name"
    froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and inside(n.module or "", MECHANICS)]
    kinds = {alias.asname or alias.name for node in froms for alias in node.names}
    for node in ast.walk(tree):
        looked: list[ast.expr] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"isinstance", "issubclass"}:
            looked = node.args[1:]
        elif isinstance(node, ast.MatchClass):
            looked = [node.cls]
        for name in (n for one in looked for n in ast.walk(one) if isinstance(n, ast.Name) and n.id in kinds):
            yield f"{module}:{name.lineno} asks whether it is {name.id}: {reason}"
        if isinstance(node, ast.Compare) and getattr(node.left, "attr", "") == "kind":
            words = {n.value for one in node.comparators for n in ast.walk(one) if isinstance(n, ast.Constant)}
            for word in sorted(str(one) for one in words & KIND_WORDS):
                yield f"{module}:{node.lineno} asks whether the kind is {word}: {reason}"


RULES: tuple[Rule, ...] = (floors, leaves, pure, undrawn, doors, seeded, silent, unlooked, caught, named, told, asked)


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


# The house as a whole: rules over all modules at once


Trees = Mapping[str, ast.Module]
Whole = Callable[[Trees], Iterator[str]]

MOST_SINGLE_WORDS = 0.4
"""The share of functions that may be named by a single word, in each half of the house."""
MOST_MODULES = 15
"""Modules of a folder."""
LONGEST_CHAIN = 36
"""Modules that import one another in a row; the aim is 15."""


def house_trees() -> dict[str, ast.Module]:
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sources()}


def half_of(module: str) -> str:
    return module.partition(".")[0]


def single_word_names(trees: Trees) -> Iterator[str]:
    words: dict[str, list[bool]] = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("__"):
                words.setdefault(half_of(module), []).append("_" not in node.name.strip("_"))
    for half, single in words.items():
        share = sum(single) / len(single)
        if half in {"calc", "ui"} and share >= MOST_SINGLE_WORDS:
            yield (
                f"{half}: {share:.0%} of the functions are named by a single word: a verb and what it acts on can be "
                "guessed and found"
            )


def public_names(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The public names that are defined at the top of a module."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
        elif isinstance(node, ast.If):
            found = list(public_names(node.body))
        else:
            found = []
        yield from (name for name in found if not name.startswith("_"))


def names_that_stand_twice(trees: Trees) -> Iterator[str]:
    places: dict[str, set[str]] = {}
    for module, tree in trees.items():
        for name in public_names(tree.body):
            places.setdefault(name, set()).add(module)
    for name, modules in sorted(places.items()):
        if len(modules) > 1:
            yield f"{name} stands in {', '.join(sorted(modules))}: whoever looks for a name finds one thing"


def private_names_of_others(trees: Trees) -> Iterator[str]:
    for module, tree in trees.items():
        modules_known: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and half_of(node.module or "") in {"calc", "ui"}:
                for alias in node.names:
                    if alias.name.startswith("_"):
                        yield f"{module}:{node.lineno} imports {alias.name} of {node.module}: it is private there"
                    if f"{node.module}.{alias.name}" in trees:
                        modules_known.add(alias.asname or alias.name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules_known:
                if node.attr.startswith("_") and not node.attr.startswith("__"):
                    yield f"{module}:{node.lineno} uses {node.value.id}.{node.attr}: it is private there"


def arrows(trees: Trees) -> dict[str, set[str]]:
    """By module, those that it imports, for types alone too."""
    known = set(trees)
    return {
        module: {other for other, _ in imports(module, tree, known) if other in known and other != module}
        for module, tree in trees.items()
    }


def circles(trees: Trees) -> Iterator[str]:
    """A circle of imports, wherever they stand; the public names of `calc` are the package's own."""
    left = arrows(trees)
    while free := [module for module, others in left.items() if not others & set(left)]:
        for module in free:
            del left[module]
    behind = set(left)
    while ends := [module for module in behind if not any(module in left[other] for other in behind)]:
        behind -= set(ends)
    if behind:
        yield f"{', '.join(sorted(behind))} import one another: what is read first cannot be said"


def long_chains(trees: Trees) -> Iterator[str]:
    graph = arrows(trees)
    known: dict[str, tuple[str, ...]] = {}

    def chain_from(module: str) -> tuple[str, ...]:
        if module not in known:
            known[module] = ()
            known[module] = (module, *max((chain_from(other) for other in graph[module]), key=len, default=()))
        return known[module]

    longest = max(map(chain_from, graph), key=len, default=())
    if len(longest) > LONGEST_CHAIN:
        yield f"{len(longest)} modules import one another in a row, so much has to be known: {' -> '.join(longest)}"


def full_folders(trees: Trees) -> Iterator[str]:
    counts = Counter(module.rpartition(".")[0] for module in trees if not is_package(module, set(trees)))
    for name, count in counts.items():
        if count > MOST_MODULES:
            yield f"{name} has {count} modules: at most {MOST_MODULES} are taken in at a glance"


WHOLE_RULES: tuple[Whole, ...] = (
    single_word_names,
    names_that_stand_twice,
    private_names_of_others,
    circles,
    long_chains,
    full_folders,
)


@pytest.mark.parametrize("rule", WHOLE_RULES, ids=lambda rule: rule.__name__)
def test_keeps_the_house_as_a_whole(rule: Whole) -> None:
    broken = list(rule(house_trees()))
    assert not broken, "\n".join(broken)


def chain_of(length: int) -> dict[str, str]:
    """Modules in a row, each importing the next."""
    names = [f"calc.plan.m{i}" for i in range(length)]
    return {name: f"from calc.plan import m{i + 1}" if i + 1 < length else "" for i, name in enumerate(names)}


WHOLE_BAD: list[tuple[Whole, dict[str, str]]] = [
    (single_word_names, {"calc.plan.plan": "def told(): ...\ndef pay_rep(): ..."}),
    (single_word_names, {"ui.page.shell": "class Page:\n    def _put(self): ..."}),
    (names_that_stand_twice, {"calc.plan.plan": "MOST = 1", "ui.page.shell": "MOST: int = 2"}),
    (names_that_stand_twice, {"calc.plan.plan": "def told(): ...", "calc.plan.kpi": "if True:\n    class told: ..."}),
    (private_names_of_others, {"calc.plan.plan": "from calc.plan.kpi import _span", "calc.plan.kpi": ""}),
    (private_names_of_others, {"ui.page.shell": "from calc.plan import kpi\nkpi._span()", "calc.plan.kpi": ""}),
    (circles, {"calc.plan.plan": "from calc.plan import kpi", "calc.plan.kpi": "from calc.plan import plan"}),
    (
        circles,
        {
            "calc.plan.plan": "from calc.plan import kpi",
            "calc.plan.kpi": "if TYPE_CHECKING:\n    from calc.plan.plan import Plan",
        },
    ),
    (long_chains, chain_of(LONGEST_CHAIN + 1)),
    (full_folders, {f"calc.plan.m{i}": "" for i in range(MOST_MODULES + 1)}),
]
WHOLE_GOOD: list[tuple[Whole, dict[str, str]]] = [
    (single_word_names, {"calc.plan.plan": "def pay(): ...\ndef pay_rep(): ...\ndef draw_team(): ..."}),
    (names_that_stand_twice, {"calc.plan.plan": "_log = 1\nx.MOST = 2", "calc.plan.kpi": "_log = 1\nMOST = 3"}),
    (private_names_of_others, {"calc.plan.plan": "from calc.plan.kpi import span\nself._span()", "calc.plan.kpi": ""}),
    (circles, chain_of(3)),
    (long_chains, chain_of(LONGEST_CHAIN)),
    (full_folders, {f"calc.plan.m{i}": "" for i in range(MOST_MODULES)}),
]


@pytest.mark.parametrize(("rule", "modules"), WHOLE_BAD, ids=lambda value: getattr(value, "__name__", "modules"))
def test_a_rule_of_the_whole_sees_what_it_forbids(rule: Whole, modules: dict[str, str]) -> None:
    assert list(rule({name: ast.parse(source) for name, source in modules.items()}))


@pytest.mark.parametrize(("rule", "modules"), WHOLE_GOOD, ids=lambda value: getattr(value, "__name__", "modules"))
def test_a_rule_of_the_whole_lets_pass_what_is_allowed(rule: Whole, modules: dict[str, str]) -> None:
    assert not list(rule({name: ast.parse(source) for name, source in modules.items()}))


def test_every_rule_of_the_whole_is_shown_something_bad() -> None:
    assert {rule for rule, _ in WHOLE_BAD} == set(WHOLE_RULES)


def test_a_file_can_be_read_in_one_sitting() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    long = {name: count for name, count in lines.items() if count > MOST_LINES}
    assert not long, f"a file has at most {MOST_LINES} lines; split it where its idea splits: {long}"


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
    (floors, "calc.piecewise.curve", "from calc.plan.plan import Plan"),
    (floors, "calc.piecewise.curve", "def f():\n    from calc.plan import plan"),
    (floors, "calc.situation.team", "from calc.documents.planfile import Preset"),
    (floors, "calc.documents.planfile", "from calc.edit.structure import revised"),
    (floors, "calc.plan.plan", "import calc"),
    (floors, "calc.plan.terms", "from ..situation.team import Team"),
    (leaves, "calc.plan.mechanics.band", "from calc.plan.mechanics.points import Points"),
    (leaves, "calc.plan.mechanics.band", "from .points import Points"),
    (leaves, "calc.diagnosis.checks.zones.cliff", "from calc.diagnosis.checks import zero_zone"),
    (leaves, "calc.diagnosis.checks.zones.cliff", "from calc.diagnosis.checks.zones.zero_zone import find"),
    (floors, "calc.piecewise.curve", "if TYPE_CHECKING:\n    from calc.plan.plan import Plan"),
    (floors, "calc.attic", ""),
    (floors, "ui.attic", ""),
    (floors, "ui.page.shell", "import app"),
    (floors, "ui.text.words", "from ui.page import shell"),
    (floors, "ui.charts.axes", "from ui.compare import pairs"),
    (pure, "calc.plan.plan", "import streamlit as st"),
    (pure, "calc.plot", "import streamlit as st"),
    (pure, "calc.plan.plan", "from plotly import graph_objects"),
    (pure, "calc.__main__", "from ui.text.words import money"),
    (undrawn, "ui.charts", "import streamlit.components.v2"),
    (doors, "calc.plan.plan", "open('plan.toml')"),
    (doors, "calc.plan.plan", "Path('plan.toml').read_text()"),
    (doors, "calc.situation.team", "with path.open() as file: pass"),
    (doors, "calc.situation.team", "np.loadtxt('team.csv')"),
    (doors, "calc.payroll.csv_blocks", "csv.read_csv('results.csv')"),
    (seeded, "calc.situation.team", "np.random.normal(size=3)"),
    (seeded, "calc.situation.team", "import random\nrandom.random()"),
    (seeded, "calc.situation.team", "from random import choice"),
    (seeded, "calc.situation.team", "rng = np.random.default_rng()"),
    (seeded, "calc.situation.team", "rng = default_rng(None)"),
    (seeded, "calc.situation.team", "rng = np.random.default_rng(seed=None)"),
    (silent, "calc.plan.plan", "print('hello')"),
    (silent, "calc.plan.plan", "import logging"),
    (unlooked, "calc.plan.zones", "FLAT = '#7F7F7F'"),
    (unlooked, "calc.plan.zones", "FLAT = '#fff'"),
    (unlooked, "calc.plan.zones", "from babel.numbers import format_currency"),
    (unlooked, "calc.plan.zones", "numbers.format_decimal(3)"),
    (unlooked, "calc.plan.zones", "def f():\n    return 'fill: rgb(1, 2, 3)'"),
    (caught, "ui.page.shell", "try:\n    f()\nexcept:\n    pass"),
    (caught, "calc.documents.link", "try:\n    f()\nexcept BaseException:\n    pass"),
    (named, "calc.utils", ""),
    (named, "ui.helpers", ""),
    (told, "calc.plan.plan", "x = 1"),
    (asked, "calc.edit.curve_kind", "from calc.plan.mechanics import Band\nisinstance(curve, Band | int)"),
    (
        asked,
        "ui.editor.curves",
        "from calc.plan.mechanics import Band\nmatch curve:\n    case Band(floor=0):\n        pass",
    ),
    (asked, "ui.editor.curves", "if kpi.curve.kind in ('steps', 'tiers'):\n    pass"),
]
GOOD: list[tuple[Rule, str, str]] = [
    (floors, "calc.piecewise.curve", "import numpy as np\nfrom calc.piecewise.distributions import Normal"),
    (floors, "calc.plan.mechanics.new", "from calc.piecewise.curve import Curve\nfrom calc.plan.terms import Terms"),
    (floors, "calc.diagnosis.checks.new", "from calc.plan.zones import zones"),
    (floors, "ui.page.shell", "from ui.charts import stage\nimport calc"),
    (leaves, "calc.diagnosis.checks.zones.new", "from calc.plan.zones import zones"),
    (pure, "calc.plot", "from plotly import graph_objects"),
    (pure, "ui.page.shell", "import streamlit as st"),
    (undrawn, "ui.page.shell", "import streamlit as st"),
    (doors, "calc.documents.planfile", "path.read_text()"),
    (doors, "calc.payroll.csv_blocks", "csv.read_csv(pa.BufferReader(block))"),
    (seeded, "calc.situation.team", "rng = np.random.default_rng(seed)\nrng.normal()"),
    (silent, "calc.__main__", "print('hello')"),
    (unlooked, "calc.plan.zones", "'the 3rd of #1234'"),
    (caught, "calc.documents.link", "try:\n    f()\nexcept ValueError:\n    pass"),
    (named, "calc.plan.plan", ""),
    (asked, "calc.edit.kpi_changes", "from calc.plan.mechanics import Band\nSTRAIGHT = Band()"),
    (asked, "ui.text.words", "if zone.kind == 'cliff' and isinstance(curve, GridTerms):\n    pass"),
    (told, "calc.plan.plan", "'''What a plan pays.'''"),
]


def case(value: object) -> str:
    return str(getattr(value, "__name__", "")) if callable(value) else str(value).splitlines()[0] if value else "empty"


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
