"""What a document says, before it is drawn: plain values in order. Same content, same bytes, in every format.

A table keeps its values as they are; each format writes them in its own way (Indonesian text on paper, real numbers in
a spreadsheet). Charts are drawn from the values of a table.
"""

from dataclasses import dataclass
from datetime import datetime

Value = str | int | float | datetime | None

# How a column is written: 1.234 / 84,27 (towards its grade is the maker's part) / 93,1 % / 38,2 / 22 Nov 2026 14.05
KINDS = ("text", "count", "score", "share", "hours", "date", "stamp")


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, how its values are written (of KINDS), and its width as a share of the row."""

    title: str
    kind: str = "text"
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """`name` is the sheet of the spreadsheet (at most 31 signs, unique). Without rows `empty` is printed: NIHIL."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str = "NIHIL"
    total: tuple[Value, ...] | None = None
    note: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (a part, on a new page where it fits badly), 2 or 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; `bold` for a finding that must not be missed."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Items:
    """A list, numbered or not."""

    texts: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True)
class Bars:
    """A horizontal bar chart from zero: one bar per (label, value), written out by `kind`. Vectors in every format."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    kind: str = "count"


@dataclass(frozen=True)
class Line:
    """A line chart over months: one value per label, None where there is none; `limit` a line with its word."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    kind: str = "score"
    limit: tuple[str, float] | None = None


@dataclass(frozen=True)
class Answer:
    """The one figure of a part, large in a frame: 'Nilai akhir', '84,27', 'A', and a line below it."""

    title: str
    figure: str
    mark: str
    below: str


@dataclass(frozen=True)
class Signature:
    """Place and day, office, name and number of whoever signs; empty lines where they are not configured."""

    place_day: str
    office: str
    name: str = ""
    number: str = ""


Block = Heading | Paragraph | Items | Table | Bars | Line | Answer | Signature


@dataclass(frozen=True)
class Letterhead:
    """The kop surat: lines from the large to the small, and an address; from the file LETTERHEAD names."""

    lines: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True)
class Content:
    """A whole document.

    `stamp`: FINAL, SEMENTARA or ''. `notes`: what must be read with it (as-of, rulebook, ASUMSI, DATA SIMULASI).
    """

    title: str
    subtitle: str
    letterhead: Letterhead
    stamp: str
    as_of: datetime
    simulated: bool
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    cover: bool = True
    reference: tuple[tuple[str, str], ...] = ()  # a nota dinas: (Kepada, ...), (Dari, ...), (Hal, ...)
