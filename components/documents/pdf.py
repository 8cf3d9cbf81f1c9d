"""A document as PDF: A4, letterhead, page numbers, charts as vectors."""

from components.documents.content import Content
from components.documents.drawing import compiled
from components.documents.written import as_data


def pdf(content: Content) -> bytes:
    """The bytes of the file; the same content gives the same bytes."""
    return compiled("document.typ", as_data(content), "pdf")
