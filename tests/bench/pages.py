"""The two pages that are compared: ours and the naive one."""

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

from components.text.strings import text
from tests.bench.mix import follow, settle
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

TIMED = (
    "births",
    "crimes_registered",
    "emissions_stationary",
    "migration_in",
    "avg_wage",
    "industrial_enterprises_large_medium",
)
"""Several periods in both pages."""

STEPPED = "industrial_enterprises_large_medium"
"""Seven years, and in both pages each is coloured differently from the one before."""

FIGURE = "[data-testid=stBidiComponentIsolated]"
"""Hosts of the shadow roots in which our figures stand."""

POLYGONS = "path.leaflet-interactive[d*='L']"
"""Shapes drawn with straight lines: the districts, without stations and circles."""

OUR_PATHS = ("/", "/map", "/trends", "/targets", "/polycentricity", "/compare", "/district", "/data")

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
    timed=TIMED,
    step_path="/",
    step_label=STEPPED,
)


def _option(indicator: str) -> str:
    """Return what our selectbox writes for an indicator: short name and topic."""
    file = PROJECT / "data" / "tables" / f"{indicator}.toml"
    declared = tomllib.loads(file.read_text(encoding="utf-8"))
    topic = text("en", f"topic.{declared['topic']}")
    return f"{declared['short']['en']} · {topic}"


def ours() -> PageUnderTest:
    """Return the project's map page as it opens, in English."""
    return PageUnderTest(
        name="ours",
        view="Districts",
        command=(str(PROGRAMS / "almaty2050"), "serve"),
        environment={"PORT": "{port}"},
        path=f"/map?indicator={INDICATORS[0]}&lang=en",
        indicators=tuple(map(_option, INDICATORS)),
        interaction=choose_option,
        timed=tuple(map(_option, TIMED)),
        step=settle,
        turn=follow(there="trends", back="map"),
        step_path=f"/map?indicator={STEPPED}&lang=en",
        frame=FIGURE,
        districts="svg.map:not(.thumbnail) path[data-district]",
        slider=".time input",
        chart_paths=("/trends?lang=en",),
        pans=False,
    )


def explore() -> PageUnderTest:
    """Return the same page, tab Explore."""
    return replace(
        ours(),
        view="Explore",
        path=f"/map?tab=explore&indicator={INDICATORS[0]}&lang=en",
        frame=NAIVE.frame,
        districts=POLYGONS,
        slider="",
        pans=True,
    )
