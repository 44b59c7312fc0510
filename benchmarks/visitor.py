"""A visitor without a browser: speaks the protocol of Streamlit's own pages, so that many fit on one machine."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

FIGURE = re.compile(r"[\d.]+")


@dataclass
class Visitor:
    """One open page: its connection, what it shows, and the state of the fields that were changed.

    ``errors`` are all that the page ever told in a red box, ``until_total`` the seconds from the last entry until the
    first total came.
    """

    page: str
    query: str
    connection: ClientConnection
    fields: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    totals: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    until_total: float = 0.0
    _begun: float = 0.0

    def enter(self, field_id: str, text: str) -> float:
        """Commit a text in a field; gives the seconds until the page that answers has come whole."""
        self.typed[field_id] = text
        self._begun, self.until_total = time.perf_counter(), 0.0
        self.run()
        return time.perf_counter() - self._begun

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
            self.named[element.text_input.label] = element.text_input.id
            shown = element.text_input.value or element.text_input.default
            if FIGURE.fullmatch(shown):
                self.fields[element.text_input.id] = shown
        elif kind == "metric":
            self.until_total = self.until_total or time.perf_counter() - self._begun
            self.totals.append(element.metric.body)
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self.errors.append(element.alert.body)
        elif kind == "exception":
            raise AssertionError(element.exception.message)


@contextmanager
def visiting(
    port: int, page: str, query: str = "", *, address: str = "", cookies: Mapping[str, str] | None = None
) -> Iterator[Visitor]:
    """Open a page of an app on this machine, wait until it is drawn, and leave it at the end.

    Of a server that people sign in to, ``address`` is the public one and ``cookies`` are those of a browser in which
    a person has signed in: Streamlit's token against forged requests and what says who they are.
    """
    stream = f"{(address or f'http://localhost:{port}').replace('http', 'ws', 1)}/_stcore/stream"
    spoken = [Subprotocol("streamlit")]
    settings: dict[str, Any] = {}
    if cookies is not None:
        spoken.append(Subprotocol(cookies["_streamlit_xsrf"]))
        settings["additional_headers"] = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        settings["origin"] = address
    if address.startswith("https"):
        settings["ssl"] = ssl._create_unverified_context()  # the certificate is one of this test
    with connect(stream, subprotocols=spoken, max_size=None, **settings) as connection:
        visitor = Visitor(page, query, connection)
        visitor.run()
        yield visitor
