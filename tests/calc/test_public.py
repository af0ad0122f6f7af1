"""What `import calc` gives: names, findings and costs in words, a picture, a plot, and what pip installs."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import calc
from calc.piecewise.curve import Curve
from calc.piecewise.drawing import curve_svg
from calc.plan.errors import Refused

ROOT = Path(__file__).resolve().parents[2]


def test_the_names_are_the_interface_and_no_module() -> None:
    assert set(dir(calc)) == {*calc.__all__, "__version__"}
    assert not [name for name in dir(calc) if type(getattr(calc, name)).__name__ == "module"]


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="calc has no 'nonsense'"):
        calc.nonsense  # noqa: B018


def test_findings_say_what_the_command_line_says() -> None:
    first = calc.diagnose(calc.load("unreachable-floor"))[0]
    assert (first.check, first.severity, first.kpi) == ("zero_zone", "alarm", "deals")
    assert str(first).startswith(f"alarm: {first.title} [zero_zone]\n  {first.says}")


def test_a_comparison_and_a_cost_read_as_sentences() -> None:
    sick, cured = calc.load("unreachable-floor"), calc.load("reachable-plan")
    compared = calc.compare(sick, cured)
    assert compared.cost is not None
    assert compared.cost["expected"]["a"] == calc.expected_cost(sick).expected
    assert "expected pay of a rep" in str(compared)
    assert str(calc.expected_cost(sick)) == "USD 50.13 per rep and month expected, USD 1,000.00 at target, 40 reps"


def test_importing_the_engine_does_not_load_what_is_not_asked_for() -> None:
    said = "import sys, calc; print([m for m in ('calc.public', 'calc.plot', 'plotly', 'pandas') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_plan_shows_its_curves_in_a_notebook() -> None:
    shown = calc.load("low-ceiling").plan._repr_html_()
    assert shown.count("<svg") == len(calc.load("low-ceiling").plan.deciding)
    assert "Pieces sold: pay per month [USD] by result [pieces]" in shown


def test_a_drawn_jump_is_a_dashed_line_and_a_name_is_text() -> None:
    drawn = curve_svg(Curve.through([(0, 0), (1, 0), (1, 3), (2, 3)]), 0.0, 2.0, '<b>"pay"</b>')
    assert drawn.count("stroke-dasharray") == 1
    assert "<b>" not in drawn


def test_an_axis_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="must end right of where it begins"):
        curve_svg(Curve.constant(1.0), 1.0, 1.0, "nothing")


def test_a_plot_has_both_sides_of_every_jump() -> None:
    figure = calc.plot(calc.load("unreachable-floor").plan, "deals")
    line = dict(zip(("x", "y"), (figure.data[0].x, figure.data[0].y), strict=True))
    jump = [y for x, y in zip(line["x"], line["y"], strict=True) if x == 70]
    assert jump == [0.0, 700.0]
    with pytest.raises(Refused):
        calc.plot(calc.load("unreachable-floor").plan, "nonsense")


CLUSTER = {"dask", "distributed", "fsspec"}
"""What a cluster needs, an extra of the package; it brings all three."""


def _foreign_names(*, scale: bool) -> set[str]:
    """Packages that the engine imports, wherever in a file: within `calc/scale`, or outside it."""
    files = [path for path in (ROOT / "calc").rglob("*.py") if ("scale" in path.parts) == scale]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    imported = set(re.findall(r"^\s*(?:import (\w+)|from (\w+)(?:\.\w+)* import )", text, re.MULTILINE))
    names = {one or other for one, other in imported}
    return {name for name in names if name not in sys.stdlib_module_names} - {"calc", "__future__"}


def test_a_cluster_is_an_extra_that_the_scale_alone_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]["cluster"]) <= set((ROOT / "requirements-dev.txt").read_text().split())
    assert _foreign_names(scale=True) >= CLUSTER
    assert not _foreign_names(scale=False) & CLUSTER


def test_the_package_asks_for_what_the_engine_imports_within_the_same_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounded = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert set(project["dependencies"]) <= set(bounded)
    named = {re.split(r"[<>=]", one)[0] for one in project["dependencies"]}
    foreign = _foreign_names(scale=True) | _foreign_names(scale=False)
    assert foreign - {"plotly", "annotated_types"} - CLUSTER <= named
    assert project["scripts"] == {"flatline": "calc.__main__:run"}
