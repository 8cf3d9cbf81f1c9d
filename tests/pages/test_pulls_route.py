"""Pulls by their address: tokens, sessions, nonsense, places given back."""

import socket
import sys

import psycopg
import pytest

from data_access import export, listing_rows, months, pull_tokens, pulls
from data_access.settings import Settings
from data_access.state import migrate
from pages._web import slow_readers
from tests.conftest import CITY_UNTIL
from tests.data_access.state_at import state_at
from tests.pages.test_export_route import reading

pytestmark = pytest.mark.db
MONTH = "/tarikan/laporan.csv?periode=2026-10"


@pytest.fixture
def route(web, city_dsn, monkeypatch):
    """The module of the route, over the city and its state schema."""
    module = sys.modules["pages._web.pulls"]
    state = state_at(city_dsn, CITY_UNTIL)
    migrate.upgrade(city_dsn)
    monkeypatch.setattr(module.api, "state", lambda: state)
    where = Settings(city_dsn, city_dsn, None, None, None, "", None)
    for asked in (module, export, listing_rows, months, pulls):
        monkeypatch.setattr(asked, "settings", lambda: where)
    yield module
    assert module._running._value == module.AT_ONCE, "a place was not given back"


@pytest.fixture
def token(route, city_dsn):
    """A token for Gambir and all below."""
    with psycopg.connect(city_dsn, autocommit=True) as connection:
        connection.execute("delete from pantau.pull_token")
        return pull_tokens.make(connection, "gambir", ["W-31.71.01"])


def test_a_token_opens_its_own_rows_without_a_session(anonymous, token):
    by_address = anonymous.get(f"{MONTH}&token={token}", buffered=True)
    by_header = anonymous.get(MONTH, headers={"Authorization": f"Bearer {token}"}, buffered=True)
    assert (by_address.status_code, by_header.status_code) == (200, 200)
    assert by_header.data == by_address.data
    lines = by_address.data.decode("utf-8-sig").splitlines()
    rows = [line for line in lines[1:] if line.startswith("JK")]
    assert len(rows) > 10
    assert all(",W-31.71.01" in row for row in rows)
    assert by_address.headers["Content-Disposition"].startswith('attachment; filename="laporan-2026-10-per-20261115')


def test_a_token_opens_nothing_but_pulls(anonymous, token):
    for path in ("/api/laporan.csv", "/api/layar/peringatan", "/api/rev", "/tarikan/kamus/laporan.csv"):
        assert anonymous.get(f"{path}?token={token}").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "' or 1=1 --", "a" * 5000, "%00", "a" * 43])
def test_a_token_that_is_none_is_refused_like_a_revoked_one(route, anonymous, demo, token):
    assert anonymous.get(f"{MONTH}&token={token}").status_code == 401
    assert demo.get(f"{MONTH}&token={token}").status_code == 401  # a wrong token is not mended by a session


def test_a_session_needs_no_token_and_nobody_else_gets_in(route, demo, anonymous, city_dsn):
    with demo.get(MONTH) as answer:
        assert answer.status_code == 200
    assert anonymous.get(MONTH).status_code == 401
    assert reading(city_dsn) == []


@pytest.mark.parametrize(
    "query",
    [
        *("laporan.csv?periode=abc", "laporan.csv?periode=1999-01", "laporan.csv?hari=2026-13-01"),
        *("laporan.csv?unit=X", "laporan.csv?status=x", "laporan.csv?kanal=%00"),
        # What would be passed over in silence gives other rows than were meant.
        *("laporan.csv?period=2026-10", "laporan.csv?periode=2026-10&periode=2026-09"),
        "laporan.csv?periode=2026-10&hari=2026-10-05",
        *("nilai.csv?hari=2026-10-05", "nilai.csv?wilayah=31.71", "harian.csv?wilayah=31.71"),
        "harian.csv?status=selesai",
    ],
)
def test_a_query_that_is_not_understood_is_refused(route, demo, query):
    assert demo.get(f"/tarikan/{query}").status_code == 400


def test_scores_of_a_month_are_of_that_month(route, demo):
    lines = demo.get("/tarikan/nilai.csv?periode=2026-09", buffered=True).data.decode("utf-8-sig").splitlines()
    assert len(lines) > 100 and all(line.startswith("2026-09,") for line in lines[1:])


def test_a_reader_that_takes_nothing_is_let_go_after_a_while():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        slow_readers.let_go({"gunicorn.socket": ours})
        assert ours.gettimeout() == slow_readers.STALLED_SECONDS
        ours.settimeout(0.1)  # as after that while
        with pytest.raises(TimeoutError):
            ours.sendall(b"x" * 10_000_000)
    slow_readers.let_go({})


@pytest.mark.parametrize("path", ["lain.csv", "laporan.exe", "laporan", "../laporan.csv", "kamus/lain.csv"])
def test_what_there_is_not_is_not_found(route, demo, path):
    assert demo.get(f"/tarikan/{path}").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_reader_that_leaves_gives_place_and_connection_back(route, demo, city_dsn, form):
    for _ in range(route.AT_ONCE + 1):
        answer = demo.get(f"/tarikan/laporan.{form}?periode=2026-10", buffered=False)
        assert answer.status_code == 200
        answer.close()
    assert reading(city_dsn) == []
