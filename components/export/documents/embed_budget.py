"""Limits that keep the one response of an embed small: fewer periods and shorter numbers than a page."""

import json
import re
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import append, element

MAX_BYTES = 15_000
"""Maximum size of the first response of an embed, compressed."""
MAX_STEPS = 12
"""Maximum number of periods of a slider; the dashboard has them all."""
MAX_TITLED = 100
"""Maximum number of points with a title in every layout of a chart; more have it in the first: ``tip.js``."""
HUNDREDTHS = re.compile(r"\d+\.\d\d+")


def shorten(picture: Element) -> None:
    """Cut a slider to at most ``MAX_STEPS`` periods up to the last, the current one among them."""
    time = picture.find(".//div[@class='time']")
    field = time.find(".//input") if time is not None else None
    if time is None or field is None:
        return
    steps, current = json.loads(time.attrib.pop("data-steps")), int(field.get("value", 0))
    first = max(0, min(len(steps) - MAX_STEPS, current))
    kept = slice(first, first + MAX_STEPS)
    field.set("max", str(len(steps[kept]) - 1))
    field.set("value", str(current - first))
    for trend in time.iter():
        if "data-x" in trend.attrib:
            trend.set("data-x", " ".join(trend.get("data-x", "").split()[kept]))
    # As text no quotation mark of it is escaped, which is a sixteenth of the whole response.
    written = json.dumps(steps[kept], ensure_ascii=False, separators=(",", ":"))
    append(time, element("div", written, class_="steps-of-time", hidden=True))


def rounded(attribute: str) -> str:
    """Return a place or path in a picture with numbers to a tenth of its unit, as those of its points are."""
    return HUNDREDTHS.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), attribute)
