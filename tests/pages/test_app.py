"""The app as a whole: who gets what from where, addresses without a screen, and when it refuses to start."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from dash import dcc, html

from data_access.scope import NOTHING
from pages._web import frame
from pages._web.guard import policy_of_callback, policy_of_route, server_callbacks
from pages._web.session import ROLES, current_scope
from tests.pages.conftest import NO_DATABASE, SECRET_KEY
from tests.pages.probe import DISPATCH, honest_body

PROJECT = Path(__file__).resolve().parents[2]
MATRIX = yaml.safe_load(Path(__file__).with_name("access_matrix.yaml").read_text(encoding="utf-8"))
ROUTES = [
    (endpoint, method, role, lines[method][role])
    for endpoint, lines in MATRIX["routes"].items()
    for method in lines.keys() - {"sample"}
    for role in ROLES
]
CALLBACKS = [(output, role, line[role]) for output, line in MATRIX["callbacks"].items() for role in ROLES]


@pytest.fixture
def client_of(anonymous, demo):
    return {"anonymous": anonymous, "demo": demo}.__getitem__


def address(web, endpoint: str) -> str:
    with web.server.test_request_context():
        return web.server.url_for(endpoint, **MATRIX["routes"][endpoint].get("sample", {}))


def test_the_matrix_names_every_route_and_every_server_callback(web):
    # DASH_MCP_ENABLED=true was set at the start: a route of it would show here.
    served = {rule.endpoint: rule.methods - {"HEAD", "OPTIONS"} for rule in web.server.url_map.iter_rules()}
    assert served == {name: lines.keys() - {"sample"} for name, lines in MATRIX["routes"].items()}
    assert set(server_callbacks(web.app)) == set(MATRIX["callbacks"])


def test_every_route_and_every_server_callback_has_a_policy(web):
    endpoints = {rule.endpoint for rule in web.server.url_map.iter_rules()}
    assert [endpoint for endpoint in endpoints if policy_of_route(endpoint) is None] == []
    assert [key for key in server_callbacks(web.app) if policy_of_callback(web.app, key) is None] == []


@pytest.mark.parametrize(("endpoint", "method", "role", "expected"), ROUTES)
def test_each_role_gets_what_the_matrix_says_of_a_route(web, client_of, endpoint, method, role, expected):
    answer = client_of(role).open(address(web, endpoint), method=method)
    assert answer.status_code == expected
    answer.close()


@pytest.mark.parametrize(("output", "role", "expected"), CALLBACKS)
def test_each_role_gets_what_the_matrix_says_of_a_callback(web, client_of, output, role, expected):
    body = honest_body(web.app, output, value="/")
    for item in body["inputs"]:
        if item["property"] == "search":
            item["value"] = ""
    assert client_of(role).post(DISPATCH, json=body).status_code == expected


def test_a_route_without_policy_is_not_found(probe_demo):
    assert probe_demo.get("/").status_code == 200
    probe_demo.application.view_functions["_alive"] = lambda: "open"
    probe_demo.application.url_map.add(type(next(probe_demo.application.url_map.iter_rules()))("/a", endpoint="_alive"))
    assert probe_demo.get("/a").status_code == 404


def test_every_page_layout_takes_an_unknown_query(web):
    import dash

    for page in dash.page_registry.values():
        if callable(page["layout"]):
            assert page["layout"](bukan_milik_kami="x") is not None, page["module"]


@pytest.mark.parametrize(
    "path", ["/tidak-ada", "/not-found-404", "/api/tidak-ada", "/a%0Ab", "/%00", "/tkd/x/y/z", "/.env"]
)
def test_an_address_without_a_screen_is_404(anonymous, path):
    answer = anonymous.get(path)
    assert answer.status_code == 404
    assert "Ruang Pantau" in answer.text or "tidak ditemukan" in answer.text


@pytest.mark.parametrize(
    "path", ["/assets/tidak-ada.css", "/assets/../app.py", "/assets/%2e%2e/app.py", "/vendor/x.css"]
)
def test_a_file_that_is_not_there_is_404(anonymous, path):
    assert anonymous.get(path).status_code == 404


@pytest.mark.parametrize("name", ["flask/app.py", "dash/dash.py", "dash/../app.py", "<b>/x.js"])
def test_the_library_route_gives_registered_files_only_and_repeats_nothing(anonymous, name):
    answer = anonymous.get(f"/_dash-component-suites/{name}")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert name.split("/")[0] not in answer.get_data(as_text=True)


def test_a_wrong_method_is_answered_in_one_line(anonymous):
    answer = anonymous.post("/")
    assert answer.status_code == 405
    assert answer.get_data(as_text=True).count("\n") == 1


def test_a_defect_is_answered_politely_and_logged(web, demo, monkeypatch, caplog):
    def broken(name):
        raise RuntimeError("the inside of the house")

    monkeypatch.setitem(web.server.view_functions, "api.layar", broken)
    web.server.logger.addHandler(caplog.handler)
    answer = demo.get("/api/layar/ruang-pantau")
    web.server.logger.removeHandler(caplog.handler)
    assert answer.status_code == 500
    assert answer.get_data(as_text=True) == "Maaf, terjadi gangguan di server. Silakan coba beberapa saat lagi.\n"
    assert "the inside of the house" in caplog.text


def test_the_page_speaks_indonesian_and_tells_no_versions(anonymous):
    page = anonymous.get("/").get_data(as_text=True)
    assert '<html lang="id"' in page
    assert "Memuat" in page
    assert "Loading..." not in page
    for name in ("dash_version", "python_version", "plotly_version", sys.version.split()[0]):
        assert name not in page


def test_a_visitor_without_session_may_see_nothing(web):
    with web.server.test_request_context("/"):
        assert current_scope() == NOTHING


def test_the_first_page_outlines_the_screens_and_holds_nothing_of_them():
    secret = html.P("canary", id="secret", title="canary")
    layout = html.Div([secret, dcc.Store(id={"kind": "x"}, data="canary"), [html.Span(id="deep")], None, "canary"])
    outlined = frame.outline(layout)
    assert "canary" not in str(outlined)
    ids = [part["props"]["id"] for part in (*outlined["props"]["children"][:2], outlined["props"]["children"][2][0])]
    assert ids == ["secret", {"kind": "x"}, "deep"]


def test_the_outline_is_what_the_first_page_carries(anonymous, web):
    config = re.search(r'<script id="_dash-config"[^>]*>(.*?)</script>', anonymous.get("/").text)[1]
    carried = json.loads(config)["validation_layout"]
    assert carried == json.loads(json.dumps(frame.outline(web.app.validation_layout)))
    assert '"_pages_content"' in config


START = [sys.executable, "-c", "import app; print('started')"]


def start(**changes: str) -> subprocess.CompletedProcess:
    environment = {key: value for key, value in os.environ.items() if key not in ("DASH_DEBUG", "FLASK_DEBUG")}
    environment |= {"CRM_DSN": NO_DATABASE, "SECRET_KEY": SECRET_KEY} | changes
    return subprocess.run(START, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_it_starts_without_a_database():
    done = start()
    assert (done.returncode, done.stdout.strip()) == (0, "started"), done.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DASH_DEBUG": "1"}, "DASH_DEBUG"),
        ({"DASH_DEBUG": "true"}, "DASH_DEBUG"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter"),
        ({"CRM_DSN": ""}, "CRM_DSN is not set"),
    ],
)
def test_it_refuses_to_start_with_one_line(changes, named):
    done = start(**changes)
    assert done.returncode == 3  # the code at which gunicorn stops instead of trying again
    assert done.stdout == ""
    assert named in done.stderr
    assert done.stderr.count("\n") == 1


PUBLISHED_KEYS = [
    "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET",
    "\x02\x01thisismyscretkey\x01\x02\\e\\y\\y\\h",
    "YOUR_OWN_RANDOM_GENERATED_SECRET_KEY",
    "TEST_NON_DEV_SECRET_TEST_NON_DEV_SECRET",
    "thisISaSECRET_1234",
    "a" * 64,
    "0123456701234567012345670123456701234567",
]


@pytest.mark.parametrize("key", PUBLISHED_KEYS)
def test_a_published_or_simple_key_is_refused_without_repeating_it(key):
    from data_access.settings import SettingsError
    from pages._web.session import checked_secret

    with pytest.raises(SettingsError, match="SECRET_KEY") as refused:
        checked_secret(key)
    assert key not in str(refused.value)
