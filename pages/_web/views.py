"""Live views: what a screen shows of one state of the data, as Dash props, encoded once for all viewers."""

import hashlib
from collections.abc import Callable

import brotli
import orjson
from dash import ClientsideFunction, Input, Output, clientside_callback

from components import ids
from data_access.cache import Answer, Request
from data_access.live import State

Parts = dict[tuple[str, str], object]  # (component id, property) -> value
Build = Callable[..., Parts]

BROTLI_QUALITY = 5
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
