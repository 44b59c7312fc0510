"""A visitor without a browser: speaks the protocol of Streamlit's own pages, so that many fit on one machine."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

FIGURE = re.compile(r"[\d.]+")


@dataclass
class Visitor:
    """One open page: its connection, what it shows, and the state of the fields that were changed."""

    page: str
    query: str
    connection: ClientConnection
    fields: dict[str, str] = field(default_factory=dict)
    totals: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)

    def enter(self, field_id: str, text: str) -> float:
        """Commit a text in a field; gives the seconds until the page that answers has come whole."""
        self.typed[field_id] = text
        begun = time.perf_counter()
        self.run()
        return time.perf_counter() - begun

    def run(self) -> None:
        """Ask for a run of the page with all that was typed, and read on until it has finished."""
        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.query_string = self.query
        for field_id, text in self.typed.items():
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = field_id, text
        self.connection.send(asked.SerializeToString())
        self.fields, self.totals = {}, []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.connection.recv(timeout=60))
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._take(message.delta.new_element)
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return

    def _take(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "text_input":
            shown = element.text_input.value or element.text_input.default
            if FIGURE.fullmatch(shown):
                self.fields[element.text_input.id] = shown
        elif kind == "metric":
            self.totals.append(element.metric.body)
        elif kind == "exception":
            raise AssertionError(element.exception.message)


@contextmanager
def visiting(port: int, page: str, query: str = "") -> Iterator[Visitor]:
    """Open a page of an app on this machine, wait until it is drawn, and leave it at the end."""
    address = f"ws://localhost:{port}/_stcore/stream"
    with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
        visitor = Visitor(page, query, connection)
        visitor.run()
        yield visitor
