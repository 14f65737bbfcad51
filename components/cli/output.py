"""What commands that write files share: a refusal where a path cannot be written, a progress bar."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def refuse_unwritable(path: Path, kind: str) -> Iterator[None]:
    """Refuse in one sentence where ``path`` cannot be written; ``kind`` is file or folder.

    Raises
    ------
    click.ClickException
    """
    try:
        yield
    except OSError as error:
        sentence = f"{path}: cannot be written ({error.strerror}); name another {kind}"
        raise click.ClickException(sentence) from error


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal's standard error; yields what moves it: parts done, parts in all."""
    with click.progressbar(length=1, file=sys.stderr, show_pos=True, hidden=not sys.stderr.isatty()) as bar:

        def move(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield move
