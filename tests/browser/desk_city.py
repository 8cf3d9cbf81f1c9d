"""A small city whose clock stands at a moment, and the screens of the desk in front of it: for checks and shifts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from data_access.state import migrate
from demo.build import build
from tests.browser import clock
from tests.browser.conftest import served
from tests.conftest import fresh_database


def city_at(postgres, at: datetime) -> Iterator[str]:
    """The DSN of a city of two months up to this moment, its clock at that minute."""
    for dsn in fresh_database(postgres):
        build(dsn, until=at, months=2)
        migrate.upgrade(dsn)
        clock.set_clock(dsn, at)
        yield dsn


@contextmanager
def at_the_desk(dsn: str, open_page, at: datetime, address: str, ready: str, width: int = 1366):
    """A screen with the clock at this moment, in front of an app that was started then."""
    clock.set_clock(dsn, at)
    with served(dsn) as url:
        page = open_page(url + address, width, 900, ready=ready)
        yield page
        assert page.troubles == []
