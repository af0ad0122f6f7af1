"""A visitor without a browser, who speaks to the server in the words that a browser uses."""

import time
from dataclasses import dataclass
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

POSITIONS = 40
"""Places of one slider that a visitor moves it to, one after the other."""


@dataclass(frozen=True)
class Slider:
    """A slider on the page: what the server calls it, the part of the page that it stands in, and where it can go."""

    id: str
    fragment: str
    low: float
    high: float
    step: float

    def position(self, turn: int) -> float:
        """Where it stands at its visitor's turn: up from its low end, and from there again."""
        steps = max(1, round((self.high - self.low) / self.step))
        return self.low + self.step * (1 + (turn * max(1, steps // POSITIONS)) % steps)


class Visitor:
    """One open session. `change` moves the page's sliders in turn, each to where it has not been."""

    def __init__(self, address: str, preset: str) -> None:
        self.address = address.replace("http", "ws", 1) + "_stcore/stream"
        self.query, self.turn = f"preset={preset}", 0
        self.sliders: dict[str, Slider] = {}
        self.values: dict[str, float] = {}

    async def open(self) -> "Visitor":
        """Connects, and waits until the whole page has come."""
        import websockets

        self.line = await websockets.connect(self.address, max_size=None, subprotocols=["streamlit"])  # type: ignore[list-item]
        await self._ask("")
        return self

    async def close(self) -> None:
        """Leaves the page."""
        await self.line.close()

    async def change(self) -> float:
        """Moves a slider; the time until the server has answered in full [s]."""
        names = list(self.sliders)
        slider = self.sliders[names[self.turn % len(names)]]
        self.turn += 1
        self.values[slider.id] = slider.position(self.turn)
        start = time.perf_counter()
        await self._ask(slider.fragment)
        return time.perf_counter() - start

    async def _ask(self, fragment: str) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.fragment_id = fragment
        for name, value in self.values.items():
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = name
            state.double_array_value.data.append(value)
        await self.line.send(asked.SerializeToString())
        while not self._heard(await self.line.recv()):
            pass

    def _heard(self, message: Any) -> bool:
        """Takes a message in; whether it is the last of an answer."""
        said = ForwardMsg()
        said.ParseFromString(message)
        element = said.delta.new_element
        if element.WhichOneof("type") == "slider":
            one = element.slider
            self.sliders[one.id] = Slider(one.id, said.delta.fragment_id, one.min, one.max, one.step)
        again = said.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return said.WhichOneof("type") == "script_finished" and not again
