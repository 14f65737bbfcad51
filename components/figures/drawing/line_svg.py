"""A small line chart as SVG, for pages that must be light: one series, its ends labelled directly."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from data import periods
from data.transforms import Series
from geo.districts import DISTRICTS

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


def trend_picture(figures: Series, known: Sequence[str]) -> Element:
    """All districts over the known periods as thin lines, with a mark that ``map.js`` moves along them.

    ``data-x`` lists where each period stands, in percent of the width.
    """
    moments = [periods.parse(one).moment for one in known]
    places = [(moment - moments[0]) / (moments[-1] - moments[0]) * 1000 for moment in moments]
    lines = {
        district: [
            (place, float(rows["value"][district])) if district in rows.index else None
            for place, rows in zip(places, map(figures.at, known), strict=True)
        ]
        for district in DISTRICTS
    }
    values = [point[1] for line in lines.values() for point in line if point]
    low, high = min(values), max(values)

    def path(line: Sequence[tuple[float, float] | None]) -> str:
        found, pen = "", "M"
        for point in line:
            if point is None:
                pen = "M"
                continue
            up = 0.5 if high == low else (high - point[1]) / (high - low)
            found += f"{pen}{point[0]:.0f},{6 + up * 88:.0f}"
            pen = "L"
        return found

    return element(
        "svg",
        (element("path", d=path(line), data_line=district) for district, line in lines.items()),
        element("line", y1=0, y2=100, class_="now"),
        viewBox="-4 0 1008 100",
        preserveAspectRatio="none",
        class_="time-trend",
        aria_hidden="true",
        data_x=" ".join(f"{place:.0f}" for place in places),
    )


def pair_picture(
    own: Sequence[tuple[float, float]], city: Sequence[tuple[float, float]], ends: tuple[str, str, str, str]
) -> Element:
    """A district's line over the city's dashed one.

    Parameters
    ----------
    own, city
        (moment, value) in order of time; ``city`` may be empty.
    ends
        The district's first and last value in words, and the first and last moment.
    """
    moments = [moment for moment, _ in own]
    values = [value for _, value in (*own, *city)]
    low, high = min(values), max(values)
    width, height, left, right, top, bottom = 190, 74, 3, 62, 15, 16

    def place(moment: float, value: float) -> tuple[float, float]:
        across = (moment - moments[0]) / ((moments[-1] - moments[0]) or 1)
        up = (high - value) / ((high - low) or 1)
        return left + across * (width - left - right), top + up * (height - top - bottom)

    def path(points: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))

    (x_first, y_first), (x_last, y_last) = place(*own[0]), place(*own[-1])
    return element(
        "svg",
        element("path", d=path(city), class_="city") if len(city) > 1 else None,
        element("path", d=path(own)),
        element("circle", cx=f"{x_last:.1f}", cy=f"{y_last:.1f}", r=3),
        element("text", ends[0], x=f"{x_first:.1f}", y=f"{y_first - 5:.1f}", class_="start"),
        element("text", ends[1], x=f"{x_last + 6:.1f}", y=f"{y_last + 4:.1f}", class_="end"),
        element("text", ends[2], x=left, y=height - 2, class_="when start"),
        element("text", ends[3], x=width - right, y=height - 2, class_="when last"),
        viewBox=f"0 0 {width} {height}",
        class_="line pair",
        aria_hidden="true",
    )
