"""axe-core on a page: what breaks WCAG or good practice, in our components and in all of the page."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

FOLDER = Path(__file__).parent
SCRIPT = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
MISSING = "The check with axe-core needs npm to install it. Install npm (Debian: apt-get install npm)."


def script() -> Path:
    """The path of axe-core, installed from npm where it is missing."""
    with (FOLDER / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of the processes that run tests one installs it
        _install()
    return SCRIPT


def _install() -> None:
    if not SCRIPT.is_file():
        if shutil.which("npm") is None and shutil.which("apt-get") and os.geteuid() == 0:
            subprocess.run(["apt-get", "install", "-y", "-qq", "npm"], check=False)
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError(MISSING)
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True
        )


def violations(page: Page, include: list[Any] | None = None) -> list[list[str]]:
    """Rule, impact, path to the element, its markup and what is wrong, of the page or of a selector."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(script().read_text(encoding="utf-8"))
    return page.evaluate(
        """async (include) => {
            const { violations } = await axe.run(include ?? document, {
              resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
            });
            return violations.flatMap((one) => one.nodes.map((node) => [
              one.id, one.impact, JSON.stringify(node.target), node.html.slice(0, 200), node.failureSummary,
            ]));
        }""",
        include,
    )
