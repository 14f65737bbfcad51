"""A Chromium that is kept alive and renders documents without a network.

It is driven over pipes in the DevTools protocol by choreographer, the library behind kaleido. There is one
browser per process: started when first needed, started anew after a crash, closed when the interpreter ends.
"""

import asyncio
import atexit
import os
import re
import shutil
import signal
import subprocess
import threading
from base64 import b64decode
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from components.export.rendering.cache import Cache
from components.export.rendering.devtools import RenderingFailed, open_document, send

if TYPE_CHECKING:  # it takes a fifth of a second to import, and not every reader prints
    from choreographer import Browser, Tab

__all__ = ["NoChromium", "RendererBusy", "RenderingFailed", "installed", "kept", "pdf", "run", "version"]

Result = TypeVar("Result")
Job = Callable[["Tab"], Awaitable[Result]]

START_LIMIT = 30
"""Seconds until the browser has to answer after its start."""
RENDER_LIMIT = 30
"""Seconds that one document may take."""
CLOSE_LIMIT = 5
"""Seconds that the browser has to close by itself."""
RENDERS_AT_ONCE = 2
OFFLINE = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
)
UNWANTED = ("--disable-web-security", "--allow-file-access-from-files")
"""Flags of choreographer that would open what a document of ours never needs."""
PAPER = {"paperWidth": 210 / 25.4, "paperHeight": 297 / 25.4, "preferCSSPageSize": True}
"""A4 in inches, unless the document says otherwise."""
DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
FIXED_DATE = b"20200101000000"
_ONE_AT_A_TIME = threading.Lock()
INSTALL = "install Chromium (apt-get install chromium) or set CHROMIUM to the path of one"


class NoChromium(RuntimeError):  # noqa: N818 - a state of the machine, not a failure of ours
    """There is no browser, or it does not start; the message says what to do."""


class ChromiumNotStarted(NoChromium):
    """There is one, and it does not start."""


class RendererBusy(RuntimeError):  # noqa: N818 - a state that passes, not a failure
    """As many renders as may run at once are running, and the caller would not wait."""


def installed() -> bool:
    """Return whether there is a browser to print with."""
    try:
        _found()
    except NoChromium:
        return False
    return True


