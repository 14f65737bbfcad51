"""A server under test: started on 127.0.0.1, watched through /proc, stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.page import PageUnderTest

HOST = "127.0.0.1"
START_LIMIT = 60.0
"""Seconds until a server that has not answered is given up."""
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port and its first process."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Base address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def processes(self) -> list[int]:
        """Return the ids of the first process and of all below it."""
        parents = {pid: parent for pid in _pids() if (parent := _parent(pid))}
        found = [self.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def cpu_seconds(self) -> float:
        """Return the CPU time used so far, user and system, by all processes."""
        return sum(map(_cpu_ticks, self.processes())) / TICKS_PER_SECOND

    def memory_kb(self) -> int:
        """Return the resident memory of all processes, in KB."""
        held = (re.search(r"^VmRSS:\s+(\d+)", _read(pid, "status"), re.MULTILINE) for pid in self.processes())
        return sum(int(one[1]) for one in held if one)

    def native_modules(self) -> set[str]:
        """Return the compiled Python modules that are loaded, by path.

        An import that reaches a compiled module (pandas, shapely, pyproj …) shows
        here, so the difference of two calls tells what was imported in between.
        """
        return {
            path
            for pid in self.processes()
            for path in re.findall(r"(/\S*/site-packages/\S+\.so)$", _read(pid, "maps"), re.MULTILINE)
        }


@contextmanager
def serving(page: PageUnderTest) -> Iterator[Server]:
    """Start the page's server, wait for its first healthy answer, stop it after.

    It runs in an empty folder and without STREAMLIT_* variables, so that no
    configuration but its own reaches it.
    """
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT")}
    environment |= {k: v.format(port=port) for k, v in page.environment.items()}
    command: Sequence[str] = [word.format(port=port) for word in page.command]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            server = Server(port, process.pid)
            if not _becomes_healthy(server, process):
                raise RuntimeError(f"{page.name} does not answer on {server.address}")  # noqa: TRY301 - with its log, below
            yield server
        except BaseException:
            log.seek(0)
            sys.stderr.write(f"what the {page.name} server said:\n")
            sys.stderr.write(log.read().decode(errors="replace")[-4000:])
            raise
        finally:
            _stop(process)


def _becomes_healthy(server: Server, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the process and its children: its own process group, no other."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=10)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def _free_port() -> int:
    """Return a port that the system has free right now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat from the third (state) on."""
    return _read(pid, "stat").rpartition(")")[2].split()


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _cpu_ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0
