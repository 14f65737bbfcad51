"""A page under test: how to start it, open it and change its indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    environment: Mapping[str, str] = field(default_factory=dict)
    frame: str = "iframe[title^='streamlit_folium']"
    """CSS selector of the frame that holds the map, in the page."""
    districts: str = "path.leaflet-interactive"
    """CSS selector of the district shapes, in the frame."""

    @property
    def route(self) -> str:
        """Path without the query string: `/map`."""
        return self.path.partition("?")[0]

    @property
    def query(self) -> str:
        """Query string without its question mark."""
        return self.path.partition("?")[2]
