"""Heights that Chromium measured: one measurement for all who ask."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.export.rendering import chromium, embed_heights


def test_who_waits_is_not_turned_away_by_who_does_not(monkeypatch):
    begun = threading.Event()

    def run(job, *, wait):
        if wait:
            return {300: 700}
        begun.set()
        time.sleep(0.3)
        raise chromium.RendererBusy("2 renders are running")

    monkeypatch.setattr(chromium, "run", run)
    html = "<p>that nobody measured yet"
    with ThreadPoolExecutor(2) as pool:
        hasty = pool.submit(embed_heights.heights, html, wait=False)
        begun.wait()
        assert pool.submit(embed_heights.heights, html).result() == {300: 700}
        with pytest.raises(chromium.RendererBusy):
            hasty.result()
