"""The real app in front of a real city: gunicorn on loopback, read by Chromium."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

import psycopg
import pytest
from playwright.sync_api import expect

from demo.build import build
from demo.postgres import EmbeddedPostgres, free_port
from tests.browser import clock
from tests.conftest import PROJECT

READY_SECONDS = 40
# What comes may come late on a busy machine; how fast it must come is said where it is asserted.
expect.set_options(timeout=15_000)
SECRET = "only-for-tests-0123456789abcdef0123456789"


@contextmanager
def served(dsn: str, **environment: str) -> Iterator[str]:
    """The URL of the app reading `dsn`, stopped at the end by its own pid."""
    port = free_port()
    variables = os.environ | {"CRM_DSN": dsn, "SECRET_KEY": SECRET, "PORT": str(port)} | environment
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "app:server"]
    process = subprocess.Popen(command, cwd=PROJECT, env=variables)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_ready(url)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def wait_ready(url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/healthz/ready", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"{url} was not ready within {READY_SECONDS} s")


@pytest.fixture(scope="session")
def own_city(tmp_path_factory) -> Iterator[EmbeddedPostgres]:
    """A server of its own with a city up to this minute of its own clock: tests change it and kill it."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("wall"))
    server.start()
    build(server.dsn(), until=clock.now(), months=2)
    clock.set_clock(server.dsn(), clock.now())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def wall_url(own_city) -> Iterator[str]:
    with served(own_city.dsn()) as url:
        yield url


@pytest.fixture
def crm(own_city) -> Iterator[psycopg.Connection]:
    """A writing connection to the city."""
    with psycopg.connect(own_city.dsn(), autocommit=True) as connection:
        yield connection


@pytest.fixture
def open_page(browser):
    """open_page(url, width, height, ready) -> a page that remembers what went wrong in `page.troubles`.

    `ready` is a selector that is there once the first figures are.
    """
    pages = []

    def open_one(url: str, width: int = 1920, height: int = 1080, ready: str = ".ten li"):
        page = browser.new_page(viewport={"width": width, "height": height})
        pages.append(page)
        page.troubles, page.hosts = [], set()
        page.on("console", lambda m: page.troubles.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("request", lambda request: page.hosts.add(request.url.split("/")[2] if "//" in request.url else ""))
        page.goto(url)
        page.wait_for_selector(ready, timeout=45_000)
        return page

    yield open_one
    for page in pages:
        page.close()
