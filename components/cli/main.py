"""The command line, ``almaty2050 COMMAND``; ``almaty2050 --help`` lists the commands."""

import io
import os
import sys
from collections.abc import Sequence

import click

from components.cli import data, figures, records, server
from components.refusal import RequestError


@click.group
def almaty2050() -> None:
    """Almaty's eight districts on real figures."""


COMMANDS = (
    server.serve,
    data.check,
    data.datapackage,
    records.progress,
    records.targets,
    records.measures,
    records.compare,
    figures.profiles,
    figures.render,
    figures.publish,
)
for command in COMMANDS:
    almaty2050.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 for a refusal, 2 for a wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Kazakh letters
    try:
        words = list(sys.argv[1:] if arguments is None else arguments)
        with almaty2050.make_context("almaty2050", words) as context:
            almaty2050.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as misuse:
        misuse.show()
        return misuse.exit_code
    except (click.ClickException, RequestError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads has read enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
