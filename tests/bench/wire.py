"""A TCP proxy that counts: every byte between browser and server, as it is on the wire.

So a compressed answer or websocket message counts as what it is, the same way on both sides.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.server import HOST, Server

CHUNK = 1 << 16


@dataclass(slots=True)
class Count:
    """Bytes towards the browser and towards the server."""

    down: int = 0
    up: int = 0


@dataclass(slots=True)
class Wire:
    """A proxy in front of a server; `server` is how the browser reaches `origin`."""

    origin: Server
    server: Server
    web: Count = field(default_factory=Count)
    socket: Count = field(default_factory=Count)

    @property
    def total(self) -> int:
        """Bytes both ways, files and websocket together, since the proxy was opened."""
        return self.web.down + self.web.up + self.socket.down + self.socket.up


@contextmanager
def counting(server: Server) -> Iterator[Wire]:
    """Open a counting proxy on a free port, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="wire", daemon=True)
    thread.start()
    wire = Wire(server, server)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _relay(wire, server.port, reader, writer)

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(accept, HOST, 0)

    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    wire.server = Server(listening.sockets[0].getsockname()[1], server.pid)
    try:
        yield wire
    finally:
        asyncio.run_coroutine_threadsafe(_close(listening), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(listening: asyncio.Server) -> None:
    """Stop listening and end the connections that are still open."""
    listening.close()
    own = asyncio.current_task()
    open_ones = [task for task in asyncio.all_tasks() if task is not own]
    for task in open_ones:
        task.cancel()
    await asyncio.gather(*open_ones, return_exceptions=True)


async def _relay(
    wire: Wire, port: int, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter
) -> None:
    """Pass one connection on; its first bytes tell a websocket from a request for files."""
    try:
        first = await browser.read(CHUNK)
        if not first:
            return
        server, to_server = await asyncio.open_connection(HOST, port)
        count = wire.socket if b"upgrade: websocket" in first.lower() else wire.web
        count.up += len(first)
        to_server.write(first)
        try:
            await asyncio.gather(
                _pump(browser, to_server, count, "up"), _pump(server, to_browser, count, "down")
            )
        finally:
            to_server.close()
    except (OSError, asyncio.CancelledError):
        return
    finally:
        to_browser.close()


async def _pump(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, count: Count, direction: str
) -> None:
    while data := await source.read(CHUNK):
        setattr(count, direction, getattr(count, direction) + len(data))
        target.write(data)
        await target.drain()
    if target.can_write_eof():
        target.write_eof()
