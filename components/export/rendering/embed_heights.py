"""Heights of an embed at several widths, so that an article can keep its place free without a script."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from components.export.rendering import chromium, devtools
from components.export.rendering.cache import Cache

if TYPE_CHECKING:
    from choreographer import Tab

WIDTHS = (*range(300, 1000, 20), *range(1000, 1401, 50))
"""Pixels at which a document is laid out; where its height jumps in between, that width is sought."""
GUESS: Mapping[int, int] = {0: 760}
"""The height at every width where there is no browser to measure it: a higher embed scrolls inside."""
MIN_STEP = 36
"""Smallest difference of heights that is told apart, in pixels."""
SPARE = 20
"""Pixels above what was measured, for the widths in between."""
MAX_EMPTY = 56
"""Largest difference of heights within a step, in pixels: with ``SPARE`` the most that stays empty."""
OWN_HEIGHT = "() => Math.ceil(document.body.getBoundingClientRect().height)"


def heights(html: str, *, wait: bool = True) -> Mapping[int, int]:
    """Return the height of a document at ``WIDTHS`` at least, in pixels; raises as ``chromium.run`` does."""

    async def job(page: "Tab") -> Mapping[int, int]:
        await devtools.send(
            page, "Emulation.setScrollbarsHidden", hidden=True
        )  # a frame as high as this has none
        await devtools.open_document(page, html)
        measured: dict[int, int] = {}

        async def height(width: int) -> int:
            if width not in measured:
                size = {"width": width, "height": 600, "deviceScaleFactor": 1, "mobile": False}
                await devtools.send(page, "Emulation.setDeviceMetricsOverride", **size)
                measured[width] = int(await devtools.call(page, OWN_HEIGHT)) + SPARE
            return measured[width]

        for low, last in pairwise(WIDTHS):
            left, right = low, last
            while right - left > 1 and abs(await height(left) - await height(right)) > MIN_STEP:
                middle = (left + right) // 2
                half = await height(middle)
                if abs(await height(left) - half) > abs(half - await height(right)):
                    right = middle
                else:
                    left = middle
        return measured

    key = sha256(html.encode()).hexdigest()
    return chromium.kept(_measured, key, lambda: chromium.run(job, wait=wait), wait=wait)


def height_at(measured: Mapping[int, int], width: int) -> int:
    """Return a height that is enough at a width."""
    steps = _steps(measured)
    return next((height for start, height in reversed(steps) if width >= start), steps[0][1])


def css_height(measured: Mapping[int, int]) -> str:
    """Return the height as one CSS value in steps of the width of the nearest container (``cqw``).

    ``clamp(0px, (100cqw - 431px) * 999, 80px)`` is nothing below 431 px and 80 px from there on; steps down
    are taken off.
    """
    (_, first), *rest = _steps(measured)
    parts, before = [f"{first}px"], first
    for start, height in rest:
        if height != before:
            step = f"clamp(0px,(100cqw - {start - 1}px)*999,{abs(height - before)}px)"
            parts.append(f" {'+' if height > before else '-'} {step}")
        before = height
    return f"calc({''.join(parts)})" if len(parts) > 1 else parts[0]


def _steps(measured: Mapping[int, int]) -> Sequence[tuple[int, int]]:
    """Return widths, and the height enough from each on to the next."""
    widths = sorted(measured)
    steps: list[tuple[int, int, int]] = []
    for width, after in zip(widths, [*widths[1:], widths[-1]], strict=True):
        low, high = sorted((measured[width], measured[after]))
        if steps:
            start, lowest, highest = steps[-1]
            if max(highest, high) - min(lowest, low) <= MAX_EMPTY:
                steps[-1] = (start, min(lowest, low), max(highest, high))
                continue
        steps.append((width, low, high))
    return [(start, highest) for start, _, highest in steps]


_measured: Cache[Mapping[int, int]] = Cache(2**20, lambda _: 1000)