def version() -> str:
    """Return the version of the browser: another one draws other bytes.

    Raises
    ------
    NoChromium
        Without a browser that answers.
    """
    path = _path()
    try:
        answer = subprocess.run(  # noqa: S603 - the operator named the program, the option is ours
            [path, "--version"], capture_output=True, text=True, timeout=START_LIMIT, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoChromium(f"{path} does not say its version; {INSTALL}.") from error
    return answer.stdout.strip()


def run(job: Job[Result], *, keep: Job[None] | None = None, wait: bool = True) -> Result:
    """Return what ``job`` makes in a tab of the one browser; may be called from any thread.

    The tab is new and empty, or, with ``keep``, one that this prepared and that stays open for the next job
    of its kind. After a crash the job is tried once more.

    Raises
    ------
    RendererBusy
        While ``RENDERS_AT_ONCE`` others run, unless told to ``wait``.
    NoChromium
        Without a browser that starts.
    RenderingFailed
        Where it takes more than ``RENDER_LIMIT`` seconds, is refused, or the browser crashes twice.
    """
    return _chromium().run(job, keep, wait)


def kept(store: Cache[Result], key: str, make: Callable[[], Result], *, wait: bool) -> Result:
    """Return what a store has under ``key``, or what ``make`` makes with ``run``; raises as that does."""
    while True:
        try:
            return store.get(key, make)
        except RendererBusy:
            if not wait:
                raise
            # Someone who would not wait asked for the same first; now it is ours to make.


def pdf(html: str, *, wait: bool = True) -> bytes:
    """Print a self-contained HTML document as a tagged PDF, on A4 unless its ``@page`` says otherwise.

    The same document gives the same bytes with the same Chromium: the dates that it writes are replaced by
    a fixed one. Raises as ``run`` does; a font or image that cannot be read is ``RenderingFailed``.
    """
    return run(lambda tab: _printed(tab, html), wait=wait)


async def _printed(tab: "Tab", html: str) -> bytes:
    await open_document(tab, html)
    printed = await send(tab, "Page.printToPDF", generateTaggedPDF=True, printBackground=True, **PAPER)
    return DATES.sub(rb"\g<1>" + FIXED_DATE, b64decode(printed["data"]))


def _chromium() -> "_Chromium":
    with _ONE_AT_A_TIME:
        return _made()


@cache
def _made() -> "_Chromium":
    return _Chromium()


class _Chromium:
    """One browser and the thread in which its events are handled."""

    def __init__(self) -> None:
        self._browser: Browser | None = None
        self._starting = asyncio.Lock()
        self._kept: dict[Job[None], list[Tab]] = {}
        self._free = asyncio.Semaphore(RENDERS_AT_ONCE)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="chromium", daemon=True).start()

    def run(self, job: Job[Result], keep: Job[None] | None, wait: bool) -> Result:
        return asyncio.run_coroutine_threadsafe(self._in_turn(job, keep, wait), self._loop).result()

    async def _in_turn(self, job: Job[Result], keep: Job[None] | None, wait: bool) -> Result:
        if self._free.locked() and not wait:
            raise RendererBusy(f"{RENDERS_AT_ONCE} renders are running; try again in a few seconds.")
        async with self._free:
            for _ in range(2):  # the browser may have died since it was last used
                browser = await self._running()
                try:
                    async with asyncio.timeout(RENDER_LIMIT):
                        return await self._in_tab(browser, job, keep)
                except RenderingFailed:
                    raise
                except TimeoutError:
                    await self._drop(browser)
                    raise RenderingFailed(f"Chromium did not finish within {RENDER_LIMIT} seconds.") from None
                except (Exception, asyncio.CancelledError):  # noqa: BLE001 - a dead browser cancels whatever waits for it
                    await self._drop(browser)
            raise RenderingFailed("Chromium crashed twice while it rendered the document.")

    async def _in_tab(self, browser: "Browser", job: Job[Result], keep: Job[None] | None) -> Result:
        kept = self._kept.setdefault(keep, []) if keep else []
        tab = kept.pop() if kept else None
        try:
            if tab is None:
                tab = await browser.create_tab("about:blank")
                if keep:
                    await keep(tab)
            result = await job(tab)
        except RenderingFailed:
            if tab:
                await tab.close()
            raise
        if keep:
            kept.append(tab)
        else:
            await tab.close()
        return result

    async def _running(self) -> "Browser":
        async with self._starting:
            if self._browser is None:
                try:
                    self._browser = await self._started()
                except (
                    ChromiumNotStarted
                ):  # what was left of a dead one may have closed the pipes of this one
                    self._browser = await self._started()
                atexit.unregister(self._close)
                atexit.register(self._close)  # to run before the browser's folder is removed
            return self._browser

    async def _started(self) -> "Browser":
        browser = _found()
        try:
            async with asyncio.timeout(START_LIMIT):
                await browser.open()
        except (Exception, asyncio.CancelledError) as error:
            await self._drop(browser)
            raise ChromiumNotStarted(
                f"Chromium does not start; run it with --headless to see why, or {INSTALL}."
            ) from error
        return browser

    async def _drop(self, browser: "Browser") -> None:
        """End a browser that does not do what it should, and remove its files."""
        if self._browser is browser:
            self._browser = None
            self._kept = {}
        _kill(browser)
        with suppress(Exception, asyncio.CancelledError):
            async with asyncio.timeout(CLOSE_LIMIT):
                await browser.close()

    def _close(self) -> None:
        """At the end of the interpreter: the browser is asked to close, then made to."""
        if self._browser is not None:
            closing = asyncio.run_coroutine_threadsafe(self._browser.close(), self._loop)
            with suppress(Exception):
                closing.result(CLOSE_LIMIT)
            _kill(self._browser)


def _found() -> "Browser":
    from choreographer import Browser
    from choreographer.browsers import Chromium

    class Offline(Chromium):
        """As choreographer starts it, but confined to what the document holds."""

        def get_cli(self) -> Sequence[str]:
            return [*(flag for flag in super().get_cli() if flag not in UNWANTED), *OFFLINE]

    return Browser(_path(), browser_cls=Offline, enable_sandbox=os.geteuid() != 0)


def _path() -> str:
    from choreographer.browsers import Chromium

    named = os.environ.get("CHROMIUM")
    path = shutil.which(named) if named else Chromium.find_browser(skip_local=False)
    if path is None:
        what = f"CHROMIUM is {named}, which is not a program" if named else "No Chromium was found"
        raise NoChromium(f"{what}; {INSTALL}.")
    return str(path)


def _kill(browser: "Browser") -> None:
    """End whatever is left of a browser's process group."""
    if not hasattr(browser, "subprocess"):  # it failed before it had one
        return
    with suppress(ProcessLookupError):
        os.killpg(browser.subprocess.pid, signal.SIGKILL)
    browser.subprocess.wait()
