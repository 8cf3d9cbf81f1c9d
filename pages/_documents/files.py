"""The files of one document: made once as content, drawn in each format asked for."""

from collections.abc import Iterable

from components.documents import docx, pdf, xlsx
from data_access.document_store import Files
from data_access.live import State
from pages._documents.make import make

DRAW = {"pdf": pdf.pdf, "docx": docx.docx, "xlsx": xlsx.xlsx}


def files(kind: str, subject_id: str, period: str, formats: Iterable[str], state: State) -> Files:
    """A document as of the state. Raises what making it raises: no data, a month that cannot be read."""
    content = make(kind, subject_id, period, state)
    return Files(content.stamp, content.simulated, {form: DRAW[form](content) for form in formats})
