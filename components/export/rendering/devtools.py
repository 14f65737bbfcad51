"""Commands to one tab of the browser (DevTools protocol): scripts, and documents with their fonts."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from choreographer import Tab

READY = """Promise.all([
    ...[...document.fonts].map((face) => face.load()), ...[...document.images].map((image) => image.decode())
]).then(() => document.fonts.ready).then(() => true)"""


class RenderingFailed(RuntimeError):  # noqa: N818 - named by what it says, like its neighbours
    """The browser runs but did not render a document: it is too slow, crashed twice, or refused it."""


async def send(tab: "Tab", command: str, **parameters: Any) -> Any:
    """Return the answer to a command of the DevTools protocol."""
    answer = await tab.send_command(command, parameters)
    if "error" in answer:
        raise RenderingFailed(f"Chromium refused {command}: {answer['error']['message']}.")
    return answer["result"]


async def call(tab: "Tab", function: str, *arguments: object) -> Any:
    """Return what a JavaScript function returns, awaited where it is a promise."""
    # Arguments go in as JSON text, so that none of them is ever read as a script.
    written = ",".join(json.dumps(argument) for argument in arguments)
    return await evaluate(tab, f"({function})({written})")


async def evaluate(tab: "Tab", expression: str) -> Any:
    """Return the value of a JavaScript expression, awaited where it is a promise."""
    answer = await send(tab, "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
    if "exceptionDetails" in answer:
        details = answer["exceptionDetails"]
        description = details.get("exception", {}).get("description", details["text"])
        raise RenderingFailed(f"A script failed in Chromium: {description}")
    return answer["result"].get("value")


async def open_document(tab: "Tab", html: str) -> None:
    """Lay out a self-contained document, of which no script runs, and wait for its fonts and images."""
    frame = (await send(tab, "Page.getFrameTree"))["frameTree"]["frame"]["id"]
    await send(tab, "Emulation.setScriptExecutionDisabled", value=True)
    await send(tab, "Page.setDocumentContent", frameId=frame, html=html)
    ready = await send(tab, "Runtime.evaluate", expression=READY, awaitPromise=True)
    if "exceptionDetails" in ready:
        raise RenderingFailed("A font or an image of the document cannot be read; embed it as a data URI.")
