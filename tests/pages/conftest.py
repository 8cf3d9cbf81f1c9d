"""The web app in this process without any database, and a small app with a callback of every shape."""

import sys
from collections.abc import Iterator
from types import ModuleType
from unittest.mock import patch

import pytest

NO_DATABASE = "postgresql://nobody@127.0.0.1:9/none"
SECRET_KEY = "Zk3v9QpLr7xWnT2uYb5cMd8eHg1jAs4f-Rt6"


@pytest.fixture(scope="package")
def web(probe) -> Iterator[ModuleType]:
    """The module `app`, imported with a CRM that cannot be reached."""
    from data_access.settings import settings

    with patch.dict("os.environ", CRM_DSN=NO_DATABASE, SECRET_KEY=SECRET_KEY):
        settings.cache_clear()
        with patch.dict("os.environ", DASH_MCP_ENABLED="true"):  # what it opens must stay closed
            import app
        yield app
        sys.modules["pages._web.api"].follower().stop()
    settings.cache_clear()


@pytest.fixture
def desk_dsn(web, crm_dsn, monkeypatch):
    """A database with an empty CRM and the state schema, for the desk; the app's own settings come back afterwards."""
    from data_access import contacts
    from data_access.settings import settings
    from data_access.state import migrate
    from tests.pages.desk_screen import point_at

    migrate.upgrade(crm_dsn)
    point_at(monkeypatch, crm_dsn)
    yield crm_dsn
    monkeypatch.undo()
    settings.cache_clear()
    contacts._known.cache_clear()


@pytest.fixture
def anonymous(web):
    """A visitor who never opened a page."""
    return web.server.test_client()


@pytest.fixture
def demo(web):
    """A visitor with the demo session."""
    client = web.server.test_client()
    client.get("/")
    return client


@pytest.fixture(scope="package")
def probe():
    """A Dash app of its own with one callback of each shape. Built before the real app: Dash collects globally."""
    from tests.pages.probe import build

    return build(SECRET_KEY)


@pytest.fixture
def probe_demo(probe):
    """A client of the probe with the demo session."""
    client = probe.server.test_client()
    with client.session_transaction() as session:
        session["role"] = "demo"
    probe.calls.clear()
    return client
