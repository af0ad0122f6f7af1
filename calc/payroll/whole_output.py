"""What is written appears whole or not at all, and takes the place of no file that it is made of."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, BinaryIO

from calc.plan.errors import Refused


@contextmanager
def opened(path: Path, mode: str, called: Path | None = None) -> Iterator[BinaryIO]:
    """A file that is open.

    Args:
        path: the file.
        mode: "rb", or one that writes.
        called: what a sentence calls it, where it stands in for another.

    Raises:
        Refused: it cannot be opened.
    """
    try:
        file: Any = path.open(mode)
    except (OSError, ValueError) as error:
        does, reason = "read" if mode == "rb" else "written", getattr(error, "strerror", None) or error
        raise Refused(f"{called or path} must be a file that can be {does} (got: {reason})") from None
    with file:
        yield file


def refuse_same_file(out: Path | BinaryIO, others: Sequence[tuple[str, Path | BinaryIO]]) -> None:
    """Refuse to write over a file that is read, by whatever path or link it is named.

    Args:
        out: where is written to.
        others: what is read: what a sentence calls each, and its file.

    Raises:
        Refused: they are one file.
    """
    there = _status(out)
    for called, path in others:
        here = _status(path)
        if there and here and stat.S_ISREG(there.st_mode) and os.path.samestat(there, here):
            place = out if isinstance(out, Path) else "the output"
            raise Refused(f"{place} must be another file than {called} (got the same)")


def _status(place: Path | BinaryIO) -> os.stat_result | None:
    try:
        return place.stat() if isinstance(place, Path) else os.fstat(place.fileno())
    except (OSError, ValueError):
        return None


@contextmanager
def whole_output(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    """What is written takes its place when nothing went wrong, and is gone otherwise.

    A file is replaced in one step. Where its folder takes no new file, where it is no plain file, and for a stream, all
    of it is made elsewhere first and then copied.

    Raises:
        Refused: it cannot be written.
    """
    if isinstance(out, Path) and (out.is_file() or not out.exists()) and not _locked_in(out):
        with _beside(out) as made:
            yield made
        return
    mode = "r+b" if isinstance(out, Path) and out.is_file() else "wb"
    with opened(out, mode) if isinstance(out, Path) else nullcontext(out) as stream:
        with tempfile.TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            _copy_whole(spool, stream)
        if mode == "r+b":
            stream.truncate()


def _copy_whole(spool: BinaryIO, stream: BinaryIO) -> None:
    """Copy all of it; where that is broken off, a plain file is cut to the length that it had."""
    state, done = _status(stream), False
    try:
        shutil.copyfileobj(spool, stream)
        stream.flush()
        done = True
    finally:
        if not done and state is not None and stat.S_ISREG(state.st_mode):
            with suppress(OSError):
                stream.truncate(state.st_size)


def _locked_in(out: Path) -> bool:
    """Whether a file is there that can be written, in a folder that takes no new one."""
    return out.exists() and not os.access(out.resolve().parent, os.W_OK) and os.access(out, os.W_OK)


@contextmanager
def _beside(out: Path) -> Iterator[BinaryIO]:
    """A file beside another that replaces it in one step."""
    place = out.resolve()
    made = place.with_name(f".{place.name[:200]}.{os.getpid()}.part")
    try:
        with opened(made, "xb", called=out) as file:
            yield file
        if place.exists():
            shutil.copymode(place, made)
        made.replace(place)
    except OSError as error:
        raise Refused(f"{out} must be written whole (got: {error.strerror})") from None
    finally:
        made.unlink(missing_ok=True)
