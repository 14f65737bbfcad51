"""Commands that write figures into files: pages of districts, one figure, a whole site."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import click

from components.cli import options
from components.cli.output import progress_bar, refuse_unwritable
from components.refusal import RequestError
from components.text.strings import LANGS, Lang

if TYPE_CHECKING:
    from components.export.rendering.page_images import Size


@click.command
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder.")
@options.LANG
@click.option("--district", multiple=True, metavar="ID", help="District; repeatable.  [default: all]")
def profiles(out: Path, lang: tuple[Lang, ...], district: tuple[str, ...]) -> None:
    """Write each district on one page, as PDF and HTML.

    One A4 page per district and language, as a tagged PDF and as one self-contained HTML file. The PDF
    needs a Chromium: the one named by $CHROMIUM, else one on the path.
    """
    from components.arguments import VIEW
    from components.export import figure_output
    from components.export.files import atomic
    from components.export.rendering import chromium
    from components.figures.registry import draw
    from components.view import View
    from data.dataset import load
    from geo.districts import DISTRICTS

    dataset = load()
    areas = options.read([VIEW["district"]], dataset, district=district)["district"] or DISTRICTS
    pages = [(area, language) for area in areas for language in dict.fromkeys(lang or LANGS)]
    printing = True
    problems = []
    with progress_bar() as progress:
        for done, (area, language) in enumerate(pages, start=1):
            path = out
            try:
                figure = draw("district", View(lang=language, district=(area,)), dataset)
                path = out / figure_output.file_name(figure, "html")
                with refuse_unwritable(path, "folder"):
                    atomic.write(path, figure_output.district_sheet(figure, "html"))
                    if printing:
                        path = path.with_suffix(".pdf")
                        atomic.write(path, figure_output.district_sheet(figure, "pdf"))
            except RequestError as refusal:
                problems.append(f"{area}: {refusal}")
            except chromium.NoChromium as error:
                printing = False
                problems.append(f"{out}: HTML only, no PDF: {error}")
            except chromium.RenderingFailed as error:
                problems.append(f"{path}: {error}")
            except click.ClickException as refusal:
                problems.append(str(refusal))
                break
            progress(done, len(pages))
    if problems:
        raise click.ClickException("\n".join(problems))


@click.command
@click.argument("figure")
@click.option("--view", "query", default="", metavar="QUERY", help='As "lang=ru&indicator=avg_wage".')
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write; its ending is the format.",
)
@click.option(
    "--size", type=click.Choice(("1x", "2x", "card")), default="1x", show_default=True, help="Size of a png."
)
@click.option("--still", is_flag=True, help="Write html without scripts.")
@click.option("--strict", is_flag=True, help="Refuse a view that is not understood.")
def render(figure: str, query: str, out: Path, size: "Size", still: bool, strict: bool) -> None:
    """Write one figure into a file.

    FIGURE is a name as map, trend, ranking or district; the file is svg, png, pdf, csv, xlsx, json,
    geojson, gpkg or one self-contained html. The address it is cited by begins with $ALMATY2050_ADDRESS.
    """
    from components.export import figure_output
    from components.export.documents.urls import UrlBuilder, public_address
    from components.export.files import atomic
    from components.export.files.file_formats import FIGURE_FORMATS
    from components.export.rendering import chromium
    from components.figures.registry import draw
    from components.view import from_query
    from data.dataset import load

    try:
        urls = UrlBuilder(public_address(), str)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    ending = out.suffix.lstrip(".").lower()
    endings = (*FIGURE_FORMATS, "html")
    if ending not in endings:
        raise click.ClickException(f'{out}: format "{ending}" is unknown; there are {", ".join(endings)}')
    dataset = load()
    view, ignored = from_query(parse_qs(query.lstrip("?"), keep_blank_values=True), dataset)
    if ignored:
        sentence = f"not understood: {', '.join(ignored)}"
        if strict:
            raise click.ClickException(sentence)
        print(sentence, file=sys.stderr)
    try:
        drawn = draw(figure, view, dataset)
        if ending == "html":
            content = figure_output.standalone_document(drawn, urls, still)
        else:
            content = figure_output.file(drawn, urls, ending, size)
    except (RequestError, chromium.NoChromium, chromium.RenderingFailed) as error:
        raise click.ClickException(f"{out}: {error}") from error
    with refuse_unwritable(out, "file"):
        atomic.write(out, content)
    print(out)


@click.command
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--address", default="", metavar="URL", help="Where the site will stand; without it no sitemap."
)
@click.option("--app", default="", metavar="URL", help="Where the dashboard is, to lead back to.")
@options.LANG
@click.option("--figure", multiple=True, metavar="NAME", help="Figure; repeatable.  [default: all]")
@click.option("--indicator", multiple=True, metavar="ID", help="Indicator; repeatable.  [default: all]")
def publish(
    folder: Path,
    address: str,
    app: str,
    lang: tuple[Lang, ...],
    figure: tuple[str, ...],
    indicator: tuple[str, ...],
) -> None:
    """Write every figure as a site of files.

    Every figure of every indicator in every language as embeds, pages, images and tables for any web
    server. DIR is a symbolic link to the version that is served; the next one is built beside it and takes
    its place in one step. What did not change is not drawn again, and what was interrupted goes on.
    """
    from components.arguments import VIEW, Argument
    from components.export.documents.urls import with_scheme
    from components.export.site import build
    from components.export.site.paths import SiteOptions
    from components.export.site.releases import ForeignFolder
    from components.figures.registry import FIGURES
    from data.dataset import load

    dataset = load()
    grammar = (
        Argument("figure", "Names of figures.", tuple(FIGURES), repeatable=True),
        replace(VIEW["indicator"], repeatable=True),
    )
    chosen = options.read(grammar, dataset, figure=figure, indicator=indicator)
    try:
        address, app = with_scheme("--address", address), with_scheme("--app", app)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    langs = tuple(dict.fromkeys(lang or LANGS))
    site = SiteOptions(address, app, langs, chosen["figure"] or tuple(FIGURES), chosen["indicator"])
    try:
        with progress_bar() as progress, refuse_unwritable(folder, "folder"):
            report = build.publish(folder, dataset, site, progress)
    except ForeignFolder as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        print("\ninterrupted; what is served is as it was. Run it again to go on.", file=sys.stderr)
        raise click.exceptions.Exit(130) from None
    for line in report.withheld:
        print(f"withheld: {line}", file=sys.stderr)
    size = f"{report.files} files, {report.size / 1e6:.0f} MB"
    print(f"{folder}: {report.drawn} figures drawn, {report.kept} kept, {size}")
    if report.problems:
        raise click.ClickException("\n".join(report.problems))
