"""A page under test: how to start it, open it and change its indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.bench.mix import Step, Turn, again, slide
from tests.bench.session import Interaction


@dataclass(frozen=True, slots=True)
class PageUnderTest:
    """What the measurements need to know about a page, and nothing else."""

    name: str
    command: tuple[str, ...]
    """Starts the server; `{port}` stands for the port in words and environment."""
    path: str
    """Path and query string of the map, the first indicator chosen."""
    indicators: tuple[str, ...]
    """Labels of the indicators to change between, as the selectbox shows them."""
    interaction: Interaction
    """One reader's change of indicator, for sessions without a browser."""
    timed: tuple[str, ...] = ()
    """Labels of indicators with several periods, for the mix of what people do."""
    step: Step = slide
    """One reader's time step, for sessions without a browser."""
    turn: Turn = again
    """One reader's change of page, for sessions without a browser."""
    step_path: str = ""
    """Path and query string of the map for time steps."""
    step_label: str = ""
    """Label of the indicator to choose there first, where the address cannot name it."""
    chart_paths: tuple[str, ...] = ()
    """Paths of pages with a chart, whose first load is counted."""
    view: str = "map"
    """What the lines of a change are headed by."""
    pans: bool = True
    """Whether the map can be panned and zoomed."""
    environment: Mapping[str, str] = field(default_factory=dict)
    frame: str = "iframe[title^='streamlit_folium']"
    """CSS selector of the frame (or host of a shadow root) that holds the map, in the page."""
    districts: str = "path.leaflet-interactive"
    """CSS selector of the district shapes, in the frame."""
    slider: str = ""
    """CSS selector of a time slider that the browser itself paints by, in the frame; else Streamlit's."""

    @property
    def route(self) -> str:
        """Path without the query string: `/map`."""
        return self.path.partition("?")[0]

    @property
    def query(self) -> str:
        """Query string without its question mark."""
        return self.path.partition("?")[2]
