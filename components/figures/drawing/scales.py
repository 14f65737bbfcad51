"""Scales of hand-drawn pictures: from values and moments to places, and lines through those places."""

from collections.abc import Callable, Iterable


def linear(domain: Iterable[float], start: float, end: float) -> Callable[[float], float]:
    """Return the linear scale from the extent of some values to a range of places.

    Parameters
    ----------
    domain
        Values of which the lowest lies at ``start`` and the highest at ``end``. Where all are equal, every
        value lies in the middle.
    start, end
        Places in units of the picture; ``start`` is the greater one where high values stand at the top.
    """
    values = list(domain)
    low, high = min(values), max(values)
    if low == high:
        return lambda _: (start + end) / 2
    return lambda value: start + (value - low) / (high - low) * (end - start)


def line_path(points: Iterable[tuple[float, float] | None], decimals: int = 1) -> str:
    """Return the line through points (x, y) as SVG path data; None is a gap in it."""
    path, pen = "", "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        x, y = point
        path += f"{pen}{x:.{decimals}f},{y:.{decimals}f}"
        pen = "L"
    return path
