"""The hours of a report belong to the one who held it then."""

import numpy as np
import pytest

from data_access.holder_hours import KINDS, by_days, validation_hours
from tests.builders import frame, report
from tests.data_access.steps_of import steps_of


def done(number: str, completed: str, **given) -> dict:
    return report(number=number, entered="2026-11-02 08:00", completed=completed, status="selesai", **given)


STEPS = steps_of(
    ("A", "2026-11-02 08:00", "menunggu", None, "K-GAMBIR"),
    ("A", "2026-11-02 10:00", "koordinasi", "K-GAMBIR", "D-BM"),
    ("A", "2026-11-02 15:00", "disposisi", "D-BM", "S-BM-71"),
    ("A", "2026-11-02 16:00", "proses", None, None),
    ("A", "2026-11-02 18:00", "menunggu_validasi", None, None),
    ("A", "2026-11-02 21:00", "tl_ditolak", None, None),
    ("A", "2026-11-03 08:00", "menunggu_validasi", None, None),
    ("A", "2026-11-03 12:00", "selesai", None, None),
    ("B", "2026-11-02 09:00", "menunggu", None, "W-31.71.01"),
)
FRAME = frame(done("B", "2026-11-20 08:00"), done("A", "2026-11-03 08:00", validated="2026-11-03 12:00"))
ROWS = np.array([0, 1])


def hours(group) -> dict[str, float]:
    return {kind: value for kind, value in zip(KINDS, group.hours.tolist(), strict=True) if value}


def test_each_interval_belongs_to_the_holder_and_a_refused_validation_to_nobody():
    _, quick, _, slow = by_days(FRAME, ROWS, STEPS)
    assert hours(quick) == pytest.approx({"kelurahan": 2, "dinas": 5, "sudin": 14, "validasi": 3})
    # The first event of B came an hour late: that hour is told by none.
    assert hours(slow) == pytest.approx({"wilayah": 18 * 24 - 1, "tak_tercatat": 1})


def test_the_parts_add_up_to_the_resolution_time():
    every, *groups = by_days(FRAME, ROWS, STEPS)
    assert every.hours.sum() == pytest.approx(24 + 18 * 24)
    assert every.shares.sum() == pytest.approx(1)
    assert [group.reports_count for group in groups] == [1, 0, 1]
    assert np.sum([group.hours for group in groups], axis=0) == pytest.approx(every.hours)


def test_a_report_without_events_is_untold_and_one_with_a_wrong_clock_is_left_out():
    told = frame(done("X", "2026-11-03 08:00"), done("Y", "2026-11-01 08:00"))
    every = by_days(told, ROWS, STEPS)[0]
    assert hours(every) == {"tak_tercatat": 24}
    assert every.reports_count == 1


def test_without_reports_there_are_no_hours():
    every = by_days(FRAME, np.zeros(0, np.int64), STEPS)[0]
    assert every.reports_count == 0
    assert every.shares.sum() == 0


def test_the_last_validation_comes_after_the_resolution_time():
    assert validation_hours(FRAME, ROWS) == 4
    assert validation_hours(FRAME, ROWS[:1]) is None
