"""The dashboard on a free port and a real Chromium; without one the tests fail and say what to install."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests.browser import chromium
from tests.browser.reader import LIMIT, Desk, Reader

expect.set_options(timeout=LIMIT)

PROGRAM = Path(sys.executable).parent / "almaty2050"
START_LIMIT = 60
"""Seconds until the server has to answer."""


def free_port() -> int:
    """A port that the system has free right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_healthy(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@contextmanager
def dashboard(printer: str | None) -> Iterator[str]:
    """The address of a dashboard that runs until the block ends and prints with the program named."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("STREAMLIT_")}
    if printer:
        environment["CHROMIUM"] = printer
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            deadline = time.monotonic() + START_LIMIT
            while not is_healthy(base):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    pytest.fail(f"the dashboard did not start: {log.read()[-2000:]}")
                time.sleep(0.1)
            yield base
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a dashboard that runs while the tests do."""
    with dashboard(chromium.installed()) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine, for a file of tests: its event loop must not run under those of others."""
    try:
        path = chromium.path()
    except RuntimeError as error:
        pytest.fail(str(error))
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        except Error as error:
            pytest.fail(f"{path} does not start: {error.message.splitlines()[0]}. {chromium.MISSING}")
        yield started
        started.close()


@pytest.fixture(scope="module")
def desks(browser: Browser, server: str) -> Callable[..., Desk]:
    """Browsers of each kind (width, language, dark scheme), opened once for a file of tests."""
    kept: dict[str, Desk] = {}

    def desk(number: int, **options: object) -> Desk:
        kind = repr((number, options))
        if kind not in kept:
            kept[kind] = Desk(browser, server, **options)
        return kept[kind]

    return desk


@pytest.fixture
def readers(desks: Callable[..., Desk]) -> Iterator[Callable[..., Reader]]:
    """Readers with browsers of their own kind; no two of a test share one."""
    made: list[Reader] = []

    def make(**options: object) -> Reader:
        made.append(Reader(desks(len(made), **options)))
        return made[-1]

    yield make
    for reader in made:
        reader.close()


@pytest.fixture
def reader(readers: Callable[..., Reader]) -> Reader:
    """A reader at a desk, with an English browser."""
    return readers()
