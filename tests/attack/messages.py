"""Messages that no browser sends: every control told something of another kind, of another size, or nothing whole.

Each is sent over a websocket to a server of its own. It must go on to answer, with nothing in its log but what the
page says itself of a browser that talks nonsense.
"""

import asyncio
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websockets
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from ui.serving import door

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ("preset=low-ceiling", "preset=sound-plan&A.preset=low-ceiling", "preset=gate-and-modifier&present=2")
PATIENCE = 60.0
"""How long a server may take to answer anything [s]; the machine may be busy."""
SLOW = 5.0
"""What one message may cost the server [s of its processor]."""
NUMBERS = (0.0, -0.0, -1.0, 0.5, 1e308, -1e308, float("nan"), float("inf"), 1e15, 1e-300)
WHOLE = (0, -1, 1, 2**62, -(2**62))
TEXTS = (
    "",
    "x",
    "None",
    "\u202e%74",
    "\x00",
    "<script>alert(1)</script>",
    "é" * 300_000,
    "🦜" * 3,
    "1e400",
    "-",
    "[]",
    "{}",
)
JSONS = (
    *("", "{", "null", "true", "[]", "{}", '"x"', "0", "-1", "1e999", "NaN", "[[[[", "[" * 5_000, "9" * 5_000),
    *('{"value": 1e400}', '{"path": [], "value": {}}', '{"turn": "x", "plan": 1, "path": "at.deals", "value": "1"}'),
    *('{"size": ["a"], "path": "at.deals"}', '{"query": 1, "session": []}', '{"step": -1}', '{"step": "x"}'),
    *('{"text": "{", "session": 1, "done": "x"}', '{"cells": 1}', '{"edits": [1, null]}', '"' + "x" * 300_000 + '"'),
)
DEEP = '{"released": {"path": "at.deals", "value": %s}, "rests": %s, "wanted": %s, "told": %s, "kept": %s, "back": %s}'
NOISE = re.compile(r"the live picture gave way to a still one|Widget ID|Couldn't find fragment", re.IGNORECASE)
"""What a log may say of a forged message: that a browser talks nonsense, and no more."""
FAULT = re.compile(r"Traceback|Uncaught|Exception|could not be shown|cannot be|\bError\b|ERROR")


FIELDS: dict[str, Callable[[WidgetState, random.Random], None]] = {
    "trigger_value": lambda state, dice: setattr(state, "trigger_value", True),
    "bool_value": lambda state, dice: setattr(state, "bool_value", dice.random() < 0.5),
    "double_value": lambda state, dice: setattr(state, "double_value", dice.choice(NUMBERS)),
    "int_value": lambda state, dice: setattr(state, "int_value", dice.choice(WHOLE)),
    "string_value": lambda state, dice: setattr(state, "string_value", dice.choice(TEXTS)),
    "bytes_value": lambda state, dice: setattr(state, "bytes_value", dice.randbytes(dice.choice((0, 3, 2_000)))),
    "json_value": lambda state, dice: setattr(state, "json_value", _json(dice)),
    "json_trigger_value": lambda state, dice: setattr(state, "json_trigger_value", _events(dice)),
    "double_array_value": lambda state, dice: state.double_array_value.data.extend(
        dice.choices(NUMBERS, k=dice.choice((0, 1, 1, 1, 2, 5_000)))
    ),
    "int_array_value": lambda state, dice: state.int_array_value.data.extend(dice.choices(WHOLE, k=2)),
    "string_array_value": lambda state, dice: state.string_array_value.data.extend(
        dice.choices(TEXTS[:6], k=dice.choice((0, 1, 2, 500)))
    ),
    "string_trigger_value": lambda state, dice: setattr(state.string_trigger_value, "data", dice.choice(TEXTS)),
    "chat_input_value": lambda state, dice: setattr(state.chat_input_value, "data", dice.choice(TEXTS)),
    "arrow_value": lambda state, dice: setattr(state.arrow_value, "data", dice.randbytes(40)),
    "file_uploader_state_value": lambda state, dice: setattr(
        state.file_uploader_state_value.uploaded_file_info.add(), "file_id", dice.choice(TEXTS[:4])
    ),
}
"""By field of a message, what is put into it."""
OWN = {**door.FIELDS, "": "trigger_value"}
"""By the kind of a control, the field in which its browser says something."""
EVENTS = ("released", "failed", "rests", "wanted", "told", "kept", "back", "step", "saved")


def _events(dice: random.Random) -> str:
    """What a component tells once, of any of the events that there are."""
    if dice.random() < 0.2:
        return _json(dice)
    said = ", ".join(f'{{"event": "{dice.choice(EVENTS)}", "value": {dice.choice(JSONS[2:11])}}}' for _ in range(2))
    return f"[{said}]"


def _json(dice: random.Random) -> str:
    if dice.random() < 0.4:
        return DEEP % tuple(dice.choice(JSONS[2:11]) for _ in range(6))
    return dice.choice(JSONS)


