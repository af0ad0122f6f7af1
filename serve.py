"""The app with a door and headers: what browsers may send, which scripts they may run, who may show it in a frame.

    python -m streamlit run serve.py

`streamlit run app.py` serves the same page without them, where a proxy sets them or nobody may.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from ui.serving.door import Door

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

FRAMES = os.environ.get("FLATLINE_FRAME_ANCESTORS", "'self'")
"""Who may show the app in a frame, as a Content-Security-Policy names them."""
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' blob: data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": FRAMES,
}
"""What the page loads: all from its own server, or made by itself. Its components are scripts in the page."""
HEADERS = (
    (b"content-security-policy", "; ".join(f"{name} {value}" for name, value in POLICY.items()).encode("latin-1")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class SecurityHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answers, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers)


app = st.App("app.py", middleware=[Middleware(SecurityHeaders), Middleware(Door)])
