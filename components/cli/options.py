"""Options that commands share, and the one grammar that reads what is written for them.

The grammar (``components.arguments``) is imported only when a command runs: ``--help`` waits for nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from components.text.strings import LANGS

if TYPE_CHECKING:
    from components.arguments import Argument
    from data.dataset import Dataset

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON in place of a table.")
AUEZOV = click.option(
    "--auezov",
    default="periphery",
    show_default=True,
    metavar="CLASS",
    help="How Auezov counts: periphery, centre or out.",
)
LANG = click.option(
    "--lang", multiple=True, type=click.Choice(LANGS), help="Language; repeatable.  [default: all]"
)


def read(
    arguments: "Sequence[Argument]", dataset: "Dataset", **texts: str | Sequence[str] | None
) -> dict[str, Any]:
    """Return the values of arguments by key, from the texts of the options of the same names.

    Raises
    ------
    RequestError
    """
    from components.arguments import read_all

    sent = [
        (key, text)
        for key, value in texts.items()
        for text in ((value,) if isinstance(value, str) else value or ())
    ]
    return read_all(arguments, sent, dataset)
