"""What Chromium prints, opened with a reader of its own; crashes, threads, and no network."""

import asyncio
import errno
import http.server
import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from choreographer import Browser

from components.export.rendering import chromium

ROOT = Path(__file__).parents[2]
LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1><p>{text}</p>
<table><thead><tr><th scope="col">A<th scope="col">B</thead><tr><th scope="row">C<td>7</table>
<svg role="img" aria-label="{title}" width="9" height="9"><circle r="4" cx="4" cy="4"/></svg></html>"""
A4_POINTS = (210 / 25.4 * 72, 297 / 25.4 * 72)


def page(title: str = "Әуезов", text: str = LETTERS, lang: str = "kk") -> str:
    return PAGE.format(title=title, text=text, lang=lang)


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def structure(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    """Every structure element of a document."""

    def walk(node: object) -> Iterator[pypdf.generic.DictionaryObject]:
        node = node.get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            for one in node:
                yield from walk(one)
        elif isinstance(node, pypdf.generic.DictionaryObject) and "/S" in node:
            yield node
            yield from walk(node.get("/K", pypdf.generic.ArrayObject()))

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def process() -> int:
    """The process of the running browser; choreographer starts it through a small one of its own."""
    starter = chromium._made()._browser.subprocess.pid
    (pid,) = Path(f"/proc/{starter}/task/{starter}/children").read_text().split()
    return int(pid)


def test_the_document_is_tagged_and_says_its_language_and_title():
    root = read(chromium.pdf(page())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's own kind of true
    assert root["/Lang"] == "kk"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read(chromium.pdf(page("Медеу ауданы"))).metadata.title == "Медеу ауданы"
    assert read(chromium.pdf(page(lang="ru"))).trailer["/Root"]["/Lang"] == "ru"


def test_headings_tables_and_pictures_are_told_to_a_screen_reader():
    elements = structure(read(chromium.pdf(page())))
    kinds = [one["/S"] for one in elements]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 3
    assert [one["/Alt"] for one in elements if one["/S"] == "/Figure"] == ["Әуезов"]


def test_one_page_of_a4_upright():
    (only,) = read(chromium.pdf(page())).pages
    assert [float(side) for side in only.mediabox[2:]] == pytest.approx(A4_POINTS, abs=1)


def test_the_page_size_of_the_style_wins():
    (only,) = read(chromium.pdf("<style>@page { size: A5 }</style>x")).pages
    assert float(only.mediabox[3]) == pytest.approx(210 / 25.4 * 72, abs=1)


def test_every_kazakh_letter_can_be_copied_out():
    (only,) = read(chromium.pdf(page())).pages
    assert set(LETTERS) <= set(only.extract_text())


def test_the_same_document_gives_the_same_bytes_also_in_another_browser(fresh):
    first = chromium.pdf(page())
    assert chromium.pdf(page("Медеу")) != first
    assert chromium.pdf(page()) == first
    os.kill(process(), signal.SIGKILL)
    assert chromium.pdf(page()) == first
    assert re.findall(rb"\(D:(\d+)", first) == [b"20200101000000"] * 2


def test_threads_get_what_they_asked_for_two_at_a_time(monkeypatch):
    printed = chromium._printed
    now, most = 0, 0

    async def counted(tab, html: str) -> bytes:
        nonlocal now, most
        now += 1
        most = max(most, now)
        try:
            return await printed(tab, html)
        finally:
            now -= 1

    monkeypatch.setattr(chromium, "_printed", counted)
    titles = [f"District {number}" for number in range(6)]
    with ThreadPoolExecutor(len(titles)) as pool:
        found = list(pool.map(lambda title: chromium.pdf(page(title)), titles))
    assert [read(content).metadata.title for content in found] == titles
    assert most == 2


def test_threads_share_one_browser_from_the_first_document_on(fresh):
    made = []
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: made.append(chromium._chromium()), range(4)))
    assert len(set(made)) == 1


def test_after_a_crash_the_next_document_starts_a_new_browser(fresh):
    before = chromium.pdf(page())
    first = process()
    os.kill(first, signal.SIGKILL)
    assert chromium.pdf(page()) == before
    assert process() != first


def test_a_crash_in_the_middle_is_tried_once_more(fresh, monkeypatch):
    printed = chromium._printed
    victims = []

    async def crashing(tab, html: str) -> bytes:
        if len(victims) < crashes:
            victims.append(process())
            os.kill(victims[-1], signal.SIGKILL)
        return await printed(tab, html)

    monkeypatch.setattr(chromium, "_printed", crashing)
    crashes = 1
    assert chromium.pdf(page()).startswith(b"%PDF-")
    crashes = 3
    with pytest.raises(chromium.RenderingFailed, match="crashed twice"):
        chromium.pdf(page())
    assert len(set(victims)) == 3
    assert chromium.pdf(page()).startswith(b"%PDF-")


def test_what_takes_too_long_is_given_up_and_the_next_one_works(fresh, monkeypatch):
    async def endless(tab, html: str) -> bytes:
        await asyncio.sleep(3600)
        return b""

    with monkeypatch.context() as patched:
        patched.setattr(chromium, "_printed", endless)
        patched.setattr(chromium, "RENDER_LIMIT", 1)
        with pytest.raises(chromium.RenderingFailed, match="did not finish within 1 seconds"):
            chromium.pdf(page())
    assert chromium.pdf(page()).startswith(b"%PDF-")


def test_a_browser_that_no_longer_answers_is_replaced(fresh, monkeypatch):
    before = chromium.pdf(page())
    frozen = process()
    os.kill(frozen, signal.SIGSTOP)
    with monkeypatch.context() as patched:
        patched.setattr(chromium, "RENDER_LIMIT", 1)
        with pytest.raises(chromium.RenderingFailed, match="did not finish"):
            chromium.pdf(page())
    assert chromium.pdf(page()) == before
    assert still_alive(frozen) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nowhere/chromium", "CHROMIUM is /nowhere/chromium, which is not a program; install Chromium"),
        ("/etc/passwd", "CHROMIUM is /etc/passwd, which is not a program; install Chromium"),
        ("/bin/true", "Chromium does not start"),
    ],
)
def test_what_is_no_chromium_is_named(path, said, fresh, monkeypatch):
    working = os.environ["CHROMIUM"]
    monkeypatch.setenv("CHROMIUM", path)
    with pytest.raises(chromium.NoChromium, match=f"^{said}") as raised:
        chromium.pdf(page())
    assert "apt-get install chromium" in str(raised.value)
    monkeypatch.setenv("CHROMIUM", working)
    assert chromium.pdf(page()).startswith(b"%PDF-"), "once it is installed no restart is needed"


@pytest.mark.parametrize("seconds", [0, 2])
def test_a_browser_that_gets_no_process_does_not_start(seconds, fresh, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        time.sleep(seconds)
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    with monkeypatch.context() as patched:
        patched.setattr("choreographer.browser_async.subprocess.Popen", refuse)
        patched.setattr(chromium, "START_LIMIT", 1)
        with pytest.raises(chromium.NoChromium, match=r"^Chromium does not start"):
            chromium.pdf(page())
    assert chromium.pdf(page()).startswith(b"%PDF-")


def test_a_browser_that_does_not_start_at_first_is_started_again(fresh, monkeypatch):
    """The library closes the pipes of a dead browser late: their numbers may be those of the next one."""
    tries = []

    async def open_at_the_second(browser: Browser) -> None:
        tries.append(browser)
        if len(tries) == 1:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        await opened(browser)

    opened = Browser.open
    monkeypatch.setattr(Browser, "open", open_at_the_second)
    assert chromium.pdf(page()).startswith(b"%PDF-")
    assert len(tries) == 2


def test_without_any_browser_it_says_what_to_install(fresh, monkeypatch):
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setattr("choreographer.browsers.Chromium.find_browser", lambda **_: None)
    with pytest.raises(chromium.NoChromium, match=r"^No Chromium was found; install Chromium .* CHROMIUM"):
        chromium.pdf(page())


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


REFERENCES = (
    '<link rel="stylesheet" href="http://{site}/style.css">',
    '<div style="height: 9px; background: url(http://{site}/background.png)"></div>',
    '<iframe src="http://{site}/frame.html"></iframe>',
    '<script src="http://{site}/script.js"></script>',
    '<link rel="preconnect" href="http://{site}"><link rel="prefetch" href="http://{site}/prefetch">',
    '<svg><image href="http://{site}/image.png" width="9" height="9"/></svg>',
)


def test_no_host_is_asked_for_anything(fresh, site, monkeypatch):
    address, asked = site
    for reference in REFERENCES:
        assert chromium.pdf(page() + reference.format(site=address)).startswith(b"%PDF-")
    time.sleep(1)
    assert asked == []
    os.kill(process(), signal.SIGKILL)
    monkeypatch.setattr(chromium, "OFFLINE", ())  # without its flags the next browser would ask
    chromium.pdf(page() + REFERENCES[0].format(site=address))
    deadline = time.monotonic() + 20
    while not asked and time.monotonic() < deadline:
        time.sleep(0.1)
    assert asked == ["/style.css"]


def test_an_image_or_font_from_elsewhere_is_an_error_rather_than_a_gap(site):
    address, asked = site
    font = f"<style>@font-face {{ font-family: F; src: url(http://{address}/font.woff2) }}</style>"
    for missing in (f'<img src="http://{address}/image.png">', font):
        with pytest.raises(chromium.RenderingFailed, match="font or an image"):
            chromium.pdf(page() + missing)
    assert asked == []


def test_no_script_of_a_document_runs():
    scripted = page(text="as it was written") + "<script>document.body.textContent = 'changed'</script>"
    (only,) = read(chromium.pdf(scripted)).pages
    assert "as it was written" in only.extract_text()


def test_the_browser_is_confined(fresh):
    chromium.pdf(page())
    flags = Path(f"/proc/{process()}/cmdline").read_text().replace("\0", " ").split(" --")
    assert "host-resolver-rules=MAP * ~NOTFOUND" in flags
    assert not {"disable-web-security", "allow-file-access-from-files"} & {*flags}
    assert not [flag for flag in flags if flag.startswith("remote-debugging-port")]


@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True)])
def test_only_root_goes_without_the_sandbox(user, sandboxed, monkeypatch):
    monkeypatch.setattr(chromium.os, "geteuid", lambda: user)
    monkeypatch.setattr("choreographer.Browser", lambda path, **options: options)
    assert chromium._found()["enable_sandbox"] is sandboxed


def test_importing_it_does_not_import_what_drives_the_browser():
    program = "import sys; import components.export.rendering.chromium; print('choreographer' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def alive(group: int) -> list[str]:
    """The living processes of a process group; who is dead and waits for its parent is not alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of, *_ = path.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended meanwhile
            continue
        if int(of) == group and state not in "ZX":
            found.append(path.parent.name)
    return found


