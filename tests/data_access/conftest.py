"""What the tests of the questions share."""

import psycopg
import pytest

from tests.crm import add_names, add_report


@pytest.fixture
def crm(crm_dsn):
    """A writing connection to a CRM with names and one report, 'SATU'."""
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "SATU")
        yield connection
