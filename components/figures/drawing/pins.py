"""Pinned districts: marked in every part of a picture, and outlined on its maps."""

from collections.abc import Collection
from xml.etree.ElementTree import Element


def pin(picture: Element, districts: Collection[str]) -> None:
    """Mark exactly these districts as pinned in a picture, as ``map.js`` does when a reader pins one."""
    for part in picture.iter():
        if "data-district" in part.attrib:
            classes = [name for name in part.get("class", "").split() if name != "pinned"]
            if part.get("data-district") in districts:
                classes.append("pinned")
            if classes:
                part.set("class", " ".join(classes))
            else:
                part.attrib.pop("class", None)
    for svg in picture.iter("svg"):
        outline = "".join(
            path.get("d", "") for path in svg.iter("path") if path.get("data-district") in districts
        )
        for path in svg.iter("path"):
            if path.get("class") == "pin-outline":
                path.set("d", outline)
