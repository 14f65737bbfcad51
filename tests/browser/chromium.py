"""Find a Chromium for the browser tests, or install one; say in a sentence what to do where neither works."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MISSING = (
    "The browser tests need a Chromium and none could be installed. "
    "Install one (Debian: apt-get install chromium; elsewhere: .venv/bin/playwright install chromium) "
    "or set CHROMIUM to its path, then run this again."
)


def installed() -> str | None:
    """The path of a Chromium: $CHROMIUM, one on the PATH, or the one that playwright installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) else None


def install() -> None:
    """Install one: a Debian package where that is possible, else playwright's own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        if installed():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def path() -> str:
    """The path of a Chromium.

    Raises
    ------
    RuntimeError
        With the sentence that says what to install.
    """
    found = installed()
    if found is None:
        raise RuntimeError(MISSING)
    return found


if __name__ == "__main__":
    if installed() is None:
        install()
    if installed() is None:
        sys.exit(MISSING)
