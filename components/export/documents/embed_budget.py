"""What an embed sends less of than the page, so that its one response stays small: see ``LARGEST``."""

import json
import re
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import append, element

LARGEST = 15_000
"""Bytes of the first response of an embed, compressed."""
MOST_STEPS = 12
"""Periods of a slider; the dashboard has them all."""
MOST_TITLED = 100
"""Points of a chart that are told in each of its layouts; of more, in the first alone: see ``tip.js``."""
HUNDREDTHS = re.compile(r"\d+\.\d\d+")
PLACES = ("d", "cx", "cy", "x", "y", "x1", "x2", "y1", "y2")


def shorten(picture: Element) -> None:
    """A slider of at most ``MOST_STEPS`` periods up to the last, with the shown one; unquoted."""
    time = picture.find(".//div[@class='time']")
    field = time.find(".//input") if time is not None else None
    if time is None or field is None:
        return
    steps, at = json.loads(time.attrib.pop("data-steps")), int(field.get("value", 0))
    first = max(0, min(len(steps) - MOST_STEPS, at))
    kept = slice(first, first + MOST_STEPS)
    field.set("max", str(len(steps[kept]) - 1))
    field.set("value", str(at - first))
    for trend in time.iter():
        if "data-x" in trend.attrib:
            trend.set("data-x", " ".join(trend.get("data-x", "").split()[kept]))
    # As text no quotation mark of it is escaped, which is a sixteenth of the whole response.
    written = json.dumps(steps[kept], ensure_ascii=False, separators=(",", ":"))
    append(time, element("div", written, class_="steps-of-time", hidden=True))


def round_places(svg: Element) -> None:
    """Places in a picture to a tenth of its unit, as those of its points are."""
    for one in svg.iter():
        for key in PLACES:
            if key in one.attrib:
                one.set(
                    key,
                    HUNDREDTHS.sub(
                        lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), one.attrib[key]
                    ),
                )
