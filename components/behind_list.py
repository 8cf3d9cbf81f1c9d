"""The reports behind a number: a table of one page, the pages, and the way to close it.

assets/73-parts-why.js draws the table from `data-list`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from dash import html

from components.desk import foot
from components.formats import integer

CLOSE = "?lihat=&halaman="
NOTE = (
    "Poin = sumbangan laporan ini pada poin diperoleh pemegangnya, sebelum dibagi maksimum. "
    "Effort menghitung semua laporan bersama, bukan satu per satu."
)


@dataclass(frozen=True)
class BehindRow:
    """One report. `points`: one text per part in the order of the head; `notes`: what was dirty or special.

    `drop`: when an open one loses value next, '' for others.
    """

    number: str
    category: str
    place: str
    holder: str
    how_in: str
    entered: str
    status: str
    status_mark: str
    drop: str
    hours: str
    tier: str
    weight: str
    points: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Pages:
    """Which page is shown of how many; `first` and `last` are the places (from 1) of its rows among `count`."""

    page: int
    pages: int
    first: int
    last: int
    count: int
    key: str


def behind_list(title: str, rows: Sequence[BehindRow], pages: Pages, parts: Sequence[str], with_holder: bool) -> list:
    """The head with the count, the table and its foot. `parts`: names of those that a single report gives points to."""
    columns = ["Nomor", "Kategori dan tempat", *(["Pemegang"] if with_holder else []), "Sebagai", "Masuk", "Keadaan"]
    columns += ["Jam", "Tingkat", "Bobot", *parts, "Catatan"]
    data = {"caption": title, "head": columns, "rows": [_cells(row, with_holder) for row in rows]}
    table = html.Div(className="scroll", **{"data-list": orjson.dumps(data).decode()})
    return [heading(title, _count(pages)), table, _pager(pages), foot(NOTE)]


def heading(title: str, count: str) -> html.Div:
    """The title of the list, its count, and the link that closes it."""
    close = html.A("Tutup", href=CLOSE, className="btn-q", **{"data-stay": "", "data-close": ""})
    words = html.Div([html.H2(title), html.Span(count, className="t2")], className="words")
    return html.Div([words, close], className="head")


def _count(pages: Pages) -> str:
    if pages.pages == 1:
        return f"{integer(pages.count)} laporan"
    return f"{integer(pages.count)} laporan, ditampilkan {integer(pages.first)} sampai {integer(pages.last)}"


def _cells(row: BehindRow, with_holder: bool) -> list[list[str]]:
    """[class, text, second text] of each cell: data, as fifty rows of components would keep the browser busy."""
    cells = [["", row.number, ""], ["what", row.category, row.place]]
    cells += [["who", row.holder, ""]] if with_holder else []
    cells += [["", row.how_in, ""], ["", row.entered, ""], [f"mk-{row.status_mark}", row.status, row.drop]]
    cells += [["n", figure, ""] for figure in (row.hours, row.tier, row.weight, *row.points)]
    return [*cells, ["notes", ", ".join(row.notes), ""]]


def _pager(pages: Pages) -> html.Nav | None:
    if pages.pages == 1:
        return None
    links = []
    if pages.page > 1:
        links.append(_page_link("Sebelumnya", pages.page - 1, pages.key))
    links.append(html.Span(f"halaman {integer(pages.page)} dari {integer(pages.pages)}", className="t2"))
    if pages.page < pages.pages:
        links.append(_page_link("Berikutnya", pages.page + 1, pages.key))
    return html.Nav(links, className="pager", **{"aria-label": "Halaman daftar"})


def _page_link(words: str, page: int, key: str) -> html.A:
    href = f"?lihat={key}&halaman={page if page > 1 else ''}"
    return html.A(words, href=href, className="btn-q", **{"data-stay": ""})
