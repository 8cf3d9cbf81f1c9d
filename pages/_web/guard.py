"""Default deny: nothing is answered, and no callback runs, without a policy that names who may ask.

Dash serves every registered callback to everybody who posts to it, whatever page they opened; so each route and
each server callback carries a Policy, checked before the request reaches it. What has none is refused.
"""

from collections.abc import Callable
from enum import Enum

import dash
from flask import Flask, abort, current_app, request

from pages._web.callback_body import PAGES_CALLBACK, BadBody, check_body, check_json
from pages._web.session import ANONYMOUS, current_role

MAX_BODY_BYTES = 256 * 1024
DISPATCH = "/_dash-update-component"
# They open routes of their own or run outside the request, where the guard does not stand.
REFUSED_OPTIONS = ("api_endpoint", "background", "websocket", "persistent")


class Policy(Enum):
    """Who may ask: everybody, every session, or nobody (the route exists only because a library adds it)."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    NOBODY = "nobody"


_route_policies: dict[str, Policy] = {
    "/": Policy.PUBLIC,
    "/<path:path>": Policy.PUBLIC,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": Policy.PUBLIC,
    "_dash_assets.static": Policy.PUBLIC,
    "bootstrap": Policy.PUBLIC,
    "healthz.live": Policy.PUBLIC,
    "healthz.ready": Policy.PUBLIC,
    "healthz.fresh": Policy.PUBLIC,
    "api.rev": Policy.SIGNED_IN,
    "api.layar": Policy.SIGNED_IN,
    "/_dash-layout": Policy.SIGNED_IN,
    "/_dash-dependencies": Policy.SIGNED_IN,
    DISPATCH: Policy.SIGNED_IN,  # and the policy of the callback itself
    "/_reload-hash": Policy.NOBODY,
    "/_favicon.ico": Policy.NOBODY,
}
_dash_own_callbacks: dict[str, Policy] = {PAGES_CALLBACK: Policy.SIGNED_IN}


def route_policy(endpoint: str, policy: Policy) -> None:
    """Say who may ask for a Flask endpoint. ValueError when it was already said otherwise."""
    if _route_policies.setdefault(endpoint, policy) is not policy:
        raise ValueError(f"the endpoint {endpoint} has the policy {_route_policies[endpoint]} already")


def policy_of_route(endpoint: str) -> Policy | None:
    """The policy of a Flask endpoint, None when nobody gave one."""
    return _route_policies.get(endpoint)


def guarded_callback(*args, policy: Policy, **kwargs) -> Callable:
    """`dash.callback` with a policy; the only way a server callback is registered. ValueError for refused options."""
    if not isinstance(policy, Policy):
        raise ValueError("guarded_callback needs policy=Policy...., not a text")
    if refused := [name for name in REFUSED_OPTIONS if kwargs.get(name)]:
        raise ValueError(f"a guarded callback cannot have {', '.join(refused)}")

    def register(function: Callable) -> Callable:
        function.__policy__ = policy
        return dash.callback(*args, **kwargs)(function)

    return register


def policy_of_callback(app: dash.Dash, output: str) -> Policy | None:
    """The policy of a server callback by its key in `app.callback_map`; None when it has none."""
    if output in _dash_own_callbacks:
        return _dash_own_callbacks[output]
    return getattr(app.callback_map[output]["callback"], "__policy__", None)


def server_callbacks(app: dash.Dash) -> list[str]:
    """Keys of the callbacks that run on the server; clientside ones have no function here."""
    return [key for key, entry in app.callback_map.items() if "callback" in entry]


def attach(app: dash.Dash) -> None:
    """Stand before every request of the app."""
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    @server.before_request
    def guard() -> None:
        if request.endpoint is None:
            return  # no such route: Flask answers 404 or 405 itself
        _demand(policy_of_route(request.endpoint), unknown=404)
        if request.endpoint == DISPATCH:
            _check_callback(app)


def _check_callback(app: dash.Dash) -> None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    try:
        body = check_json(request.get_json())  # 413 when too large, 415 when it is not sent as JSON
        output = body.get("output")
        if not isinstance(output, str) or output not in server_callbacks(app):
            abort(404)
        _demand(policy_of_callback(app, output), unknown=403)
        check_body(body, app.callback_map[output])
    except (BadBody, RecursionError) as problem:
        current_app.logger.warning("callback refused: %s", problem)
        abort(400)


def _demand(policy: Policy | None, unknown: int) -> None:
    """Let the session pass, or answer 401; `unknown` is the answer where nobody may pass."""
    if policy is None or policy is Policy.NOBODY:
        abort(unknown)
    if policy is Policy.SIGNED_IN and current_role() == ANONYMOUS:
        abort(401)
