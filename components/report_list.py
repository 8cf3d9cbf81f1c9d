"""A page of reports, the chips of what the list is narrowed to, and its pages. assets/80-laporan.js draws the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dash import html

from components.formats import integer

HEAD = ("Nomor", "Masuk", "Kategori dan lokasi", "Pemegang", "Keadaan", "Lama", "Catatan")


@dataclass(frozen=True)
class ReportRow:
    """One report in words. `late`: '', 'soon' (over 6 hours) or 'late' (over 24); `summary` '' for a private one."""

    number: str
    entered: str
    category: str
    place: str
    holder: str
    status: str
    status_mark: str
    took: str
    late: str
    tags: tuple[str, ...]
    summary: str


def report_href(number: str) -> str:
    """The address of one report."""
    return f"/laporan/{quote(number, safe='')}"


def table_data(rows: Sequence[ReportRow], caption: str) -> dict:
    """What the script draws: data, as rows of components would keep the browser busy."""
    return {"caption": caption, "head": HEAD, "rows": [vars(row) | {"href": report_href(row.number)} for row in rows]}


def chips(active: Sequence[tuple[str, str]]) -> list:
    """(name in the address, words) of what narrows the list; a click takes one away."""
    links = [_chip(name, words) for name, words in active]
    if len(active) > 1:
        every = "&".join(f"{name}=" for name, _ in active)
        links.append(html.A("Hapus semua", href=f"?{every}&halaman=", className="chip-all", **{"data-stay": ""}))
    return links


def _chip(name: str, words: str) -> html.A:
    rest = {"aria-label": f"Hapus: {words}", "title": "Hapus", "data-stay": ""}
    cross = html.I("×", **{"aria-hidden": "true"})
    return html.A([words, cross], href=f"?{name}=&halaman=", className="chip", **rest)


def pager(page: int, pages: int, is_counted: bool = True) -> list:
    """The ways to the other pages, none when there is one only. `is_counted`: `pages` are all there are."""
    if pages <= 1:
        return []
    whole = f" dari {integer(pages)}" if is_counted else ""
    words = html.Span(f"halaman {integer(page)}{whole}", className="t2")
    first = [_page_link("Pertama", 1)] if page > 2 else []
    before = [_page_link("Sebelumnya", page - 1)] if page > 1 else []
    after = [_page_link("Berikutnya", page + 1)] if page < pages else []
    return [*first, *before, words, *after]


def _page_link(words: str, page: int) -> html.A:
    href = f"?halaman={page if page > 1 else ''}"
    return html.A(words, href=href, className="btn-q", **{"data-stay": "", "data-top": ""})


def exports(query: str, count: int | None) -> list:
    """Links that download the whole result; the script shows in `export_state` how far it is.

    `count`: how many rows that is, None when it is not known: then the script says what came so far and of no total.
    """
    return [_export(kind, query, count) for kind in ("csv", "xlsx")]


def export_state() -> html.Div:
    """Where the script says how far a download is, and lets one cancel it."""
    return html.Div(className="export-state", role="status", hidden=True)


def _export(kind: str, query: str, count: int | None) -> html.A:
    href = f"/api/laporan.{kind}{'?' if query else ''}{query}"
    data = {"data-export": kind, "data-rows": "" if count is None else str(count)}
    return html.A(f"Unduh {kind.upper()}", href=href, className="btn-q", download="", **data)
