"""The HTML page around every screen: its head, its session, and the right status for an address without a screen."""

import re
from collections.abc import Callable
from pathlib import Path

import dash
from dash._pages import _path_to_page
from dash.development.base_component import Component
from flask import Flask, Response, make_response

from components.theme import tokens
from pages._web.session import start_demo_session

FAVICON = Path(__file__).parents[2] / "assets" / "favicon.svg"
# They help whoever looks for a known hole, and nobody else.
VERSION_KEYS = ("dash_version", "dash_version_url", "python_version", "plotly_version", "ddk_version")
PAGE_ENDPOINTS = ("/", "/<path:path>")
_LOCAL_FILE = re.compile(r'<(?:script|link)[^>]+(?:src|href)="(/[^"]+)"')


class QuietDash(dash.Dash):
    """Dash whose page does not tell the versions it runs on, and says in Indonesian that it is loading."""

    _outlined: tuple[object, object] = (None, None)  # the screens' layouts, and their outline

    def _config(self) -> dict:
        config = {key: value for key, value in super()._config().items() if key not in VERSION_KEYS}
        layouts = config.get("validation_layout")
        if layouts is not self._outlined[0]:
            self._outlined = (layouts, outline(layouts))
        return config | {"validation_layout": self._outlined[1]}

    def interpolate_index(self, app_entry: str = "", **parts: str) -> str:
        return super().interpolate_index(app_entry=app_entry.replace("Loading...", "Memuat…"), **parts)


def outline(value: object) -> object:
    """The components inside a layout with their ids and nothing else: all the browser needs to check callbacks.

    Dash puts the layouts of all screens into the first page of every visitor, with whatever they hold.
    """
    if isinstance(value, Component):
        parts = {name: outline(part) for name, part in vars(value).items() if name in value._prop_names}
        props = {name: part for name, part in parts.items() if part is not None}
        if getattr(value, "id", None) is not None:
            props["id"] = value.id
        return {"type": value._type, "namespace": value._namespace, "props": props}
    if isinstance(value, (list, tuple)):
        return [part for part in map(outline, value) if part is not None] or None
    return None


def index_string() -> str:
    """The template of the page, with the browser frame in the colour of the dark theme."""
    favicon = f"/assets/{FAVICON.name}?m={FAVICON.stat().st_mtime_ns}"
    return f"""<!DOCTYPE html>
<html lang="id" data-bs-theme="dark">
  <head>
    {{%metas%}}
    <meta name="theme-color" content="{tokens("dark")["bg"]}">
    <title>{{%title%}}</title>
    <link rel="icon" type="image/svg+xml" href="{favicon}">
    {{%css%}}
  </head>
  <body>
    {{%app_entry%}}
    <noscript>Ruang Pantau memerlukan JavaScript. Silakan aktifkan JavaScript di peramban.</noscript>
    <footer>
      {{%config%}}
      {{%scripts%}}
      {{%renderer%}}
    </footer>
  </body>
</html>
"""


def attach(app: dash.Dash) -> None:
    """Start a session with every page, and answer 404 where no screen is registered (Dash says 200 to any path)."""
    server: Flask = app.server
    for endpoint in PAGE_ENDPOINTS:
        server.view_functions[endpoint] = _page_view(server.view_functions[endpoint])


def warm_up(server: Flask) -> list[str]:
    """Build the page once, so that Dash knows its libraries and callbacks; returns the files the page loads.

    Without it the first visitors of a worker meet a half-registered app. RuntimeError when the page cannot be built.
    """
    response = server.test_client().get("/")
    if response.status_code != 200:
        raise RuntimeError(f"the first page answered {response.status_code}; the log above says why")
    return _LOCAL_FILE.findall(response.get_data(as_text=True))


def screen_exists(path: str) -> bool:
    """Is a screen registered under this path (without slashes at its ends), plain or by template?"""
    if not path.isprintable():
        return False
    page, variables = _path_to_page(path)
    one_step = not any("/" in value for value in (variables or {}).values())  # Dash lets a variable hold many
    return bool(page) and one_step and not page["module"].endswith("not_found_404")


def _page_view(view: Callable) -> Callable:
    def page_view(path: str = "") -> Response:
        start_demo_session()
        return make_response(view(), 200 if screen_exists(path.strip("/")) else 404)

    return page_view
