"""A document as a strict parser sees it: every tag closed, and what is in it; words as paper has them."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Document(HTMLParser):
    """Tags with their attributes in order, words by the tag they stand in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        assert len({key for key, _ in attrs}) == len(attrs), f"an attribute twice: {attrs}"
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open, tag
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.words.append((self._open[-1] if self._open else "", data))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def said(self) -> str:
        """What a reader can read."""
        return " ".join(data for tag, data in self.words if tag not in ("style", "script"))

    @property
    def loads(self) -> list[str]:
        """Every address that opening the document fetches."""
        found = [one["src"] for _, one in self.tags if "src" in one]
        found += [one["href"] for tag, one in self.tags if tag == "link" and one.get("rel") in LOADING]
        return found + [
            one[key] for _, one in self.tags for key in ("data", "poster", "srcset") if key in one
        ]


LOADING = ("stylesheet", "preload", "modulepreload", "icon", "prefetch", "preconnect", "dns-prefetch")


def squeezed(words: str) -> str:
    """Words without spaces and soft hyphens, of which a PDF has its own, and with one kind of apostrophe."""
    return re.sub(r"[\s\u00ad]", "", words).replace("ʼ", "’")
