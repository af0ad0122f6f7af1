"""What is written is whole or absent, and never takes the place of what it is made of."""

import io
import os
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from calc.payroll.whole_output import refuse_same_file, whole_output
from calc.plan.errors import Refused


class Stopped(Exception):
    """Whatever breaks the writing off."""


def write_half(out: Path | BinaryIO) -> None:
    with whole_output(out) as made:
        made.write(b"x" * 1_000_000)
        raise Stopped


def write_all(out: Path | BinaryIO) -> None:
    with whole_output(out) as made:
        made.write(b"x" * 1_000_000)


@pytest.mark.parametrize("before", [None, b"as it was"])
def test_a_file_is_as_it_was_where_writing_breaks_off(tmp_path: Path, before: bytes | None) -> None:
    out = tmp_path / "paid.csv"
    if before is not None:
        out.write_bytes(before)
    with pytest.raises(Stopped):
        write_half(out)
    assert (out.read_bytes() if out.exists() else None) == before
    assert [path.name for path in tmp_path.iterdir()] == (["paid.csv"] if before is not None else [])


def test_a_file_in_a_folder_that_takes_no_new_one_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "paid.csv"
    out.write_bytes(b"a longer file than what is written")
    there = out.stat().st_ino
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    with whole_output(out) as made:
        made.write(b"paid")
        assert [path.name for path in tmp_path.iterdir()] == ["paid.csv"]
    assert (out.read_bytes(), out.stat().st_ino) == (b"paid", there)


def test_a_sentence_names_the_file_that_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "paid.csv"

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Refused) as refused:
        write_all(out)
    assert str(refused.value) == f"{out} must be written whole (got: No space left on device)"
    assert not list(tmp_path.iterdir())
    with pytest.raises(Refused) as refused:
        write_all(tmp_path / "folder" / "paid.csv")
    assert str(refused.value).startswith(f"{tmp_path / 'folder' / 'paid.csv'} must be a file that can be written")


def test_a_stream_that_takes_no_more_is_left_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "all.csv"
    place.write_bytes(b"before")

    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            super().write(memoryview(data)[:100])
            raise OSError(28, "No space left on device")

    with Full(place, "ab") as stream, pytest.raises(OSError, match="No space"):
        write_all(cast(BinaryIO, stream))
    assert place.read_bytes() == b"before"


@pytest.mark.parametrize("link", [None, "soft", "hard"])
def test_what_is_read_is_not_written_over(tmp_path: Path, link: str | None) -> None:
    plan, out = tmp_path / "plan.toml", tmp_path / "paid.csv"
    plan.write_bytes(b"the plan")
    if link == "soft":
        out.symlink_to(plan)
    elif link == "hard":
        os.link(plan, out)
    else:
        out = tmp_path / "." / "plan.toml"
    with pytest.raises(Refused) as refused:
        refuse_same_file(out, [("the results", tmp_path / "none.csv"), ("the plan", plan)])
    assert str(refused.value) == f"{out} must be another file than the plan (got the same)"
    with plan.open("ab") as stream, pytest.raises(Refused, match="the output must be another file"):
        refuse_same_file(stream, [("the plan", plan)])
    refuse_same_file(tmp_path / "other.csv", [("the plan", plan)])
    refuse_same_file(io.BytesIO(), [("the plan", plan)])
    refuse_same_file(Path(os.devnull), [("the results", Path(os.devnull))])
