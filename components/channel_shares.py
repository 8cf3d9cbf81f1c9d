"""Shares of channels over the months: a small chart for each, on a scale of its own, its ends written out."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import DASH, percent


@dataclass(frozen=True)
class ShareRow:
    """`shares` 0-1 per month, oldest first, None for a month without reports. `href`: its reports of the last month."""

    name: str
    shares: Sequence[float | None]
    months: Sequence[str]
    href: str | None


def share_list(rows: Sequence[ShareRow]) -> html.Ol:
    """The channels, the largest first."""
    return html.Ol([_row(row) for row in rows], className="shares")


def _row(row: ShareRow) -> html.Li:
    highest = max((share for share in row.shares if share), default=1.0)
    first, last = _share(row.shares[0]), _share(row.shares[-1])
    bars = [_bar(share, month, highest) for share, month in zip(row.shares, row.months, strict=True)]
    return html.Li(
        [
            html.Span(row.name, className="who"),
            html.Span(first, className="t2"),
            html.Div(bars, className="bars", role="img", **{"aria-label": _words(row)}),
            html.B(dcc.Link(last, href=row.href, className="num") if row.href else last),
        ]
    )


def _share(share: float | None) -> str:
    return DASH if share is None else f"{percent(share)}%"


def _bar(share: float | None, month: str, highest: float) -> html.I:
    if share is None:
        return html.I(className="none", title=f"{month}: tidak ada laporan")
    return html.I(style={"height": f"{100 * share / highest:.1f}%"}, title=f"{month}: {percent(share)}%")


def _words(row: ShareRow) -> str:
    ends = (
        f"{percent(row.shares[0])} persen pada {row.months[0]}, {percent(row.shares[-1])} persen pada {row.months[-1]}"
    )
    return f"{row.name}: {ends}"
