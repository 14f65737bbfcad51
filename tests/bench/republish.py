"""Publish a part of the site from scratch, then again with nothing changed; the program's start included.

Beside the second run stands the first: what it costs a program that draws everything again.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.report import compare

PROGRAM = Path(sys.executable).parent / "almaty2050"
FIGURES = ("map", "trend", "table")
INDICATORS = ("avg_wage", "births", "sme_active")


def measure(rounds: int) -> Iterator[str]:
    """Seconds a figure from scratch, seconds of a run without a change."""
    with tempfile.TemporaryDirectory() as folder:
        words = (PROGRAM, "publish", f"{folder}/site", "--lang", "kk", "--figure", *FIGURES)
        first = _seconds(*words, "--indicator", *INDICATORS)
        again = [_seconds(*words, "--indicator", *INDICATORS) for _ in range(rounds)]
    count = len(FIGURES) * len(INDICATORS)
    yield f"publish from scratch, s a figure ({count} figures): {first / count:.2g}"
    yield compare(f"republish {count} figures with nothing changed, s", again, [first])


def _seconds(*words: str | Path) -> float:
    started = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - started
