"""Images of documents: PNG, or one SVG with real text and no styles."""

from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from components.export.rendering import chromium, devtools
from components.export.rendering.devtools import RenderingFailed
from components.export.rendering.svg_compaction import traced

if TYPE_CHECKING:
    from choreographer import Tab

Size = Literal["1x", "2x", "card"]
SIZES: Mapping[Size, tuple[int, int | None, float]] = {
    "1x": (900, None, 1),
    "2x": (900, None, 2),
    "card": (1200, 630, 1),
}
"""Width, height (None: its own), pixels per CSS pixel of a PNG; a card is what a link in a message shows."""
FULL_HEIGHT = "() => Math.ceil(document.documentElement.getBoundingClientRect().height)"
FIRST_HEIGHT = 1
"""Height of the window in which a document is laid out: no picture has it, so it is always resized.

Where it was not, one in a hundred pictures was taken before the document was painted.
"""
MAX_SIDE = 16_384
"""Longest side of a picture in pixels; Chromium repeats or leaves out what lies beyond."""


def png(html: str, width: int, height: int | None, scale: float, *, wait: bool = True) -> bytes:
    """Draw a self-contained HTML document as PNG, ``scale`` pixels per CSS pixel, in its own height if None.

    The same document gives the same bytes with the same Chromium. Raises as ``chromium.run`` does; a
    picture with a side of more than ``MAX_SIDE`` pixels is ``RenderingFailed``.
    """

    async def job(page: "Tab") -> bytes:
        high = await _laid_out(page, html, width, height, scale)
        if max(width, high) * scale > MAX_SIDE:
            raise RenderingFailed(
                f"A picture of {round(width * scale)} × {round(high * scale)} pixels is too large; "
                f"{MAX_SIDE} a side is the most. Ask for a smaller scale."
            )
        clip = {"x": 0, "y": 0, "width": width, "height": high, "scale": 1}
        shot = await devtools.send(page, "Page.captureScreenshot", format="png", clip=clip)
        return b64decode(shot["data"])

    # In a tab of its own: one that stays open in the background may never be painted.
    return chromium.run(job, wait=wait)


def svg(html: str, width: int, *, wait: bool = True) -> str:
    """Draw a self-contained HTML document, laid out ``width`` wide, as one SVG that needs no styles.

    Text stays text, in ``Inter`` where the reader has it; no font is inside. What is hidden or folded is
    left out, and so are controls. Raises as ``chromium.run`` does.
    """
    name = f"f{sha256(f'{width} {html}'.encode()).hexdigest()[:8]}"

    async def job(page: "Tab") -> str:
        high = await _laid_out(page, html, width, None, 1)
        return await traced(page, "html", name, width, high, named=True)

    return chromium.run(job, keep=_open, wait=wait)


async def _open(page: "Tab") -> None:
    """Leave a tab empty, to stay open: a third of the time of a picture is that of opening one."""


async def _laid_out(page: "Tab", html: str, width: int, height: int | None, scale: float) -> int:
    """Lay out a document in a window of its width and a height, None for its own; return that height."""
    await devtools.send(page, "Emulation.setScrollbarsHidden", hidden=True)  # they would take from the width
    await _window(page, width, FIRST_HEIGHT, scale)
    await devtools.open_document(page, html)
    own = height or int(await devtools.call(page, FULL_HEIGHT))
    await _window(page, width, own, scale)
    return own


async def _window(page: "Tab", width: int, height: int, scale: float) -> None:
    await devtools.send(
        page,
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=max(height, 1),
        deviceScaleFactor=scale,
        mobile=False,
    )
