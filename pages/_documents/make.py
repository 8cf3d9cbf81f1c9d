"""One document as content, by its kind."""

from components.documents.content import Content
from data_access.live import State
from pages._documents import brief, monthly, weekly, yearly
from pages._documents.subject import subject

KINDS = {"bulanan": monthly.content, "mingguan": weekly.content, "tahunan": yearly.content}


def make(kind: str, subject_id: str, period: str, state: State) -> Content:
    """The document `kind` of a unit ('' is the province) for a period, as of the state.

    Raises UnknownSubject, PeriodError (ValueErrors with one line), DatabaseUnavailable, KeyError for a kind nobody
    knows.
    """
    if kind == "ringkasan":
        return brief.content(subject_id, period)
    return KINDS[kind](subject(subject_id, state.frame.names), period, state)
