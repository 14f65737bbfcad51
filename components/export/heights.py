"""How high an embed is at several widths, so that an article can keep its place free without a script."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from components.export import chromium, tab
from components.export.cache import Cache

if TYPE_CHECKING:
    from choreographer import Tab

WIDTHS = (320, 380, 431, 520, 600, 661, 760, 861, 960, 1100, 1300)
"""Pixels at which a document is laid out; among them those where its layout changes."""
UNKNOWN = 760
"""Height where there is no browser to measure it: the embed scrolls inside if it is higher."""
LEAST_STEP = 24
"""Pixels."""
OWN_HEIGHT = "() => Math.ceil(document.body.getBoundingClientRect().height)"


def heights(html: str, *, wait: bool = True) -> Mapping[int, int]:
    """Height of a document at each of ``WIDTHS``, in pixels; raises as ``chromium.run`` does."""

    async def job(page: "Tab") -> Mapping[int, int]:
        await tab.open_document(page, html)
        found = {}
        for width in WIDTHS:
            size = {"width": width, "height": 600, "deviceScaleFactor": 1, "mobile": False}
            await tab.send(page, "Emulation.setDeviceMetricsOverride", **size)
            found[width] = int(await tab.call(page, OWN_HEIGHT))
        return found

    key = sha256(html.encode()).hexdigest()
    return _measured.get(key, lambda: chromium.run(job, wait=wait))


def height_at(measured: Mapping[int, int], width: int) -> int:
    """A height that is enough at a width."""
    steps = _steps(measured)
    return next((high for least, high in reversed(steps) if width >= least), steps[0][1])


def css_height(measured: Mapping[int, int]) -> str:
    """The height as one CSS value in steps of the width of the nearest container (``cqw``).

    ``clamp(0px, (100cqw - 431px) * 999, 80px)`` is nothing below 431 px and 80 px from there on; steps down
    are taken off.
    """
    (_, first), *rest = _steps(measured)
    parts, before = [f"{first}px"], first
    for least, high in rest:
        if high != before:
            step = f"clamp(0px,(100cqw - {least - 1}px)*999,{abs(high - before)}px)"
            parts.append(f" {'+' if high > before else '-'} {step}")
        before = high
    return f"calc({''.join(parts)})" if len(parts) > 1 else parts[0]


def _steps(measured: Mapping[int, int]) -> Sequence[tuple[int, int]]:
    """From which width on which height is enough; steps of less than ``LEAST_STEP`` are not made."""
    widths = sorted(measured)
    found: list[tuple[int, int]] = []
    for width, after in zip(widths, [*widths[1:], widths[-1]], strict=True):
        high = max(measured[width], measured[after])
        if found and abs(found[-1][1] - high) < LEAST_STEP:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((width, high))
    return found


_measured: Cache[Mapping[int, int]] = Cache(2**20, lambda _: 1000)
