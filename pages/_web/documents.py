"""Downloads of kept documents: for who may see all that they show, as a file, never as a page."""

import re
import unicodedata

import psycopg
from flask import Flask, Response, abort, make_response

from data_access import document_store, geography
from data_access.dimensions import Dimensions
from data_access.document_store import FORMATS, PROVINCE, Document
from data_access.engine import DatabaseUnavailable
from data_access.settings import settings
from pages._web import api, errors
from pages._web.guard import Policy, route_policy
from pages._web.session import current_scope
from scoring.periods import WIB

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
NAME_LENGTH = 60


def register(server: Flask) -> None:
    """Add the route with its policy."""
    server.add_url_rule("/api/dokumen/<int:document_id>.<form>", "documents.file", download)
    route_policy("documents.file", Policy.SIGNED_IN)


def download(document_id: int, form: str) -> Response:
    """The bytes as they are kept; 404 for what is not there and for what is not for this viewer alike."""
    if form not in FORMATS:
        abort(404)
    try:
        names = api.state().frame.names
        with document_store.opened(settings().state_dsn) as connection:
            document = document_store.find(connection, document_id)
    except (api.NotYet, DatabaseUnavailable, psycopg.Error):
        return make_response(errors.line(503), 503, {"Retry-After": "5"})
    may = document is not None and document_store.may_see(current_scope(), names, document.subject_id)
    if not may or document.format != form:
        abort(404)
    return _file(document, names)


def _file(document: Document, names: Dimensions) -> Response:
    pieces = document_store.pieces(settings().state_dsn, document)
    response = Response(pieces, content_type=TYPES[document.format])
    response.content_length = document.bytes_count
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(document, names)}"'
    return response


def file_name(document: Document, names: Dimensions) -> str:
    """'bulanan-jakarta-pusat-2026-10-per-20261109-0230.pdf': letters, digits and hyphens of ASCII alone."""
    subject_id = document.subject_id
    code, area = names.unit_code(subject_id), geography.names().get(subject_id, subject_id)
    whose = "provinsi" if subject_id == PROVINCE else names.holder(code) if code else area
    as_of = f"{document.as_of.astimezone(WIB):%Y%m%d-%H%M}"
    return f"{document.kind}-{_plain(whose)}-{_plain(document.period)}-per-{as_of}.{document.format}"


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:NAME_LENGTH].strip("-") or "unit"
