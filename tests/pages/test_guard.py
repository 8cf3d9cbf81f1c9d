"""The guard of callbacks: what is not exactly what our page would send never reaches a callback."""

import copy
import json

import pytest
from dash import Input, Output
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from pages._web.callback_body import PAGES_CALLBACK
from pages._web.guard import MAX_BODY_BYTES, Policy, guarded_callback, route_policy
from tests.pages.probe import DISPATCH, honest_body

ECHO = "echo.children"
MANY = "..a.children...b.children.."
MATCHING = '{"index":["MATCH"],"kind":"cell"}.children'


def without_output(probe) -> str:
    return next(key for key, entry in probe.app.callback_map.items() if entry["no_output"])


@pytest.mark.parametrize(("output", "name"), [(ECHO, "scope_seen"), (MANY, "many"), (MATCHING, "one_of_many")])
def test_an_honest_body_reaches_its_callback(probe, probe_demo, output, name):
    answer = probe_demo.post(DISPATCH, json=honest_body(probe.app, output))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert probe.calls == [name]


def test_a_callback_without_output_is_reached(probe, probe_demo):
    answer = probe_demo.post(DISPATCH, json=honest_body(probe.app, without_output(probe)))
    assert (answer.status_code, probe.calls) == (204, ["without_output"])


def test_a_changed_pattern_id_arrives_as_the_trigger(probe, probe_demo):
    body = honest_body(probe.app, MANY)
    body["inputs"][0][0]["id"]["index"] = "Jagakarsa é"
    body["changedPropIds"] = ['{"index":"Jagakarsa é","kind":"row"}.n_clicks']
    assert probe_demo.post(DISPATCH, json=body).status_code == 200


def test_a_visitor_without_session_enters_no_callback(probe):
    client = probe.server.test_client()
    probe.calls.clear()
    outputs = [*probe.app.callback_map, "unknown.children"]
    statuses = {output: client.post(DISPATCH, json={"output": output}).status_code for output in outputs}
    assert set(statuses.values()) == {401}
    assert probe.calls == []


def test_a_callback_without_policy_is_closed(probe, probe_demo):
    body = honest_body(probe.app, "forgotten.children")
    assert (probe_demo.post(DISPATCH, json=body).status_code, probe.calls) == (403, [])


def test_a_callback_for_nobody_is_closed(probe, probe_demo):
    body = honest_body(probe.app, "closed.children")
    assert (probe_demo.post(DISPATCH, json=body).status_code, probe.calls) == (403, [])


def test_a_clientside_callback_cannot_be_posted_to(probe, probe_demo):
    body = honest_body(probe.app, "local.children")
    assert probe_demo.post(DISPATCH, json=body).status_code == 404


@pytest.mark.parametrize("output", ["unknown.children", None, 7, ["echo.children"], {"a": 1}])
def test_an_unknown_output_is_not_found(probe, probe_demo, output):
    body = honest_body(probe.app, ECHO) | {"output": output}
    assert (probe_demo.post(DISPATCH, json=body).status_code, probe.calls) == (404, [])


CHANGES = {
    "foreign input id": lambda body: body["inputs"][0].update(id="other"),
    "input id of another type": lambda body: body["inputs"][0].update(id={"kind": "row"}),
    "foreign input property": lambda body: body["inputs"][0].update(property="data"),
    "property of another type": lambda body: body["inputs"][0].update(property=["value"]),
    "no property": lambda body: body["inputs"][0].pop("property"),
    "foreign state id": lambda body: body["state"][0].update(id="text"),
    "foreign output": lambda body: body["outputs"].update(id="other"),
    "foreign output property": lambda body: body["outputs"].update(property="value"),
    "list of outputs for one output": lambda body: body.update(outputs=[body["outputs"]]),
    "no outputs": lambda body: body.pop("outputs"),
    "no inputs": lambda body: body.pop("inputs"),
    "one input too many": lambda body: body["inputs"].append(body["inputs"][0]),
    "a list where one input is": lambda body: body.update(inputs=[body["inputs"]]),
    "inputs as object": lambda body: body.update(inputs={"0": body["inputs"][0]}),
    "no state": lambda body: body.pop("state"),
    "one state too many": lambda body: body["state"].append(body["state"][0]),
    "an unknown key": lambda body: body.update(scope="*"),
    "an unknown key in an input": lambda body: body["inputs"][0].update(scope="*"),
    "a trigger that is no input": lambda body: body.update(changedPropIds=["role.data"]),
    "a trigger that is no text": lambda body: body.update(changedPropIds=[{"a": 1}]),
    "a trigger that is no list": lambda body: body.update(changedPropIds="text.value"),
    "a NUL in a text": lambda body: body["inputs"][0].update(value="a\x00b"),
    "half a surrogate pair": lambda body: body["inputs"][0].update(value="\ud800"),
    "a NUL in a key": lambda body: body["inputs"][0].update(value={"\x00": 1}),
    "not a number": lambda body: body["inputs"][0].update(value=float("nan")),
    "infinity": lambda body: body["inputs"][0].update(value=float("inf")),
    "a number no browser can count to": lambda body: body["inputs"][0].update(value=2**60),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_body_is_refused_before_the_callback(probe, probe_demo, change):
    body = honest_body(probe.app, ECHO)
    change(body)
    assert (probe_demo.post(DISPATCH, json=body).status_code, probe.calls) == (400, [])


@pytest.mark.parametrize(
    "row_id",
    [
        {"kind": "row"},
        {"kind": "row", "index": 1, "extra": 1},
        {"kind": "cell", "index": 1},
        {"kind": "row", "index": {"a": 1}},
        {"kind": "row", "index": [1]},
        {"kind": "row", "index": None},
        {"kind": "row", "index": 1.5},
        {"kind": "row", "index": "x" * 201},
        '{"index":1,"kind":"row"}',
    ],
)
def test_a_pattern_id_of_another_shape_is_refused(probe, probe_demo, row_id):
    for output in (MANY, MATCHING):
        body = honest_body(probe.app, output)
        item = body["inputs"][0]
        (item[0] if isinstance(item, list) else item)["id"] = row_id
        assert probe_demo.post(DISPATCH, json=body).status_code == 400
    assert probe.calls == []


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "7", "{", "", "\ufeff{}", "[" * 100_000, '{"a":' * 50_000])
def test_a_body_that_is_no_json_object_is_refused(probe_demo, body):
    answer = probe_demo.post(DISPATCH, data=body, content_type="application/json")
    assert answer.status_code in (400, 404)
    assert b"Traceback" not in answer.data


