"""What people do on the map: 70 % time steps, 20 % changes of indicator, 10 % changes of page."""

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.session import Session, cycle

if TYPE_CHECKING:
    from tests.bench.page import PageUnderTest

KINDS = {"step": 70, "indicator": 20, "page": 5}
"""Weights on the map; who left it comes back next, so that 5 departures are 10 changes of page."""

Step = Callable[[Session, random.Random], WidgetState]
"""Chooses another period and returns the widget to send."""
Turn = Callable[[Session, bool], None]
"""Prepares a session for another page (True) or for the map again (False)."""


@dataclass(slots=True)
class Mix:
    """One person's interactions, drawn by chance."""

    page: "PageUnderTest"
    number: int
    away: bool = False
    labels: Iterator[str] = field(init=False)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.labels = cycle(self.page.timed, self.number)
        self.chance = random.Random(self.number)

    async def interact(self, session: Session) -> str:
        """Do one thing, wait for its end and return what it was."""
        kind = "page" if self.away else self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        widget = None
        if kind == "page":
            self.away = not self.away
            self.page.turn(session, self.away)
        elif kind == "step" and (session.last.sliders or self.page.slider):
            widget = self.page.step(session, self.chance)
        else:  # also where the naive page stands at an indicator of one period: there is nothing to step
            widget = self.page.interaction(session, next(self.labels))
        answer = await session.run(widget)
        if not answer.maps:
            raise RuntimeError(f"{self.page.name}: an interaction ({kind}) brought no figure")
        return kind


def settle(session: Session, chance: random.Random) -> WidgetState:
    """Our slider at the end of a drag: the one message that map.js sends, with another period."""
    for component in session.last.components:
        content = json.loads(component.json)["content"] if component.json else ""
        slider = re.search(r'<input [^>]*\btype="range"[^>]*>', content)
        given = re.search(r'\bdata-steps="([^"]*)"', content)
        if slider and given:
            periods = [one["period"] for one in json.loads(html.unescape(given[1]))]
            now = re.search(r'\bvalue="(\d+)"', slider[0])
            del periods[int(now[1]) if now else -1]
            event = [{"event": "settled", "value": chance.choice(periods)}]
            identity = f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events"
            return WidgetState(id=identity, json_trigger_value=json.dumps(event))
    raise RuntimeError(f"the page has no time slider: {session.query}")


def slide(session: Session, chance: random.Random) -> WidgetState:
    """Streamlit's own select slider, moved to another option."""
    if not session.last.sliders:
        raise RuntimeError("the page has no select slider")
    slider = session.last.sliders[0]
    held = session.widgets.get(slider.id)
    now = held.string_array_value.data[0] if held else slider.options[-1]
    options = [option for option in slider.options if option != now]
    return WidgetState(id=slider.id, string_array_value=StringArray(data=[chance.choice(options)]))


def follow(there: str, back: str) -> Turn:
    """Return a turn that follows links of the bar: to page `there`, then `back`."""

    def turn(session: Session, away: bool) -> None:
        session.follow(there if away else back)

    return turn


def again(_: Session, __: bool) -> None:
    """The naive page has no second one: it is run again as it is."""
