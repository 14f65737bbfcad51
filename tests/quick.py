"""Run the tests of what differs from main for at most 90 seconds; those in a browser only if they changed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALWAYS = ("tests/test_layers.py", "tests/test_names.py")
SLOW = ("tests/browser", "tests/export", "tests/bench")
LIMIT = 90
"""Seconds."""


def git(*words: str) -> list[str]:
    """The lines that git answers; none where it cannot."""
    answer = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.splitlines()


def changed() -> list[str]:
    """Paths of the files that differ from where this branch left main, and of new ones."""
    (start,) = git("merge-base", "HEAD", "main") or ["HEAD"]
    return [*git("diff", "--name-only", start), *git("ls-files", "--others", "--exclude-standard")]


def names_of(path: str) -> tuple[str, ...]:
    """What a test writes that needs this file: the module's name, or the file's."""
    file = Path(path)
    if file.suffix != ".py":
        return (f'"{file.stem}"', file.name)
    module = ".".join(file.with_suffix("").parts)
    package, _, stem = module.rpartition(".")
    return (f"{module} import", f"import {module}", f"from {package} import {stem}", f"pages/{stem}.py")


def tests_of(paths: list[str]) -> list[str]:
    """The files of tests that changed, and those that name a file that changed."""
    names = tuple(name for path in paths if not path.startswith("tests/") for name in names_of(path))
    files = []
    for file in sorted(ROOT.glob("tests/**/test_*.py")):
        path = file.relative_to(ROOT).as_posix()
        named = not path.startswith(SLOW) and any(name in file.read_text(encoding="utf-8") for name in names)
        if path in paths or named:
            files.append(path)
    return [*ALWAYS, *(path for path in files if path not in ALWAYS)]


class Clock:
    """Ends the run when the time is over, and says so."""

    def __init__(self) -> None:
        self.end = time.monotonic() + LIMIT

    def pytest_runtest_logfinish(self) -> None:
        """Between two tests."""
        if time.monotonic() > self.end:
            pytest.exit(f"{LIMIT} seconds are over; what is left is for `make test`", returncode=0)


def main() -> int:
    """Run them; the exit code is that of pytest."""
    files = tests_of(changed())
    sys.stdout.write("\n".join(files) + "\n")
    return int(pytest.main(["-x", *files], plugins=[Clock()]))


if __name__ == "__main__":
    sys.exit(main())
