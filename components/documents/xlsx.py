"""The data of a document as XLSX: a sheet that says what this is, then one sheet per table with real numbers."""

import io
import re
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from components.documents.content import Answer, Bars, Column, Content, Line, Table, Value
from components.documents.written import text
from components.documents.zipped import same_bytes
from components.formats import JAKARTA

FORMATS = {
    "count": "#,##0",
    "score": "0.00",
    "share": "0.0%",
    "hours": "#,##0.0",
    "date": "d mmm yyyy",
    "stamp": "d mmm yyyy hh:mm",
}
WIDTH_PER_SHARE, LONGEST_NAME = 14, 31
HEAD = {
    "font": Font(bold=True),
    "border": Border(bottom=Side("thin")),
    "alignment": Alignment(wrap_text=True, vertical="top"),
}
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(content: Content) -> bytes:
    """The bytes of the file; the same content gives the same bytes."""
    book = Workbook()
    _summary(book.active, content)
    for block in content.blocks:
        if isinstance(block, Table):
            _table(book.create_sheet(_free_name(book, block.name)), block)
        elif isinstance(block, Bars | Line):
            _chart(book.create_sheet(_free_name(book, block.title)), block)
    at = content.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = at
    book.properties.creator, book.properties.title = "Ruang Pantau", content.title
    written = io.BytesIO()
    book.save(written)
    return _with_times(written.getvalue(), at)


def _with_times(archive: bytes, at: datetime) -> bytes:
    """openpyxl stamps the moment of saving over what it was told: the as-of stands there instead."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(fixed, "w") as fresh:
        for name in read.namelist():
            part = read.read(name)
            if name == "docProps/core.xml":
                stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, part)
            fresh.writestr(name, part)
    return same_bytes(fixed.getvalue())


def _summary(sheet: Worksheet, content: Content) -> None:
    sheet.title = "Ringkasan"
    lines = [
        ("Dokumen", content.title),
        ("Tentang", content.subtitle),
        ("Data per", text(content.as_of, "stamp")),
        ("Status", content.stamp or "–"),
        *([("Sumber", "DATA SIMULASI, bukan laporan warga")] if content.simulated else []),
        *(
            (block.title, f"{block.figure} {block.mark}".strip())
            for block in content.blocks
            if isinstance(block, Answer)
        ),
        *(("Catatan", note) for note in content.notes),
    ]
    for row, (name, words) in enumerate(lines, start=1):
        _put(sheet, row, 1, name, "text").font = Font(bold=True)
        _put(sheet, row, 2, words, "text").alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90


def _table(sheet: Worksheet, block: Table) -> None:
    _head(sheet, block.columns)
    lines = [*block.rows, *([block.total] if block.total else [])]
    for row, values in enumerate(lines, start=2):
        for place, (value, column) in enumerate(zip(values, block.columns, strict=True), start=1):
            cell = _put(sheet, row, place, value, column.kind)
            cell.font = Font(bold=values is block.total)
    if not block.rows:
        _put(sheet, 2, 1, block.empty, "text")


def _chart(sheet: Worksheet, block: Bars | Line) -> None:
    """The figures, and the program's own chart beside them."""
    _head(sheet, (Column(block.title, width=2.5), Column("Nilai", block.kind)))
    for row, (label, value) in enumerate(zip(block.labels, block.values, strict=True), start=2):
        _put(sheet, row, 1, label, "text")
        _put(sheet, row, 2, value, block.kind)
    last = len(block.labels) + 1
    chart = LineChart() if isinstance(block, Line) else BarChart()
    if isinstance(chart, BarChart):
        chart.type = "bar"
        chart.y_axis.scaling.min, chart.x_axis.scaling.orientation = 0, "maxMin"
    chart.title, chart.legend = block.title, None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    sheet.add_chart(chart, "D2")


def _head(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    for place, column in enumerate(columns, start=1):
        cell = _put(sheet, 1, place, column.title, "text")
        cell.font, cell.border, cell.alignment = HEAD["font"], HEAD["border"], HEAD["alignment"]
        sheet.column_dimensions[get_column_letter(place)].width = max(8, WIDTH_PER_SHARE * column.width)
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, row: int, place: int, value: Value, kind: str):
    """A cell: texts as texts, whatever they begin with; times without zone, in Jakarta."""
    cell = sheet.cell(row, place)
    if isinstance(value, str):
        cell.value = "".join(sign for sign in value if sign.isprintable())
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.value = value.astimezone(JAKARTA).replace(tzinfo=None, microsecond=0)
    else:
        cell.value = value
    if kind in FORMATS and not isinstance(value, str):
        cell.number_format = FORMATS[kind]
    return cell


def _free_name(book: Workbook, name: str) -> str:
    """A name for a sheet: no signs it may not have, at most 31, not used yet."""
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\'")[:LONGEST_NAME] or "Tabel"
    number, found = 1, plain
    while found in book.sheetnames:
        number += 1
        found = f"{plain[: LONGEST_NAME - 3]} {number}"
    return found
