"""The live feed: the last changes of this hour, newest on top."""

from dash import html

from components.formats import clock, integer
from components.marks import mark
from components.number_link import maybe_link, number_link
from components.report_list import report_href
from components.states import empty
from components.theme import CHANGES


def changes_list(rows) -> html.Div:
    """One row per change, newest first: at (aware), status (a key of theme.CHANGES), category, place, report_id,
    key."""
    if not rows:
        return html.Div(empty("Belum ada perubahan jam ini"), className="changes")
    # data-mark-new: the motion script keeps a rule at a new row for 20 seconds.
    return html.Div(html.Ol([_row(row) for row in rows], **{"data-mark-new": ""}), className="changes")


def changes_fact(entered: int, completed: int, passed_6h: int, href: str | None = None) -> list:
    """'22 masuk · 31 selesai · 4 lewat 6 jam'; `href`: the list of those that entered."""
    rest = f" masuk · {integer(completed)} selesai · {integer(passed_6h)} lewat 6 jam"
    return [maybe_link(integer(entered), href, entered), rest]


def _row(row) -> html.Li:
    change = CHANGES[row.status]
    # Two parts: when a long category is cut, the place stays.
    where = [number_link(f"{row.category},", report_href(row.report_id), class_name="to-report"), html.I(row.place)]
    words = html.Span(where, className="what", title=f"{row.category}, {row.place}")
    cells = [html.Time(clock(row.at)), mark(change.mark), html.B(change.label), words]
    return html.Li(cells, **{"data-key": row.key})
