"""The contract check on real schemas: what it finds, what it says, and what goes on being usable."""

import psycopg
import pytest

from data_access import contract
from data_access.contract import ERROR, WARNING
from tests.crm import add_names, add_report

pytestmark = pytest.mark.db


@pytest.fixture
def crm(each_postgres, crm_dsn):
    """A CRM that keeps the contract, with names and one report."""
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "SATU")
        yield connection


def found(crm, view: str, column: str | None) -> contract.Finding:
    """The one finding about a column; fails when there is none or another finding beside it."""
    findings = contract.check(crm)
    assert [(f.view, f.column) for f in findings] == [(view, column)], findings
    return findings[0]


def test_a_crm_that_keeps_the_contract_has_no_finding(crm):
    assert contract.check(crm) == []


def test_a_missing_schema_is_one_error_and_no_column_is_usable(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        findings = contract.check(connection)
        assert [(f.severity, f.view) for f in findings] == [(ERROR, "crm")]
        assert contract.usable_columns(connection)["report"] == set()
        assert contract.simulated(connection) is False


def test_a_missing_optional_column_is_a_warning_that_names_the_mend(crm):
    crm.execute("alter table crm.report drop column rating")
    finding = found(crm, "report", "rating")
    assert finding.severity == WARNING
    assert "crm.report.rating is missing" in finding.message
    assert "null::smallint" in finding.message
    assert "rating" not in contract.usable_columns(crm)["report"]


def test_a_missing_needed_column_is_an_error(crm):
    crm.execute("alter table crm.unit drop column unit_type")
    assert found(crm, "unit", "unit_type").severity == ERROR


def test_a_missing_view_is_named_and_counts_as_without_columns(crm):
    crm.execute("drop table crm.ticket")
    finding = found(crm, "ticket", None)
    assert finding.severity == WARNING
    assert "crm.ticket is missing" in finding.message
    assert contract.usable_columns(crm)["ticket"] == set()


def test_compatible_types_are_accepted(crm):
    crm.execute(
        "alter table crm.report alter summary type varchar(4000), alter latitude type numeric(9, 6),"
        " alter longitude type real, alter rating type integer"
    )
    assert contract.check(crm) == []


def test_a_wrong_type_names_the_cast_and_is_not_usable(crm):
    crm.execute("alter table crm.report alter officer_id type integer using null")
    assert "officer_id::text" in found(crm, "report", "officer_id").message
    assert "officer_id" not in contract.usable_columns(crm)["report"]


def test_a_time_without_zone_names_its_own_mend_and_is_not_usable(crm):
    crm.execute("alter table crm.report alter received_at type timestamp")
    assert "received_at at time zone 'Asia/Jakarta'" in found(crm, "report", "received_at").message
    assert "received_at" not in contract.usable_columns(crm)["report"]


def test_a_domain_counts_as_the_type_below_it(crm):
    crm.execute("create domain nomor as text; alter table crm.report alter officer_id type nomor")
    assert contract.check(crm) == []


def test_an_unknown_status_is_an_error_that_shows_the_word_and_the_count(crm):
    for number in ("DUA", "TIGA"):
        add_report(crm, number, status="dibatalkan")
    finding = found(crm, "report", "status")
    assert finding.severity == ERROR
    assert "'dibatalkan' (2 recent rows)" in finding.message


def test_an_unknown_way_of_arrival_is_a_warning(crm):
    crm.execute("update crm.report set received_how = 'pos'")
    assert found(crm, "report", "received_how").severity == WARNING


def test_only_recent_changes_are_looked_through_for_unknown_words(crm):
    old = crm.execute("select now() - interval '30 days'").fetchone()[0]
    add_report(crm, "LAMA", status="dibatalkan", updated_at=old)
    assert contract.check(crm) == []


def test_an_infinite_change_time_does_not_blind_the_look_for_unknown_words(crm):
    add_report(crm, "ANEH", status="dibatalkan")
    add_report(crm, "TAK-HINGGA", updated_at="infinity")
    assert "dibatalkan" in found(crm, "report", "status").message


def test_a_missing_index_is_a_hint_with_the_command(crm):
    crm.execute("drop index crm.report_updated")
    finding = found(crm, "report", "updated_at")
    assert finding.severity == WARNING
    assert "create index on crm.report (updated_at)" in finding.message


def test_empty_views_are_hints(each_postgres, crm_dsn):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        findings = contract.check(connection)
    assert {(f.severity, f.view) for f in findings} == {(WARNING, v) for v in ("report", "unit", "category")}


def test_views_over_other_tables_keep_the_contract(crm):
    crm.execute("create schema asal; alter table crm.report set schema asal")
    crm.execute("create view crm.report as select * from asal.report")
    assert contract.check(crm) == []


def test_a_role_that_may_not_read_a_view_is_told_what_to_grant(crm):
    role = f"pembaca_{crm.info.backend_pid}"
    crm.execute(f"create role {role}")
    crm.execute(f"grant usage on schema crm to {role}")
    crm.execute(f"grant select on all tables in schema crm to {role}")
    crm.execute(f"revoke select on crm.officer from {role}")
    try:
        crm.execute(f"set role {role}")
        findings = contract.check(crm)
    finally:
        crm.execute("reset role")
        crm.execute(f"drop owned by {role}; drop role {role}")
    assert {(f.view, "grant" in f.message) for f in findings} == {("officer", True)}


def test_the_mark_of_simulated_data_is_read_from_the_schema(crm):
    assert contract.simulated(crm) is True
    crm.execute("comment on schema crm is 'CRM Provinsi'")
    assert contract.simulated(crm) is False
