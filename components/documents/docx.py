"""A document as DOCX to be edited: real headings, tables and lists; charts as vectors with a picture behind them."""

import io
from datetime import UTC

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from components.documents import docx_parts as parts
from components.documents.content import Answer, Bars, Content, Heading, Items, Line, Paragraph, Signature, Table
from components.documents.written import foot, rows, total
from components.documents.zipped import same_bytes

FONT = "Arial"  # what offices have; the PDF carries its own
MARGINS = {"top_margin": Mm(22), "bottom_margin": Mm(22), "left_margin": Mm(25), "right_margin": Mm(20)}
LISTS = {True: "List Number", False: "List Bullet"}


def docx(content: Content) -> bytes:
    """The bytes of the file; the same content gives the same bytes."""
    document = new_document()
    _page(document, content)
    _styles(document)
    _letterhead(document, content)
    _opening(document, content)
    for block in content.blocks:
        WRITERS[type(block)](document, block)
    for note in content.notes:
        parts.paragraph(document, note, size=8)
    properties = document.core_properties
    at = content.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = at
    properties.title, properties.author, properties.last_modified_by = content.title, "Ruang Pantau", "Ruang Pantau"
    properties.comments = ""
    written = io.BytesIO()
    document.save(written)
    return same_bytes(written.getvalue())


def _page(document: Document, content: Content) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    for name, value in MARGINS.items():
        setattr(section, name, value)
    line = section.footer.paragraphs[0]
    mark = " · Data simulasi, bukan laporan warga" if content.simulated else ""
    parts.run(line, f"{foot(content)}{mark} · Halaman ", 8)
    parts.field(line, "PAGE", 8)
    parts.run(line, " dari ", 8)
    parts.field(line, "NUMPAGES", 8)


def _styles(document: Document) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title", *LISTS.values()):
        font = document.styles[name].font
        font.name, font.color.rgb = FONT, RGBColor(0, 0, 0)
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _letterhead(document: Document, content: Content) -> None:
    for place, words in enumerate(content.letterhead.lines):
        parts.paragraph(document, words, size=12 + 2 * place, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    address = parts.paragraph(document, content.letterhead.address, size=9, align=WD_ALIGN_PARAGRAPH.CENTER)
    parts.rule_below(address)


def _opening(document: Document, content: Content) -> None:
    if content.simulated:
        parts.paragraph(document, "DATA SIMULASI", size=14, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    document.add_heading(content.title, level=0)
    parts.paragraph(document, content.subtitle, size=12)
    if content.stamp:
        parts.paragraph(document, content.stamp, size=11, bold=True)
    for name, words in content.reference:
        parts.paragraph(document, f"{name}\t: {words}")
    if content.cover:
        document.add_page_break()


def _heading(document: Document, block: Heading) -> None:
    document.add_heading(block.text, level=block.level)


def _paragraph(document: Document, block: Paragraph) -> None:
    parts.paragraph(document, block.text, bold=block.bold)


def _items(document: Document, block: Items) -> None:
    for number, words in enumerate(block.texts, start=1):
        if block.numbered:
            parts.numbered(document, number, words)
        else:
            document.add_paragraph(words, style=LISTS[False])


def _table(document: Document, block: Table) -> None:
    parts.table(document, block, rows(block), total(block))
    if block.note:
        parts.paragraph(document, block.note, size=8)


def _answer(document: Document, block: Answer) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    parts.paragraph(document, block.title, size=9, align=centre)
    parts.paragraph(document, f"{block.figure}  {block.mark}".strip(), size=28, bold=True, align=centre)
    parts.paragraph(document, block.below, size=9, align=centre)


def _chart(document: Document, block: Bars | Line) -> None:
    parts.chart(document, block)


def _signature(document: Document, block: Signature) -> None:
    lines = (block.place_day, block.office, "", "", "", block.name or "................................")
    for words in (*lines, f"NIP {block.number or '................................'}"):
        parts.paragraph(document, words, indent=Mm(80))


WRITERS = {
    Heading: _heading,
    Paragraph: _paragraph,
    Items: _items,
    Table: _table,
    Bars: _chart,
    Line: _chart,
    Answer: _answer,
    Signature: _signature,
}
