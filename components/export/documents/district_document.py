"""A district on one page as a document of its own: one HTML file with its styles and fonts inside."""

import tomllib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from components.export.documents.html import html_document
from components.figures.drawing.markup import element
from components.text.strings import Lang, text

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "components" / "assets"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


class Face(NamedTuple):
    """One font file as the server declares it, and the characters it is declared for."""

    family: str
    weight: str
    file: str
    unicode_range: str

    def covers(self, character: str) -> bool:
        """Whether a character lies in one of the ranges, such as ``U+0301, U+0400-045F``."""
        for part in self.unicode_range.split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            if int(first, 16) <= ord(character) <= int(last or first, 16):
                return True
        return False


def document(content: Element, title: str, lang: Lang) -> str:
    """A whole HTML document that asks no server for anything: the same for a reader and for the printer.

    Of the fonts, only the files that the text needs are inside.
    """
    written = title + "".join(content.itertext())
    style = element("style", *fonts(written), _style("figure.css"), _style("profile.css"))
    colophon = element("p", text(lang, "app.name"), class_="colophon")
    body = element("main", content, colophon, id="figure")
    return html_document(title, lang, [style], body, {"Content-Security-Policy": POLICY})


def file_name(district: str, lang: Lang, ending: str) -> str:
    """What the file of a district is called, such as ``almaty2050_district_medeu_kk.pdf``."""
    return f"almaty2050_district_{district}_{lang}.{ending}"


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; its folder is made if it does not exist."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@cache
def faces() -> tuple[Face, ...]:
    """The fonts of the dashboard, from the one place that declares them: ``.streamlit/config.toml``."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    return tuple(
        Face(one["family"], one["weight"], one["url"].rsplit("/", 1)[1], one["unicodeRange"])
        for one in theme["fontFaces"]
    )


def fonts(written: str | None = None) -> Iterator[str]:
    """The font faces as styles, with their files inside: those that a text needs, or all."""
    for face in faces():
        if written is None or any(face.covers(character) for character in set(written)):
            yield (
                f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
                f"src: url(data:font/woff2;base64,{_base64(face.file)}) format('woff2'); "
                f"unicode-range: {face.unicode_range}; }}\n"
            )


@cache
def _base64(file: str) -> str:
    return b64encode((ASSETS / "fonts" / file).read_bytes()).decode()


@cache
def _style(file: str) -> str:
    return (ASSETS / file).read_text(encoding="utf-8")
