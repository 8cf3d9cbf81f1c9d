"""The panel of pulls: what there is, in which formats, what its columns mean, and the address for spreadsheets."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

FORMATS = (("csv", "CSV"), ("xlsx", "XLSX"), ("parquet", "Parquet"))
TOKEN = "TOKEN-ANDA"  # stands in the address until somebody puts a real one there


@dataclass(frozen=True)
class PullLine:
    """One pull: its words, and its query without format."""

    what: str
    words: str
    when: str
    query: str


def pull_panel(lines: Sequence[PullLine], origin_note: str) -> list:
    """A table of downloads, the dictionaries, and how a spreadsheet asks by itself."""
    head = html.Tr([html.Th(title, scope="col") for title in ("Data", "Waktu", "Unduh", "Kamus kolom")])
    example = f"/tarikan/{lines[0].what}.csv?{lines[0].query}{'&' if lines[0].query else ''}token={TOKEN}"
    return [
        html.Table([html.Thead(head), html.Tbody([_row(line) for line in lines])], className="pulls"),
        html.P(
            [
                "Untuk lembar kerja: alamat ini selalu memberi data terbaru. Token dibuat pengelola dengan ",
                html.Code("python -m data_access token make NAMA"),
                "; satu token hanya membuka tarikan.",
            ],
            className="lead",
        ),
        html.Div(
            [
                html.Code(example, className="address"),
                html.Button("Salin alamat", type="button", className="btn-q", **{"data-copy-path": example}),
            ],
            className="pull-address",
        ),
        html.P(origin_note, className="foot"),
    ]


def _row(line: PullLine) -> html.Tr:
    links = []
    for form, words in FORMATS:
        href = f"/tarikan/{line.what}.{form}" + (f"?{line.query}" if line.query else "")
        label = f"{line.words}, {line.when}, {words}"
        links.append(html.A(words, href=href, className="btn-q sm", download="", **{"aria-label": label}))
    kamus = html.A("Kamus", href=f"/tarikan/kamus/{line.what}.csv", className="num", download="")
    get = html.Td(html.Div(links, className="get"))
    return html.Tr([html.Th(line.words, scope="row"), html.Td(line.when), get, html.Td(kamus)])
