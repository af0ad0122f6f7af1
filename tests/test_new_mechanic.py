"""A new mechanic is one file and one name: in a copy of the project that it was added to, it has every surface.

The kind is `tests/new_mechanic/ramp.py`; what is asked of every surface stands in `tests/new_mechanic/surfaces.py`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "tests" / "new_mechanic"
PARTS = ("calc", "ui", "presets", ".streamlit", "static", "app.py")
"""What the page and the command line need of the project."""


def with_new_mechanic(folder: Path) -> None:
    """A copy of the project with one more file, and one more name in the union."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / part)
    mechanics = folder / "calc" / "plan" / "mechanics"
    shutil.copy(HERE / "ramp.py", mechanics)
    shutil.copy(HERE / "surfaces.py", folder / "test_surfaces.py")
    union = mechanics / "__init__.py"
    text = union.read_text(encoding="utf-8")
    named = text.replace(" | Matrix,", " | Matrix | Ramp,")
    assert named.count("Ramp") == 1, "the union is where a mechanic is named"
    imported = "from calc.plan.mechanics.points import Points\n"
    union.write_text(
        named.replace(imported, f"{imported}from calc.plan.mechanics.ramp import Ramp\n"), encoding="utf-8"
    )


def test_a_new_mechanic_has_every_surface(tmp_path: Path) -> None:
    with_new_mechanic(tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_surfaces.py"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = kept | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
