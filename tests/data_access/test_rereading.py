"""What a round reads again after a change of very many rows at once: what is new, and nothing of what is known."""

import pytest

from data_access import contract, reader, rereading
from data_access.dimensions import load
from data_access.live import Follower
from data_access.tables import report
from tests.crm import add_report
from tests.data_access.test_live import numbers, wait_until

pytestmark = pytest.mark.db

CROWD = 3 * rereading.MANY
COLUMNS = frozenset(column.name for column in report.columns)
SINCE = "select date_trunc('second', now()) - interval '10 seconds'"
COPY_OF_SATU = """
insert into crm.report (report_id, unit_id, status, entered_at, is_private, updated_at)
select %s || number, unit_id, status, entered_at, is_private, {stamp}
from crm.report, generate_series(1, %s) as number where report_id = 'SATU'
"""


def add_crowd(crm, name: str = "R", count: int = CROWD, stamp: str = "now()") -> None:
    crm.execute(COPY_OF_SATU.format(stamp=stamp), (name, count))


@pytest.fixture
def asked(crm):
    """asked(frame) -> numbers of the reports a round reads for a frame; asked() -> the frame of all of them."""
    names = load(crm, contract.usable_columns(crm))
    since = crm.execute(SINCE).fetchone()[0]

    def changed(frame=None):
        if frame is None:
            return reader.read(crm, reader.changed_rows(since), names, COLUMNS)
        return sorted(rereading.changed(crm, since, frame, COLUMNS).number)

    return changed


ONE_BY_ONE = "now() + number * interval '100 microseconds'"


@pytest.mark.parametrize("stamp", ["now()", ONE_BY_ONE], ids=["at once", "one by one"])
def test_of_a_crowd_that_is_known_nothing_is_read_again(crm, asked, stamp):
    add_crowd(crm, stamp=stamp)
    frame = asked()
    assert len(frame) > CROWD
    assert asked(frame) == []


def test_few_known_rows_are_read_again_without_asking_first(crm, asked):
    add_crowd(crm, count=20)
    assert len(asked(asked())) == 21


def test_a_row_that_is_committed_late_into_the_crowd_is_found(crm, asked):
    add_crowd(crm)
    frame = asked()
    add_report(crm, "BARU", updated_at=crm.execute("select max(updated_at) from crm.report").fetchone()[0])
    assert "BARU" in asked(frame)


def test_a_row_that_moved_out_of_the_crowd_is_found(crm, asked):
    add_crowd(crm, stamp="now() - interval '5 seconds'")
    frame = asked()
    crm.execute("update crm.report set status = 'proses', updated_at = now() where report_id = 'R7'")
    assert "R7" in asked(frame)


def test_two_rows_of_one_report_and_stamps_that_are_no_times_do_not_make_the_crowd_unknown(crm, asked):
    add_crowd(crm)
    crm.execute("insert into crm.report select * from crm.report where report_id = 'R9'")
    row = "insert into crm.report (report_id, status, entered_at, is_private, updated_at)"
    row += " values (%s, 'proses', '2020-01-01', false, %s)"
    crm.execute(row, ("R10", crm.execute(SINCE).fetchone()[0]))
    crm.execute(row, ("ANEH", "infinity"))
    assert asked(asked()) == ["ANEH"]  # its row is as old as its entry, and so never known as changed lately


def test_a_follower_takes_a_crowd_in_and_what_comes_after_it(crm, crm_dsn):
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    add_crowd(crm)
    wait_until(lambda: len(following.state.frame) == CROWD + 1, 20)
    add_report(crm, "SESUDAHNYA", updated_at=crm.execute("select max(updated_at) from crm.report").fetchone()[0])
    wait_until(lambda: "SESUDAHNYA" in numbers(following))
    following.stop()
    assert following.health.failing_since is None
