"""The log of a server: a line of JSON for each event, without names, addresses, answers or the text of an error.

What other libraries say may hold what a person typed, so of their messages only the place in the code is kept, and
of an error its kind and the lines that it passed through: enough to find it, nothing to read about anybody.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

VARIABLE = "CBI_LOG"
"""Set to :data:`JSON_LINES` to have the log in this form; ``serve`` sets it."""
JSON_LINES = "json"
OWN = "cbi"
"""The logger of this program; what it is given is written whole."""

_made = logging.getLogRecordFactory()


def event(name: str, **facts: int | str) -> None:
    """Write that something happened; ``facts`` are counts and fixed words, never what a person typed."""
    logging.getLogger(OWN).warning(json.dumps({"event": name, **facts}))


def begin(environment: Mapping[str, str]) -> None:
    """Write the log in this form from now on, where the environment asks for it."""
    if environment.get(VARIABLE) == JSON_LINES:
        install()


def install() -> None:
    """Give every record of this process the form of this log; doing it again changes nothing."""
    logging.setLogRecordFactory(_record)


def uninstall() -> None:
    """Let records be as they were."""
    logging.setLogRecordFactory(_made)


def _record(*given: Any, **named: Any) -> logging.LogRecord:
    record = _made(*given, **named)
    facts: dict[str, Any] = {"level": record.levelname.lower(), "logger": record.name}
    if record.name == OWN:
        facts |= json.loads(record.getMessage())
    else:
        facts |= {"event": "message", "at": f"{Path(record.pathname).name}:{record.lineno}"}
    if record.exc_info and record.exc_info[0] is not None:
        facts |= _error(record.exc_info[0], record.exc_info[2])
    record.msg, record.args, record.exc_info, record.stack_info = _line(record.created, facts), None, None, None
    return record


def _line(moment: float, facts: Mapping[str, Any]) -> str:
    time = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": time, **facts})


def _error(kind: type[BaseException], passed: TracebackType | None) -> dict[str, Any]:
    """Give the kind of an error and where it passed, the innermost place last."""
    places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(passed)]
    return {"error": kind.__name__, "through": places[-12:]}
