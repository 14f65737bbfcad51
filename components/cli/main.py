"""The command line, ``almaty2050 COMMAND``; ``almaty2050 --help`` lists the commands."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from components.cli import data, figures, records, server
from components.refusal import RequestError
from components.text.strings import LANGS

DEFAULT_PORT = 8501


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Kazakh letters
    chosen = _parser().parse_args(arguments)
    try:
        status = int(chosen.run(chosen))
        sys.stdout.flush()
    except RequestError as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads has read enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="almaty2050", description="Almaty's eight districts on real figures."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="start the dashboard", description="Start the dashboard.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT", str(DEFAULT_PORT)),
        help="port to listen on (default: $PORT, else 8501)",
    )
    serve.set_defaults(run=server.serve)

    check = commands.add_parser(
        "check",
        help="find every problem in the data files",
        description="List every problem in a data folder as file:line: what is wrong; what to write. "
        "Exit status 1 if there is any.",
    )
    check.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="a folder with tables/, targets.toml and sources.toml (default: the project's data/)",
    )
    check.set_defaults(run=data.check)

    package = commands.add_parser(
        "datapackage",
        help="write the data as a Frictionless data package",
        description="Write datapackage.json and its tables into a folder.",
    )
    package.add_argument("folder", type=Path, help="folder to write into; made if it does not exist")
    package.set_defaults(run=data.datapackage)

    progress = commands.add_parser(
        "progress",
        help="say how the districts move towards the city average",
        description="The progress of the eight districts towards the city average, a target derived by this "
        "dashboard. The same records as /api/v1/progress.",
    )
    progress.add_argument("--indicator", required=True, metavar="ID", help="id of an indicator with parity")
    progress.add_argument("--horizon", default="2050", metavar="YEAR", help="2026 to 2100 (default: 2050)")
    progress.add_argument("--json", action="store_true", help="as JSON in place of a table")
    progress.set_defaults(run=records.progress)

    targets = commands.add_parser(
        "targets",
        help="list what was announced",
        description="Every announced target with its reading, or the reason why it has none. "
        "The same records as /api/v1/targets.",
    )
    targets.add_argument("--json", action="store_true", help="as JSON in place of a table")
    targets.set_defaults(run=records.targets)

    measures = commands.add_parser(
        "measures",
        help="say how an activity is spread over the districts",
        description="Concentration, mismatch of activity and people, centre and periphery, at one period. "
        "The same record as /api/v1/polycentricity.",
    )
    measures.add_argument("--indicator", required=True, metavar="ID", help="id of what is measured")
    measures.add_argument("--period", metavar="P", help="as 2023, 2023-12-31 or latest (default: latest)")
    _add_auezov_and_json(measures)
    measures.set_defaults(run=records.measures)

    compare = commands.add_parser(
        "compare",
        help="hold two places beside each other",
        description="Two districts, the city, centre or periphery, on every indicator. "
        "The same record as /api/v1/compare.",
    )
    compare.add_argument("--a", required=True, metavar="PLACE", help="a district, city, centre or periphery")
    compare.add_argument("--b", required=True, metavar="PLACE", help="what it is held against")
    _add_auezov_and_json(compare)
    compare.set_defaults(run=records.compare)

    profiles = commands.add_parser(
        "profiles",
        help="write each district on one page, as PDF and HTML",
        description="Write one A4 page a district and language, as a tagged PDF and as one self-contained "
        "HTML file. The PDF needs a Chromium: the one named by $CHROMIUM, else one on the path.",
    )
    profiles.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    profiles.add_argument("--lang", nargs="+", choices=LANGS, default=LANGS, help="languages (default: all)")
    profiles.add_argument(
        "--district", nargs="+", default=(), metavar="ID", help="ids of districts (default: all)"
    )
    profiles.set_defaults(run=figures.profiles)
    _add_render(commands)
    _add_publish(commands)
    return parser


def _add_render(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    render = commands.add_parser(
        "render",
        help="write one figure into a file",
        description="Write one figure as svg, png, pdf, csv, xlsx, json, geojson, gpkg or as one "
        "self-contained html. The address it is cited by begins with $ALMATY2050_ADDRESS.",
    )
    render.add_argument("figure", metavar="FIGURE", help="as map, trend, ranking or district")
    render.add_argument("--view", default="", metavar="QUERY", help='as "lang=ru&indicator=avg_wage"')
    render.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="its ending says which format"
    )
    render.add_argument("--size", choices=("1x", "2x", "card"), default="1x", help="of a png (default: 1x)")
    render.add_argument("--still", action="store_true", help="html without scripts")
    render.add_argument("--strict", action="store_true", help="refuse a view that is not understood")
    render.set_defaults(run=figures.render)


def _add_publish(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    publish = commands.add_parser(
        "publish",
        help="write every figure as a site of files",
        description="Write every figure of every indicator in every language as embeds, pages, images and "
        "tables for any web server. DIR is a symbolic link to the version that is served; the next one is "
        "built beside it and takes its place in one step. What did not change is not drawn again, and "
        "what was interrupted goes on.",
    )
    publish.add_argument("folder", type=Path, metavar="DIR", help="what the web server serves")
    publish.add_argument(
        "--address", default="", metavar="URL", help="where the site will stand; without it no sitemap"
    )
    publish.add_argument("--app", default="", metavar="URL", help="where the dashboard is, to lead back to")
    publish.add_argument("--lang", nargs="+", choices=LANGS, default=LANGS, help="languages (default: all)")
    publish.add_argument("--figure", nargs="+", default=(), metavar="FIGURE", help="default: all")
    publish.add_argument("--indicator", nargs="+", default=(), metavar="ID", help="default: all")
    publish.set_defaults(run=figures.publish)


def _add_auezov_and_json(parser: argparse.ArgumentParser) -> None:
    what = "what to do with Auezov: periphery, centre or out (default: %(default)s)"
    parser.add_argument("--auezov", default="periphery", metavar="CLASS", help=what)
    parser.add_argument("--json", action="store_true", help="as JSON in place of tables")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f'port "{text}" is not a whole number from 1 to 65535')
    return int(text)
