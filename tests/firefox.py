"""A distribution's own Firefox for Playwright, over WebDriver BiDi.

Playwright speaks BiDi to a Firefox that nobody patched, but sends it commands that a release may not know yet, and
gives up when one is unknown. So Playwright is handed this file in place of the browser. It starts Firefox, stands
between the two, and answers for Firefox where a command only sets what a page is told of its surroundings.

Every argument goes on to the Firefox that `FLATLINE_FIREFOX` names, or that is on the path.
"""

import asyncio
import json
import os
import shutil
import sys
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

READY = "WebDriver BiDi listening on "
UNKNOWN = "unknown command"
ANSWERED_HERE = "emulation."
"""Commands that begin so only set what a page is told of its surroundings."""
NAMES = ("firefox-esr", "firefox")


def find_firefox() -> str | None:
    """The path of a Firefox on this machine, or None."""
    named = os.environ.get("FLATLINE_FIREFOX")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class Bridge:
    """Between Playwright and Firefox; remembers which commands it may answer for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: dict[int, str] = {}

    async def pass_on(self, playwright: ServerConnection) -> None:
        """Passes messages both ways until either side ends."""
        path = playwright.request.path if playwright.request else "/session"
        async with connect(self.address + path, max_size=None, compression=None) as firefox:
            ways = [
                asyncio.create_task(self.ask(playwright, firefox)),
                asyncio.create_task(self.answer(firefox, playwright)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()

    async def ask(self, playwright: ServerConnection, firefox: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for message in playwright:
                command = json.loads(message)
                if command.get("method", "").startswith(ANSWERED_HERE):
                    self.asked[command["id"]] = command["method"]
                await firefox.send(message)

    async def answer(self, firefox: ClientConnection, playwright: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            async for message in firefox:
                said = json.loads(message)
                asked = self.asked.pop(said.get("id"), None)
                if asked and said.get("error") == UNKNOWN:
                    message = json.dumps({"type": "success", "id": said["id"], "result": {}})
                await playwright.send(message)


async def run_firefox(path: str, arguments: list[str]) -> int:
    """Starts Firefox, and says where the bridge to it listens as Firefox itself would."""
    firefox = await asyncio.create_subprocess_exec(path, *arguments, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    async for line in firefox.stderr:
        text = line.decode(errors="replace")
        if READY in text:
            bridge = Bridge(text.split(READY)[1].strip())
            server = await serve(bridge.pass_on, "127.0.0.1", 0, max_size=None, compression=None)
            port = next(iter(server.sockets)).getsockname()[1]
            text = f"{READY}ws://127.0.0.1:{port}\n"
        sys.stderr.write(text)
        sys.stderr.flush()
    return await firefox.wait()


if __name__ == "__main__":
    found = find_firefox()
    if found is None:
        sys.exit("no Firefox was found: FLATLINE_FIREFOX may name one")
    sys.exit(asyncio.run(run_firefox(found, sys.argv[1:])))
