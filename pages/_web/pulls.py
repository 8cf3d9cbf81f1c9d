"""Pulls by their address, for spreadsheets: a token opens them, and so does a session; a token opens nothing else."""

import logging
import threading
from itertools import chain

import psycopg
from flask import Flask, Response, abort, make_response, request

from data_access import desk_log, pull_files, pull_tokens, pulls
from data_access.dimensions import Dimensions
from data_access.engine import DatabaseUnavailable
from data_access.listing import days_of
from data_access.live import State
from data_access.pull_command import asked
from data_access.scope import NOTHING, Scope
from data_access.settings import settings
from pages import _filters
from pages._query import UNKNOWN_NAMES, canonical
from pages._web import api, errors, slow_readers
from pages._web.guard import Policy, route_policy
from pages._web.session import current_scope
from scoring import periods

AT_ONCE = 3  # of one process: each holds a thread and a connection until it is through
NAMES = (*_filters.QUERY_NAMES, "hari")
# What narrows a pull; a name it does not know is refused, as its rows would not be those that were meant.
ASKS = {"laporan": NAMES, "nilai": ("periode", "unit"), "harian": ("periode", "hari", "unit")}
log = logging.getLogger(__name__)
_running = threading.BoundedSemaphore(AT_ONCE)


def register(server: Flask) -> None:
    """Add the routes. PUBLIC to the guard: who asks is found out here, by token or session."""
    server.add_url_rule("/tarikan/<what>.<form>", "pulls.data", download)
    server.add_url_rule("/tarikan/kamus/<what>.csv", "pulls.dictionary", dictionary)
    route_policy("pulls.data", Policy.PUBLIC)
    route_policy("pulls.dictionary", Policy.SIGNED_IN)


def dictionary(what: str) -> Response:
    """What the columns of a pull mean."""
    if what not in pulls.DICTIONARY:
        abort(404)
    columns = pulls.DICTIONARY[what]
    rows = [pull_files.DICTIONARY_HEAD, *pulls.dictionary(columns)]
    text = "\ufeff" + "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    return _named(Response(text, content_type="text/csv; charset=utf-8"), f"kamus-{what}.csv")


def download(what: str, form: str) -> Response:
    """The pull; 401 for who may not, 400 for what is not understood, 404 for what there is not, 503 when too many."""
    if what not in pulls.DICTIONARY or form not in pull_files.FORMATS:
        abort(404)
    token = _token()
    if token is None and current_scope() == NOTHING:
        abort(401)
    try:
        state = api.state()
        scope = current_scope() if token is None else _scope(token, state.frame.names)
    except (api.NotYet, DatabaseUnavailable, psycopg.Error):
        return _later()
    if scope == NOTHING:
        abort(401)
    query = _query(what, state)
    if not _running.acquire(blocking=False):
        return _later()
    try:
        return _sent(what, form, query, scope, state)
    except Exception as error:  # a defect, too, must give its place back
        _running.release()
        if isinstance(error, (DatabaseUnavailable, psycopg.Error)):
            log.warning("pull %s: %s", what, error)
            return _later()
        if isinstance(error, ValueError):
            abort(400)
        raise


def _query(what: str, state: State) -> dict[str, str]:
    """The query of this pull; 400 when something of it is not understood, stands twice, or says two times."""
    names = [name for name, _ in request.args.items(multi=True)]
    query = dict(canonical(request.args, state, NAMES))
    strange = set(names) - {*ASKS[what], "token"}
    if UNKNOWN_NAMES in query or strange or len(names) > len(set(names)) or {"periode", "hari"} <= query.keys():
        abort(400)
    return query


def _sent(what: str, form: str, query: dict[str, str], scope: Scope, state: State) -> Response:
    """The answer, its first rows read: what fails, fails before the first byte."""
    filters, _ = _filters.chosen(query)
    day = days_of(query["hari"])[0] if "hari" in query else None
    period = periods.parse(filters.period) if filters.period else None
    pull = asked(what, day, period, filters, scope, state)
    content, content_type = pull_files.FORMATS[form]
    parts = content(pull)
    first = next(parts, b"")
    response = Response(filter(None, chain([first], parts)), content_type=content_type)
    about = query.get("hari") or filters.period or str(periods.of(state.as_of))
    response.call_on_close(_running.release)
    response.call_on_close(parts.close)
    slow_readers.let_go(request.environ)
    return _named(response, f"{pulls.file_name(pull, about)}.{form}")


def _token() -> str | None:
    """The token of the header or the address, None without one: then the session speaks."""
    kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer.strip() if kind.lower() == "bearer" else request.args.get("token")


def _scope(token: str, names: Dimensions) -> Scope:
    """What the token may see, NOTHING for one that opens nothing."""
    with desk_log.opened(settings().state_dsn) as connection:
        return pull_tokens.scope_of(connection, token, names) or NOTHING


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _later() -> Response:
    return make_response(errors.line(503), 503, {"Retry-After": "5"})
