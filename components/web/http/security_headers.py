"""Only embeds may stand in a frame of another page: the app itself could be made to be clicked unseen."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ONLY_OURS = "frame-ancestors 'self'"
"""Not 'none': the map to explore and the preview of an embed stand in frames of our own pages."""


class FrameAncestors:
    """Adds the policy to every document that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one connection."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", ONLY_OURS)
            await send(message)

        await self._app(scope, receive, told if scope["type"] == "http" else send)
