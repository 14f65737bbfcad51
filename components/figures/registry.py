"""The figures that leave the dashboard, by the name that stands in their address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from components.figure import Figure
from components.figures.charts.centre_periphery import polycentricity_figure
from components.figures.charts.contributions import contributions_figure
from components.figures.charts.convergence import convergence_figure
from components.figures.charts.lorenz import lorenz_figure
from components.figures.charts.rank_size import rank_size_figure
from components.figures.charts.scatter import scatter_figure
from components.figures.charts.theil_decomposition import decomposition_figure
from components.figures.charts.trend import trend_figure
from components.figures.maps.choropleth import map_figure
from components.figures.maps.league import ranking_figure
from components.figures.maps.location_quotients import quotients_figure
from components.figures.maps.paired_maps import pair_figure
from components.figures.maps.parity_map import progress_figure
from components.figures.maps.small_multiples import multiples_figure
from components.figures.maps.time_slider import timeline_sources
from components.figures.sections.district_profile import district_figure
from components.figures.tables.activity_readings import readings_figure
from components.figures.tables.district_heatmap import standings_figure
from components.figures.tables.dumbbell import dumbbell_figure
from components.figures.tables.measures_table import measures_figure
from components.figures.tables.observation_table import table_figure
from components.figures.tables.parity_matrix import matrix_figure
from components.refusal import RequestError, nearest, visible
from components.selection import activity_of
from components.view import View
from data.dataset import Dataset


@dataclass(frozen=True)
class FigureSpec:
    """How a figure is drawn, the page of the app it stands on, and the fields of a View that change it.

    ``by_district``: its table has one line a district, so it can be joined to the polygons.
    """

    draw: Callable[[View, Dataset], Figure | None]
    page: str
    fields: tuple[str, ...]
    by_district: bool = False


_SHOWN = ("indicator", "period", "transform")
_ACTIVITY = ("indicator", "period", "auezov")
FIGURES: Mapping[str, FigureSpec] = {
    "map": FigureSpec(map_figure, "map", (*_SHOWN, "classes", "district"), by_district=True),
    "trend": FigureSpec(trend_figure, "trends", (*_SHOWN, "district", "horizon", "target")),
    "ranking": FigureSpec(ranking_figure, "compare", (*_SHOWN, "district"), by_district=True),
    "table": FigureSpec(table_figure, "data", _SHOWN),
    "pair": FigureSpec(pair_figure, "map", (*_SHOWN, "against", "classes", "district")),
    "multiples": FigureSpec(multiples_figure, "map", (*_SHOWN, "classes")),
    "scatter": FigureSpec(scatter_figure, "compare", (*_SHOWN, "against")),
    "progress": FigureSpec(
        progress_figure, "targets", ("indicator", "horizon", "district"), by_district=True
    ),
    "matrix": FigureSpec(matrix_figure, "targets", ("horizon",)),
    "polycentricity": FigureSpec(polycentricity_figure, "polycentricity", _ACTIVITY),
    "decomposition": FigureSpec(decomposition_figure, "polycentricity", _ACTIVITY),
    "contributions": FigureSpec(contributions_figure, "polycentricity", _ACTIVITY),
    "convergence": FigureSpec(convergence_figure, "polycentricity", _ACTIVITY),
    "lorenz": FigureSpec(lorenz_figure, "polycentricity", _ACTIVITY),
    "rank_size": FigureSpec(rank_size_figure, "polycentricity", _ACTIVITY),
    "quotients": FigureSpec(quotients_figure, "polycentricity", (*_ACTIVITY, "district"), by_district=True),
    "measures": FigureSpec(measures_figure, "polycentricity", _ACTIVITY),
    "readings": FigureSpec(readings_figure, "polycentricity", ("auezov",)),
    "compare": FigureSpec(dumbbell_figure, "compare", ("a", "b", "sort", "auezov")),
    "standings": FigureSpec(standings_figure, "compare", ("sort",)),
    "district": FigureSpec(district_figure, "district", ("district", "horizon")),
}


HISTORY = ("map", "ranking")
"""Figures that show values of every period beside the one they are about."""


def canonical(name: str, view: View) -> View:
    """The view with only what changes this figure: what it does not show is at its default."""
    kept = {*FIGURES[name].fields, "lang", "theme"}
    if FIGURES[name].page == "polycentricity" and "indicator" in kept and activity_of(view) != view.indicator:
        kept -= {"indicator", "period"}  # not an activity: the first of them is drawn
    default = View()
    return replace(
        view, **{one.name: getattr(default, one.name) for one in fields(View) if one.name not in kept}
    )


def draw(name: str, view: View, dataset: Dataset) -> Figure:
    """One figure of a view, to be passed on.

    Raises
    ------
    RequestError
        404 where there is no figure of that name, or none of it for this view; 403 where a source's licence
        forbids to pass its figures on.
    """
    if name not in FIGURES:
        detail = f'figure "{visible(name)}" is unknown'
        raise RequestError(404, "Unknown figure", detail, nearest(name, FIGURES), tuple(FIGURES))
    # Charts are drawn light: the document they stand in gives them the colours of its theme.
    plain = replace(canonical(name, view), theme="auto")
    figure = FIGURES[name].draw(plain, dataset)
    if figure is None:
        detail = (
            f'there is no figure "{name}" of "{plain.indicator}" at {plain.period}; another indicator has one'
        )
        raise RequestError(404, "No such figure", detail)
    beside = timeline_sources(plain, dataset) if name in HISTORY else ()
    for source in (*figure.sources, *beside):
        if source.withheld:
            detail = f"{source.words}: {source.licence}; the figure is shown in the dashboard only"
            raise RequestError(403, "Not redistributable", detail, link=source.links[0][0])
    return replace(figure, view=replace(plain, theme=view.theme))
