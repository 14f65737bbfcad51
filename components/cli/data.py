"""Commands on the data files: check them, write them as a package."""

import argparse
import sys


def check(chosen: argparse.Namespace) -> int:
    """List every problem in a data folder."""
    from data.dataset import DATA, read

    folder = chosen.folder or DATA
    if not folder.is_dir():
        print(f"{folder}: is not a folder; name one that holds tables/, targets.toml and sources.toml")
        return 1
    dataset, problems = read(folder)
    for problem in problems:
        print(problem)
    if problems:
        print(f"problems: {len(problems)}", file=sys.stderr)
        return 1
    values = sum(len(table) for table in dataset.observations.values())
    print(
        f"{len(dataset.indicators)} indicators, {values} values, {len(dataset.targets)} targets: no problems"
    )
    return 0


def datapackage(chosen: argparse.Namespace) -> int:
    """Write the data as a Frictionless data package."""
    from data.datapackage import write
    from data.dataset import load

    try:
        write(load(), chosen.folder)
    except OSError as error:
        print(f"{chosen.folder}: cannot be written ({error.strerror}); name another folder", file=sys.stderr)
        return 1
    print(chosen.folder / "datapackage.json")
    return 0
