"""Many people on one process, without a browser: each speaks to the server in the words that a browser uses."""

import asyncio
import time
from collections.abc import Coroutine
from statistics import median
from typing import Any

from benchmarks.ratio import Row
from benchmarks.served import app

PEOPLE, SESSIONS = 10, 25
TURNS = 20
EVERY = 1.0
"""Time between two changes of one person [s]."""
PLANS = ("unreachable-floor", "hundred-kpis", "sound-plan", "gate-and-modifier", "low-ceiling")


class Person:
    """One open session, that moves the page's first slider to and fro."""

    def __init__(self, address: str, preset: str) -> None:
        self.address = address.replace("http", "ws", 1) + "_stcore/stream"
        self.query, self.slider, self.turn = f"preset={preset}", "", 0

    async def open(self) -> "Person":
        import websockets

        self.line = await websockets.connect(self.address, max_size=None, subprotocols=["streamlit"])  # type: ignore[list-item]
        await self._run()
        return self

    async def close(self) -> None:
        await self.line.close()

    async def change(self) -> float:
        """Moves the slider; the time until the script has come to its end [s]."""
        self.turn += 1
        start = time.perf_counter()
        await self._run(self.low + (20 + self.turn % 30) * self.step)
        return time.perf_counter() - start

    async def _run(self, value: float | None = None) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        if value is not None:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = self.slider
            state.double_array_value.data.append(value)
        await self.line.send(asked.SerializeToString())
        found = False
        while True:
            said = ForwardMsg()
            said.ParseFromString(await self.line.recv())
            element = said.delta.new_element
            if not found and element.WhichOneof("type") == "slider":
                found = True
                self.slider, self.low, self.step = element.slider.id, element.slider.min, element.slider.step
            again = said.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if said.WhichOneof("type") == "script_finished" and not again:
                return


async def _moves(people: list[Person], turns: int) -> list[float]:
    """What each change took when all change something once a second, each at a moment of their own."""

    async def one(person: Person, offset: float) -> list[float]:
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
        people = [await Person(address, PLANS[0]).open() for _ in range(PEOPLE)]
        await _moves(people, 2)
        alone = median(await _moves(people[:1], TURNS))
        crowd = median(await _moves(people, TURNS))
        for person in people:
            await person.close()
        return crowd, alone

    with app() as served:
        crowd, alone = asyncio.run(measured(served.address))
    what = f"{PEOPLE} people who change something once a second, on one process; against one"
    told = [f"{took * 1e3:.0f} ms" for took in (crowd, alone)]
    return Row(what, *told, f"{crowd / alone:.1f}", "at most 3", crowd <= 3 * alone)


def memory() -> Row:
    async def opened(address: str) -> list[Person]:
        people = [await Person(address, PLANS[n % len(PLANS)]).open() for n in range(SESSIONS)]
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
