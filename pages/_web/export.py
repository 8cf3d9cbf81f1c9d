"""Downloads of a whole list of reports, sent while they are read."""

import threading
from collections.abc import Callable, Iterator
from itertools import chain

from flask import Flask, Response, abort, make_response, request

from data_access import export, export_files, listing_rows
from data_access.engine import DatabaseUnavailable
from data_access.listing import NAMES, of_query
from pages._query import UNKNOWN_NAMES, canonical, period_or_all_time
from pages._web import api, errors, slow_readers
from pages._web.guard import Policy, route_policy
from pages._web.session import current_scope
from scoring.periods import WIB

AT_ONCE = 3  # of one process: each holds a thread and a connection until it is through
OWN = {"periode": period_or_all_time}
KINDS: dict[str, tuple[Callable, str]] = {
    "csv": (export_files.csv_bytes, "text/csv; charset=utf-8"),
    "xlsx": (export_files.xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_running = threading.BoundedSemaphore(AT_ONCE)


def register(server: Flask) -> None:
    """Add the routes with their policy."""
    for kind in KINDS:
        server.add_url_rule(f"/api/laporan.{kind}", f"export.{kind}", lambda kind=kind: download(kind))
        route_policy(f"export.{kind}", Policy.SIGNED_IN)


def download(kind: str) -> Response:
    """The list the query names as a file; 400 for a query that is not understood, so that nobody gets another list."""
    try:
        state = api.state()
    except api.NotYet:
        return _later()
    query = dict(canonical(request.args, state, (*NAMES, "urut"), OWN))
    if UNKNOWN_NAMES in query:
        abort(400)
    order = query["urut"] if query.get("urut") in listing_rows.ORDERS else listing_rows.DEFAULT_ORDER
    content, content_type = KINDS[kind]
    rows = export.batches(current_scope(), of_query(query), state, order)
    if not _running.acquire(blocking=False):
        return _later()
    try:
        first = next(rows, [])  # what fails, fails before the first byte
    except Exception as error:  # a defect, too, must give its place back
        _running.release()
        if isinstance(error, DatabaseUnavailable):
            return _later()
        raise
    response = Response(_sent(content(chain([first], rows))), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(state)}.{kind}"'
    response.call_on_close(_running.release)
    response.call_on_close(rows.close)
    slow_readers.let_go(request.environ)
    return response


def _sent(content: Iterator[bytes]) -> Iterator[bytes]:
    yield from filter(None, content)


def _file_name(state) -> str:
    return f"laporan-{state.as_of.astimezone(WIB):%Y%m%d-%H%M}"


def _later() -> Response:
    return make_response(errors.line(503), 503, {"Retry-After": "5"})
