"""Downloads over the web: refused queries, places given back whatever happens, a reader or a database that leaves."""

import sys

import psycopg
import pytest

from data_access import export
from data_access.engine import DatabaseUnavailable
from tests.conftest import CITY_UNTIL
from tests.data_access.listing_crm import point_at
from tests.data_access.state_at import state_at

pytestmark = pytest.mark.db
EVERYTHING_AS_CSV = "/api/laporan.csv?periode=semua"
READING = "select pid from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"


@pytest.fixture
def route(web, city_dsn, monkeypatch):
    """The module of the route, over the city."""
    module = sys.modules["pages._web.export"]
    state = state_at(city_dsn, CITY_UNTIL)
    monkeypatch.setattr(module.api, "state", lambda: state)
    point_at(monkeypatch, city_dsn)
    yield module
    assert module._running._value == module.AT_ONCE, "a place was not given back"


def reading(dsn: str) -> list[int]:
    """Connections that hold a transaction open."""
    with psycopg.connect(dsn) as connection:
        return [pid for (pid,) in connection.execute(READING)]


@pytest.mark.parametrize("query", ["masuk=9999-12-31", "sel=-8", "periode=1999-01", "status=x", "halaman=0&unit=X"])
def test_a_query_that_is_not_understood_is_refused_and_not_read_otherwise(route, demo, query):
    assert demo.get(f"/api/laporan.csv?{query}").status_code == 400


def test_nobody_without_a_session_gets_a_file(route, anonymous):
    assert anonymous.get(EVERYTHING_AS_CSV).status_code == 401


@pytest.mark.parametrize(("failure", "status"), [(ZeroDivisionError("a defect"), 500), (DatabaseUnavailable("x"), 503)])
def test_a_download_that_fails_gives_its_place_back(route, demo, monkeypatch, failure, status):
    def failing(*_):
        raise failure
        yield

    monkeypatch.setattr(export, "batches", failing)
    answers = {demo.get(EVERYTHING_AS_CSV).status_code for _ in range(route.AT_ONCE + 1)}
    assert answers == {status}


def test_the_head_of_a_download_alone_gives_its_place_back(route, demo, city_dsn):
    for _ in range(route.AT_ONCE + 1):
        with demo.head(EVERYTHING_AS_CSV) as answer:
            assert (answer.status_code, answer.data) == (200, b"")
    assert reading(city_dsn) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_reader_that_leaves_half_way_frees_the_place_and_the_connection(route, demo, city_dsn, kind):
    answer = demo.get(f"/api/laporan.{kind}?periode=semua", buffered=False)
    assert next(answer.iter_encoded())
    assert len(reading(city_dsn)) == 1
    answer.close()
    assert reading(city_dsn) == []


def test_more_downloads_than_places_are_put_off(route, demo):
    running = [demo.get(EVERYTHING_AS_CSV, buffered=False) for _ in range(route.AT_ONCE)]
    put_off = demo.get(EVERYTHING_AS_CSV)
    assert put_off.status_code == 503
    assert put_off.headers["Retry-After"]
    sizes = [sum(map(len, answer.iter_encoded())) for answer in running]
    assert len(set(sizes)) == 1
    for answer in running:
        answer.close()
    with demo.get(EVERYTHING_AS_CSV) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_database_that_leaves_half_way_breaks_the_file_off(route, demo, city_dsn, kind):
    answer = demo.get(f"/api/laporan.{kind}?periode=semua", buffered=False)
    parts = answer.iter_encoded()
    next(parts)
    with psycopg.connect(city_dsn, autocommit=True) as connection:
        for pid in reading(city_dsn):
            connection.execute("select pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(DatabaseUnavailable):
        list(parts)
    answer.close()


def test_the_server_ends_a_download_whose_reader_has_stopped_taking(route, demo, monkeypatch):
    monkeypatch.setattr(export, "LIMITS", "set idle_in_transaction_session_timeout = 50")
    answer = demo.get(EVERYTHING_AS_CSV, buffered=False)
    parts = answer.iter_encoded()
    next(parts)
    with psycopg.connect(export.settings().crm_dsn) as connection:
        connection.execute("select pg_sleep(0.3)")
    with pytest.raises(DatabaseUnavailable):
        list(parts)
    answer.close()
