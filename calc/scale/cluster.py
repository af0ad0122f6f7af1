"""The workers of a Dask cluster: one of this machine's own, or the one that a scheduler at an address leads.

A job goes to one worker at a time, and to another where that one dies. Dask is an extra of its own, and is loaded
where a cluster is asked for and nowhere else.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import Any

from calc.plan.errors import Refused
from calc.scale.places import EXTRA
from calc.scale.workers import AHEAD, Check, Job, JobAct, JobAnswer, never_stop, usable_cores

LOCAL = "local"
"""Asks for a cluster of this machine's own."""
PATIENCE = 10
"""Time after which a scheduler, or its first worker, is given up [s]."""
SILENT = 50
"""The level from which Dask's own words are let through: none."""


class Cluster:
    """The workers of a cluster.

    Args:
        address: `local`, or that of a scheduler, as tcp://host:8786.
        count: workers of a local cluster; one for each core where None.
        check: is called whenever an answer comes, and stops the work by raising.
    """

    def __init__(self, address: str, count: int | None = None, check: Check = never_stop) -> None:
        self.address, self.count, self.check = address, count, check
        self.stack = ExitStack()

    def __enter__(self) -> "Cluster":
        with ExitStack() as opening:
            self.client = self._open(opening)
            self.stack = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def _open(self, stack: ExitStack) -> Any:
        """A client whose workers are there and run this engine.

        Raises:
            Refused: they are not to be had.
        """
        distributed = _load_dask()
        place: Any = self.address
        if place == LOCAL:
            count = self.count or usable_cores()
            quiet: dict[str, Any] = {"dashboard_address": None, "silence_logs": SILENT}
            place = stack.enter_context(distributed.LocalCluster(n_workers=count, threads_per_worker=1, **quiet))
        try:
            client = stack.enter_context(distributed.Client(place, timeout=PATIENCE, set_as_default=False))
        except (OSError, ValueError) as error:
            words = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            raise Refused(
                f"--cluster must be {LOCAL} or the address of a Dask scheduler that can be reached, "
                f"as tcp://host:8786 (got {self.address}: {words})"
            ) from None
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise Refused(f"the cluster at {self.address} must have a worker (got none in {PATIENCE} s)") from None
        self._check_engine(client)
        return client

    def _check_engine(self, client: Any) -> None:
        """Refuse workers that run another engine, whose pay may be another.

        Raises:
            Refused: there is one.
        """
        here = engine_version()
        found = client.run(engine_version, on_error="return").values()
        if lacking := [error for error in found if isinstance(error, ImportError | AttributeError | KeyError)]:
            raise Refused(f"the workers at {self.address} must have flatline {here} installed (got: {lacking[0]})")
        if other := sorted({version for version in found if isinstance(version, str)} - {here}):
            raise Refused(f"the workers at {self.address} must run flatline {here}, as here (got {', '.join(other)})")

    def do_all(self, act: JobAct[Job, JobAnswer], jobs: Iterable[Job]) -> Iterator[JobAnswer]:
        """See `calc.scale.workers.Workers`.

        Raises:
            Refused: the cluster is lost, or a job has ended several workers.
        """
        left = iter(jobs)
        workers = max(sum(self.client.nthreads().values()), 1)
        in_hand = self._submit(act, islice(left, AHEAD * workers))
        done = _load_dask().as_completed(in_hand, loop=self.client.loop)
        try:
            with _losses(self.address):
                for future in done:
                    self.check()
                    yield future.result()
                    in_hand.remove(future)
                    more = self._submit(act, islice(left, 1))
                    in_hand += more
                    done.update(more)
        finally:
            self.client.cancel(in_hand)

    def _submit(self, act: JobAct[Job, JobAnswer], jobs: Iterable[Job]) -> list[Any]:
        return [self.client.submit(act, job, never_stop, pure=False) for job in jobs]


@contextmanager
def _losses(address: str) -> Iterator[None]:
    """Within, what befalls a cluster is said in a sentence.

    Raises:
        Refused: it is lost, or a job has ended several workers.
    """
    from asyncio import CancelledError
    from concurrent.futures import CancelledError as FutureCancelled

    distributed = _load_dask()
    try:
        yield
    except distributed.KilledWorker as error:
        words = f"the cluster at {address} must bring a job to its end (got workers that died at it: {error})"
        raise Refused(words) from None
    except (CancelledError, FutureCancelled, distributed.comm.CommClosedError) as error:
        raise Refused(f"the cluster at {address} must stay until all is done (got: {type(error).__name__})") from None


def engine_version() -> str:
    """The version of the engine that runs here."""
    version: str = sys.modules["calc"].__version__
    return version


def _load_dask() -> Any:
    """Dask's distributed part, which says nothing of its own.

    Raises:
        Refused: it is not installed.
    """
    try:
        import dask

        dask.config.set({"logging.distributed": "critical"})
        import distributed
    except ImportError:
        raise Refused(f"--cluster needs Dask (got none installed): {EXTRA}") from None
    return distributed
