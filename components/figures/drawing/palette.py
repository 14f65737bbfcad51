"""Colours that stay distinct for colour-blind readers, and the scales that give values their colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import floor, isclose, log10

from data.catalogue import Direction
from geo.districts import CITY

DISTRICT_COLOURS = {
    "alatau": "#E69F00",
    "almaly": "#000000",
    "auezov": "#F0E442",
    "bostandyk": "#56B4E9",
    "medeu": "#0072B2",
    "nauryzbay": "#D55E00",
    "turksib": "#009E73",
    "zhetysu": "#CC79A7",
    CITY: "#8A8A8A",
}
"""Colour of each district and the city, the same everywhere. Okabe and Ito (2008), Color Universal Design."""

ACCENT = "#5B4BA0"
SEQUENTIAL = {
    3: ("#DADAEB", "#9E9AC8", "#6A51A3"),
    4: ("#E4E2F0", "#BCBDDC", "#807DBA", "#54278F"),
}
"""Colours from low to high, by the number of classes: ColorBrewer Purples."""
DIVERGING = ("#B35806", "#E08A2E", "#F7C78B", "#EFEDE6", "#C9C5E2", "#9388C0", "#5E4A9C")
"""Colours from worse (orange) to better (purple) around a middle: ColorBrewer PuOr turned round."""
ONE_HUE = ("#F2F0F7", "#DADAEB", "#BCBDDC", "#9E9AC8", "#807DBA", "#6A51A3", "#4A1486")
"""Colours from low to high around a middle where neither side is better: ColorBrewer Purples."""
AROUND: Mapping[Direction, tuple[str, ...]] = {
    "higher": DIVERGING,
    "lower": DIVERGING[::-1],
    "neither": ONE_HUE,
}
"""Colours around a middle, from low to high, by the direction that is better."""
ALIKE = "#EFEDE6"
"""Colour of districts that do not differ beyond chance."""


@dataclass(frozen=True)
class Scale:
    """A scale of colours.

    With ``breaks`` (ascending) the classes lie between them and ``colours`` has one more than they;
    a value on a break belongs to the class above. Without breaks the scale is unclassed and colours are
    mixed linearly between ``low`` and ``high``. ``middle`` is the value a diverging scale turns at, and
    ``better`` the direction that its two hues call better.
    """

    colours: tuple[str, ...]
    breaks: tuple[float, ...]
    low: float
    high: float
    middle: float | None = None
    better: Direction = "neither"

    def colour(self, value: float) -> str:
        """Return the fill of a value, as #RRGGBB."""
        if self.breaks:
            return self.colours[sum(value >= limit for limit in self.breaks)]
        span = self.high - self.low
        share = 0.5 if isclose(span, 0) else min(1, max(0, (value - self.low) / span))
        position = share * (len(self.colours) - 1)
        below = min(floor(position), len(self.colours) - 2)
        return _mix(self.colours[below], self.colours[below + 1], position - below)


def sequential(values: Sequence[float], latest: Sequence[float], classes: int) -> Scale:
    """Return a scale from low to high.

    ``values`` are those of all periods, so that colours stay fixed over the years; ``latest`` those
    whose natural breaks are taken: of all splits into ``classes`` the one with the least squared
    deviation within classes (Jenks 1967), each break rounded to the shortest number in its gap.
    ``classes`` 0, or fewer distinct values than classes, gives an unclassed scale.
    """
    low, high = min(values), max(values)
    distinct = sorted(set(latest))
    if classes == 0 or len(distinct) < classes:
        return Scale(SEQUENTIAL[4], (), low, high)
    breaks = tuple(_roundest(a, b) for a, b in natural_gaps(sorted(latest), classes))
    return Scale(SEQUENTIAL[classes], breaks, low, high)


def diverging(values: Sequence[float], middle: float, classes: int, better: Direction = "neither") -> Scale:
    """Return a scale that turns at ``middle``: seven steps of a round width, the outer two open.

    The width is the roundest at which the farthest value still reaches an outer step. ``classes`` 0 gives an
    unclassed scale. Two hues say which side is ``better``; where neither is, there is one hue.
    """
    colours = AROUND[better]
    reach = max((abs(value - middle) for value in values), default=0) or 1
    if classes == 0:
        return Scale(colours, (), middle - reach, middle + reach, middle, better)
    step = max(step for step in _steps(reach / 2.5) if step * 2.5 <= reach)
    breaks = tuple(middle + step * (index - 2.5) for index in range(6))
    return Scale(colours, breaks, middle - reach, middle + reach, middle, better)


def relative_scale(better: Direction) -> Scale:
    """Return the scale that many indicators share, of values with city = 100.

    Its breaks are 1/2, 3/4, 4/3 and 2 of the city, and 5 % around it.
    """
    return Scale(AROUND[better], (50, 75, 95, 105, 133, 200), 50, 200, 100, better)


def natural_gaps(ordered: Sequence[float], classes: int) -> list[tuple[float, float]]:
    """Return the gaps (last value below, first value above) of the best split of a few ordered values."""
    cuts = [index for index in range(1, len(ordered)) if ordered[index] != ordered[index - 1]]

    def spread(split: tuple[int, ...]) -> float:
        total = 0.0
        for start, end in pairwise((0, *split, len(ordered))):
            part = ordered[start:end]
            mean = sum(part) / len(part)
            total += sum((value - mean) ** 2 for value in part)
        return total

    best = min(combinations(cuts, classes - 1), key=spread)
    return [(ordered[index - 1], ordered[index]) for index in best]


def _roundest(below: float, above: float) -> float:
    """Return the number with the fewest digits that lies above ``below`` and not above ``above``."""
    size = 10.0 ** (floor(log10(max(abs(below), abs(above)))) + 1)
    while True:
        for unit in (size, size / 2):
            candidate = floor(above / unit + 1e-9) * unit
            if candidate > below:
                return candidate
        size /= 10


def _steps(around: float) -> list[float]:
    """Return round widths near a number, from below it to above."""
    power = 10.0 ** floor(log10(around))
    return [power * factor for factor in (1, 2, 4, 6, 10)]


def _channels(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


def _mix(colour: str, other: str, share: float) -> str:
    channels = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02X}" for a, b in channels)


def ink(fill: str) -> str:
    """Return black or white, whichever has the higher contrast on a fill (WCAG relative luminance)."""
    channels = [channel / 255 for channel in _channels(fill)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"
