"""At the limit new visitors get an honest page, the others stay as they are."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.text.strings import LANGS, text
from components.web.http.admission import STREAM, AdmissionLimit, most_readers

PAGE = [(b"accept", b"text/html,application/xhtml+xml"), (b"sec-fetch-dest", b"document")]


async def inner(scope, receive, send):
    """An app whose pages say "page", and whose streams last until they are told to end."""
    if scope["type"] == "websocket":
        await receive()
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"page"})


class Visit:
    """Open streams and requests against one guarded app."""

    def __init__(self, most):
        self.app = AdmissionLimit(inner, most)

    async def get(self, headers=PAGE, path="/map", method="GET"):
        sent = []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        await self.app(scope, None, send)
        return sent[0]["status"], dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])

    def open(self):
        """A stream that stays open until the returned event is set."""
        end = asyncio.Event()
        scope = {"type": "websocket", "path": STREAM, "headers": []}
        return end, asyncio.create_task(self.app(scope, end.wait, None))


def told(story):
    """Run a story in a loop of its own: another test may have left one running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(story())).result()


def test_at_the_limit_a_new_page_says_so_in_three_languages():
    async def story():
        visit, ends = Visit(2), []
        for expected in (200, 200, 503):
            assert (await visit.get())[0] == expected
            ends.append(visit.open())
            await asyncio.sleep(0)
        status, headers, body = await visit.get()
        assert status == 503
        assert headers[b"retry-after"] == b"30"
        assert all(text(lang, "notice.busy", seconds=30) in body.decode() for lang in LANGS)
        # Machines, pictures, files and those who are there already are not turned away.
        assert (await visit.get(headers=[(b"accept", b"*/*")]))[0] == 200
        picture = [(b"accept", b"text/html"), (b"sec-fetch-dest", b"image")]
        assert (await visit.get(headers=picture))[0] == 200
        assert (await visit.get(method="HEAD"))[0] == 200
        for path in (
            "/api/v1/indicators",
            "/figures/map.png",
            "/embed/map",
            "/f/map",
            "/oembed",
            "/assets/x.js",
        ):
            assert (await visit.get(path=path))[0] == 200, f"{path} opened in a tab takes no place"
        assert len(ends) == 3
        for end, _ in ends:
            end.set()
        await asyncio.gather(*(task for _, task in ends))
        assert (await visit.get())[0] == 200, "pages that close make room"

    told(story)


@pytest.mark.parametrize("wrong", ["", "0", "-1", "many", "1.5"])
def test_a_limit_that_is_no_number_is_refused(wrong, monkeypatch):
    monkeypatch.setenv("ALMATY2050_READERS", wrong)
    with pytest.raises(ValueError, match="whole number"):
        most_readers()


def test_the_limit_can_be_set(monkeypatch):
    monkeypatch.setenv("ALMATY2050_READERS", "7")
    assert most_readers() == 7
