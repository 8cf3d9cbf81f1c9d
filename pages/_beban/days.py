"""What came in and what was closed in the last 28 days: the sentence and the bars."""

from dataclasses import replace
from datetime import date

from dash import dcc, html

from components.desk import lead
from components.formats import MONTHS_SHORT, decimal, integer
from components.workload_days import Day, day_bars, legend
from components.workload_table import growth_words
from data_access import workload
from data_access.filters import Filters
from data_access.frame import Frame
from data_access.listing import Listing, href
from data_access.workload import DAYS

NAMED_EVERY_DAYS = 7


def body(frame: Frame, filters: Filters, as_of_us: int) -> html.Div:
    """The finding and the chart."""
    lists = workload.listings(filters, as_of_us)
    days, entered, closed = workload.by_day(frame, as_of_us)
    rows = zip(days, entered.tolist(), closed.tolist(), strict=True)
    drawn = [_day(lists, place, *row) for place, row in enumerate(rows)]
    words = _finding(frame, lists, as_of_us, int(entered.sum()), int(closed.sum()))
    return html.Div([lead(words), legend(), day_bars(drawn)])


def fact(as_of_us: int) -> str:
    """The days that are drawn."""
    first, last = workload.last_days(as_of_us, DAYS)
    return f"{day_words(first)} – {day_words(last)}, {DAYS} hari penuh"


def day_words(day: date) -> str:
    """'22 Nov'."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]}"


def _finding(frame: Frame, lists: dict[str, Listing], as_of_us: int, entered: int, closed: int) -> list:
    counts = {name: int(held.sum()) for name, held in workload.masks(frame, as_of_us).items()}

    def figure(name: str) -> dcc.Link:
        return dcc.Link(integer(counts[name]), href=href(lists[name]), className="num")

    return [
        html.B([figure("open"), " laporan terbuka"]),
        ", ",
        figure("overdue"),
        " di antaranya lewat batas waktu terakhir kategorinya dan ",
        figure("waiting"),
        f" belum ditanggapi. Masuk {decimal(entered / DAYS)} per hari, selesai {decimal(closed / DAYS)} per hari: ",
        html.B(f"tumpukan {growth_words((entered - closed) / DAYS)}"),
        ".",
    ]


def _day(lists: dict[str, Listing], place: int, day: date, entered: int, closed: int) -> Day:
    return Day(
        words=day_words(day),
        named=place % NAMED_EVERY_DAYS == 0,
        entered_count=entered,
        closed_count=closed,
        entered_href=href(replace(lists["entered"], entered=(day, day))),
        closed_href=href(replace(lists["closed"], completed=(day, day))),
    )
