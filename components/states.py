"""What a panel shows when it has nothing new: never a blank, never a spinner."""

from dash import html

from components.formats import DASH
from components.marks import mark


def first_load() -> str:
    """The value before the first data: an en dash."""
    return DASH


def empty(sentence: str) -> html.P:
    """One sentence where the data would start; the caller keeps the frame and the axis."""
    return html.P(sentence, className="empty")


def stale(stamp: str) -> html.Span:
    """For the fact of a panel whose own source is late: a triangle and 'per 13.40'."""
    return html.Span([mark("batas"), f" per {stamp}"], className="state")


def error(next_try: str) -> html.Span:
    """For the fact of a panel that could not be loaded; its last good picture stays. `next_try` is a time, '14.06'."""
    return html.Span([mark("kotak"), f" gagal dimuat, mencoba lagi {next_try}"], className="state failed")
