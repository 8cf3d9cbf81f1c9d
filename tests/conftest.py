"""What tests share: real PostgreSQL servers, databases on them, a small city, a real browser.

A missing server or browser skips the tests that need it on a developer's machine and fails them where CI=true.
"""

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))  # before `tests/`, whose folders carry the same names

from demo.postgres import EmbeddedPostgres  # noqa: E402

DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15
CITY_UNTIL = datetime(2026, 11, 15, 3, 0, tzinfo=UTC)  # 10.00 in Jakarta
CITY_MONTHS = 3
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str) -> None:
    """Skip the test, or fail it in CI: there everything must be had."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}: in CI nothing may be skipped")
    pytest.skip(what)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory) -> Iterator[EmbeddedPostgres]:
    """The embedded server of this test session."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("embedded"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def debian(tmp_path_factory) -> Iterator[EmbeddedPostgres]:
    """A server of Debian's PostgreSQL, the oldest version we support that is there, beside the embedded one."""
    found = [int(binary.parents[1].name) for binary in DEBIAN_POSTGRES.glob("[0-9]*/bin/postgres")]
    supported = sorted(version for version in found if version >= OLDEST_POSTGRES)
    if not supported:
        missing(f"No PostgreSQL >= {OLDEST_POSTGRES} in {DEBIAN_POSTGRES} (apt-get install postgresql)")
    server = EmbeddedPostgres(tmp_path_factory.mktemp("debian"), DEBIAN_POSTGRES / str(supported[0]) / "bin")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres(embedded) -> str:
    """Admin DSN of the embedded server."""
    return embedded.dsn()


@pytest.fixture(scope="session", params=["embedded", "debian"])
def each_postgres(request) -> str:
    """Admin DSN; the test runs on both servers, and so do `empty_database` and `crm_dsn` when it asks for them too."""
    return request.getfixturevalue(request.param).dsn()


@pytest.fixture
def empty_database(request) -> Iterator[str]:
    """DSN of a fresh, empty database; dropped after the test, with whoever is still connected."""
    server = "each_postgres" if "each_postgres" in request.fixturenames else "postgres"
    yield from fresh_database(request.getfixturevalue(server))


@pytest.fixture
def crm_dsn(empty_database) -> str:
    """DSN of a fresh database with the empty CRM schema."""
    from demo.schema import create_schema

    create_schema(empty_database)
    return empty_database


@pytest.fixture(scope="session")
def city_dsn(postgres) -> Iterator[str]:
    """DSN of a small city of three months up to CITY_UNTIL, the same in every run. Read it, do not change it."""
    from demo.build import build

    for dsn in fresh_database(postgres):
        build(dsn, until=CITY_UNTIL, months=CITY_MONTHS)
        yield dsn


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium program."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("Chromium is missing (apt-get install chromium, or set CHROMIUM to its path)")
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    """A Playwright browser driving the machine's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


def fresh_database(admin_dsn: str) -> Iterator[str]:
    """Create a uniquely named database, yield its DSN, drop it."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    _administer(admin_dsn, "CREATE DATABASE {}", name)
    yield admin_dsn.rsplit("/", 1)[0] + f"/{name}"
    _administer(admin_dsn, "DROP DATABASE {} WITH (FORCE)", name)


def _administer(admin_dsn: str, command: str, name: str) -> None:
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(sql.SQL(command).format(sql.Identifier(name)))
