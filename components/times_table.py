"""A table of resolution times: a row per month, category, unit or channel; median, mean and P90 on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import DASH, decimal, integer, percent
from components.score_scale import Scale

HEADS = (
    ("selesai", "Selesai"),
    ("rerata", "Rerata, jam"),
    ("median", "Median"),
    ("p90", "P90"),
    ("respons", "Respons ≤ 6 jam, %"),
    ("7hari", "0–7 hari, %"),
    ("14hari", "8–14 hari"),
    ("lebih", "> 14 hari"),
)
NOTHING = (DASH, "0")  # no list behind it
TICKS_AT_MOST = 5


@dataclass(frozen=True)
class TimesRow:
    """One row. `hrefs`: name of a column -> the reports behind it. Hours and shares (0-1) are None when unknown."""

    name: str
    name_href: str | None
    stays: bool  # the link of the name only changes a choice
    count: int
    few: bool
    mean_hours: float | None
    median_hours: float | None
    p90_hours: float | None
    response_share: float | None
    week_share: float | None
    two_weeks_count: int
    beyond_count: int
    hrefs: dict[str, str]
    chosen: bool = False


def times_table(caption: str, first: str, rows: Sequence[TimesRow], sort: str | None) -> html.Table:
    """`first` names the first column. `sort`: '-rerata' and the like, None for rows with an order of their own."""
    scale = hours_scale(rows)
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([_head("nama", first, sort), *_heads(sort, scale)])),
            html.Tbody([_row(row, scale) for row in rows]),
        ],
        className="tt",
    )


def hours_scale(rows: Sequence[TimesRow]) -> Scale:
    """From zero to the longest P90 or mean of rows with enough reports; others end where the scale does."""
    spoken_of = [row for row in rows if not row.few] or rows
    longest = max((value for row in spoken_of for value in (row.p90_hours, row.mean_hours) if value), default=1.0)
    return Scale(0, longest)


def ticks(highest: float) -> list[int]:
    """Round hours from 0 on, at most five."""
    step = next(step for step in _steps() if highest / step < TICKS_AT_MOST)
    return list(range(0, int(highest) + 1, step))


def _steps():
    unit = 1
    while True:
        yield from (6 * unit, 12 * unit, 24 * unit)
        unit *= 4


def _heads(sort: str | None, scale: Scale) -> list[html.Th]:
    heads = [_head(name, words, sort) for name, words in HEADS]
    marks = [html.I(str(hour), style={"left": f"{scale.percent(hour):g}%"}) for hour in ticks(scale.high)]
    words = html.Span("median, rerata, P90 dalam jam", className="only-spoken")
    return [*heads[:4], html.Th([words, *marks], scope="col", className="c-batang"), *heads[4:]]


def _head(name: str, words: str, sort: str | None) -> html.Th:
    if sort is None:
        return html.Th(words, scope="col", className=f"c-{name}")
    sorted_by, descending = sort.removeprefix("-"), sort.startswith("-")
    to = name if (sorted_by == name and descending) or (name == "nama" and sorted_by != name) else f"-{name}"
    state = {"aria-sort": "descending" if descending else "ascending"} if sorted_by == name else {}
    link = html.A(words, href=f"?urut={to}", **{"data-stay": ""})
    return html.Th(link, scope="col", className=f"c-{name}", **state)


def _row(row: TimesRow, scale: Scale) -> html.Tr:
    hours = [(name, decimal(value)) for name, value in _hours(row)]
    shares = [("respons", percent(row.response_share)), ("7hari", percent(row.week_share))]
    counts = [("14hari", integer(row.two_weeks_count)), ("lebih", integer(row.beyond_count))]
    cells = [_cell(name, words, row.hrefs) for name, words in [*hours, *shares, *counts]]
    count = _cell("selesai", integer(row.count), row.hrefs)
    return html.Tr(
        [_name(row), count, *cells[:3], _bar(row, scale), *cells[3:]],
        className=" ".join(word for word, true in (("few", row.few), ("on", row.chosen)) if true),
    )


def _name(row: TimesRow) -> html.Th:
    if row.name_href is None:
        return html.Th(row.name, scope="row", className="c-nama")
    link = html.A(row.name, href=row.name_href, **({"data-stay": ""} if row.stays else {}))
    return html.Th(link, scope="row", className="c-nama")


def _hours(row: TimesRow) -> tuple[tuple[str, float | None], ...]:
    return ("rerata", row.mean_hours), ("median", row.median_hours), ("p90", row.p90_hours)


def _cell(name: str, words: str, hrefs: dict[str, str]) -> html.Td:
    linked = name in hrefs and words not in NOTHING
    return html.Td(dcc.Link(words, href=hrefs[name], className="num") if linked else words, className=f"c-{name}")


def _bar(row: TimesRow, scale: Scale) -> html.Td:
    """From the median, a dot, to P90 a line, the mean a tick on it: one element that CSS draws, as rows are many."""
    if row.mean_hours is None:
        return html.Td(className="c-batang")
    places = (("--median", row.median_hours), ("--mean", row.mean_hours), ("--p90", row.p90_hours))
    return html.Td(className="c-batang drawn", style={name: f"{scale.percent(hours):g}%" for name, hours in places})
