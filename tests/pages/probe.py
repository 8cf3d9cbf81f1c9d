"""A small Dash app with a callback of every shape, and the bodies a browser would send to them."""

import json
from types import SimpleNamespace

import dash
from dash import ALL, MATCH, Input, Output, State, dcc, html
from flask import Flask

from pages._web import errors, guard, session
from pages._web.guard import Policy, guarded_callback

DISPATCH = "/_dash-update-component"


def build(secret_key: str) -> SimpleNamespace:
    """The probe: `app`, `server`, and `calls`, the names of the callbacks whose body was entered."""
    collected = _take_what_dash_collected()
    server = Flask("probe", static_folder=None)
    session.register(server, secret_key)
    errors.register(server)
    app = dash.Dash("probe", server=server, use_pages=False, enable_mcp=False)
    calls: list[str] = []
    _register(calls)
    app.layout = html.Div([dcc.Input(id="text"), dcc.Store(id="role"), html.P(id="echo")])
    guard.attach(app)
    app._setup_server()
    _give_back(collected)
    return SimpleNamespace(app=app, server=server, calls=calls)


def _take_what_dash_collected() -> list:
    from dash import _callback

    places = (_callback.GLOBAL_CALLBACK_LIST, _callback.GLOBAL_CALLBACK_MAP, _callback.GLOBAL_INLINE_SCRIPTS)
    collected = [(place, place.copy()) for place in places]
    for place in places:
        place.clear()
    return collected


def _give_back(collected: list) -> None:
    for place, content in collected:
        place.clear()
        place.update(content) if isinstance(place, dict) else place.extend(content)


def _register(calls: list[str]) -> None:
    @guarded_callback(
        Output("echo", "children"), Input("text", "value"), State("role", "data"), policy=Policy.SIGNED_IN
    )
    def scope_seen(_text, _role):
        calls.append("scope_seen")
        return session.current_scope().key()

    @guarded_callback(
        Output("a", "children"),
        Output("b", "children"),
        Input({"kind": "row", "index": ALL}, "n_clicks"),
        policy=Policy.SIGNED_IN,
    )
    def many(clicks):
        calls.append("many")
        return len(clicks), json.dumps(dash.ctx.triggered_id)

    @guarded_callback(
        Output({"kind": "cell", "index": MATCH}, "children"),
        Input({"kind": "row", "index": MATCH}, "n_clicks"),
        State({"kind": "row", "index": MATCH}, "id"),
        policy=Policy.SIGNED_IN,
    )
    def one_of_many(_clicks, _own_id):
        calls.append("one_of_many")
        return "ok"

    @guarded_callback(Input("text", "n_submit"), policy=Policy.SIGNED_IN)
    def without_output(_n):
        calls.append("without_output")

    @guarded_callback(Output("closed", "children"), Input("text", "value"), policy=Policy.NOBODY)
    def closed(_text):
        calls.append("closed")
        return "seen"

    @dash.callback(Output("forgotten", "children"), Input("text", "value"))
    def forgotten(_text):
        calls.append("forgotten")
        return "seen"

    dash.clientside_callback("function(x) { return x }", Output("local", "children"), Input("text", "value"))


def honest_body(app: dash.Dash, output: str, value: object = "x") -> dict:
    """What a browser sends to a callback of `app.callback_map`, with `value` for every input and state."""
    entry = app.callback_map[output]
    inputs = [_honest_item(dependency, value) for dependency in entry["inputs"]]
    body = {"output": output, "inputs": inputs, "changedPropIds": [], "parsedChangedPropsIds": []}
    if entry["state"]:
        body["state"] = [_honest_item(dependency, value) for dependency in entry["state"]]
    if not entry["no_output"]:
        outputs = entry["output"] if isinstance(entry["output"], list) else [entry["output"]]
        items = [{"id": _an_id(o.component_id_str()), "property": o.component_property} for o in outputs]
        body["outputs"] = items if isinstance(entry["output"], list) else items[0]
    return body


def _honest_item(dependency: dict, value: object) -> dict | list[dict]:
    item = {"id": _an_id(dependency["id"]), "property": dependency["property"], "value": value}
    return [item] if '["ALL"]' in dependency["id"] else item


def _an_id(registered: str) -> str | dict:
    if not registered.startswith("{"):
        return registered
    return {key: 1 if isinstance(part, list) else part for key, part in json.loads(registered).items()}
