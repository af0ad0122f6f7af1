"""The same payroll on a cluster of this machine: the same totals to the cent, and a worker that dies loses nothing."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

import calc
from calc.__main__ import main
from calc.scale import cluster
from calc.scale.cluster import LOCAL, Cluster
from calc.scale.manifest import Manifest
from calc.scale.pay_folder import FolderOrder, FolderPay
from calc.scale.pay_partition import PartitionJob, PartitionPaid, pay_partition
from calc.scale.places import Location, NotWritten
from calc.scale.workers import Cores, Workers

pytestmark = pytest.mark.xdist_group("cluster")  # one process, so that one cluster is started
PLAN = calc.load("low-ceiling").plan
DIED = "a worker has died here"


@pytest.fixture(scope="module")
def workers() -> Iterator[Cluster]:
    with Cluster(LOCAL, 2) as two:
        yield two


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    rng = np.random.default_rng(1)
    for number in range(3):
        deals, csat = np.round(rng.normal(100, 30, 100)), np.round(rng.normal(85, 5, 100), 1)
        people = [f"{number}-{row}" for row in range(100)]
        table = pa.table({"rep": people, "deals": deals, "csat": csat})
        parquet.write_table(table, folder / f"{number}.parquet", row_group_size=40)
    return folder


def pay(results: Path, out: Path, workers: Workers) -> Manifest:
    return FolderPay(FolderOrder(PLAN, Location(str(results)), Location(str(out)))).pay_missing(workers, id)


def die_once(job: PartitionJob, check: Callable[[], None]) -> PartitionPaid:
    """Pays a partition, but the first worker that is in the middle of one is killed."""

    def in_the_middle() -> None:
        check()
        place = Path(job.out.address).parent / DIED
        try:
            place.touch(exist_ok=False)
        except FileExistsError:
            return
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    return pay_partition(job, in_the_middle)


def always_die(job: PartitionJob, check: Callable[[], None]) -> PartitionPaid:
    """Ends whatever worker it is given to."""
    os._exit(1)


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(
    results: Path, tmp_path: Path, workers: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cores(2) as cores:
        alone = pay(results, tmp_path / "alone", cores)
    monkeypatch.setattr("calc.scale.pay_folder.pay_partition", die_once)
    out = tmp_path / "paid"
    assert pay(results, out, workers) == alone
    assert (tmp_path / DIED).exists()
    assert not [*out.rglob(".*.part")], "what it had half written is gone"
    for path in (tmp_path / "alone").glob("*.parquet"):
        assert parquet.read_table(out / path.name).equals(parquet.read_table(path))


def test_started_again_the_cluster_does_only_what_is_missing(results: Path, tmp_path: Path, workers: Cluster) -> None:
    first = pay(results, tmp_path / "paid", workers)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "paid").glob("*.parquet")}
    missing = tmp_path / "paid" / "1.00001.parquet"
    missing.unlink()
    assert pay(results, tmp_path / "paid", workers) == first
    again = {path: path.stat().st_mtime_ns for path in before}
    assert {path for path in before if before[path] != again[path]} == {missing}


def test_what_a_job_refuses_comes_from_a_worker_as_it_is(results: Path, tmp_path: Path, workers: Cluster) -> None:
    (tmp_path / "taken").write_text("a file, where a folder is to be", encoding="utf-8")
    with pytest.raises(NotWritten, match=r"taken.* must be written whole"):
        pay(results, tmp_path / "taken" / "paid", workers)


def test_a_cluster_that_cannot_be_reached_is_one_sentence(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["pay", "low-ceiling", "--results", str(results), "--out", f"{tmp_path}/paid/"]
    for address in (f"tcp://127.0.0.1:{port}", "nonsense://x", "tcp://"):
        assert main([*words, "--cluster", address]) == 2
        said = capsys.readouterr().err.strip().splitlines()
        assert len(said) == 1, said
        assert said[0].startswith("--cluster must be local or the address of a Dask scheduler that can be reached")
    assert not (tmp_path / "paid").exists()


def test_without_dask_a_sentence_says_what_brings_it(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "dask", None)
    words = ["pay", "low-ceiling", "--results", str(results), "--out", f"{tmp_path}/paid/", "--cluster", LOCAL]
    assert main(words) == 2
    assert "pip install 'flatline-calc[cluster]'" in capsys.readouterr().err


def test_workers_of_another_version_are_refused(workers: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calc, "__version__", "99.0")
    with pytest.raises(calc.Refused, match=r"must run flatline 99\.0, as here \(got 0\.1\.0\)"):
        workers._check_engine(workers.client)


def test_a_job_that_ends_every_worker_is_said_in_a_sentence(
    results: Path, tmp_path: Path, workers: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calc.scale.pay_folder.pay_partition", always_die)
    monkeypatch.setattr(workers.client.cluster.scheduler, "allowed_failures", 0)
    with pytest.raises(calc.Refused, match=r"must bring a job to its end \(got workers that died at it"):
        pay(results / "0.parquet", tmp_path / "paid", workers)
