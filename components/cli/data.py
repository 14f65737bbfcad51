"""Commands on the data files: check them, write them as a package."""

from pathlib import Path

import click

from components.cli.output import refuse_unwritable


@click.command
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Find every problem in the data files.

    FOLDER holds tables/, targets.toml and sources.toml; without it, the project's own data/ is checked.
    Each problem is one line: file:line: what is wrong; what to write. Exit status 1 if there is any.
    """
    from data.dataset import DATA, read

    folder = folder or DATA
    if not folder.is_dir():
        print(f"{folder}: is not a folder; name one that holds tables/, targets.toml and sources.toml")
        raise click.exceptions.Exit(1)
    dataset, problems = read(folder)
    for problem in problems:
        print(problem)
    if problems:
        raise click.ClickException(f"problems: {len(problems)}")
    values = sum(len(table) for table in dataset.observations.values())
    print(
        f"{len(dataset.indicators)} indicators, {values} values, {len(dataset.targets)} targets: no problems"
    )


@click.command
@click.argument("folder", type=click.Path(path_type=Path))
def datapackage(folder: Path) -> None:
    """Write the data as a Frictionless data package.

    datapackage.json and its tables are written into FOLDER, which is made if it does not exist.
    """
    from data.datapackage import write
    from data.dataset import load

    with refuse_unwritable(folder, "folder"):
        write(load(), folder)
    print(folder / "datapackage.json")
