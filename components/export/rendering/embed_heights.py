"""How high an embed is at several widths, so that an article can keep its place free without a script."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from components.export.rendering import chromium, devtools
from components.export.rendering.cache import Cache

if TYPE_CHECKING:
    from choreographer import Tab

WIDTHS = (*range(300, 1000, 20), *range(1000, 1401, 50))
"""Pixels at which a document is laid out; where its height jumps between two of them, the place is sought."""
GUESS: Mapping[int, int] = {0: 760}
"""The height at every width where there is no browser to measure it: a higher embed scrolls inside."""
LEAST_STEP = 36
"""Pixels."""
SPARE = 20
"""Pixels above what was measured, for widths between."""
OWN_HEIGHT = "() => Math.ceil(document.body.getBoundingClientRect().height)"


def heights(html: str, *, wait: bool = True) -> Mapping[int, int]:
    """Height of a document at each of ``WIDTHS``, in pixels; raises as ``chromium.run`` does."""

    async def job(page: "Tab") -> Mapping[int, int]:
        await devtools.send(
            page, "Emulation.setScrollbarsHidden", hidden=True
        )  # a frame as high as this has none
        await devtools.open_document(page, html)
        found: dict[int, int] = {}

        async def high(width: int) -> int:
            if width not in found:
                size = {"width": width, "height": 600, "deviceScaleFactor": 1, "mobile": False}
                await devtools.send(page, "Emulation.setDeviceMetricsOverride", **size)
                found[width] = int(await devtools.call(page, OWN_HEIGHT)) + SPARE
            return found[width]

        for low, last in pairwise(WIDTHS):
            left, right = low, last
            while right - left > 1 and abs(await high(left) - await high(right)) > LEAST_STEP:
                middle = (left + right) // 2
                if abs(await high(left) - await high(middle)) > abs(await high(middle) - await high(right)):
                    right = middle
                else:
                    left = middle
        return found

    key = sha256(html.encode()).hexdigest()
    return chromium.kept(_measured, key, lambda: chromium.run(job, wait=wait), wait=wait)


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
    """From which width on which height is enough; heights of one step differ by ``LEAST_STEP`` at most."""
    widths = sorted(measured)
    found: list[tuple[int, list[int]]] = []
    for width, after in zip(widths, [*widths[1:], widths[-1]], strict=True):
        high = max(measured[width], measured[after])
        if found and max(*found[-1][1], high) - min(*found[-1][1], high) <= LEAST_STEP:
            found[-1][1].append(high)
        else:
            found.append((width, [high]))
    return [(least, max(highs)) for least, highs in found]


_measured: Cache[Mapping[int, int]] = Cache(2**20, lambda _: 1000)
