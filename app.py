"""Ruang Pantau's web app; gunicorn runs `server`. Without a database the frame is served, figures follow."""

import os
import sys

import dash
from flask import Flask

from components.navigation import nav_items
from components.shell import shell
from data_access import cache
from data_access.settings import SettingsError, settings
from pages._web import api, documents, errors, export, frame, guard, headers, pulls, session, static


def create_app() -> dash.Dash:
    """The whole app, warmed up. Raises SettingsError when it must not start."""
    server = Flask(__name__, static_folder=None)
    if server.debug or os.environ.get("DASH_DEBUG", "").lower() not in ("", "0", "false"):
        raise SettingsError("DASH_DEBUG or FLASK_DEBUG is set: debug mode shows code and data to visitors; unset it")
    session.register(server, settings().secret_key)
    errors.register(server)
    app = frame.QuietDash(
        __name__,
        server=server,
        use_pages=True,
        title="Ruang Pantau",
        update_title=None,
        index_string=frame.index_string(),
        include_pages_meta=False,
        external_stylesheets=[static.bootstrap_url()],
        enable_mcp=False,
    )
    app.layout = _layout
    cache.attach(server, settings().redis_url)
    api.register(server)
    export.register(server)
    documents.register(server)
    pulls.register(server)
    files = static.attach(app)
    headers.attach(app, settings().tile_url)
    frame.attach(app)
    guard.attach(app)
    static.start_packing(server, files, [*frame.warm_up(server), static.PLOTLY])
    api.wait_for_first_state()
    return app


def _layout():
    paths = [page["path"] for page in dash.page_registry.values()]
    return shell(nav_items(paths), dash.page_container, simulated=api.simulated())


try:
    app = create_app()
except SettingsError as problem:
    sys.stderr.write(f"Ruang Pantau does not start: {problem}\n")
    sys.exit(3)  # gunicorn stops at this code; after any other it tries again for ever
server = app.server
