"""oEmbed 1.0 (https://oembed.com): a link to a figure becomes the figure where somebody pastes it."""

from urllib.parse import SplitResult, parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.export import figure_output
from components.export.documents.embed_code import snippet
from components.export.records.json_records import as_json
from components.export.rendering.embed_heights import GUESS, height_at
from components.export.rendering.page_images import SIZES
from components.figures.registry import draw
from components.refusal import RequestError, visible
from components.text.strings import text
from components.view import from_query
from components.web.embeds import MAX_AGE, OPEN, answer_or_refuse, urls_of
from components.web.http.responses import conditional_response
from data.dataset import load

WIDTH = 760
"""Pixels of an embed where the consumer names no limit."""
LEAST = 200


def oembed(request: Request) -> Response:
    """``GET /oembed?url=…&format=json&maxwidth=…&maxheight=…``: how to embed the figure behind a link."""
    return answer_or_refuse(request, lambda: _answer(request))


def _answer(request: Request) -> Response:
    asked = request.query_params
    if asked.get("format", "json") != "json":
        raise RequestError(
            501, "Not implemented", f'format "{visible(asked["format"])}" is not offered; json is'
        )
    url = _split(asked.get("url", ""))
    here = urls_of(request)
    kind, _, name = url.path.lstrip("/").partition("/")
    if f"{url.scheme}://{url.netloc}" not in (here.app, str(request.base_url).rstrip("/")) or kind not in (
        "f",
        "embed",
    ):
        raise RequestError(404, "Not found", "url is no link to a figure of this server")
    given = parse_qs(url.query)
    still = kind == "embed" and given.get("still", ["0"])[-1] == "1"
    view, _ = from_query(given, load())
    width, most = min(WIDTH, _limit(request, "maxwidth")), _limit(request, "maxheight")
    figure = draw(name, view, load())
    measured = figure_output.measured(figure, here, still, wait=False)
    guessed = measured == GUESS
    wide, high, _ = SIZES["card"]
    allowed = {at: min(own, most) for at, own in measured.items()}
    body = {
        "version": "1.0",
        "type": "rich",
        "title": figure.title,
        "provider_name": text(view.lang, "app.name"),
        "provider_url": here.app,
        "cache_age": 0 if guessed else MAX_AGE,
        "width": width,
        "height": height_at(allowed, width),
        "html": snippet(figure, here, allowed, still, resizer=False, max_width=width),
        "thumbnail_url": here.download(name, figure.view, "png", size="card"),
        "thumbnail_width": wide,
        "thumbnail_height": high,
    }
    content = as_json(body).encode()
    if guessed:  # until there is a Chromium
        return Response(content, headers={**OPEN, "Cache-Control": "no-store"}, media_type="application/json")
    return conditional_response(request, content, "application/json", max_age=MAX_AGE, headers=OPEN)


def _split(url: str) -> SplitResult:
    """Return the parts of an address; none of one that cannot be read."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _limit(request: Request, key: str) -> int:
    """Return a limit in pixels; none where the consumer names none.

    Raises
    ------
    RequestError
        400 where it is no whole number from ``LEAST``.
    """
    given = request.query_params.get(key)
    if given is None:
        return 10**6
    if not (given.isascii() and given.isdigit() and len(given) < 7 and int(given) >= LEAST):
        raise RequestError(400, "Bad limit", f'{key} "{visible(given)}" is not a whole number from {LEAST}')
    return int(given)


ROUTES = [Route("/oembed", oembed, methods=["GET", "HEAD"])]
