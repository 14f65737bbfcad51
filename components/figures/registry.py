"""The registry of figures: every figure by its name, the views that change it, and the page it stands on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from xml.etree.ElementTree import Element

from components.arguments import LATEST
from components.figure import Figure
from components.figures.charts.centre_periphery import polycentricity_figure
from components.figures.charts.contributions import contributions_figure
from components.figures.charts.convergence import convergence_figure
from components.figures.charts.lorenz import lorenz_figure
from components.figures.charts.rank_size import rank_size_figure
from components.figures.charts.scatter import scatter_figure
from components.figures.charts.theil_decomposition import decomposition_figure
from components.figures.charts.trend import trend_figure
from components.figures.drawing.pins import pin
from components.figures.maps.choropleth import map_figure
from components.figures.maps.location_quotients import quotients_figure
from components.figures.maps.paired_maps import pair_figure
from components.figures.maps.parity_progress import progress_figure
from components.figures.maps.small_multiples import multiples_figure, topic_figure
from components.figures.sections.district_figure import district_figure
from components.figures.sections.highest_lowest import gaps_figure
from components.figures.sections.overview import moves_figure, schools_figure, wage_figure
from components.figures.tables.activity_readings import readings_figure
from components.figures.tables.district_heatmap import standings_figure
from components.figures.tables.measures_table import measures_figure
from components.figures.tables.observation_table import table_figure
from components.figures.tables.parity_matrix import matrix_figure
from components.figures.tables.place_comparison import dumbbell_figure
from components.figures.tables.ranking import ranking_figure
from components.refusal import RequestError, nearest, visible
from components.selection import parity_indicators
from components.view import View
from data.centre_periphery import ACTIVITIES
from data.dataset import Dataset


@dataclass(frozen=True)
class FigureSpec:
    """A figure that can be drawn.

    ``draw`` returns None for a view it has nothing to show of. ``page`` is where it stands in the app and
    ``fields`` are the fields of a View that change it, besides language and theme. ``indicators`` are those
    it can show, all where it is None. ``by_district``: its table has one row per district, so it can be
    joined to the polygons.
    """

    draw: Callable[[View, Dataset], Figure | None]
    page: str
    fields: tuple[str, ...]
    by_district: bool = False
    indicators: Callable[[Dataset], Sequence[str]] | None = None

    def can_show(self, dataset: Dataset) -> Sequence[str]:
        """Return the ids of the indicators that the figure can show, as far as no period is asked for."""
        return self.indicators(dataset) if self.indicators else tuple(dataset.indicators)


def _of_activity(
    draw: Callable[[View, Dataset], Figure | None], *fields: str, by_district: bool = False
) -> FigureSpec:
    of_all = ("indicator", "period", "auezov", *fields)
    return FigureSpec(draw, "polycentricity", of_all, by_district, lambda _: ACTIVITIES)


_INDICATOR = ("indicator", "period", "transform")
FIGURES: Mapping[str, FigureSpec] = {
    "map": FigureSpec(map_figure, "map", (*_INDICATOR, "classes", "district"), by_district=True),
    "trend": FigureSpec(trend_figure, "trends", (*_INDICATOR, "district", "horizon")),
    "ranking": FigureSpec(ranking_figure, "compare", (*_INDICATOR, "district"), by_district=True),
    "table": FigureSpec(table_figure, "data", _INDICATOR),
    "pair": FigureSpec(pair_figure, "map", (*_INDICATOR, "against", "classes", "district")),
    "multiples": FigureSpec(multiples_figure, "map", (*_INDICATOR, "classes")),
    "scatter": FigureSpec(scatter_figure, "compare", ("indicator", "against")),
    "progress": FigureSpec(
        progress_figure,
        "targets",
        ("indicator", "horizon", "district"),
        by_district=True,
        indicators=parity_indicators,
    ),
    "matrix": FigureSpec(matrix_figure, "targets", ("horizon",)),
    "polycentricity": _of_activity(polycentricity_figure),
    "decomposition": _of_activity(decomposition_figure),
    "contributions": _of_activity(contributions_figure),
    "convergence": _of_activity(convergence_figure),
    "lorenz": _of_activity(lorenz_figure),
    "rank_size": _of_activity(rank_size_figure),
    "quotients": _of_activity(quotients_figure, "classes", "district", by_district=True),
    "measures": _of_activity(measures_figure),
    "readings": FigureSpec(readings_figure, "polycentricity", ("auezov",)),
    "compare": FigureSpec(dumbbell_figure, "compare", ("a", "b", "sort", "auezov")),
    "standings": FigureSpec(standings_figure, "compare", ("sort",)),
    "district": FigureSpec(district_figure, "district", ("district", "horizon")),
}
"""Every figure that has an address, by the name that stands in it."""

CARDS: Mapping[str, FigureSpec] = {
    "topic": FigureSpec(topic_figure, "map", ("indicator",)),
    "gaps": FigureSpec(gaps_figure, "overview", ()),
    "wage": FigureSpec(wage_figure, "overview", ()),
    "schools": FigureSpec(schools_figure, "overview", ("auezov",)),
    "moves": FigureSpec(moves_figure, "overview", ()),
}
"""Figures that stand on a page only."""


def canonical(name: str, view: View) -> View:
    """Return the view with only what changes this figure: every other field is at its default."""
    kept = {*_spec(name).fields, "lang", "theme"}
    default = View()
    return replace(
        view,
        **{field.name: getattr(default, field.name) for field in fields(View) if field.name not in kept},
    )


def draw(name: str, view: View, dataset: Dataset) -> Figure:
    """Draw a figure of a view, to be passed on.

    Charts are drawn light: the document they stand in gives them the colours of its theme.

    Raises
    ------
    RequestError
        404 where there is no figure of that name, or none of it for this view; 403 where a source's licence
        forbids to pass its values on.
    """
    if name not in FIGURES:
        raise _unknown(name)
    figure = draw_for_page(name, view, dataset)
    for source in figure.withheld:
        detail = f"{source.words}: {source.licence}; the figure is shown in the dashboard only"
        raise RequestError(403, "Not redistributable", detail, link=source.links[0][0])
    return figure


@lru_cache(maxsize=512)
def draw_for_page(name: str, view: View, dataset: Dataset, dark: bool = False) -> Figure:
    """Draw a figure of a view, to be shown in the dashboard; ``dark`` says in which colours a chart is drawn.

    Raises
    ------
    RequestError
        404 where there is no figure of that name, or none of it for this view.
    """
    chosen = canonical(name, view)
    figure = _drawn(name, replace(chosen, theme="dark" if dark else "auto"), dataset)
    if figure is None:
        raise _no_figure(name, chosen, dataset)
    return replace(figure, view=chosen)


def has_figure(name: str, view: View, dataset: Dataset) -> bool:
    """Return whether there is a figure of a view."""
    return _drawn(name, replace(canonical(name, view), theme="auto"), dataset) is not None


@lru_cache(maxsize=512)
def _drawn(name: str, view: View, dataset: Dataset) -> Figure | None:
    spec = _spec(name)
    if "indicator" in spec.fields and view.indicator not in spec.can_show(dataset):
        return None
    figure = spec.draw(view, dataset)
    if figure and "district" in spec.fields and isinstance(figure.picture, Element):
        pin(figure.picture, view.district)
    return figure and replace(figure, id=name)


def _spec(name: str) -> FigureSpec:
    spec = FIGURES.get(name) or CARDS.get(name)
    if spec is None:
        raise _unknown(name)
    return spec


def _unknown(name: str) -> RequestError:
    detail = f'figure "{visible(name)}" is unknown'
    return RequestError(404, "Unknown figure", detail, nearest(name, FIGURES), tuple(FIGURES))


def _no_figure(name: str, view: View, dataset: Dataset) -> RequestError:
    """Return the refusal of a view, with the indicators of which the figure shows something."""
    plain = replace(view, theme="auto", period=LATEST, transform=None)
    drawable = tuple(
        key
        for key in _spec(name).can_show(dataset)
        if _drawn(name, replace(plain, indicator=key), dataset) is not None
    )
    when = "" if view.period == LATEST else f" at {view.period}"
    detail = f'there is no figure "{name}" of "{view.indicator}"{when}'
    return RequestError(404, "No such figure", detail, nearest(view.indicator, drawable), drawable)
