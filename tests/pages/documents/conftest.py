"""The small city every document of these tests is about, and the monthly report of one of its kota."""

import pytest

from data_access import document_figures, document_forecasts, listing_rows, months, report_steps
from data_access.reading import read_state
from data_access.settings import Settings
from data_access.state import migrate
from pages._documents import brief, heads
from pages._documents.make import make
from tests.conftest import CITY_UNTIL
from tests.pages.documents.parts import PUSAT

ASKING = (document_figures, document_forecasts, months, listing_rows, report_steps, heads, brief)


@pytest.fixture(scope="package")
def at_city(city_dsn):
    """Every question asks the small city, whose state schema is there."""
    migrate.upgrade(city_dsn)
    where = Settings(city_dsn, city_dsn, None, None, None, "", None)
    with pytest.MonkeyPatch.context() as patch:
        for module in ASKING:
            patch.setattr(module, "settings", lambda: where)
        yield city_dsn


@pytest.fixture(scope="package")
def state(at_city):
    """As of CITY_UNTIL, in November: September is closed and read anew, October is closed, November runs."""
    return read_state(at_city, CITY_UNTIL)


@pytest.fixture(scope="package")
def report(state):
    """The report of October of Jakarta Pusat."""
    return make("bulanan", PUSAT, "2026-10", state)
