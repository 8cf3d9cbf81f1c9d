"""The documents there are: one line per set, with a download per format."""

from dataclasses import dataclass
from datetime import datetime

from dash import html

from components.document_words import FORMATS, size_words
from components.formats import day_clock, stamp
from components.states import empty

HASH_SIGNS = 8


@dataclass(frozen=True)
class Row:
    """What was made together: `files` are (address, format, bytes, sha256)."""

    title: str
    unit: str
    stamp: str
    as_of: datetime
    made_at: datetime
    made_by: str
    files: tuple[tuple[str, str, int, str], ...]


def document_table(rows: list[Row], nothing: str) -> html.Table | html.P:
    """A table of sets in the order given; `nothing` is said when there is none."""
    if not rows:
        return empty(nothing)
    titles = ("Dokumen", "Unit", "Data per", "Status", "Unduh")
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    caption = html.Caption("Dokumen yang sudah dibuat", className="only-spoken")
    return html.Table([caption, head, html.Tbody([_line(row) for row in rows])], className="docs")


def _line(row: Row) -> html.Tr:
    made = f"dibuat {day_clock(row.made_at)} oleh {row.made_by}"
    return html.Tr(
        [
            html.Th(row.title, scope="row"),
            html.Td(row.unit, className="unit"),
            html.Td([html.Span(stamp(row.as_of)), html.Span(made, className="t2 xs made")], className="when"),
            html.Td(stamp_mark(row.stamp), className="stamp"),
            html.Td(html.Div([_download(row, *file) for file in row.files], className="files")),
        ]
    )


def stamp_mark(word: str) -> html.Span | str:
    """FINAL or SEMENTARA as a stamp; nothing where there is no cut-off."""
    return html.Span(word, className=f"stamped {'final' if word == 'FINAL' else ''}".strip()) if word else ""


def _download(row: Row, href: str, form: str, bytes_count: int, sha256: str) -> html.A:
    words = [
        html.B(FORMATS[form]),
        html.Span(size_words(bytes_count), className="size"),
        html.Span(sha256[:HASH_SIGNS], className="hash", title=f"SHA-256 {sha256}"),
    ]
    spoken = f"Unduh {row.title}, {row.unit}, sebagai {FORMATS[form]}"
    return html.A(words, href=href, download="", className="file", **{"aria-label": spoken})
