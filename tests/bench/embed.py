"""A figure in an article: our embed, the same as a Streamlit page in a frame, and as plotly's own HTML.

Bytes are those on the wire of a first load. Requests a second are counted by wrk, which is fetched from
Debian's packages if it is not there, as is nginx.
"""

import gzip
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import plotly.express as px
from playwright.sync_api import Browser

from data.dataset import load
from tests.bench import assets
from tests.bench.browser import new_context
from tests.bench.page import PageUnderTest
from tests.bench.pages import INDICATORS, NAIVE
from tests.bench.report import Pair, compare
from tests.bench.server import HOST, Server, _free_port, serving
from tests.bench.wire import counting

FIGURE = "/embed/trend?lang=en&indicator=avg_wage"
MAP = "/embed/map?lang=en&indicator=avg_wage"
CODED = {"Accept-Encoding": "br, gzip"}
WRK = ("-t1", "-c16", "-d5s", "--latency")
AFTER_MS = 1000
NGINX = """daemon off; pid {folder}/pid; error_log /dev/null;
events {{ worker_connections 256; }}
http {{ access_log off; gzip_static on; types {{ text/html html; }} client_body_temp_path {folder};
  proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen {host}:{port}; root {folder}; }} }}"""


class _Compressed(SimpleHTTPRequestHandler):
    """A static server that compresses, so that plotly's HTML is not held against plotly."""

    def do_GET(self) -> None:
        body = gzip.compress(Path(self.directory, self.path.lstrip("/")).read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _plotly_html() -> Iterator[Server]:
    """The chart as `to_html` writes it, served compressed."""
    chart = px.line(load().observations["avg_wage"], x="period", y="value", color="area")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "chart.html").write_text(chart.to_html(), encoding="utf-8")
        server = ThreadingHTTPServer((HOST, 0), partial(_Compressed, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Server(server.server_port, 0)
        finally:
            server.shutdown()


def _first_load(browser: Browser, address: str, drawn: str) -> tuple[float, int]:
    """Milliseconds until something is drawn, from an empty cache, and the web sockets it opened."""
    context = new_context(browser)
    assets.hand_over(context)
    sockets: list[object] = []
    try:
        tab = context.new_page()
        tab.on("websocket", lambda socket: sockets.append(socket))
        start = time.perf_counter()
        tab.goto(address, wait_until="commit")
        tab.locator(drawn).first.wait_for(timeout=60_000)
        taken = 1000 * (time.perf_counter() - start)
        tab.wait_for_timeout(AFTER_MS)
    finally:
        context.close()
    return taken, len(sockets)


def measure(browser: Browser, pages: Pair[PageUnderTest], rounds: int) -> Iterator[str]:
    """Load all three by turns, then ask as fast as wrk can, and yield the lines to print."""
    chart_page = replace(
        NAIVE,
        name="naive chart",
        command=tuple(word.replace("naive.py", "naive_chart.py") for word in NAIVE.command),
    )
    with serving(pages.ours) as ours, serving(chart_page) as naive, _plotly_html() as plotly:
        with counting(ours) as here, counting(naive) as there, counting(plotly) as page:
            loads = (
                (here, FIGURE, ".chart svg:visible"),
                (there, "/?embed=true", ".js-plotly-plot .main-svg"),
                (page, "/chart.html", ".js-plotly-plot .main-svg"),
            )
            _warm(here.server.address + FIGURE)
            taken: list[list[tuple[float, int]]] = [[], [], []]
            bytes_of: list[list[float]] = [[], [], []]
            for _ in range(rounds + 1):
                for at, (wire, path, drawn) in enumerate(loads):
                    before = wire.total
                    taken[at].append(_first_load(browser, wire.server.address + path, drawn))
                    bytes_of[at].append(wire.total - before)
            ms = [[one for one, _ in side[1:]] for side in taken]
            yield compare("figure drawn as embed and as ?embed=true, ms", ms[0], ms[1])
            yield compare("figure drawn as embed and as plotly's to_html, ms", ms[0], ms[2])
            yield compare("  bytes on the wire beside ?embed=true", bytes_of[0], bytes_of[1])
            yield compare("  bytes on the wire beside to_html", bytes_of[0], bytes_of[2])
            yield compare("  server sessions a reader", [taken[0][-1][1]], [taken[1][-1][1]])
            first = {path: len(_answer(here.server.address + path)) for path in (FIGURE, MAP)}
            yield f"  first response, bytes: trend {first[FIGURE]}, map {first[MAP]}"
        yield from _uncached(ours)
        yield from _requests(ours, naive)


def _warm(address: str) -> None:
    _answer(address)


def _answer(address: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(address, headers=CODED), timeout=60) as answer:
        return bytes(answer.read())


def _uncached(ours: Server) -> Iterator[str]:
    """Views that nobody asked for before, in a process that has drawn others."""
    for kind, most in (("map", 50), ("trend", 400)):
        _answer(f"{ours.address}/embed/{kind}?lang=en&indicator={INDICATORS[0]}")
        taken = []
        for district in ("medeu", "turksib", "alatau", "auezov", "almaly"):
            start = time.perf_counter()
            _answer(f"{ours.address}/embed/{kind}?lang=en&indicator={INDICATORS[0]}&district={district}")
            taken.append(1000 * (time.perf_counter() - start))
        yield f"  one {kind} embed that was not kept, ms (at most {most}): {median(taken):.0f}"


def _requests(ours: Server, naive: Server) -> Iterator[str]:
    _fetched("wrk", "nginx")
    static = f"{naive.address}/static/{_small_script()}"
    embed, folder = _wrk(ours.address + MAP), _wrk(static)
    yield compare(
        "requests a second beside Streamlit's static folder", [embed[0]], [folder[0]], more_is_better=True
    )
    yield f"  p95 of an embed under that load, ms (at most 50): {embed[1]:.1f}"
    with _nginx(_answer(ours.address + MAP)) as address:
        published = _wrk(address)
    yield compare(
        "requests a second, nginx with the file beside our server",
        [published[0]],
        [embed[0]],
        more_is_better=True,
    )


def _small_script() -> str:
    """A script of Streamlit about as large as an embed."""
    import streamlit

    root = Path(streamlit.__file__).parent / "static" / "static"
    scripts = sorted((root / "js").glob("*.js"), key=lambda one: abs(one.stat().st_size - 13_000))
    return scripts[0].relative_to(root).as_posix()


def _wrk(address: str) -> tuple[float, float]:
    """Requests a second, and the 95th percentile of the latency in milliseconds."""
    script = "done = function(s, l, r) io.write(string.format('p95 %f\\n', l:percentile(95) / 1000)) end"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ("wrk", *WRK, "-H", "Accept-Encoding: gzip", "-s", file.name, address)
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{address}: {said}")
    rate, tail = (re.search(pattern, said) for pattern in (r"Requests/sec:\s+([\d.]+)", r"p95 ([\d.]+)"))
    if not rate or not tail:
        raise RuntimeError(said)
    return float(rate[1]), float(tail[1])


@contextmanager
def _nginx(content: bytes) -> Iterator[str]:
    """nginx that serves one file, compressed beforehand."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        Path(folder, "map.html").write_bytes(content)
        Path(folder, "map.html.gz").write_bytes(content)
        settings = Path(folder, "nginx.conf")
        settings.write_text(NGINX.format(folder=folder, host=HOST, port=port))
        process = subprocess.Popen(["nginx", "-c", str(settings)], stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            yield f"http://{HOST}:{port}/map.html"
        finally:
            process.terminate()
            process.wait(10)


def _fetched(*programs: str) -> None:
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        command = [
            "apt-get",
            "install",
            "-y",
            "-qq",
            *(name.replace("nginx", "nginx-light") for name in missing),
        ]
        subprocess.run(command, check=True, capture_output=True)
