"""Figures at addresses: ``/embed/{figure}`` as a document, ``/figures/{figure}.{ending}`` as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components import bundles
from components.export import figure_output
from components.export.documents.html import html_document
from components.export.documents.urls import UrlBuilder, public_address
from components.export.files.file_formats import FIGURE_FORMATS, FORMATS
from components.export.rendering import chromium
from components.export.rendering.page_images import Size
from components.figures.drawing.markup import element
from components.figures.registry import draw
from components.refusal import RequestError, nearest, visible
from components.text.strings import LANGS, text
from components.view import View, from_query
from components.web.http.problem_details import problem
from components.web.http.responses import conditional_response
from data.dataset import load

OPTIONS: Mapping[str, Sequence[str]] = {
    "still": ("0", "1"),
    "strict": ("0", "1"),
    "size": get_args(Size),
}
"""What an address may say beside the view: no scripts; refuse what is not understood; size of a PNG."""
MAX_AGE = 600
RETRY_SECONDS = 2
MAX_NAMED = 8
"""Ignored parts of an address that are named in a header."""
MAX_QUERY_LENGTH = 2000
STYLE = (
    ":root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem } "
    "h1 { font-size: 1.1rem }"
)
HTML = FORMATS["html"].media_type
OPEN = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors "
)
"""Of a document; styles stand in it because they are a part of its one response."""
ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@dataclass(frozen=True)
class FigureRequest:
    """What an address asks for: the view, what of it was not understood, and the options.

    ``negotiated``: it names no language, so the browser's was taken.
    """

    view: View
    ignored: tuple[str, ...]
    options: Mapping[str, str]
    negotiated: bool


def read_request(request: Request) -> FigureRequest:
    """Read an address; total, unless it is to be strict.

    Raises
    ------
    RequestError
        400 with ``strict=1`` where anything was not understood; 414 where the query is too long to read.
    """
    if len(request.scope["query_string"]) > MAX_QUERY_LENGTH:
        raise RequestError(414, "Address too long", f"the query is longer than {MAX_QUERY_LENGTH} characters")
    sent = {key: request.query_params.getlist(key) for key in request.query_params}
    options = {
        key: values[-1] for key, values in sent.items() if key in OPTIONS and values[-1] in OPTIONS[key]
    }
    rest = {key: values for key, values in sent.items() if key not in options}
    view, ignored = from_query(rest, load(), request.headers.get("accept-language"))
    if ignored and options.get("strict") == "1":
        detail = "not understood: " + ", ".join(visible(part) for part in ignored[:MAX_NAMED])
        raise RequestError(400, "Bad view", detail)
    return FigureRequest(view, ignored, options, negotiated=not set(sent.get("lang", ())) & set(LANGS))


def urls_of(request: Request) -> UrlBuilder:
    """Documents of this server refer to its own pages and scripts."""
    return UrlBuilder(public_address() or str(request.base_url).rstrip("/"), bundles.address)


def embed(request: Request) -> Response:
    """``GET /embed/{figure}?{view}``: a figure as a document, to be framed by any page."""
    name = request.path_params["figure"]

    def make() -> Response:
        requested = read_request(request)
        still = requested.options.get("still") == "1"
        drawn = draw(name, requested.view, load())
        content, whole = figure_output.embed(drawn, urls_of(request), still, wait=False)
        headers = {**_headers(requested), "Content-Security-Policy": POLICY + "*"}
        if not whole:
            return conditional_response(request, content, HTML, status=503, max_age=0, headers=headers)
        return conditional_response(request, content, HTML, max_age=MAX_AGE, headers=headers)

    return answer_or_refuse(request, make, _framed_refusal)


def figure(request: Request) -> Response:
    """``GET /figures/{figure}.{ending}?{view}``: a figure as an image or a table."""
    name, ending = request.path_params["figure"], request.path_params["ending"]

    def make() -> Response:
        requested = read_request(request)
        if ending not in FIGURE_FORMATS:
            detail = f'format "{visible(ending)}" is unknown'
            close = nearest(ending, FIGURE_FORMATS)
            raise RequestError(404, "Unknown format", detail, close, FIGURE_FORMATS)
        size: Size = requested.options.get("size", "1x")  # type: ignore[assignment]
        drawn = draw(name, requested.view, load())
        content = figure_output.file(drawn, urls_of(request), ending, size, wait=False)
        file_name = figure_output.file_name(drawn, ending)
        headers = {**_headers(requested), "Content-Disposition": f'inline; filename="{file_name}"'}
        if ending == "svg":  # opened by itself it is a document, and asks nobody for anything
            headers["Content-Security-Policy"] = ALONE
        media_type = FORMATS[ending].media_type
        return conditional_response(request, content, media_type, max_age=MAX_AGE, headers=headers)

    return answer_or_refuse(request, make)


def page(request: Request) -> Response:
    """``GET /f/{figure}?{view}``: the plain page of a figure, without a script."""
    name = request.path_params["figure"]

    def make() -> Response:
        requested = read_request(request)
        drawn = draw(name, requested.view, load())
        content, whole = figure_output.page(drawn, urls_of(request), wait=False)
        headers = {**_headers(requested), "Content-Security-Policy": POLICY + "'self'"}
        if not whole:  # until there is a Chromium
            return Response(content, headers={**headers, "Cache-Control": "no-store"}, media_type=HTML)
        return conditional_response(request, content, HTML, max_age=MAX_AGE, headers=headers)

    return answer_or_refuse(request, make, _page_of_refusal)


def _headers(requested: FigureRequest) -> dict[str, str]:
    headers = dict(OPEN)
    if requested.ignored:
        named = (quote(part, safe="=") for part in requested.ignored[:MAX_NAMED])
        headers["X-Ignored"] = ", ".join(named)
    headers["Content-Language"] = requested.view.lang
    if requested.negotiated:
        headers["Vary"] = "Accept-Language"
    return headers


def answer_or_refuse(
    request: Request,
    make: Callable[[], Response],
    refuse: Callable[[Request, RequestError], Response] = problem,
) -> Response:
    """Return what ``make`` answers, or a refusal; 503 where the browser that draws is busy or not there."""
    try:
        return make()
    except RequestError as refused:
        return refuse(request, refused)
    except (chromium.RendererBusy, chromium.NoChromium, chromium.RenderingFailed) as error:
        again = RETRY_SECONDS if isinstance(error, chromium.RendererBusy) else None
        response = refuse(request, RequestError(503, "Not rendered", str(error), again=again))
        if again:
            response.headers["Retry-After"] = str(again)
        response.headers["Cache-Control"] = "no-store"
        return response


def _framed_refusal(request: Request, refused: RequestError) -> Response:
    return _page_of_refusal(request, refused, "*")


def _page_of_refusal(request: Request, refused: RequestError, framed_by: str = "'self'") -> Response:
    """Return a refusal as a small page, read in a frame; where that may help, it asks again."""
    asked_lang = request.query_params.get("lang")
    view, _ = from_query(
        {"lang": [asked_lang]} if asked_lang else {}, load(), request.headers.get("accept-language")
    )
    explained = {403: "embed.withheld", 404: "embed.unknown", 503: "embed.not_drawn"}
    heading = "embed.busy" if refused.again else explained.get(refused.status, "embed.bad")
    body = element(
        "main",
        element("h1", text(view.lang, heading)),
        element("p", element("a", refused.link, href=refused.link, rel="noopener", target="_blank"))
        if refused.link
        else None,
        element("p", refused.detail, lang="en"),
    )
    title, style = text(view.lang, "app.name"), element("style", STYLE)
    content = html_document(
        title, view.lang, [style], body, {"refresh": refused.again} if refused.again else {}
    )
    headers = {**OPEN, "Content-Security-Policy": POLICY + framed_by, "Cache-Control": "no-store"}
    return Response(content, refused.status, headers, HTML)


ROUTES = [
    Route("/embed/{figure}", embed, methods=["GET", "HEAD"]),
    Route("/figures/{figure}.{ending}", figure, methods=["GET", "HEAD"]),
    Route("/f/{figure}", page, methods=["GET", "HEAD"]),
]
