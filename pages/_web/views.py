"""Live views: what a screen shows of one state of the data, as Dash props, encoded once for all viewers."""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta

import brotli
import orjson
from dash import ClientsideFunction, Input, Output, clientside_callback

from components import ids, states
from components.formats import clock
from data_access.cache import Answer, Request
from data_access.engine import DatabaseUnavailable
from data_access.live import State

Parts = dict[tuple[str, str], object]  # (component id, property) -> value
Build = Callable[..., Parts]

BROTLI_QUALITY = 5
NEXT_TRY = timedelta(minutes=1)  # a new revision comes with every minute at the latest
log = logging.getLogger(__name__)
_builders: dict[str, Build] = {}


def live_view(name: str, *parts: tuple[str, str]) -> Callable[[Build], Build]:
    """Register `build(scope, query, state) -> parts` as the view `name`, and take each part into its component."""

    def register(build: Build) -> Build:
        _builders[name] = build
        for component_id, prop in parts:
            take_part(component_id, prop)
        return build

    return register


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


def known(name: str) -> bool:
    return name in _builders


def encode(request: Request, state: State) -> Answer:
    """Brotli JSON of a view: revision, as_of in milliseconds, and every part with a hash of its content."""
    parts = _builders[request.view](request.scope, dict(request.query), state)
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
