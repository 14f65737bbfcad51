"""Small line charts as SVG, for pages that must be light: their ends are labelled directly."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.scales import line_path, linear
from data import periods
from data.transforms import Series, value_of
from geo.districts import DISTRICTS

WIDTH, HEIGHT = 360, 164
LEFT, RIGHT, TOP, BOTTOM = 10, 54, 20, 40


def line_picture(
    points: Sequence[tuple[float, float, str, str]],
    labelled: Sequence[int],
    note: tuple[float, str] | None = None,
) -> Element:
    """Draw a line through points.

    Parameters
    ----------
    points
        (moment, value, label of the moment, label of the value), in order of time.
    labelled
        Positions of the points that carry their labels; the moment's is written on the axis.
    note
        A value at which a dotted reference line stands, and its words.
    """
    moments, values, moment_labels, value_labels = zip(*points, strict=True)
    x = linear(moments, LEFT, WIDTH - RIGHT)
    y = linear([*values, note[0]] if note else values, HEIGHT - BOTTOM, TOP)
    marks = []
    for index in labelled:
        place_x, place_y = x(moments[index]), y(values[index])
        dx, dy, anchor = _beside(values, index)
        marks += [
            element("circle", cx=f"{place_x:.1f}", cy=f"{place_y:.1f}", r=3.6),
            _label(value_labels[index], place_x + dx, place_y + dy, f"value {anchor}"),
            element(
                "text",
                moment_labels[index],
                x=f"{place_x:.1f}",
                y=HEIGHT - 4,
                class_="when" + (" start" if index == 0 else ""),
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
        element("path", d=line_path(zip(map(x, moments), map(y, values), strict=True))),
        marks,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="line",
        aria_hidden="true",
        xmlns="http://www.w3.org/2000/svg",
    )


def _label(words: str, x: float, y: float, class_: str) -> Element:
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", class_=class_)


def _beside(values: Sequence[float], index: int) -> tuple[float, float, str]:
    """Return where a point's label stands clear of the line: offsets, and the anchored end of the text."""
    if index == len(values) - 1:
        return 8, 4, "end"
    rises_after = values[index + 1] > values[index]
    if index == 0:
        return 0, 17 if rises_after else -9, "start"
    falls_before = values[index - 1] > values[index]
    if falls_before and rises_after:
        return 0, 17, ""
    if falls_before:
        return 6, -6, "start"
    return (-6, -6, "last") if rises_after else (0, -9, "")


def trend_picture(series: Series, slider_periods: Sequence[str]) -> Element:
    """Draw all districts over some periods as thin lines, with a mark that ``map.js`` moves along them.

    ``data-x`` lists where each period stands, in units of the picture.
    """
    moments = [periods.parse(period).moment for period in slider_periods]
    places = list(map(linear(moments, 0, 1000), moments))
    tables = [series.at(period) for period in slider_periods]
    lines = {
        district: [value_of(rows, district) if district in rows.index else None for rows in tables]
        for district in DISTRICTS
    }
    y = linear((value for line in lines.values() for value in line if value is not None), 94, 6)
    return element(
        "svg",
        (
            element(
                "path",
                d=line_path(
                    [
                        None if value is None else (place, y(value))
                        for place, value in zip(places, line, strict=True)
                    ],
                    decimals=0,
                ),
                data_line=district,
            )
            for district, line in lines.items()
        ),
        element("line", y1=0, y2=100, class_="now"),
        viewBox="-4 0 1008 100",
        preserveAspectRatio="none",
        class_="time-trend",
        aria_hidden="true",
        data_x=" ".join(f"{place:.0f}" for place in places),
    )


def pair_picture(
    district: Sequence[tuple[float, float]],
    city: Sequence[tuple[float, float]],
    ends: tuple[str, str, str, str],
) -> Element:
    """Draw a district's line over the city's dashed one.

    Parameters
    ----------
    district, city
        (moment, value) in order of time; ``city`` may be empty.
    ends
        The district's first and last value in words, and the first and last moment.
    """
    width, height, left, right, top, bottom = 190, 74, 3, 62, 15, 16
    x = linear((moment for moment, _ in district), left, width - right)
    y = linear((value for _, value in (*district, *city)), height - bottom, top)

    def path(points: Sequence[tuple[float, float]]) -> str:
        return line_path((x(moment), y(value)) for moment, value in points)

    x_first, y_first = x(district[0][0]), y(district[0][1])
    x_last, y_last = x(district[-1][0]), y(district[-1][1])
    return element(
        "svg",
        element("path", d=path(city), class_="city") if len(city) > 1 else None,
        element("path", d=path(district)),
        element("circle", cx=f"{x_last:.1f}", cy=f"{y_last:.1f}", r=3),
        _label(ends[0], x_first, y_first - 5, "start"),
        _label(ends[1], x_last + 6, y_last + 4, "end"),
        element("text", ends[2], x=left, y=height - 2, class_="when start"),
        element("text", ends[3], x=width - right, y=height - 2, class_="when last"),
        viewBox=f"0 0 {width} {height}",
        class_="line pair",
        aria_hidden="true",
    )