def still_alive(group: int) -> list[str]:
    """The living of a process group, after whoever was killed has had time to go: that takes a moment."""
    for _ in range(100):
        if not alive(group):
            break
        time.sleep(0.1)
    return alive(group)


def test_it_rests_while_nobody_asks():
    """Its service for the network did not start, and was started again twenty times a second."""
    chromium.pdf(page())
    time.sleep(0.5)
    group = os.getpgid(process())
    before = {*alive(group)}
    later = set()
    for _ in range(10):
        time.sleep(0.1)
        later |= {*alive(group)}
    assert len(later - before) <= 2


@pytest.fixture
def short_folder():
    """A folder with a short path: Chromium's socket in it takes at most 108 characters."""
    with tempfile.TemporaryDirectory(prefix="c") as folder:
        yield Path(folder)


@pytest.mark.parametrize("before_the_end", ["", "os.kill(pid, signal.SIGSTOP)"])
def test_nothing_is_left_when_the_interpreter_ends(before_the_end, short_folder):
    program = f"""
import os, signal
from pathlib import Path
from components.export.rendering import chromium
chromium.CLOSE_LIMIT = 2
chromium.pdf("x")
starter = chromium._made()._browser.subprocess.pid
pid = int(Path(f"/proc/{{starter}}/task/{{starter}}/children").read_text())
{before_the_end}
print(starter)
"""
    answer = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(short_folder)},
        timeout=120,
    )
    assert still_alive(int(answer.stdout)) == []
    assert "Traceback" not in answer.stderr
    left = [one.name for one in short_folder.iterdir()]
    if before_the_end:  # killed: Chromium cannot remove the folder of its own socket
        left = [name for name in left if not name.startswith("org.chromium.")]
    assert left == []
