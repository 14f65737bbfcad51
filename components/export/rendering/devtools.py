"""What is said to one tab of the browser: commands, scripts, and a document with its fonts."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from components.bundles import ASSETS

if TYPE_CHECKING:
    from choreographer import Tab

READY = """Promise.all([
    ...[...document.fonts].map((face) => face.load()), ...[...document.images].map((image) => image.decode())
]).then(() => document.fonts.ready).then(() => true)"""


class RenderingFailed(RuntimeError):  # noqa: N818 - named by what it says, like its neighbours
    """The browser runs but did not render a document: it is too slow, crashed twice, or refused it."""


async def send(tab: "Tab", command: str, **parameters: Any) -> Any:
    """The answer to a command of the DevTools protocol."""
    answer = await tab.send_command(command, parameters)
    if "error" in answer:
        raise RenderingFailed(f"Chromium refused {command}: {answer['error']['message']}.")
    return answer["result"]


async def call(tab: "Tab", function: str, *arguments: object) -> Any:
    """What a JavaScript function returns, awaited where it is a promise."""
    # Arguments go in as JSON text, so that none of them is ever read as a script.
    given = ",".join(json.dumps(one) for one in arguments)
    return await evaluate(tab, f"({function})({given})")


async def evaluate(tab: "Tab", expression: str) -> Any:
    """The value of a JavaScript expression, awaited where it is a promise."""
    answer = await send(tab, "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
    if "exceptionDetails" in answer:
        details = answer["exceptionDetails"]
        said = details.get("exception", {}).get("description", details["text"])
        raise RenderingFailed(f"A script failed in Chromium: {said}")
    return answer["result"].get("value")


async def open_document(tab: "Tab", html: str) -> None:
    """Lay out a self-contained document, of which no script runs, and wait for its fonts and images."""
    frame = (await send(tab, "Page.getFrameTree"))["frameTree"]["frame"]["id"]
    await send(tab, "Emulation.setScriptExecutionDisabled", value=True)
    await send(tab, "Page.setDocumentContent", frameId=frame, html=html)
    ready = await send(tab, "Runtime.evaluate", expression=READY, awaitPromise=True)
    if "exceptionDetails" in ready:
        raise RenderingFailed("A font or an image of the document cannot be read; embed it as a data URI.")


@cache
def script(file: str) -> str:
    """A function that is run in a tab."""
    return (ASSETS / file).read_text(encoding="utf-8")
