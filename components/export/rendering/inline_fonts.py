"""The fonts of the dashboard inside a document that asks no server for anything."""

import tomllib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from components.bundles import ASSETS, ROOT

POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
"""Content-Security-Policy of such a document."""


class Face(NamedTuple):
    """A font file as the server declares it, with the characters that it is declared for."""

    family: str
    weight: str
    file: str
    unicode_range: str

    def covers(self, character: str) -> bool:
        """Return whether a character lies in one of the ranges, such as ``U+0301, U+0400-045F``."""
        for part in self.unicode_range.split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            if int(first, 16) <= ord(character) <= int(last or first, 16):
                return True
        return False


@cache
def faces() -> tuple[Face, ...]:
    """Return the fonts of the dashboard from the one place that declares them, Streamlit's configuration."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    return tuple(
        Face(face["family"], face["weight"], face["url"].rsplit("/", 1)[1], face["unicodeRange"])
        for face in theme["fontFaces"]
    )


def fonts(written: str | None = None) -> Iterator[str]:
    """Yield the font faces as styles with their files inside: those that a text needs, or all."""
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
