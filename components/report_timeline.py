"""One report's way as a list of steps, the hours at each holder as bars on one scale, and facts in pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import DASH
from components.marks import mark
from components.states import empty


@dataclass(frozen=True)
class StepRow:
    """One event in words. `holder` is '' when it was not handed on; `gap` says how long after the step before."""

    at: str
    gap: str
    status: str
    status_mark: str
    holder: str
    officer: str
    note: str


@dataclass(frozen=True)
class HolderRow:
    """How long one unit held the report: in words, and as a share (0-1) of the whole time."""

    name: str
    took: str
    share: float


def timeline(steps: Sequence[StepRow]) -> html.Ol | html.P:
    """The steps, oldest first."""
    if not steps:
        return empty("CRM tidak menyimpan riwayat laporan ini.")
    return html.Ol([_step(step) for step in steps], className="steps")


def _step(step: StepRow) -> html.Li:
    head = [mark(step.status_mark), html.B(step.status), html.Time(step.at, className="t2")]
    handed = [html.Span(["kepada ", html.B(step.holder)])] if step.holder else []
    officer = [html.Span(step.officer, className="t2")] if step.officer else []
    note = [html.Span(step.note, className="t2")] if step.note else []
    gap = html.Span(step.gap, className="gap") if step.gap else None
    return html.Li([gap, html.Div(head, className="step"), html.Div([*handed, *officer, *note], className="said")])


def holders(rows: Sequence[HolderRow]) -> html.Ol:
    """One row per holder in order of time, bars on one scale."""
    return html.Ol([_holder(row) for row in rows], className="holders")


def _holder(row: HolderRow) -> html.Li:
    bar = html.Span(html.I(style={"width": f"{row.share:.1%}"}), className="tr")
    return html.Li([html.Span(row.name, className="nm"), bar, html.B(row.took)])


def facts(pairs: Sequence[tuple[str, object]]) -> html.Dl:
    """Names and values; a value that is not there is an en dash."""
    return html.Dl([html.Div([html.Dt(name), html.Dd(DASH if value is None else value)]) for name, value in pairs])


def photos(words: Sequence[tuple[str, str]]) -> html.Div:
    """Places of the photos, before and after, each with why none is shown."""
    return html.Div([html.Figure([html.Div(why), html.Figcaption(name)]) for name, why in words], className="photos")


@dataclass(frozen=True)
class NearRow:
    """One report nearby. `apart`: how far in place and time; `tag`: what it may be to the first one, or ''."""

    number: str
    href: str
    category: str
    status: str
    status_mark: str
    apart: str
    tag: str


def neighbours(rows: Sequence[NearRow], none: str) -> html.Ol | html.P:
    """The reports nearby; `none` says that there are none."""
    return html.Ol([_neighbour(row) for row in rows], className="near") if rows else empty(none)


def _neighbour(row: NearRow) -> html.Li:
    link = dcc.Link(row.number, href=row.href, className="num")
    status = html.Span([mark(row.status_mark), " ", row.status])
    tag = html.Span(row.tag, className="tag") if row.tag else None
    return html.Li([link, html.Span(row.category), status, html.Span(row.apart, className="t2"), tag])
