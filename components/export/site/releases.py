"""A folder that readers see whole: a symbolic link to one of its versions, turned over in one step.

Beside ``site`` stand ``.site-<hash>`` (the version that is served), the one before it, for servers that
still have it open, and while one is made ``.site-building``. Files that did not change are one file under
two names.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from components.export.files import atomic
from components.export.site.manifest import NAME


class ForeignFolder(RuntimeError):  # noqa: N818
    """The folder cannot be written into; the message says why and what to do."""


@dataclass(frozen=True)
class SiteReleases:
    """The link that is served, the version it leads to (None: not yet), and the folder to build in."""

    link: Path
    current: Path | None
    building: Path

    def put(self, path: str, content: bytes) -> int:
        """Write a file of the version that is built, whole or not at all; return its size."""
        # Never into the file itself: it may be one with a served one.
        atomic.write(self.building / path, content)
        return len(content)

    def keep(self, sizes: Mapping[str, int]) -> None:
        """Take files of the current version as they are."""
        for path in sizes if self.current else ():
            old, to = Path(self.current or "") / path, self.building / path
            to.parent.mkdir(parents=True, exist_ok=True)
            to.unlink(missing_ok=True)
            try:
                os.link(old, to)
            except OSError:  # a file system without hard links
                shutil.copyfile(old, to)

    def serve(self, sizes: Mapping[str, int], digest: str) -> Path:
        """Turn over to what was built, without files that are not among ``sizes``; return its folder."""
        for folder, _, names in os.walk(self.building, topdown=False):
            for name in names:
                path = Path(folder, name)
                if path.relative_to(self.building).as_posix() not in sizes:
                    path.unlink()
            if Path(folder) != self.building and not any(Path(folder).iterdir()):
                Path(folder).rmdir()
        version = self.link.with_name(f".{self.link.name}-{digest[:12]}")
        if version == self.current:
            version = version.with_name(f"{version.name}-again")
        shutil.rmtree(version, ignore_errors=True)
        self.building.rename(version)
        turning = self.link.with_name(f".{self.link.name}-turning")
        turning.unlink(missing_ok=True)
        turning.symlink_to(version.name)
        if self.link.is_dir() and not self.link.is_symlink():
            self.link.rmdir()  # empty, or it would have been refused
        turning.replace(self.link)
        ours = re.compile(re.escape(f".{self.link.name}-") + r"[0-9a-f]{12}(-again)?")
        for other in self.link.parent.iterdir():
            if ours.fullmatch(other.name) and other not in (version, self.current):
                shutil.rmtree(other)
        return version


@contextmanager
def opened(link: Path) -> Iterator[SiteReleases]:
    """Open the versions of a folder, for one process at a time.

    Raises
    ------
    ForeignFolder
        Where the folder holds something else, or another process is at it.
    """
    link = link.absolute()
    building = link.with_name(f".{link.name}-building")
    building.mkdir(parents=True, exist_ok=True)
    lock = os.open(building, os.O_RDONLY)
    try:
        if not _locked(building, lock):
            raise ForeignFolder(f"{link}: is being published by another process; wait for it to end")
        yield SiteReleases(link, _current(link), building)
    finally:
        if _locked(building, lock):
            with suppress(OSError):  # interrupted: the next one goes on with what is in it
                building.rmdir()
        os.close(lock)


def _locked(folder: Path, lock: int) -> bool:
    """Return whether the lock is held here, on this very folder: once built, it is renamed with its lock."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(lock), folder.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _current(link: Path) -> Path | None:
    remedy = "name another folder, or move it away"
    if link.is_symlink():
        current = link.resolve()
        if current.parent == link.parent.resolve() and (current / NAME).is_file():
            return link.parent / current.name
        raise ForeignFolder(f"{link}: is a link to {link.readlink()}, which was not published here; {remedy}")
    if link.is_dir() and any(link.iterdir()):
        raise ForeignFolder(f"{link}: is a folder with other files in it; {remedy}")
    if link.exists() and not link.is_dir():
        raise ForeignFolder(f"{link}: is a file; {remedy}")
    return None
