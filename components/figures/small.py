"""A small line chart as SVG, for pages that must be light: one series, its ends labelled directly."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from components.figures.markup import element

WIDTH, HEIGHT = 360, 164
LEFT, RIGHT, TOP, BOTTOM = 10, 54, 20, 40


def line_picture(
    points: Sequence[tuple[float, float, str, str]],
    labelled: Sequence[int],
    note: tuple[float, str] | None = None,
) -> Element:
    """A line through points.

    Parameters
    ----------
    points
        (moment, value, label of the moment, label of the value), in order of time.
    labelled
        Positions of the points that carry their labels; the moment's is written on the axis.
    note
        A value at which a dotted reference line stands, and its words.
    """
    values = [value for _, value, _, _ in points] + ([note[0]] if note else [])
    low, high = min(values), max(values)
    first, last = points[0][0], points[-1][0]

    def x(moment: float) -> float:
        return LEFT + (moment - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (high - value) / ((high - low) or 1) * (HEIGHT - TOP - BOTTOM)

    path = "M" + "L".join(f"{x(moment):.1f},{y(value):.1f}" for moment, value, _, _ in points)
    marks = []
    for at in labelled:
        moment, value, when, written = points[at]
        dx, dy, anchor = _beside([value for _, value, _, _ in points], at)
        marks += [
            element("circle", cx=f"{x(moment):.1f}", cy=f"{y(value):.1f}", r=3.6),
            element(
                "text", written, x=f"{x(moment) + dx:.1f}", y=f"{y(value) + dy:.1f}", class_=f"value {anchor}"
            ),
            element(
                "text",
                when,
                x=f"{x(moment):.1f}",
                y=HEIGHT - 4,
                class_="when" + (" start" if at == 0 else ""),
            ),
        ]
    reference = []
    if note:
        level = f"{y(note[0]):.1f}"
        reference = [
            element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=level, y2=level, class_="reference"),
            element("text", note[1], x=WIDTH - RIGHT, y=f"{y(note[0]) - 5:.1f}", class_="when last"),
        ]
    return element(
        "svg",
        reference,
        element("path", d=path),
        marks,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="line",
        aria_hidden="true",
        xmlns="http://www.w3.org/2000/svg",
    )


def _beside(values: Sequence[float], at: int) -> tuple[float, float, str]:
    """Where a point's label stands clear of the line: offsets, and the end of the text that is anchored."""
    if at == len(values) - 1:
        return 8, 4, "end"
    rises_after = values[at + 1] > values[at]
    if at == 0:
        return 0, 17 if rises_after else -9, "start"
    falls_before = values[at - 1] > values[at]
    if falls_before and rises_after:
        return 0, 17, ""
    if falls_before:
        return 6, -6, "start"
    return (-6, -6, "last") if rises_after else (0, -9, "")
