"""Many people on one process, without a browser: each speaks to the server in the words that a browser uses."""

import asyncio
import random
import time
from collections.abc import Coroutine
from statistics import median
from typing import Any

from benchmarks.ratio import Row
from benchmarks.served import Served, app
from benchmarks.visitor import Visitor
from calc.documents import planfile

PEOPLE, SESSIONS = 10, 25
TURNS = 20
EVERY = 1.0
"""Time between two changes of one person [s]."""
PLANS = ("unreachable-floor", "hundred-kpis", "sound-plan", "gate-and-modifier", "low-ceiling")
CROWD, PAUSE, LASTS = 50, 2.0, 20.0
"""People in a crowd, the time between two changes of each, and how long they go on [s]."""
VISITS, FIRST = 1_000, 300
"""Visits that come one after the other, and the first of them, after which memory is to be flat."""


async def _moves(people: list[Visitor], turns: int) -> list[float]:
    """What each change took when all change something once a second, each at a moment of their own."""

    async def one(person: Visitor, offset: float) -> list[float]:
        await asyncio.sleep(offset)
        took = []
        for _ in range(turns):
            start = time.perf_counter()
            took.append(await person.change())
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - start)))
        return took

    moves: list[Coroutine[Any, Any, list[float]]] = [one(p, EVERY * n / len(people)) for n, p in enumerate(people)]
    return [took for each in await asyncio.gather(*moves) for took in each]


def ten() -> Row:
    async def measured(address: str) -> tuple[float, float]:
        people = [await Visitor(address, PLANS[0]).open() for _ in range(PEOPLE)]
        await _moves(people, 2)
        alone = median(await _moves(people[:1], TURNS))
        crowd = median(await _moves(people, TURNS))
        for person in people:
            await person.close()
        return crowd, alone

    with app() as served:
        crowd, alone = asyncio.run(measured(served.address))
    what = f"{PEOPLE} people who change something once a second, on one process; against one"
    together, by_one = (f"{took * 1e3:.0f} ms" for took in (crowd, alone))
    return Row(what, together, by_one, f"{crowd / alone:.1f}", "at most 3", crowd <= 3 * alone)


def memory() -> Row:
    async def opened(address: str) -> list[Visitor]:
        people = [await Visitor(address, PLANS[n % len(PLANS)]).open() for n in range(SESSIONS)]
        for _ in range(4):
            for person in people:
                await person.change()
        return people

    async def measured(served: Any) -> tuple[float, float]:
        people = await opened(served.address)
        held = served.resident()
        for person in people:
            await person.close()
        return held, before

    with app() as served:
        before = served.resident()
        held, before = asyncio.run(measured(served))
    what = f"{SESSIONS} open sessions: memory that the process holds; against none"
    return Row(what, f"{held:.0f} MB", f"{before:.0f} MB", f"{held / before:.1f}", "below 400 MB", held < 400)


def percentile(times: list[float], share: float) -> float:
    """The time that so many of all are below."""
    return sorted(times)[int(share * len(times))]


def waits(each: float, people: int, pause: float, seed: int = 1) -> list[float]:
    """What changes take where one after the other is worked out, each at the same cost, and nothing else runs [s].

    Args:
        each: processor time of one change [s].
        people: who change something every `pause` seconds, each at a moment of their own.
    """
    dice, free, took = random.Random(seed), 0.0, []
    ready = [dice.uniform(0, pause) for _ in range(people)]
    for _ in range(people * 40):
        person = min(range(people), key=ready.__getitem__)
        asked = ready[person]
        free = max(free, asked) + each
        took.append(free - asked)
        ready[person] = max(free, asked + pause) + dice.uniform(-0.1, 0.1) * pause
    return took


async def _crowd(served: Served) -> tuple[list[float], float]:
    """What each change of a crowd took, and what one cost in processor time [s]; everybody has a plan of their own."""
    names = planfile.preset_names()
    people = [await Visitor(served.address, names[n % len(names)]).open() for n in range(CROWD)]
    for person in people:
        await person.change()
    took: list[float] = []
    spent, end = served.processor(), time.perf_counter() + LASTS

    async def one(person: Visitor, offset: float) -> None:
        await asyncio.sleep(offset)
        while (start := time.perf_counter()) < end:
            took.append(await person.change())
            await asyncio.sleep(max(0.0, PAUSE - (time.perf_counter() - start)))

    await asyncio.gather(*(one(person, PAUSE * n / CROWD) for n, person in enumerate(people)))
    spent = served.processor() - spent
    for person in people:
        await person.close()
    return took, spent / len(took)


def fifty() -> Row:
    with app() as served:
        took, each = asyncio.run(_crowd(served))
    slowest, alone = percentile(took, 0.95), percentile(waits(each, CROWD, PAUSE), 0.95)
    what = (
        f"{CROWD} people on all presets who change something every two seconds, on one process: 95th percentile; "
        "against what its processor time comes to on a core that does nothing else"
    )
    told = f"{slowest * 1e3:.0f} ms", f"{alone * 1e3:.0f} ms, of {each * 1e3:.0f} ms for a change"
    return Row(what, *told, f"{slowest / alone:.1f}", "below 1 s", slowest < 1)


def visits() -> Row:
    async def measured(served: Served) -> tuple[float, float]:
        names, held = planfile.preset_names(), 0.0
        for number in range(VISITS):
            visitor = await Visitor(served.address, names[number % len(names)]).open()
            await visitor.change()
            await visitor.close()
            held = served.resident() if number == FIRST else held
        return served.resident(), held

    with app() as served:
        after, held = asyncio.run(measured(served))
    what = f"memory that the process holds after {VISITS:,} visits; against after {FIRST}"
    return Row(what, f"{after:.0f} MB", f"{held:.0f} MB", f"{after / held:.2f}", "at most 1.1", after <= 1.1 * held)