def forged(dice: random.Random, query: str, controls: dict[str, tuple[str, str]]) -> bytes:
    """A message: mostly of some controls, at times of all else that a browser tells."""
    if dice.random() < 0.05:
        return dice.choice((b"", b"\x00", dice.randbytes(100), b"\x0a" * 1_000))
    asked = BackMsg()
    told = asked.rerun_script
    told.query_string = query if dice.random() < 0.85 else dice.choice(TEXTS) * dice.choice((1, 3))
    for name in dice.sample(sorted(controls), min(len(controls), dice.choice((1, 1, 2, 5)))):
        state = told.widget_states.widgets.add()
        state.id = name if dice.random() < 0.95 else dice.choice(("", "x", name[:-1], name * 2))
        part, kind = controls[name]
        FIELDS[OWN[kind] if dice.random() < 0.6 else dice.choice(sorted(FIELDS))](state, dice)
        told.fragment_id = part if dice.random() < 0.8 else dice.choice(("", "x", "é" * 1_000))
    if dice.random() < 0.15:
        told.context_info.timezone = dice.choice(("", "x", "../../etc/passwd", "Mars/Olympus", "é" * 100_000))
        told.context_info.locale = dice.choice(("", "x", "de", "é" * 100_000, "ar-EG", "\x00"))
        told.context_info.url = dice.choice(("", "x", "javascript:alert(1)", "http://" + "x" * 100_000))
    if dice.random() < 0.1:
        told.page_script_hash, told.page_name = dice.choice(TEXTS), dice.choice(TEXTS[:6])
    if dice.random() < 0.1:
        told.cached_message_hashes.extend(["x"] * dice.choice((1, 10_000)))
    written: bytes = asked.SerializeToString()
    return written


@contextmanager
def served(page: str) -> Iterator[tuple[str, Path]]:
    """A server of the app, by the file that it is started with: where it listens, and its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / page)]
    command += [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"127.0.0.1:{port}", log
        finally:
            process.terminate()
            process.wait(20)


def _wait(health: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the app did not start")


class Forger:
    """A session with the server, and the controls that it knows of by their names, each with its part of the page."""

    def __init__(self, place: str, query: str) -> None:
        self.place, self.query, self.controls = place, query, dict[str, tuple[str, str]]()

    async def open(self) -> None:
        """Opens the page as a browser does."""
        self.line = await websockets.connect(
            f"ws://{self.place}/_stcore/stream",
            max_size=None,
            subprotocols=["streamlit"],  # type: ignore[list-item]
        )
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        await self.line.send(asked.SerializeToString())
        await self._answer()

    async def sends(self, message: bytes) -> str:
        """Sends a message, and then an honest one, which must be answered; what became of it."""
        await self.line.send(message)
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        try:
            await self.line.send(asked.SerializeToString())
            await self._answer()
        except websockets.ConnectionClosed:
            await self.open()
            return "hung up on"
        return "answered"

    async def _answer(self) -> None:
        """Reads until a whole run has ended, and nothing has come for a moment."""
        ended = False
        while True:
            try:
                heard = await asyncio.wait_for(self.line.recv(), 0.15 if ended else PATIENCE)
            except TimeoutError:
                if ended:
                    return
                raise
            said = ForwardMsg()
            said.ParseFromString(heard if isinstance(heard, bytes) else heard.encode())
            self._learn(said)
            if said.WhichOneof("type") == "script_finished":
                ended = said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            elif said.WhichOneof("type") == "new_session":
                ended = False

    def _learn(self, said: ForwardMsg) -> None:
        delta = said.delta
        holder: Any = delta.new_element if delta.HasField("new_element") else delta.add_block
        kind = holder.WhichOneof("type") if said.WhichOneof("type") == "delta" else None
        name = str(getattr(getattr(holder, kind), "id", "")) if kind else ""
        if name:
            self.controls[name] = (delta.fragment_id, kind if kind in OWN else "")
        if kind == "bidi_component":
            self.controls[_make_trigger_id(name, "events")] = (delta.fragment_id, "bidi_trigger")


def faults(log: Path, since: int) -> list[str]:
    """What a log tells beyond what it may, from a place on: each fault with the lines that end its traceback."""
    lines = log.read_bytes()[since:].decode("utf-8", errors="replace").splitlines()
    found = [n for n, line in enumerate(lines) if FAULT.search(line) and not NOISE.search(line)]
    return [" | ".join([lines[n], *lines[n + 1 :][:40]])[:4000] for n in found[:1]]


async def _attack(place: str, log: Path, seed: int, count: int) -> tuple[Counter[str], list[str]]:
    counts, wrong = Counter[str](), list[str]()
    sessions = [Forger(place, query) for query in QUERIES]
    for session in sessions:
        await session.open()
    for number in range(seed, seed + count):
        dice, session = random.Random(number), sessions[number % len(sessions)]
        since = log.stat().st_size
        message = forged(dice, session.query, session.controls)
        try:
            counts[await session.sends(message)] += 1
        except TimeoutError:
            counts["not answered"] += 1
            wrong.append(f"message {number}: not answered")
            await session.open()
        wrong += [f"message {number}: {line}" for line in faults(log, since)[:3]]
    return counts, wrong


def run(seed: int, count: int, page: str = "serve.py") -> tuple[Counter[str], list[str]]:
    """So many forged messages to a server of the app: counts by outcome, and what was wrong.

    Args:
        page: what the server is started with; `app.py` has no door.
    """
    with served(page) as (place, log):
        return asyncio.run(_attack(place, log, seed, count))
