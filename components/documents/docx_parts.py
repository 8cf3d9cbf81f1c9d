"""Pieces of a DOCX that its library has no single call for."""

import io

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from components.documents.content import Bars, Line, Table
from components.documents.drawing import chart as drawn
from components.documents.written import NUMBERS

TEXT_WIDTH_MM = 165
SVG_BLIP = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'  # budget: names of a format
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relation}"/>'
    "</a:ext></a:extLst>"
)


def run(line: Paragraph, words: str, size: int = 10, bold: bool = False):
    """Words at the end of a paragraph."""
    added = line.add_run(words)
    added.font.size, added.bold = Pt(size), bold
    return added


def paragraph(
    document: Document, words: str, *, size: int = 10, bold: bool = False, align=None, indent=None
) -> Paragraph:
    """A paragraph of one kind of words."""
    line = document.add_paragraph()
    run(line, words, size, bold)
    line.paragraph_format.space_after = Pt(4)
    line.alignment = align
    if indent is not None:
        line.paragraph_format.left_indent = indent
    return line


def numbered(document: Document, number: int, words: str) -> None:
    """An item whose number is written out: each list begins at one, also where a reader cuts and pastes."""
    line = paragraph(document, f"{number}.\t{words}", indent=Mm(8))
    line.paragraph_format.first_line_indent = Mm(-8)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(8))


def field(line: Paragraph, name: str, size: int) -> None:
    """A number the reader's program counts: PAGE, NUMPAGES."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    words = run(line, "1", size)
    element.append(words._r)
    line._p.append(element)


def rule_below(line: Paragraph) -> None:
    """A rule under a paragraph."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().append(borders)


def table(document: Document, block: Table, rows: list[list[str]], total: list[str] | None) -> None:
    """A ruled table whose head is repeated on every page."""
    columns, lines = block.columns, [*rows, *([total] if total else [])]
    made = document.add_table(rows=1, cols=len(columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(TEXT_WIDTH_MM * one.width / sum(column.width for column in columns)) for one in columns]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width  # of the grid, which some programs read alone
    _fill(made.rows[0], [one.title for one in columns], columns, widths, bold=True)
    repeat = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for line in lines:
        _fill(made.add_row(), line, columns, widths, bold=line is total)
    if not rows:
        cells = made.add_row().cells
        cells[0].merge(cells[-1]).text = block.empty
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(row, texts: list[str], columns, widths, bold: bool) -> None:
    for cell, words, column, width in zip(row.cells, texts, columns, widths, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        run(line, words, 9, bold)
        if column.kind in NUMBERS:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def chart(document: Document, block: Bars | Line) -> None:
    """The chart as SVG, and as a picture for programs that draw none; its figures as spoken text."""
    document.add_picture(io.BytesIO(drawn(block, "png")), width=Mm(TEXT_WIDTH_MM))
    line = document.paragraphs[-1]
    count = sum(part.partname.startswith("/word/media/chart") for part in document.part.package.iter_parts()) + 1
    vector = Part(PackURI(f"/word/media/chart{count}.svg"), "image/svg+xml", drawn(block, "svg"), document.part.package)
    relation = document.part.relate_to(vector, RELATIONSHIP_TYPE.IMAGE)
    blip = line._p.find(f".//{qn('a:blip')}")
    blip.append(parse_xml(SVG_BLIP.format(relation=relation)))
    pairs = zip(block.labels, block.values, strict=True)
    spoken = "; ".join(f"{label}: {value}" for label, value in pairs if value is not None)
    line._p.find(f".//{qn('wp:docPr')}").set("descr", f"{block.title}. {spoken}")
