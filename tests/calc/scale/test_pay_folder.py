"""A folder of results paid partition by partition: each whole or not at all, nothing odd in silence, started again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import fs, parquet

import calc
from calc.__main__ import main
from calc.scale.manifest import MANIFEST_NAME, Manifest
from calc.scale.pay_folder import FolderOrder, FolderPay
from calc.scale.pay_partition import PartitionJob, PartitionPaid, pay_partition
from calc.scale.places import Location, NotWritten
from calc.scale.workers import Cores, Stopped

DOCUMENT = """
[plan]
currency = "EUR"
target_incentive = 1000
[[kpis]]
id = "deals"
target = 100
weight = 0.75
curve = { kind = "band", floor = 0.7 }
[[kpis]]
id = "csat"
target = 80
weight = 0.25
curve = { kind = "band", ceiling = 1.2 }
"""
PLAN = calc.loads(DOCUMENT).plan
GROUP = 40


def table_of(number: int, rows: int = 100, **more: Any) -> pa.Table:
    rng = np.random.default_rng(number)
    people = [f"{number}-{row}" for row in range(rows)]
    deals, csat = np.round(rng.normal(100, 30, rows), 1), np.round(rng.normal(80, 8, rows), 1)
    return pa.table({"rep": people, "deals": deals, "csat": csat, **more})


def write(path: Path, table: pa.Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, path, row_group_size=GROUP)


def with_cell(table: pa.Table, name: str, row: int, value: Any) -> pa.Table:
    cells = table[name].to_pylist()
    cells[row] = value
    return table.set_column(table.column_names.index(name), name, pa.array(cells, table[name].type))


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Three files of a hundred rows, three row groups each, one of them in a folder of its own."""
    folder = tmp_path / "results"
    for number, name in enumerate(("a.parquet", "b.parquet", "more/c.parquet")):
        write(folder / name, table_of(number))
    return folder


def pay(results: Path | str, out: Path, *allow: str, told: Callable[[int], object] = id) -> Manifest:
    order = FolderOrder(PLAN, Location(str(results)), Location(str(out)), allow)
    with Cores(2) as workers:
        return FolderPay(order).pay_missing(workers, told)


def parts(out: Path) -> dict[str, int]:
    """The paid partitions, and when each was written."""
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.rglob("*.parquet")}


ALL_PARTS = {f"{name}.{group:05d}.parquet" for name in ("a", "b", "more/c") for group in range(3)}


