"""Channels and how long they have been silent, against their own habit."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.marks import mark

MARKS = {"terpanjang": "menunggu", "lama": "batas"}
WORDS = {"terpanjang": "terlama dalam 8 minggu", "lama": "lebih lama dari biasa", "biasa": "", "sedikit": ""}


@dataclass(frozen=True)
class SilenceRow:
    """`state`: 'terpanjang', 'lama', 'biasa', or 'sedikit' (too few gaps to judge). Times in words."""

    name: str
    state: str
    silent: str
    since: str
    href: str | None
    habit: str


def silence_list(rows: Sequence[SilenceRow]) -> html.Ol:
    """One row per channel, in the order given."""
    return html.Ol([_row(row) for row in rows], className="silences")


def _row(row: SilenceRow) -> html.Li:
    since = dcc.Link(row.since, href=row.href, className="num") if row.href else row.since
    said = WORDS[row.state]
    return html.Li(
        [
            mark(MARKS[row.state]) if row.state in MARKS else html.I(),
            html.Div([html.Span(row.name, className="who"), html.Span(said, className="say") if said else None]),
            html.Div([html.B(row.silent), html.Span(since, className="t2")]),
            html.Span(row.habit, className="t2 habit"),
        ],
        className=row.state,
    )
