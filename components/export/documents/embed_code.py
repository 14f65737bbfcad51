"""Text that a journalist pastes: the code of an embed, and a citation with its date."""

from collections.abc import Mapping
from datetime import date

from components.export.documents.urls import UrlBuilder
from components.export.files import figure_tables
from components.export.rendering.embed_heights import css_height
from components.figure import Figure
from components.figures.drawing.markup import element, markup
from components.text.number_formats import day
from components.text.strings import text
from data.dataset import CHECKED_ON


def snippet(
    figure: Figure,
    urls: UrlBuilder,
    measured: Mapping[int, int],
    still: bool,
    resizer: bool,
    max_width: int | None = None,
) -> str:
    """Return HTML for an article: a frame that keeps the figure's height free at every width.

    In the frame stands a linked image with the figure's text alternative, for readers who do not see the
    frame. ``resizer`` adds a script of ours that makes the height exact; a still figure has no script that
    could send it its height. ``max_width`` is in pixels.
    """
    options = {"still": "1"} if still else {}
    image = element(
        "img",
        src=urls.download(figure.id, figure.view, "png"),
        alt=figure.alt,
        style="max-width:100%",
    )
    frame = element(
        "iframe",
        element("a", image, href=urls.address(figure.id, figure.view)),
        src=urls.embed(figure.id, figure.view, **options),
        title=figure.title,
        loading="lazy",
        style=f"width:100%;height:{css_height(measured)};border:0",
    )
    script = element("script", src=urls.app + urls.script("resize.js"), defer=True)
    style = "margin:0;container-type:inline-size" + (f";max-width:{max_width}px" if max_width else "")
    return markup(element("figure", frame, script if resizer and not still else None, style=style))


def citation(figure: Figure, urls: UrlBuilder, on: date) -> str:
    """Return one line: title, unit, bodies, date of the check, address, date of reading."""
    lang = figure.view.lang
    bodies = "; ".join(dict.fromkeys(source.words for source in figure.sources))
    return text(
        lang,
        "share.citation",
        what=". ".join(words.rstrip(".") for words in (figure.title, figure.subtitle) if words),
        bodies=bodies,
        checked=day(CHECKED_ON, lang),
        address=urls.address(figure.id, figure.view),
        read=day(on, lang),
    )


def bibtex(figure: Figure, urls: UrlBuilder, on: date) -> str:
    """Return the same for a reference manager; its key is the name of a file of the figure."""
    fields = {
        "title": f"{{{_plain(figure.title)}}}",
        "author": "{Almaty 2050}",
        "year": str(CHECKED_ON.year),
        "note": _plain("; ".join(dict.fromkeys(source.words for source in figure.sources))),
        "url": urls.address(figure.id, figure.view),
        "urldate": on.isoformat(),
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@misc{{{figure_tables.stem(figure)},\n{lines}\n}}"


def _plain(words: str) -> str:
    """Return words without what BibTeX reads as commands."""
    return "".join(letter for letter in words if letter not in "{}\\").replace("%", "\\%").replace("&", "\\&")
