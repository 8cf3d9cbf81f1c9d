"""How long reports took: figures by hand, groups, and the very counts the lists behind them have."""

from datetime import date

import numpy as np
import pytest

from data_access.completion import entered_in
from data_access.durations_of import Durations, Responses, by_code, completed_in, durations, hours_taken, responses
from data_access.filters import Filters
from data_access.listing import ALL_TIME, Listing, mask
from scoring.periods import Period
from tests.builders import at, frame, report

NOVEMBER = Period(2026, 11)
NOW = at("2026-11-23 12:00")
DAYS = (date(2026, 11, 1), date(2026, 11, 30))


def done(entered: str, completed: str, **given) -> dict:
    return report(entered=entered, completed=completed, status="selesai", **given)


def answered(entered: str, first_response: str | None, **given) -> dict:
    return report(
        entered=entered, first_response=first_response, status="proses" if first_response else "menunggu", **given
    )


FINISHED = frame(
    done("2026-11-02 08:00", "2026-11-02 18:00"),  # 10 hours
    done("2026-11-02 08:00", "2026-11-03 04:00"),  # 20 hours
    done("2026-11-02 08:00", "2026-11-10 07:59:59"),  # 7 whole days, a second short of 8
    done("2026-11-02 08:00", "2026-11-10 08:00", category="sampah"),  # 8 days
    done("2026-10-20 08:00", "2026-11-04 08:00", category="sampah"),  # 15 days, entered the month before
    done("2026-11-02 08:00", "2026-11-01 08:00"),  # a wrong clock
    done("2026-10-20 08:00", "2026-10-31 23:59"),  # of October
    done("2026-11-20 08:00", "2026-11-24 08:00"),  # in the future
    report(entered="2026-11-02 08:00", completed="2026-11-03 08:00", status="tl_ditolak"),
)
ANSWERED = frame(
    answered("2026-11-02 08:00", "2026-11-02 14:00"),  # at six hours exactly
    answered("2026-11-02 08:00", "2026-11-02 14:00:01"),
    answered("2026-11-02 08:00", "2026-11-02 07:00"),  # a wrong clock
    answered("2026-11-23 05:00", None),  # seven hours, none yet
    answered("2026-11-23 07:00", None),  # five hours
    answered("2026-11-23 05:00", "2026-11-23 13:00"),  # answered in the future: not yet
    answered("2026-10-31 23:59", None),
)


def of_list(reports, **facets) -> int:
    """How long the list is."""
    found = Listing(Filters(period=ALL_TIME if "entered" not in facets else None), **facets)
    return int(mask(reports, found, NOW).sum())


def test_hours_are_from_entry_to_completion_of_what_was_completed_in_the_month():
    found = durations(FINISHED, completed_in(FINISHED, NOVEMBER, NOW))
    hours = sorted([10, 20, 24 * 8 - 1 / 3600, 24 * 8, 24 * 15])
    assert (found.completed_count, found.timed_count, found.days_counts) == (6, 5, (3, 1, 1))
    assert found.mean_hours == pytest.approx(np.mean(hours))
    assert found.median_hours == pytest.approx(np.median(hours))
    assert found.p90_hours == pytest.approx(np.quantile(hours, 0.9))
    assert found.few


def test_every_count_of_days_is_as_long_as_the_list_behind_it():
    found = durations(FINISHED, completed_in(FINISHED, NOVEMBER, NOW))
    lists = [of_list(FINISHED, completed=DAYS, resolution_days=days) for days in ("0-7", "8-14", "15")]
    assert list(found.days_counts) == lists
    assert found.completed_count == of_list(FINISHED, completed=DAYS) == 6


def test_an_answer_at_six_hours_is_in_time_and_one_never_given_is_late_after_six():
    found = responses(ANSWERED, entered_in(ANSWERED, NOVEMBER, NOW), NOW)
    assert found == Responses(on_time_count=1, late_count=1, unanswered_count=3, overdue_count=2)
    assert found.on_time_share == 0.25


def test_every_count_of_answers_is_as_long_as_the_list_behind_it():
    found = responses(ANSWERED, entered_in(ANSWERED, NOVEMBER, NOW), NOW)
    lists = [int(mask(ANSWERED, Listing(response=name), NOW).sum()) for name in ("tepat", "lewat", "belum")]
    assert [found.on_time_count, found.late_count, found.unanswered_count] == lists == [1, 1, 3]


def test_a_group_has_the_figures_its_rows_have_alone():
    groups = {group.code: group for group in by_code(FINISHED, FINISHED.category, NOVEMBER, NOW)}
    rows = completed_in(FINISHED, NOVEMBER, NOW)
    assert len(groups) == 2
    for code, group in groups.items():
        alone = rows & (FINISHED.category == code)
        assert group.durations == durations(FINISHED, alone)
        came = entered_in(FINISHED, NOVEMBER, NOW) & (FINISHED.category == code)
        assert group.responses == responses(FINISHED, came, NOW)


def test_rows_without_a_group_are_in_none():
    codes = np.where(FINISHED.category == 1, -1, FINISHED.category)
    assert [group.code for group in by_code(FINISHED, codes, NOVEMBER, NOW)] == [2]


def test_a_month_without_reports_has_no_hours_and_no_share():
    nothing = np.zeros(len(FINISHED), bool)
    assert durations(FINISHED, nothing) == Durations(0, 0, None, None, None, (0, 0, 0))
    assert responses(FINISHED, nothing, NOW).on_time_share is None
    assert by_code(FINISHED, np.full(len(FINISHED), -1), NOVEMBER, NOW) == []


def test_hours_of_a_histogram_leave_wrong_clocks_out():
    assert len(hours_taken(FINISHED, np.flatnonzero(completed_in(FINISHED, NOVEMBER, NOW)))) == 5
