"""Medians, ratios and the line that states them: `name: ours, naive, ratio`."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Pair(NamedTuple, Generic[Value]):
    """Something of our page beside the same of the naive one."""

    ours: Value
    naive: Value


def compare(
    name: str,
    ours: Sequence[float],
    naive: Sequence[float],
    *,
    of: Callable[[Sequence[float]], float] = median,
    more_is_better: bool = False,
) -> str:
    """Return one line; the ratio tells how many times better ours is."""
    one, other = of(ours), of(naive)
    better, worse = (one, other) if more_is_better else (other, one)
    ratio = f"{better / worse:.2f}" if worse else "equal" if not better else "none"
    return f"{name}: {_short(one)}, {_short(other)}, {ratio}"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
