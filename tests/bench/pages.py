"""The two pages that are compared: ours and the naive one."""

import sys
import tomllib
from pathlib import Path

from tests.bench.page import PageUnderTest
from tests.bench.session import choose_option

PROJECT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent

INDICATORS = (
    "births",
    "crimes_registered",
    "emissions_stationary",
    "school_capacity_public",
    "migration_in",
    "road_length",
)
"""A value for each of the eight districts, and no two neighbours coloured alike."""

OUR_PATHS = ("/", "/map", "/trends", "/data")

NAIVE = PageUnderTest(
    name="naive",
    command=(
        str(PROGRAMS / "streamlit"),
        "run",
        str(Path(__file__).with_name("naive.py")),
        "--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    ),
    path="/",
    indicators=INDICATORS,
    interaction=choose_option,
)


def _title(indicator: str) -> str:
    """Return the English title that the project's own table declares."""
    file = PROJECT / "data" / "tables" / f"{indicator}.toml"
    with file.open("rb") as stream:
        return str(tomllib.load(stream)["title"]["en"])


def ours() -> PageUnderTest:
    """Return the project's map page, tab Explore, in English."""
    return PageUnderTest(
        name="ours",
        command=(str(PROGRAMS / "almaty2050"), "serve"),
        environment={"PORT": "{port}"},
        path=f"/map?tab=explore&indicator={INDICATORS[0]}&lang=en",
        indicators=tuple(map(_title, INDICATORS)),
        interaction=choose_option,
    )
