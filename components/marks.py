"""The status marks: shape first, colour second, a word always beside them. CSS masks draw them."""

from dash import html


def mark(shape: str) -> html.I:
    """One mark: menunggu, batas, disposisi, koordinasi, proses, selesai, validasi, kembali, kotak or segar.

    Hidden from screen readers: the word beside it says the same.
    """
    return html.I(className=f"mk mk-{shape}", **{"aria-hidden": "true"})


def waiting_mark(over_24h: bool) -> html.I:
    """The filled triangle beyond 24 hours, the hollow one beyond 6."""
    return mark("menunggu" if over_24h else "batas")
