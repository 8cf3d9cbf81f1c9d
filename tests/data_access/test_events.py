"""Changes of the last hour: what really changed, and since when it was as before."""

from data_access.events import changes_of
from tests.builders import wib


def rows(*events) -> list[tuple]:
    """(time, status[, to_unit]) on 22 Nov 2026 as rows of the CRM."""
    return [
        (number, "A", wib(f"2026-11-22 {event[0]}"), event[1], event[2] if len(event) > 2 else None)
        for number, event in enumerate(events)
    ]


def test_a_first_event_has_nothing_before_it():
    (entered,) = changes_of(rows(("08:00", "menunggu")))
    assert (entered.status, entered.previous_status, entered.previous_at) == ("menunggu", None, None)


def test_a_remark_is_no_change_and_does_not_shorten_the_wait():
    changes = list(changes_of(rows(("05:00", "menunggu"), ("13:20", "menunggu"), ("13:40", "proses"))))
    assert [change.status for change in changes] == ["menunggu", "proses"]
    assert changes[-1].previous_at == wib("2026-11-22 05:00")


def test_passing_on_is_a_change_also_when_the_status_stays():
    changes = list(changes_of(rows(("05:00", "menunggu"), ("13:20", "menunggu", "D-BM"), ("13:40", "proses"))))
    assert [change.status for change in changes] == ["menunggu", "menunggu", "proses"]
    assert changes[-1].previous_at == wib("2026-11-22 13:20")
