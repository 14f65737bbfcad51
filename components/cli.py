"""The command line, ``almaty2050 COMMAND``; ``almaty2050 --help`` lists the commands."""

import argparse
import io
import os
import socket
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from urllib.parse import parse_qs

from components.text.strings import LANGS

DEFAULT_PORT = 8501
BAR_WIDTH = 24
PROGRESS_COLUMNS = (
    *("area", "base_period", "base_gap", "latest_period", "latest_gap", "pace", "pace_low", "pace_high"),
    *("observed_per_year", "required_per_year", "reading", "reversed_since", "reason"),
)
TARGET_COLUMNS = (
    *("id", "kind", "state", "area", "target_year", "target_value", "reading", "reason", "unit", "statement"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Kazakh letters
    chosen = _parser().parse_args(arguments)
    try:
        status = int(chosen.run(chosen))
        sys.stdout.flush()
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
    serve.set_defaults(run=_serve)

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
    check.set_defaults(run=_check)

    package = commands.add_parser(
        "datapackage",
        help="write the data as a Frictionless data package",
        description="Write datapackage.json and its tables into a folder.",
    )
    package.add_argument("folder", type=Path, help="folder to write into; made if it does not exist")
    package.set_defaults(run=_datapackage)

    progress = commands.add_parser(
        "progress",
        help="say how the districts move towards the city average",
        description="The progress of the eight districts towards the city average, a target derived by this "
        "dashboard. The same records as /api/v1/progress.",
    )
    progress.add_argument("--indicator", required=True, metavar="ID", help="id of an indicator with parity")
    progress.add_argument("--horizon", default="2050", metavar="YEAR", help="2026 to 2100 (default: 2050)")
    progress.add_argument("--json", action="store_true", help="as JSON in place of a table")
    progress.set_defaults(run=_progress)

    targets = commands.add_parser(
        "targets",
        help="list what was announced",
        description="Every announced target with its reading, or the reason why it has none. "
        "The same records as /api/v1/targets.",
    )
    targets.add_argument("--json", action="store_true", help="as JSON in place of a table")
    targets.set_defaults(run=_targets)

    measures = commands.add_parser(
        "measures",
        help="say how an activity is spread over the districts",
        description="Concentration, mismatch of activity and people, centre and periphery, at one period. "
        "The same record as /api/v1/polycentricity.",
    )
    measures.add_argument("--indicator", required=True, metavar="ID", help="id of what is measured")
    measures.add_argument("--period", metavar="P", help="as 2023, 2023-12-31 or latest (default: latest)")
    _add_auezov_and_json(measures)
    measures.set_defaults(run=_measures)

    compare = commands.add_parser(
        "compare",
        help="hold two places beside each other",
        description="Two districts, the city, centre or periphery, on every indicator. "
        "The same record as /api/v1/compare.",
    )
    compare.add_argument("--a", required=True, metavar="PLACE", help="a district, city, centre or periphery")
    compare.add_argument("--b", required=True, metavar="PLACE", help="what it is held against")
    _add_auezov_and_json(compare)
    compare.set_defaults(run=_compare)

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
    profiles.set_defaults(run=_profiles)
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
    render.set_defaults(run=_render)


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
    publish.set_defaults(run=_publish)


def _add_auezov_and_json(parser: argparse.ArgumentParser) -> None:
    what = "what to do with Auezov: periphery, centre or out (default: %(default)s)"
    parser.add_argument("--auezov", default="periphery", metavar="CLASS", help=what)
    parser.add_argument("--json", action="store_true", help="as JSON in place of tables")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f'port "{text}" is not a whole number from 1 to 65535')
    return int(text)


def _serve(chosen: argparse.Namespace) -> int:
    from components.web import server

    if wrong := _cannot_listen(chosen.host, chosen.port):
        print(f"{chosen.host}:{chosen.port}: {wrong}; choose another with --port or --host", file=sys.stderr)
        return 1
    print(f"Almaty 2050: http://{chosen.host}:{chosen.port}", flush=True)
    server.run(chosen.host, chosen.port)
    return 0


def _cannot_listen(host: str, port: int) -> str | None:
    """Why nothing can listen on an address, or None; uvicorn would say so only after its start."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None


def _check(chosen: argparse.Namespace) -> int:
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


def _datapackage(chosen: argparse.Namespace) -> int:
    from data.datapackage import write
    from data.dataset import load

    try:
        write(load(), chosen.folder)
    except OSError as error:
        print(f"{chosen.folder}: cannot be written ({error.strerror}); name another folder", file=sys.stderr)
        return 1
    print(chosen.folder / "datapackage.json")
    return 0


def _progress(chosen: argparse.Namespace) -> int:
    from components.export.progress import progress
    from components.export.records import Refused, as_json, as_table
    from data.dataset import load

    dataset = load()
    try:
        records = progress(dataset, chosen.indicator, "parity", chosen.horizon)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    if chosen.json:
        print(as_json(records))
        return 0
    print(f"{dataset.indicators[chosen.indicator].title['en']}: gap to the city average in percent,")
    print(f"per year in percentage points of it; our own target: no gap by the end of {chosen.horizon}")
    print(as_table(records, PROGRESS_COLUMNS))
    return 0


def _targets(chosen: argparse.Namespace) -> int:
    from components.export.progress import targets
    from components.export.records import as_json, as_table
    from data.dataset import load

    records = targets(load())
    if chosen.json:
        print(as_json(records))
        return 0
    rows = [{**one, "statement": one["statement"]["en"], "unit": one["unit"]["en"]} for one in records]
    print(as_table(rows, TARGET_COLUMNS))
    return 0


def _measures(chosen: argparse.Namespace) -> int:
    from components.export.measures import as_text, measures
    from components.export.records import Refused, as_json
    from data.dataset import load

    dataset = load()
    try:
        record = measures(dataset, chosen.indicator, chosen.period, chosen.auezov)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    if chosen.json:
        print(as_json(record))
        return 0
    print(f"{dataset.indicators[record['indicator']].title['en']}, {record['period']}, n = {record['n']}")
    print(as_text(record))
    return 0


def _compare(chosen: argparse.Namespace) -> int:
    from components.export.comparison import as_text, compare
    from components.export.records import Refused, as_json
    from data.dataset import load

    try:
        record = compare(load(), chosen.a, chosen.b, chosen.auezov)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(as_json(record) if chosen.json else as_text(record))
    return 0


def _profiles(chosen: argparse.Namespace) -> int:
    from components.export import chromium, profile
    from components.figures.district import district_figure
    from components.figures.frame import whole
    from components.view import View
    from data.dataset import load
    from data.declarations import nearest
    from geo.districts import DISTRICTS

    for district in chosen.district:
        if district not in DISTRICTS:
            print(f'district "{district}" is unknown; {nearest(district, DISTRICTS)}', file=sys.stderr)
            return 1
    pages = dict.fromkeys((one, lang) for one in chosen.district or DISTRICTS for lang in chosen.lang)
    dataset = load()
    printing = True
    problems = []
    for done, (district, lang) in enumerate(pages, start=1):
        figure = district_figure(View(lang=lang, district=(district,)), dataset)
        html = profile.document(whole(figure, 1, tabled=False), figure.title, lang)
        path = chosen.out / profile.file_name(district, lang, "html")
        try:
            profile.save(path, html.encode())
            if printing:
                path = path.with_suffix(".pdf")
                profile.save(path, chromium.pdf(html))
        except chromium.NoChromium as error:
            printing = False
            problems.append(f"{chosen.out}: HTML only, no PDF: {error}")
        except chromium.NotRendered as error:
            problems.append(f"{path}: {error}")
        except OSError as error:
            problems.append(f"{path}: cannot be written ({error.strerror}); name another folder")
            break
        _show_progress(done, len(pages))
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def _render(chosen: argparse.Namespace) -> int:
    from components.export import chromium, leaving, profile
    from components.export.figures import drawn
    from components.export.place import Place, public_address
    from components.export.records import Refused
    from components.view import from_query
    from data.dataset import load

    ending = chosen.out.suffix.lstrip(".").lower()
    if ending not in (*leaving.ENDINGS, "html"):
        there = ", ".join((*leaving.ENDINGS, "html"))
        print(f'{chosen.out}: format "{ending}" is unknown; there are {there}', file=sys.stderr)
        return 1
    dataset = load()
    view, ignored = from_query(parse_qs(chosen.view.lstrip("?"), keep_blank_values=True), dataset)
    if ignored:
        print(f"not understood: {', '.join(ignored)}", file=sys.stderr)
        if chosen.strict:
            return 1
    place = Place(public_address(), str)
    try:
        figure = drawn(chosen.figure, view, dataset)
        if ending == "html":
            content = leaving.alone(chosen.figure, figure, dataset, place, chosen.still)
        else:
            content, _ = leaving.file(chosen.figure, figure, dataset, place, ending, chosen.size)
        profile.save(chosen.out, content)
    except (Refused, chromium.NoChromium, chromium.NotRendered) as error:
        print(f"{chosen.out}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{chosen.out}: cannot be written ({error.strerror}); name another file", file=sys.stderr)
        return 1
    print(chosen.out)
    return 0


def _publish(chosen: argparse.Namespace) -> int:
    from components.export import site
    from components.export.figures import FIGURES
    from components.export.paths import Wanted
    from components.export.versions import Foreign
    from data.dataset import load

    dataset = load()
    wrong = _unknown("figure", chosen.figure, FIGURES) or _unknown(
        "indicator", chosen.indicator, dataset.indicators
    )
    for option in ("address", "app"):
        given = getattr(chosen, option)
        if given and not given.startswith(("https://", "http://")):
            wrong = f'--{option} "{given}" does not start with https:// or http://'
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    wanted = Wanted(
        chosen.address.rstrip("/"),
        chosen.app.rstrip("/"),
        tuple(dict.fromkeys(chosen.lang)),
        tuple(dict.fromkeys(chosen.figure)) or tuple(FIGURES),
        tuple(dict.fromkeys(chosen.indicator)),
    )
    try:
        report = site.publish(chosen.folder, dataset, wanted, _show_progress)
    except Foreign as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{chosen.folder}: cannot be written ({error.strerror}); name another folder", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; what is served is as it was. Run it again to go on.", file=sys.stderr)
        return 130
    for line in report.withheld:
        print(f"withheld: {line}", file=sys.stderr)
    for line in report.problems:
        print(line, file=sys.stderr)
    size = f"{report.files} files, {report.size / 1e6:.0f} MB"
    print(f"{chosen.folder}: {report.drawn} figures drawn, {report.kept} kept, {size}")
    return 1 if report.problems else 0


def _unknown(what: str, given: Iterable[str], known: Collection[str]) -> str | None:
    """What to say of the first id that is not known."""
    from data.declarations import nearest

    for one in given:
        if one not in known:
            there = nearest(one, known) if len(known) > 30 else f"there are {', '.join(known)}"
            return f'{what} "{one}" is unknown; {there}'
    return None


def _show_progress(done: int, of: int) -> None:
    """A bar on standard error, redrawn on a terminal, else written once it is full."""
    if sys.stderr.isatty() or done == of:
        bar = ("#" * (BAR_WIDTH * done // of)).ljust(BAR_WIDTH, ".")
        print(f"[{bar}] {done}/{of}", end="\n" if done == of else "\r", file=sys.stderr, flush=True)
