"""Live views: what a screen shows of one state of the data, as Dash props, encoded once for all viewers."""

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import brotli
import orjson
from dash import ClientsideFunction, Input, Output, clientside_callback

from components import ids, states
from components.formats import clock
from data_access.cache import Answer, Request
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from pages._query import Check

Parts = dict[tuple[str, str], object]  # (component id, property) -> value
Build = Callable[..., Parts]

BROTLI_QUALITY = 5
NEXT_TRY = timedelta(minutes=1)  # a new revision comes with every minute at the latest
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class View:
    """What draws a screen, the names of the URL's query it is asked by, and those only their author asks for."""

    build: Build
    asks: tuple[str, ...]
    unkept: frozenset[str]
    own: Mapping[str, Check] = field(default_factory=dict)


_views: dict[str, View] = {}


def live_view(
    name: str,
    *parts: tuple[str, str],
    asks: tuple[str, ...] = (),
    unkept: tuple[str, ...] = (),
    own: Mapping[str, Check] | None = None,
) -> Callable[[Build], Build]:
    """Register `build(scope, query, state) -> parts` as the view `name`, and take each part into its component.

    `asks` names what of the URL's query it is asked by (pages/_query.py); an answer to a query with a name of `unkept`
    is made for the one who asks and kept for nobody. `own`: checks of names it reads in its own way.
    Without `parts` it is a part of another screen: the element with `data-subview=name` (assets/15-live.js) puts what
    it gets.
    """

    def register(build: Build) -> Build:
        _views[name] = View(build, asks, frozenset(unkept), own or {})
        for component_id, prop in parts:
            take_part(component_id, prop)
        return build

    return register


def view_of(name: str, asks: tuple[str, ...], query: str = "") -> dict[str, str]:
    """The attributes of the <main> of a screen: its view, the names it is asked by, what its path says.

    `data-mount` differs for each drawing of the frame, so that the browser knows when the panels were emptied.
    """
    attributes = {"data-view": name, "data-asks": ",".join(asks), "data-mount": secrets.token_hex(4)}
    return attributes | ({"data-query": query} if query else {})


def take_part(component_id: str, prop: str) -> None:
    """Let a component take its property from the snapshot whenever that part changed."""
    clientside_callback(
        ClientsideFunction("ruangPantau", "part"), Output(component_id, prop), Input(ids.SNAPSHOT, "data")
    )


def panel_or_error(fact_id: str, state: State, make: Callable[[], Parts]) -> Parts:
    """The parts of one panel; when it fails its last good picture stays and its fact says so, the others go on."""
    try:
        return make()
    except DatabaseUnavailable as error:
        log.warning("panel %s: %s", fact_id, error)
    except Exception:  # a defect in one panel must not take the wall down
        log.exception("panel %s", fact_id)
    return {(fact_id, "children"): states.error(clock(state.as_of + NEXT_TRY))}


def view(name: str) -> View | None:
    """The view of this name, None when there is none."""
    return _views.get(name)


def encode(request: Request, state: State) -> Answer:
    """Brotli JSON of a view: revision, as_of in milliseconds, and every part with a hash of its content."""
    parts = _views[request.view].build(request.scope, dict(request.query), state)
    body = orjson.dumps(
        {
            "rev": state.revision,
            "as_of": int(state.as_of.timestamp() * 1000),
            "parts": {f"{component_id}.{prop}": _part(value) for (component_id, prop), value in parts.items()},
        }
    )
    return Answer(state.revision, brotli.compress(body, quality=BROTLI_QUALITY))


def _part(value: object) -> dict:
    encoded = orjson.dumps(value, default=_as_json, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS)
    return {"hash": hashlib.blake2b(encoded, digest_size=8).hexdigest(), "value": orjson.Fragment(encoded)}


def _as_json(value: object) -> object:
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    raise TypeError(f"{type(value).__name__} cannot be sent to the browser")
