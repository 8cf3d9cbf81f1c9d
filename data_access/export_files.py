"""Batches of rows as the bytes of a file, made while they are read: CSV, and XLSX for spreadsheets.

XLSX is written here and not by a library, as those finish the whole file before its first byte can be sent.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from xml.sax.saxutils import escape

from data_access.export import HEAD, Cell

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # with it spreadsheets read UTF-8
ROWS_PER_SHEET = 1_048_575  # beside the head; what is more goes into the next sheet
EPOCH = datetime(1899, 12, 30)  # of the days of a spreadsheet
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/>'
    '</numFmts><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
DATE_STYLE, HEAD_STYLE, DAY_STYLE = 1, 2, 3

Batches = Iterable[list[tuple[Cell, ...]]]


def csv_bytes(batches: Batches, head: tuple[str, ...] = HEAD) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, commas, a dot in numbers, times as 2026-11-22 14:05:09."""
    yield _csv_lines([head], BYTE_ORDER_MARK)
    for batch in batches:
        yield _csv_lines(batch)


def _csv_lines(rows: Iterable[tuple], before: str = "") -> bytes:
    text = io.StringIO(newline="")
    text.write(before)
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


class Pipe(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self):
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._parts.append(bytes(data))
        self._written += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._written

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def xlsx_bytes(
    batches: Batches,
    head: tuple[str, ...] = HEAD,
    *,
    rows_per_sheet: int = ROWS_PER_SHEET,
    last_sheet: tuple[str, Sequence[tuple[Cell, ...]]] | None = None,
) -> Iterator[bytes]:
    """A workbook of as many sheets as the rows need: numbers and times are numbers and times.

    `last_sheet`: name and rows of one more sheet.
    """
    pipe = Pipe()
    rows = chain.from_iterable(batches)
    sheets, first = 0, next(rows, None)
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        while sheets == 0 or first is not None:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{_head(head)}'.encode())
                for number in range(rows_per_sheet):
                    if first is None:
                        break
                    sheet.write(_row(first))
                    first = next(rows, None)
                    if number % 500 == 0:
                        yield pipe.taken()
                sheet.write(b"</sheetData></worksheet>")
        names = [f"Laporan {number}" for number in range(1, sheets + 1)]
        if last_sheet:
            names.append(last_sheet[0])
            archive.writestr(f"xl/worksheets/sheet{len(names)}.xml", _sheet(last_sheet[1]))
        for name, text in _frame(names).items():
            archive.writestr(name, text)
    yield pipe.taken()


def _head(head: tuple[str, ...]) -> str:
    titles = (f'<c s="{HEAD_STYLE}" t="inlineStr"><is><t>{escape(title)}</t></is></c>' for title in head)
    return f"<row>{''.join(titles)}</row>"


def _sheet(rows: Sequence[tuple[Cell, ...]]) -> bytes:
    """A whole sheet; the first row is its head."""
    lines = b"".join(_row(row) for row in rows[1:])
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{_head(rows[0])}'.encode() + lines + b"</sheetData></worksheet>"


def _row(cells: tuple[Cell, ...]) -> bytes:
    return f"<row>{''.join(map(_cell, cells))}</row>".encode()


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, datetime):
        return f'<c s="{DATE_STYLE}"><v>{(value - EPOCH).total_seconds() / 86400!r}</v></c>'
    if isinstance(value, date):
        return f'<c s="{DAY_STYLE}"><v>{(value - EPOCH.date()).days}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"


def _frame(sheet_names: list[str]) -> dict[str, str]:
    """The parts around the sheets."""
    sheets = len(sheet_names)
    numbers = range(1, sheets + 1)
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheet_names, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    links += f'<Relationship Id="rId{sheets + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    parts = {"workbook": f"{TYPE}.sheet.main+xml", "styles": f"{TYPE}.styles+xml"}
    parts |= {f"worksheets/sheet{n}": f"{TYPE}.worksheet+xml" for n in numbers}
    types = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{kind}"/>' for name, kind in parts.items())
    relations = f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    return {
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/styles.xml": STYLES,
        "xl/_rels/workbook.xml.rels": f"{relations}{links}</Relationships>",
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>",
    }
