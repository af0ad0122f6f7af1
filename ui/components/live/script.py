"""The script that draws: plotly's own, as the installed package ships it, copied to where Streamlit serves files."""

import filecmp
import os
import tempfile
from functools import cache
from pathlib import Path

from plotly.offline import get_plotlyjs_version

FOLDER = Path(__file__).resolve().parents[3] / "static"
SCRIPT_NAME = "plotly.min.js"


@cache
def script_address() -> str | None:
    """Where the page finds the script, from its own place on; none where it can neither be found nor be put there."""
    return (
        f"app/static/{SCRIPT_NAME}?v={get_plotlyjs_version()}"
        if laid_out(_shipped_script(), FOLDER / SCRIPT_NAME)
        else None
    )


def laid_out(source: Path, copy: Path) -> bool:
    """Whether the copy is the source to the last byte; makes it so if it may.

    Another process may do the same at the same time: the copy is there as a whole, or not at all.
    """
    try:
        if copy.exists() and filecmp.cmp(source, copy, shallow=False):
            return True
        copy.parent.mkdir(exist_ok=True)
        _write_whole(source.read_bytes(), copy)
    except OSError:
        return False
    return True


def _write_whole(text: bytes, copy: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{copy.name}.", dir=copy.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        part.chmod(0o644)
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)


def _shipped_script() -> Path:
    import plotly

    return Path(plotly.__file__).parent / "package_data" / SCRIPT_NAME
