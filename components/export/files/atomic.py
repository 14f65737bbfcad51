"""Files that are whole or not there."""

from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, never into the old one; its folder is made where there is none.

    Raises
    ------
    OSError
        Where it cannot be written; an older file of that name is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
