"""Where results lie and pay goes: a path of this machine, or an address such as `s3://bucket/2026/` by way of fsspec.

A file that is written appears whole or not at all. Paths of this machine are made absolute, so that a worker that
stands in another folder finds them; machines that share no disk need an address that all of them reach.
"""

import os
import platform
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import fs

from calc.plan.errors import Refused

WILDCARDS = "*?["
PARQUET_SUFFIXES = (".parquet", ".pq")
EXTRA = "pip install 'flatline-calc[cluster]'"
"""What brings Dask and fsspec."""


class NotWritten(Refused):
    """Nothing can be written where the pay is to go, so that there is no use in going on."""


@dataclass(frozen=True)
class Location:
    """A path of this machine, or an address; it can be sent to another process, which opens it itself."""

    address: str

    def __str__(self) -> str:
        return self.address

    @property
    def is_remote(self) -> bool:
        """Whether it is an address and no path of this machine."""
        return "://" in self.address

    def reach(self) -> tuple[fs.FileSystem, str]:
        """The file system, and the path within it.

        Raises:
            Refused: it cannot be reached.
        """
        if not self.is_remote:
            return fs.LocalFileSystem(), Path(self.address).absolute().as_posix()
        try:
            from fsspec.core import url_to_fs  # only an address needs it
        except ImportError:
            raise Refused(f"{self} must be a path of this machine where fsspec is not installed: {EXTRA}") from None
        try:
            opened, path = url_to_fs(self.address)
        except (ImportError, ValueError, OSError) as error:
            raise Refused(f"{self} must be an address that fsspec opens (got: {_first_line(error)})") from None
        return fs.PyFileSystem(fs.FSSpecHandler(opened)), path.rstrip("/")

    def beside(self, name: str) -> "Location":
        """What lies in it under a name."""
        return Location(f"{self.address.rstrip('/')}/{name}")


@dataclass(frozen=True)
class StoredFile:
    """A file: its place, its name within the folder that was asked for, its size [bytes], when it was changed [ns]."""

    place: Location
    name: str
    size: int
    changed: int


def list_files(place: Location) -> tuple[StoredFile, ...]:
    """The files of Parquet that a place means: itself, those of a folder, or those that a pattern matches, by name.

    Raises:
        Refused: there are none, or they cannot be reached.
    """
    system, path = place.reach()
    base, pattern = _split_pattern(path)
    try:
        found = [*_matching(system, place, base, pattern)]
    except OSError as error:
        raise Refused(f"{place} must be files of Parquet that can be read (got: {_first_line(error)})") from None
    if not found:
        raise Refused(f"{place} must be a file, a folder or a pattern of Parquet (got no such file)")
    return tuple(sorted(found, key=lambda file: file.name))


def list_folder(folder: Location) -> tuple[StoredFile, ...]:
    """The files of Parquet in a folder and those within it, by name; none where it is not there."""
    system, path = folder.reach()
    found = _matching(system, folder, path, ()) if system.get_file_info(path).type == fs.FileType.Directory else ()
    return tuple(sorted(found, key=lambda file: file.name))


def _split_pattern(path: str) -> tuple[str, list[str]]:
    """The folder that a pattern begins in, and its parts from the first wildcard on."""
    parts = path.split("/")
    first = next((n for n, part in enumerate(parts) if any(mark in part for mark in WILDCARDS)), len(parts))
    return "/".join(parts[:first]), parts[first:]


def _matching(system: fs.FileSystem, place: Location, base: str, pattern: Sequence[str]) -> Iterator[StoredFile]:
    exact = system.get_file_info("/".join([base, *pattern]))
    if exact.type == fs.FileType.File:  # whatever marks are in its name
        yield _stored(place, exact, exact.base_name)
        return
    listed = system.get_file_info(fs.FileSelector(base, recursive=True, allow_not_found=True))
    for info in listed:
        name = info.path[len(base) :].lstrip("/")
        if info.type == fs.FileType.File and _is_asked_for(name, pattern):
            yield _stored(place, info, name)


def _is_asked_for(name: str, pattern: Sequence[str]) -> bool:
    parts = name.split("/")
    if not pattern:
        hidden = any(part.startswith((".", "_")) for part in parts)
        return name.lower().endswith(PARQUET_SUFFIXES) and not hidden
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))


def _stored(place: Location, info: fs.FileInfo, name: str) -> StoredFile:
    scheme = f"{place.address.partition('://')[0]}://" if place.is_remote else ""
    return StoredFile(Location(f"{scheme}{info.path}"), name, info.size, info.mtime_ns or 0)


def is_within(inner: Location, outer: Location) -> bool:
    """Whether one place lies in another, by whatever link it is named."""
    if inner.is_remote or outer.is_remote:
        return f"{inner.address.rstrip('/')}/".startswith(f"{outer.address.rstrip('/')}/")
    return Path(inner.address).resolve().is_relative_to(Path(outer.address).resolve())


# Written whole


@contextmanager
def write_whole(place: Location) -> Iterator[Any]:
    """A stream; what is written to it takes its place in one step, and is gone where anything goes wrong.

    Raises:
        NotWritten: it cannot be written.
    """
    system, path = place.reach()
    folder, _, name = path.rpartition("/")
    made = f"{folder}/.{name}.{platform.node()}.{os.getpid()}.{threading.get_ident()}.part"
    with writing(place):
        system.create_dir(folder, recursive=True)
        stream = system.open_output_stream(made)
    done = False
    try:
        yield stream
        with writing(place):
            stream.close()
            system.move(made, path)
        done = True
    finally:
        if not done:
            with suppress(OSError, pa.ArrowException):
                stream.close()
            with suppress(OSError, pa.ArrowException):
                system.delete_file(made)


@contextmanager
def writing(place: Location) -> Iterator[None]:
    """Within, what goes wrong is that a place cannot be written.

    Raises:
        NotWritten: it did.
    """
    try:
        yield
    except OSError as error:
        raise NotWritten(f"{place} must be written whole (got: {_first_line(error)})") from None


def remove_broken_off(folder: Location) -> None:
    """Take away what processes have left half written that were ended while they wrote."""
    system, path = folder.reach()
    for info in system.get_file_info(fs.FileSelector(path, recursive=True, allow_not_found=True)):
        if info.base_name.startswith(".") and info.base_name.endswith(".part"):
            with suppress(OSError):
                system.delete_file(info.path)


def _first_line(error: BaseException) -> str:
    """What went wrong: the system's own words where it has them."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(words).splitlines()[0][:200]