@pytest.mark.parametrize("mimetype", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_of_another_type_is_refused(probe, probe_demo, mimetype):
    body = json.dumps(honest_body(probe.app, ECHO))
    assert probe_demo.post(DISPATCH, data=body, content_type=mimetype).status_code == 415


@pytest.mark.parametrize("bytes_over", [1, MAX_BODY_BYTES, 20 * MAX_BODY_BYTES])
def test_a_large_body_is_refused(probe, probe_demo, bytes_over):
    body = honest_body(probe.app, ECHO, value="x" * (MAX_BODY_BYTES + bytes_over - 200))
    assert (probe_demo.post(DISPATCH, json=body).status_code, probe.calls) == (413, [])


def test_a_body_just_within_the_size_passes(probe, probe_demo):
    body = honest_body(probe.app, ECHO, value="")
    room = (MAX_BODY_BYTES - len(json.dumps(body))) // 2  # input and state hold the same value
    body = honest_body(probe.app, ECHO, value="x" * room)
    assert probe_demo.post(DISPATCH, json=body).status_code == 200


# The value lies three levels deep: body, inputs, input.
@pytest.mark.parametrize(("depth", "status"), [(28, 200), (29, 200), (30, 400), (500, 400), (5_000, 400)])
def test_nesting_is_bounded(probe, probe_demo, depth, status):
    body = json.dumps(honest_body(probe.app, ECHO)).replace('"x"', "[" * depth + "1" + "]" * depth)
    answer = probe_demo.post(DISPATCH, data=body, content_type="application/json")
    assert answer.status_code == status


@pytest.mark.parametrize(("length", "status"), [(1_000, 200), (1_001, 400)])
def test_the_length_of_a_list_is_bounded(probe, probe_demo, length, status):
    body = honest_body(probe.app, ECHO, value=[0] * length)
    assert probe_demo.post(DISPATCH, json=body).status_code == status
    rows = honest_body(probe.app, MANY)
    rows["inputs"][0] = [copy.deepcopy(rows["inputs"][0][0]) for _ in range(length)]
    assert probe_demo.post(DISPATCH, json=rows).status_code == status


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_post(probe, probe_demo, site):
    body = honest_body(probe.app, ECHO)
    answer = probe_demo.post(DISPATCH, json=body, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, probe.calls) == (403, [])


ADDRESSES = ["tkd", None, 7, ["/"], {}, "/a\nb", "/" + "x" * 1_000]
QUERIES = ["unit=1", 7, ["?unit=1"], {"unit": 1}, "?unit=%00", "?" + "x" * 8_190]


@pytest.mark.parametrize(("path", "search"), [*((p, "") for p in ADDRESSES), *(("/", q) for q in QUERIES)])
def test_an_address_no_browser_has_builds_no_screen(web, demo, path, search):
    body = honest_body(web.app, PAGES_CALLBACK)
    body["inputs"][0]["value"], body["inputs"][1]["value"] = path, search
    assert demo.post(DISPATCH, json=body).status_code == 400


@pytest.mark.parametrize("value", ["*", {"everything": True}, ["admin"], True, {"role": "demo"}, "D-BM"])
def test_no_value_in_a_body_changes_the_scope(probe, probe_demo, value):
    def scope_of(client) -> str:
        answer = client.post(DISPATCH, json=honest_body(probe.app, ECHO, value=value))
        return answer.get_json()["response"]["echo"]["children"]

    assert scope_of(probe_demo) == "*"
    with probe_demo.session_transaction() as session:
        session["role"] = value
    assert probe_demo.post(DISPATCH, json=honest_body(probe.app, ECHO, value="demo")).status_code == 401


@pytest.mark.parametrize(("key_ending", "status"), [("", 200), ("x", 401)])
def test_only_a_session_signed_with_our_key_counts(web, anonymous, key_ending, status):
    signer = URLSafeTimedSerializer(
        web.server.secret_key + key_ending,
        salt=SecureCookieSessionInterface.salt,
        signer_kwargs={"key_derivation": "hmac", "digest_method": SecureCookieSessionInterface.digest_method},
    )
    anonymous.set_cookie("ruang_pantau", signer.dumps({"role": "demo"}))
    assert anonymous.get("/api/rev").status_code == status


def test_a_policy_must_be_a_policy_and_stays_as_given():
    with pytest.raises(ValueError, match="needs policy"):
        guarded_callback(Output("x", "children"), Input("y", "value"), policy="public")
    with pytest.raises(ValueError, match="has the policy"):
        route_policy("/_dash-layout", Policy.PUBLIC)
    with pytest.raises(ValueError, match="api_endpoint"):
        guarded_callback(Output("x", "children"), policy=Policy.SIGNED_IN, api_endpoint="/open")