def test_every_row_is_paid_and_the_sums_are_those_of_one_table(results: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "paid", list[int]()
    manifest = pay(results, out, told=told.append)
    assert {*parts(out)} == ALL_PARTS
    assert sum(told) == 300
    given = pa.concat_tables([table_of(number) for number in range(3)])
    paid = pa.concat_tables([parquet.read_table(out / name) for name in sorted(parts(out))])
    assert paid.select(given.column_names).equals(given)
    whole = calc.pay_table(PLAN, given)
    assert paid.select(["pay.deals", "pay.csat", "pay"]).equals(whole.select(["pay.deals", "pay.csat", "pay"]))
    told_in_file = json.loads((out / MANIFEST_NAME).read_text(encoding="utf-8"))
    assert told_in_file["pay"] == {
        name: f"{round(sum(whole[name].to_pylist()), 2):.2f}" for name in ("pay.deals", "pay.csat", "pay")
    }
    assert (told_in_file["rows"], told_in_file["complete"], told_in_file["currency"]) == (300, True, "EUR")
    assert sum(float(part["pay"]["pay"]) for part in told_in_file["partitions"]) == pytest.approx(
        float(told_in_file["pay"]["pay"])
    )
    assert manifest.refused == ()


def test_started_again_it_does_only_what_is_missing_or_has_changed(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "paid"
    first = pay(results, out)
    before = parts(out)
    (out / "a.00001.parquet").unlink()
    write(results / "b.parquet", table_of(7))
    (out / ".b.00000.parquet.somewhere.1.2.part").write_bytes(b"half")
    second = pay(results, out)
    after = parts(out)
    assert {name for name in after if after[name] != before[name]} == {"a.00001.parquet"} | {
        f"b.0000{group}.parquet" for group in range(3)
    }
    assert not [*out.glob(".*")]
    assert (first.refused, second.refused, second.rows) == ((), (), 300)
    assert second.units != first.units
    assert pay(results, out) == second


def test_a_bad_row_is_named_and_the_other_partitions_are_written(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = tmp_path / "plan.toml", tmp_path / "paid"
    plan.write_text(DOCUMENT, encoding="utf-8")
    write(results / "b.parquet", with_cell(table_of(1), "deals", 45, None))
    words = ["pay", str(plan), "--results", str(results), "--out", f"{out}/"]
    assert main(words) == 2
    assert {*parts(out)} == ALL_PARTS - {"b.00001.parquet"}
    said = capsys.readouterr().err
    assert "b.parquet row group 1 line 47: deals must be a finite number (got nothing)" in said
    assert "1 of 9 partitions are not paid" in said
    assert "260 rows in 8 partitions: EUR " in said
    assert json.loads((out / MANIFEST_NAME).read_text(encoding="utf-8"))["complete"] is False
    before = parts(out)
    mended = with_cell(table_of(1), "deals", 45, 50.0)
    write(results / "b.parquet", mended)
    assert main(words) == 0
    assert "300 rows in 9 partitions, 6 of them before" in capsys.readouterr().err
    assert {name for name, when in parts(out).items() if when == before.get(name)} == {
        name for name in ALL_PARTS if not name.startswith("b.")
    }


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (table_of(1).drop_columns(["csat"]), "csat must be double (got no such column)"),
        (table_of(1).append_column("note", pa.array(["x"] * 100)), "note must be no such column (got string)"),
        (table_of(1).set_column(1, "deals", pa.array(range(100))), "deals must be double (got int64)"),
    ],
)
def test_a_schema_that_differs_is_refused_before_anything_is_paid(
    results: Path, tmp_path: Path, other: pa.Table, sentence: str
) -> None:
    write(results / "b.parquet", other)
    with pytest.raises(calc.Refused) as refused:
        pay(results, tmp_path / "paid")
    assert str(refused.value) == f"b.parquet must have the columns of a.parquet: {sentence}"
    assert not (tmp_path / "paid").exists()


class FullDisk:
    """The disk of this machine, where it has room for so many bytes more."""

    def __init__(self, room: int) -> None:
        self.local, self.room = fs.LocalFileSystem(), room

    def __getattr__(self, name: str) -> Any:
        return getattr(self.local, name)

    def open_output_stream(self, path: str) -> Any:
        disk, file = self, Path(path).open("wb")  # noqa: SIM115 (pyarrow closes it)

        class Stream:
            closed = False

            def write(self, data: bytes) -> int:
                disk.room -= len(data)
                if disk.room < 0:
                    raise OSError(28, "No space left on device")
                return file.write(data)

            def close(self) -> None:
                self.closed = True
                file.close()

            def flush(self) -> None:
                file.flush()

            def tell(self) -> int:
                return file.tell()

        return pa.PythonFile(Stream(), "w")


def test_a_full_disk_leaves_whole_partitions_and_one_sentence(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, disk = tmp_path / "paid", FullDisk(14_000)
    with monkeypatch.context() as patch:
        patch.setattr(fs, "LocalFileSystem", lambda: disk)
        with pytest.raises(NotWritten) as refused:
            pay(results, out)
    assert str(refused.value).endswith("must be written whole (got: No space left on device)")
    assert len(refused.value.sentences) == 1
    there = {*parts(out)}
    assert 0 < len(there) < len(ALL_PARTS)
    assert all(parquet.read_table(out / name).num_rows for name in there)
    assert not [*out.rglob(".*.part")]
    before = parts(out)
    assert pay(results, out).rows == 300
    assert {name for name, when in parts(out).items() if when == before.get(name)} == there


def test_a_run_that_is_broken_off_leaves_nothing_half(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "paid"
    whole = pay(results, tmp_path / "other")

    def signal_comes(read: int) -> None:
        if read:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pay(results, out, told=signal_comes)
    assert len(parts(out)) < len(ALL_PARTS)
    assert not [*out.rglob(".*.part")]
    assert pay(results, out).units == whole.units

    def stopped(job: PartitionJob, check: Callable[[], None]) -> PartitionPaid:
        def stop() -> None:
            raise Stopped

        return pay_partition(job, stop)

    monkeypatch.setattr("calc.scale.pay_folder.pay_partition", stopped)
    (out / "a.00000.parquet").unlink()
    with pytest.raises(Stopped):
        pay(results, out)
    assert {*parts(out)} == ALL_PARTS - {"a.00000.parquet"}
    assert not [*out.rglob(".*.part")]


def test_who_stands_in_two_partitions_is_found_whenever_they_were_paid(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "paid"
    write(results / "b.parquet", with_cell(table_of(1), "rep", 60, "0-7 "))
    sentence = (
        "a.parquet row group 0 line 9, b.parquet row group 1 line 62 must not be one person twice (got '0-7'): "
        "leave one out, or say --allow repeats if it is meant"
    )
    write(results / "b.parquet", with_cell(table_of(1), "rep", 60, "0-7"))
    assert pay(results, out).refused == (sentence,)
    assert {*parts(out)} == ALL_PARTS
    before = parts(out)
    assert pay(results, out).refused == (sentence,), "found among what was paid before, too"
    assert parts(out) == before
    assert pay(results, out, "repeats").refused == ()
    assert parts(out) == before
    by_month = [with_period(table_of(number), number) for number in range(3)]
    for number, name in enumerate(("a.parquet", "b.parquet", "more/c.parquet")):
        write(results / name, by_month[0] if number == 0 else with_period(table_of(0), number))
    assert pay(results, tmp_path / "months").refused == (), "one person in several periods is no repeat"


def with_period(table: pa.Table, month: int) -> pa.Table:
    return table.append_column("period", pa.array([f"2026-{month + 1:02d}"] * len(table)))


def test_what_no_partition_alone_shows_is_said_in_the_end(results: Path, tmp_path: Path) -> None:
    last = table_of(2, 99)
    sums = {name: [sum(last[name].to_pylist())] for name in ("deals", "csat")}
    write(results / "more/c.parquet", pa.concat_tables([last, pa.table({"rep": [""], **sums})]))
    (one,) = pay(results, tmp_path / "paid", "scale").refused
    assert one.startswith("more/c.parquet line 101 must be a person and no total (got 'the sum of the rows above')")
    assert pay(results, tmp_path / "paid", "scale", "totals").refused == ()
    for number, name in enumerate(("a.parquet", "b.parquet", "more/c.parquet")):
        shares = table_of(number)
        write(results / name, shares.set_column(1, "deals", pa.array(np.linspace(0.5, 1.5, 100))))
    refused = pay(results, tmp_path / "shares").refused
    assert any("deals must be in the unit of its target" in sentence for sentence in refused)


def test_a_row_in_another_unit_is_refused_with_its_partition(results: Path, tmp_path: Path) -> None:
    write(results / "a.parquet", with_cell(table_of(0), "deals", 99, 90_000.0))
    first, count = pay(results, tmp_path / "paid").refused
    assert first.startswith("a.parquet row group 2 line 101: deals must be in the unit of its target 100 (got 90000)")
    assert count == "1 of 9 partitions are not paid"
    assert pay(results, tmp_path / "paid", "scale").refused == ()
    assert pay(results, tmp_path / "paid").refused[:1] == (first,), "what was allowed then is asked about now"


def test_a_folder_of_something_else_is_not_added_to(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "paid"
    pay(results, out)
    higher = calc.loads(DOCUMENT.replace("0.7 ", "0.8 ")).plan
    for plan, source, sentence in (
        (higher, results, "paid by another"),
        (PLAN, results / "a.parquet", "which is something else"),
    ):
        order = FolderOrder(plan, Location(str(source)), Location(str(out)))
        with pytest.raises(calc.Refused, match=sentence):
            FolderPay(order)
    with pytest.raises(calc.Refused, match="must be another folder than that of the results"):
        pay(results, results)
    write(out / "stray.parquet", table_of(3))
    with pytest.raises(calc.Refused, match=r"got 'stray\.parquet', which is something else"):
        pay(results, out)


def test_a_pattern_a_file_and_an_address_mean_the_same(results: Path, tmp_path: Path) -> None:
    one = pay(results / "a.parquet", tmp_path / "one")
    assert (one.rows, len(parts(tmp_path / "one"))) == (100, 3)
    assert pay(f"{results}/*.parquet", tmp_path / "top").rows == 200
    assert pay(f"{results}/m*/?.parquet", tmp_path / "below").rows == 100
    out = Location(f"file://{(tmp_path / 'address').as_posix()}")
    order = FolderOrder(PLAN, Location(f"file://{results.as_posix()}/a.*"), out)
    with Cores(1) as workers:
        assert FolderPay(order).pay_missing(workers, id).units == one.units
    assert {*parts(tmp_path / "address")} == {*parts(tmp_path / "one")}
    for place, sentence in (
        (f"{results}/z*.parquet", "got no such file"),
        ("nowhere://bucket/x", "must be an address that fsspec opens"),
    ):
        with pytest.raises(calc.Refused, match=sentence):
            FolderPay(FolderOrder(PLAN, Location(place), out))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--out", "paid/", "--decimal", "comma"], "--out of a folder takes Parquet"),
        (["--out", "paid.csv", "--cluster", "local"], "must go with --out of a folder"),
        (["--results", "results.csv", "--out", "paid/"], "--out of a folder takes results of Parquet"),
        (["--results", "-", "--out", "paid/"], "--out of a folder takes results of Parquet"),
        (["--results", "s3://bucket/a.parquet", "--out", "paid.csv"], "must go with --out of a folder"),
    ],
)
def test_arguments_that_do_not_go_together(
    results: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [] if "--results" in words else ["--results", str(results)]
    assert main(["pay", "low-ceiling", *given, *words]) == 2
    assert sentence in capsys.readouterr().err


def test_no_rows_and_damaged_files(results: Path, tmp_path: Path) -> None:
    write(results / "b.parquet", table_of(1).slice(0, 0))
    assert pay(results, tmp_path / "paid").rows == 200
    content = bytearray((results / "a.parquet").read_bytes())
    content[20:600] = bytes(580)
    (results / "a.parquet").write_bytes(content)
    refused = pay(results, tmp_path / "damaged").refused
    assert refused[0].startswith("a.parquet row group 0 must be Parquet that can be read")
    (results / "a.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(calc.Refused, match=r"a\.parquet must be Parquet that can be read"):
        pay(results, tmp_path / "none")
