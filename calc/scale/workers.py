"""Who does the work: the cores of this machine, or the workers of a Dask cluster (`calc.scale.cluster`)."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from itertools import islice
from typing import Protocol, TypeVar

Job = TypeVar("Job")
JobAnswer = TypeVar("JobAnswer")
AHEAD = 2
"""Jobs that are in hand for each worker: one that it does, and one that waits."""
LOOKS_UP_EVERY = 0.2
"""Time after which whoever waits looks whether a signal has come [s]."""


class Stopped(Exception):
    """The run was broken off, and with it what was in hand."""


Check = Callable[[], None]
"""Is called by a job once a part, and stops it by raising."""
JobAct = Callable[[Job, Check], JobAnswer]
"""What is done with a job; it can be sent to another process."""


def never_stop() -> None:
    """The check of a job that nobody breaks off."""


class Workers(AbstractContextManager["Workers"], Protocol):
    """What does jobs, several at a time."""

    def do_all(self, act: JobAct[Job, JobAnswer], jobs: Iterable[Job]) -> Iterator[JobAnswer]:
        """The answers to jobs, each as soon as it is there; no more jobs are in hand than the workers need."""
        ...


class Cores:
    """The cores of this machine, a thread each: what reads, reckons and writes lets the others go on.

    Args:
        count: how many; all of them where None.
        check: is called while waiting, and stops the work by raising.
    """

    def __init__(self, count: int | None = None, check: Check = never_stop) -> None:
        self.count = count or usable_cores()
        self.check = check

    def __enter__(self) -> "Cores":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def do_all(self, act: JobAct[Job, JobAnswer], jobs: Iterable[Job]) -> Iterator[JobAnswer]:
        """See `Workers`."""
        left, stop = iter(jobs), threading.Event()

        def check_stop() -> None:
            if stop.is_set():
                raise Stopped

        pool = ThreadPoolExecutor(self.count)
        waiting: set[Future[JobAnswer]] = set()
        try:
            while True:
                more = islice(left, AHEAD * self.count - len(waiting))
                waiting |= {pool.submit(act, job, check_stop) for job in more}
                if not waiting:
                    return
                done, waiting = wait(waiting, LOOKS_UP_EVERY, FIRST_COMPLETED)
                self.check()
                for future in done:
                    yield future.result()
        finally:
            stop.set()  # nothing is left in hand where all went well
            pool.shutdown(wait=True, cancel_futures=True)


def usable_cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1
