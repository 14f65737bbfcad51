"""Commands that write figures into files: pages of districts, one figure, a whole site."""

import argparse
import sys
from collections.abc import Collection, Iterable
from urllib.parse import parse_qs

from components.refusal import RequestError

BAR_WIDTH = 24


def profiles(chosen: argparse.Namespace) -> int:
    """Write each district on one page; what cannot be printed is there as HTML."""
    from components.export.documents import district_document
    from components.export.rendering import chromium
    from components.figures.drawing.frame import render_section
    from components.figures.registry import draw
    from components.view import View
    from data.dataset import load
    from data.toml_schema import nearest
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
        try:
            figure = draw("district", View(lang=lang, district=(district,)), dataset)
        except RequestError as refused:
            problems.append(f"{district}: {refused}")
            continue
        html = district_document.document(render_section(figure, 1, tabled=False), figure.title, lang)
        path = chosen.out / district_document.file_name(district, lang, "html")
        try:
            district_document.save(path, html.encode())
            if printing:
                path = path.with_suffix(".pdf")
                district_document.save(path, chromium.pdf(html))
        except chromium.NoChromium as error:
            printing = False
            problems.append(f"{chosen.out}: HTML only, no PDF: {error}")
        except chromium.RenderingFailed as error:
            problems.append(f"{path}: {error}")
        except OSError as error:
            problems.append(f"{path}: cannot be written ({error.strerror}); name another folder")
            break
        _show_progress(done, len(pages))
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def render(chosen: argparse.Namespace) -> int:
    """Write one figure into a file."""
    from components.export import figure_output
    from components.export.documents import district_document
    from components.export.documents.urls import UrlBuilder, public_address
    from components.export.rendering import chromium
    from components.figures.registry import draw
    from components.view import from_query
    from data.dataset import load

    try:
        place = UrlBuilder(public_address(), str)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    ending = chosen.out.suffix.lstrip(".").lower()
    if ending not in (*figure_output.ENDINGS, "html"):
        there = ", ".join((*figure_output.ENDINGS, "html"))
        print(f'{chosen.out}: format "{ending}" is unknown; there are {there}', file=sys.stderr)
        return 1
    dataset = load()
    view, ignored = from_query(parse_qs(chosen.view.lstrip("?"), keep_blank_values=True), dataset)
    if ignored:
        print(f"not understood: {', '.join(ignored)}", file=sys.stderr)
        if chosen.strict:
            return 1
    try:
        figure = draw(chosen.figure, view, dataset)
        if ending == "html":
            content = figure_output.standalone_document(chosen.figure, figure, dataset, place, chosen.still)
        else:
            content, _ = figure_output.file(chosen.figure, figure, dataset, place, ending, chosen.size)
        district_document.save(chosen.out, content)
    except (RequestError, chromium.NoChromium, chromium.RenderingFailed) as error:
        print(f"{chosen.out}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{chosen.out}: cannot be written ({error.strerror}); name another file", file=sys.stderr)
        return 1
    print(chosen.out)
    return 0


def publish(chosen: argparse.Namespace) -> int:
    """Write every figure as a site of files."""
    from components.export.documents.urls import with_scheme
    from components.export.site import build
    from components.export.site.paths import SiteOptions
    from components.export.site.releases import ForeignFolder
    from components.figures.registry import FIGURES
    from data.dataset import load

    dataset = load()
    wrong = _unknown("figure", chosen.figure, FIGURES) or _unknown(
        "indicator", chosen.indicator, dataset.indicators
    )
    try:
        address, app = with_scheme("--address", chosen.address), with_scheme("--app", chosen.app)
    except ValueError as error:
        wrong = str(error)
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    wanted = SiteOptions(
        address,
        app,
        tuple(dict.fromkeys(chosen.lang)),
        tuple(dict.fromkeys(chosen.figure)) or tuple(FIGURES),
        tuple(dict.fromkeys(chosen.indicator)),
    )
    try:
        report = build.publish(chosen.folder, dataset, wanted, _show_progress)
    except ForeignFolder as error:
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
    from data.toml_schema import nearest

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
