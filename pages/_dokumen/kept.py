"""The documents there are, as far as the viewer may see all they show."""

from collections.abc import Mapping
from math import ceil

import psycopg
from dash import html

from components.desk import choice
from components.document_list import Row, document_table
from components.document_words import KINDS, title
from components.formats import integer
from components.report_list import pager
from data_access import document_store
from data_access.dimensions import Dimensions
from data_access.document_store import SETS_PER_PAGE, Document, Wanted, open_subjects
from data_access.scope import Scope
from pages._dokumen.asked import EVERY, Asked, subject_words


def listed(scope: Scope, query: Mapping[str, str], found: Asked, names: Dimensions, state: psycopg.Connection) -> dict:
    """The parts of the list by their names: table, tools, fact, pages."""
    every = query.get("daftar") == EVERY
    allowed = open_subjects(scope, names)
    wanted = Wanted(subjects=allowed) if every else Wanted(found.kind, found.subject_id, None, allowed)
    count = document_store.count(state, wanted)
    pages = max(1, ceil(count / SETS_PER_PAGE))
    page = min(int(query.get("halaman", "1")), pages)
    rows = [_row(one, names) for one in document_store.newest(state, wanted, page)]
    nothing = "Belum ada dokumen." if every else f"Belum ada {KINDS[found.kind].lower()} untuk {found.subject}."
    return {
        "table": document_table(rows, nothing),
        "tools": _tools(found, every),
        "fact": f"{integer(count)} dokumen",
        "pages": pager(page, pages),
    }


def _tools(found: Asked, every: bool) -> html.Div:
    links = [
        (f"{KINDS[found.kind]}, {found.subject}", "?daftar=&halaman=", not every),
        ("Semua dokumen", f"?daftar={EVERY}&halaman=", every),
    ]
    return html.Div(choice(links, "Yang ditampilkan"), className="list-tools")


def _row(documents: list[Document], names: Dimensions) -> Row:
    first = documents[0]
    return Row(
        title=title(first.kind, first.period),
        unit=subject_words(names, first.subject_id),
        stamp=first.stamp,
        as_of=first.as_of,
        made_at=max(document.made_at for document in documents),
        made_by=first.made_by,
        files=tuple((href(one), one.format, one.bytes_count, one.sha256) for one in documents),
    )


def href(document: Document) -> str:
    """The address a document is downloaded from."""
    return f"/api/dokumen/{document.document_id}.{document.format}"
