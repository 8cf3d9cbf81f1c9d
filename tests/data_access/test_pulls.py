"""Pulls: every row of the list, the scores of the command line, one dictionary, tokens that open nothing else."""

import csv
import io
import json
from datetime import date
from types import SimpleNamespace

import openpyxl
import psycopg
import pyarrow.parquet as pq
import pytest

from data_access import export, listing_rows, months, pull_command, pull_files, pull_tokens, pulls
from data_access.filters import Filters
from data_access.listing import Listing
from data_access.reading import read_state
from data_access.scope import EVERYTHING, Scope
from data_access.settings import Settings
from data_access.state import migrate
from scoring.periods import Period
from tests.browser.scoring_files import score_json
from tests.conftest import CITY_UNTIL

pytestmark = pytest.mark.db
OCTOBER = Period(2026, 10)


@pytest.fixture
def state(city_dsn, monkeypatch):
    """The small city, asked by every question."""
    where = Settings(city_dsn, city_dsn, None, None, None, "", None)
    for module in (export, listing_rows, months, pulls):
        monkeypatch.setattr(module, "settings", lambda: where)
    return read_state(city_dsn, CITY_UNTIL)


def as_bytes(pull, form: str) -> bytes:
    return b"".join(pull_files.FORMATS[form][0](pull))


def asked(state, what="laporan", **given):
    filters = Filters(unit_id=given.get("unit"))
    scope = given.get("scope", EVERYTHING)
    return pull_command.asked(what, given.get("day"), given.get("period", OCTOBER), filters, scope, state)


def test_a_month_holds_every_report_of_its_list_in_every_format(state):
    count = listing_rows.count(EVERYTHING, Listing(Filters("2026-10", unit_id="W-31.71")), state).count
    text = as_bytes(asked(state, unit="W-31.71"), "csv").decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(asked(state, unit="W-31.71"), "xlsx")))
    table = pq.read_table(io.BytesIO(as_bytes(asked(state, unit="W-31.71"), "parquet")))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) - 1 == book["Laporan 1"].max_row - 1 == table.num_rows == count > 100
    assert rows[0] == table.column_names == [cell.value for cell in book["Laporan 1"][1]]


def test_types_dictionary_and_as_of_travel_with_the_file(state):
    table = pq.read_table(io.BytesIO(as_bytes(asked(state), "parquet")))
    kinds = {field.name: str(field.type) for field in table.schema}
    assert (kinds["Masuk"], kinds["Jam sampai selesai"]) == ("timestamp[us, tz=Asia/Jakarta]", "double")
    about = table.schema.metadata
    assert about[b"as_of"].decode() == "2026-11-15T10:00:00+07:00"
    assert [row[0] for row in json.loads(about[b"kamus"])] == table.column_names
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(asked(state, "nilai"), "xlsx")))
    assert [row[0].value for row in book["Kamus"].iter_rows(min_row=2)][:-1] == [one.name for one in pulls.SCORES]


def test_scores_are_those_of_the_command_line(state, city_dsn):
    [rows] = list(asked(state, "nilai").rows)
    own = {unit["unit_id"]: unit for unit in score_json(city_dsn, "2026-10", CITY_UNTIL)["units"]}
    names = [one.name for one in pulls.SCORES]
    found = {row[1]: dict(zip(names, row, strict=True)) for row in rows}
    assert found.keys() == own.keys()
    same = [unit_id for unit_id in own if found[unit_id]["Laporan"] == own[unit_id]["total"]]
    assert len(same) > 0.95 * len(own)  # the command's file leaves out the few reports of categories nobody knows
    for unit_id in (unit_id for unit_id in same if own[unit_id]["final"] is None):
        assert found[unit_id]["Nilai sendiri"] is None


def test_a_scope_sees_its_own_rows_alone(state):
    gambir = Scope(everything=False, unit_ids=frozenset({"W-31.71.01.1001"}))
    place = [one.name for one in pulls.REPORTS].index("Kode pemegang")
    rows = [row for batch in asked(state, scope=gambir).rows for row in batch]
    assert {row[place] for row in rows} == {"W-31.71.01.1001"}
    [scores] = list(asked(state, "nilai", scope=gambir).rows)
    assert [row[1] for row in scores] == ["W-31.71.01.1001"]


def test_scores_of_a_day_are_refused_as_there_are_none(state):
    with pytest.raises(ValueError, match="of a month, not of a day"):
        asked(state, "nilai", day=date(2026, 10, 5), period=None)


def test_a_token_for_a_unit_nobody_knows_is_not_made(city_dsn, monkeypatch):
    monkeypatch.setattr(pull_tokens, "settings", lambda: SimpleNamespace(crm_dsn=city_dsn))
    pull_tokens._check_units(["W-31.71", "D-BM"])
    with pytest.raises(ValueError, match="--unit W-TYPO: the CRM knows no such unit"):
        pull_tokens._check_units(["W-31.71", "W-TYPO"])


def test_a_month_that_has_not_begun_is_refused(state):
    with pytest.raises(ValueError, match="2026-12 has not begun"):
        asked(state, period=Period(2026, 12))


def test_a_token_opens_what_it_was_made_for_until_it_is_revoked(state, empty_database):
    migrate.upgrade(empty_database)
    names = state.frame.names
    with psycopg.connect(empty_database, autocommit=True) as connection:
        token = pull_tokens.make(connection, "setko", ["W-31.71.01"])
        scope = pull_tokens.scope_of(connection, token, names)
        assert "W-31.71.01.1001" in scope.unit_ids and "W-31.71.02" not in scope.unit_ids
        assert pull_tokens.scope_of(connection, pull_tokens.make(connection, "semua", None), names) == EVERYTHING
        kept = connection.execute("select string_agg(t::text, ' ') from pantau.pull_token t").fetchone()[0]
        assert token not in kept
        for wrong in ("", "x", token[:-1], token + "x", "' or true --", token.upper()):
            assert pull_tokens.scope_of(connection, wrong, names) is None
        assert pull_tokens.revoke(connection, "setko")
        assert pull_tokens.scope_of(connection, token, names) is None
        with pytest.raises(ValueError, match="already"):
            pull_tokens.make(connection, "semua", None)


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path):
    def breaks():
        yield b"half"
        raise OSError("the disk is full")

    path = tmp_path / "laporan.csv"
    with pytest.raises(OSError, match="disk is full"):
        pull_command._written(path, breaks())
    assert list(tmp_path.iterdir()) == []


def test_every_column_of_the_download_has_a_line_in_the_dictionary():
    assert [one.name for one in pulls.REPORTS] == [*export.HEAD, "Data per"]
    assert all(one.meaning and one.kind in pull_files.TYPES for columns in pulls.DICTIONARY.values() for one in columns)
