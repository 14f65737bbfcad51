"""A reader without a browser: Streamlit's own websocket protocol.

`Session.run` sends one rerun and waits for its end; `choose_option` and
`change_query` are the two ways to change the indicator.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

RUN_LIMIT = 60.0
"""Seconds after which a rerun counts as lost."""


@dataclass(slots=True)
class Answer:
    """What one rerun brought."""

    bytes: int = 0
    maps: int = 0
    """Components: a map of st_folium, a figure of ours."""
    selectboxes: list[Element] = field(default_factory=list)
    sliders: list[Slider] = field(default_factory=list)
    components: list[BidiComponent] = field(default_factory=list)


@dataclass(slots=True)
class Session:
    """One reader: a websocket, the page it shows and what it remembers."""

    connection: ClientConnection
    page_name: str
    query: str
    page_hash: str = ""
    cached: dict[str, ForwardMsg] = field(default_factory=dict)
    """Large messages of the last run by hash: the server does not send them again."""
    pages: dict[str, str] = field(default_factory=dict)
    """Path of a page → hash of its script, as the navigation tells it."""
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    last: Answer = field(default_factory=Answer)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.connection.close()

    def follow(self, path: str) -> None:
        """Prepare the next run to be that of another page, opened by a link of the bar."""
        self.page_hash = self.pages[path]
        self.widgets.clear()

    async def run(self, widget: WidgetState | None = None) -> Answer:
        """Send a rerun, with one widget changed, and read until the script ended."""
        sent = self.widgets
        if widget is not None:
            sent = self.widgets | {widget.id: widget}
            if widget.WhichOneof("value") != "json_trigger_value":  # a trigger is not kept
                self.widgets = sent
        state = ClientState(
            query_string=self.query,
            page_name="" if self.page_hash else self.page_name,
            page_script_hash=self.page_hash,
            widget_states=WidgetStates(widgets=sent.values()),
            cached_message_hashes=self.cached.keys(),
            context_info=ContextInfo(timezone="Asia/Almaty", locale="en-US"),
        )
        message = BackMsg(rerun_script=state).SerializeToString()
        await self.connection.send(message)
        async with asyncio.timeout(RUN_LIMIT):
            self.last = await self._read_to_end()
        return self.last

    async def _read_to_end(self) -> Answer:
        answer = Answer()
        seen: dict[str, ForwardMsg] = {}
        while True:
            data = await self.connection.recv(decode=False)
            answer.bytes += len(data)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "ref_hash":
                message = self.cached.get(message.ref_hash) or seen[message.ref_hash]
                seen[message.hash] = message
            elif message.metadata.cacheable:
                seen[message.hash] = message
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._note(message.delta.new_element, answer)
            elif kind == "new_session":
                self.page_hash = message.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
                self.pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self.cached = seen
                return answer

    @staticmethod
    def _note(element: Element, answer: Answer) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"the page shows an exception: {element.exception}")
        if kind == "selectbox":
            answer.selectboxes.append(element)
        elif kind == "slider":
            answer.sliders.append(element.slider)
        elif kind == "bidi_component":
            answer.components.append(element.bidi_component)
            answer.maps += 1
        elif kind == "component_instance":
            answer.maps += 1


Interaction = Callable[[Session, str], "WidgetState | None"]
"""Prepares a session for one indicator and returns the widget to send, if any."""


def choose_option(session: Session, label: str) -> WidgetState:
    """Choose an option of the first selectbox, as a click in the browser does."""
    if not session.last.selectboxes:
        raise RuntimeError("the page has no selectbox to choose from")
    box = session.last.selectboxes[0].selectbox
    if label not in box.options:
        raise RuntimeError(f"no option {label!r} among {list(box.options)}")
    return WidgetState(id=box.id, string_value=label)


def change_query(template: str) -> Interaction:
    """Return an interaction that follows a link: `template` with `{indicator}`."""

    def interaction(session: Session, label: str) -> None:
        session.query = template.format(indicator=label)

    return interaction


async def open_session(port: int, page_name: str, query: str) -> Session:
    """Connect to a server on this machine; nothing is asked of it yet."""
    connection = await connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        ping_interval=None,
    )
    return Session(connection, page_name.strip("/"), query)


def cycle(labels: tuple[str, ...], start: int) -> Iterator[str]:
    """Yield the labels for ever, beginning at `start`."""
    position = start
    while True:
        position += 1
        yield labels[position % len(labels)]
