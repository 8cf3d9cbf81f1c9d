"""A row of the tables of times from the figures of a month or a group."""

from components.times_table import TimesRow
from data_access.durations_of import Durations, Responses
from data_access.filters import Filters
from pages._asked import Asked
from scoring.periods import Period


def times_row(
    asked: Asked,
    name: str,
    took: Durations,
    answers: Responses,
    *,
    period: Period | None = None,
    filters: Filters | None = None,
    name_href: str | None = None,
    linked: bool = True,
    chosen: bool = False,
) -> TimesRow:
    """`period` and `filters`: what the numbers of the row open, those of the screen unless given."""
    return TimesRow(
        name=name,
        name_href=name_href,
        stays=name_href is not None and name_href.startswith("?"),
        count=took.completed_count,
        few=took.few,
        mean_hours=took.mean_hours,
        median_hours=took.median_hours,
        p90_hours=took.p90_hours,
        response_share=answers.on_time_share,
        week_share=took.days_counts[0] / took.timed_count if took.timed_count else None,
        two_weeks_count=took.days_counts[1],
        beyond_count=took.days_counts[2],
        hrefs=_hrefs(asked, period, filters) if linked else {},
        chosen=chosen,
    )


def _hrefs(asked: Asked, period: Period | None, filters: Filters | None) -> dict[str, str]:
    return {
        "selesai": asked.completed_href(period, filters),
        "respons": asked.entered_href(period, filters, response="tepat"),
        "7hari": asked.completed_href(period, filters, resolution_days="0-7"),
        "14hari": asked.completed_href(period, filters, resolution_days="8-14"),
        "lebih": asked.completed_href(period, filters, resolution_days="15"),
    }
