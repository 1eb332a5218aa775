"""The log of the running system: one line of JSON for each event, by an allow-list, without anybody's data.

What stands in a line: when, how bad, which part of the program, which event, the request it belongs to, and the facts
named in `FACTS`. Messages of other libraries are written without what was filled into them, and of an exception only
its kind and the places in the code: its words may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from werkzeug.wrappers import Response

OWN = "contest"
FACTS = frozenset({"method", "endpoint", "status", "milliseconds", "job", "kind", "attempt", "count", "seconds"})
REQUEST_ID = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
PLAIN = (int, float, bool, type(None))
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,79}")
"""What may be filled into one of our own messages: numbers, and names of the program."""

log = logging.getLogger(f"{OWN}.requests")


class Lines(logging.Formatter):
    """Writes an event as one line of JSON. Control characters are escaped, so no event can feign another."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one event."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if (named := request_id()) is not None:
            line["request"] = named
        line |= {name: value for name, value in record.__dict__.items() if name in FACTS and _is_fact(value)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["places"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


def _event(record: logging.LogRecord) -> str:
    template = str(record.msg)
    own = record.name == OWN or record.name.startswith(f"{OWN}.")
    if not own or not record.args:
        return template[:500]
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return template % tuple(value if _is_fact(value) else "…" for value in given)
    except (TypeError, ValueError):
        return template


def _is_fact(value: object) -> bool:
    return isinstance(value, PLAIN) or (isinstance(value, str) and WORD.fullmatch(value) is not None)


def _places(where: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(where)[-20:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def configure(level: int = logging.INFO) -> None:
    """Write the log of this process to its standard error, in this form alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OWN).setLevel(level)
    logging.captureWarnings(True)


def request_id() -> str | None:
    """Give the name of the request that is being answered."""
    return g.get("request_id") if has_request_context() else None


def init_app(app: Flask) -> None:
    """Name every request, tell its name in a header, and write a line about each."""
    app.log_exception = lambda info: logging.getLogger(OWN).error("a page broke", exc_info=info)  # type: ignore[method-assign, assignment]

    @app.before_request
    def name() -> None:
        g.request_id, g.started = _named_by_proxy() or secrets.token_hex(8), time.perf_counter()

    @app.after_request
    def tell(response: Response) -> Response:
        if (named := g.get("request_id")) is not None:
            response.headers[REQUEST_ID] = named
            facts = {
                "method": request.method if request.method.isalpha() else "",
                "endpoint": request.endpoint,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - g.started) * 1000, 1),
            }
            log.info("request", extra=facts)
        return response


def _named_by_proxy() -> str | None:
    """Take the name that the proxy has given, where the settings say that there is one."""
    header = current_app.config["SETTINGS"].request_id_header
    given = request.headers.get(header, "") if header else ""
    return given if ACCEPTED.fullmatch(given) else None
