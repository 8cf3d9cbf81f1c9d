"""The what-if: reports one can tick, and the present score beside the scenario's. Plain values in, nothing decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from dash import html

from components import ids
from components.desk import choice, lead
from components.formats import decimal, integer
from components.states import first_load

PACES = (1, 2, 5, 10, 20)


@dataclass(frozen=True)
class Row:
    """One thing to tick: a report, or all of a category or unit.

    `next`: the item a tick writes into the URL ("" takes its own item away); `item`: what the URL has of it now;
    `time`: the instant its dialog begins with; `kind`: terbuka, selesai or grup; `when`, `value`: what was chosen.
    """

    token: str
    next: str
    item: str
    time: str
    kind: str
    name: str
    place: str
    number: str
    when: str
    value: str
    is_on: bool


@dataclass(frozen=True)
class Line:
    """One part of the score as it is shown: two figures, their difference, and where both stand on the axis."""

    name: str
    base: str
    scenario: str
    moved: str
    base_left: str
    scenario_left: str


@dataclass(frozen=True)
class Score:
    """A score as it is shown, with its grade; and where it comes from."""

    label: str
    shown: str
    grade: str | None


@dataclass(frozen=True)
class Result:
    """Base against scenario. `effects`: (what, sentence) pairs; `notes`, `refused` (what cannot be): sentences."""

    base: Score
    scenario: Score
    difference: str
    lines: Sequence[Line]
    effects: Sequence[tuple[str, str]]
    notes: Sequence[str]
    refused: Sequence[str]


def choices() -> html.Div:
    """The frame of all one can tick; it stays, and only the rows in it change (`rows_data`)."""
    sentence = "Centang laporan dan atur saat selesainya. Tautan halaman menyimpan skenario ini."
    parts = [
        lead(sentence),
        *_rows(ids.WHAT_IF_FIRST, "Selesaikan", "Saat selesai", "Waktu"),
        _opening(ids.WHAT_IF_REST_TITLE, _rows(ids.WHAT_IF_REST, "Selesaikan", "Saat selesai", "Waktu")),
    ]
    return html.Div(parts, id=ids.WHAT_IF_LIST, className="pick", hidden=True)


def choices_of_many() -> html.Div:
    """The frame of what one can choose without a tick per report: a pace, whole groups, what is complete already."""
    parts = [
        html.P(id=ids.WHAT_IF_PACE, className="pace"),
        _opening(ids.WHAT_IF_GROUPS_TITLE, _rows(ids.WHAT_IF_GROUPS, "Semua laporan terbuka", "Saat selesai", "")),
        _opening(ids.WHAT_IF_DONE_TITLE, _rows(ids.WHAT_IF_DONE, "Buka lagi", "Saat dibuka", "")),
    ]
    return html.Div(parts, className="many")


def _opening(title_id: str, rows: list) -> html.Details:
    return html.Details([html.Summary(id=title_id), *rows])


def _rows(rows_id: str, *titles: str) -> list:
    """A list whose rows assets/74-what-if-rows.js draws: as components they would keep the browser for seconds."""
    head = html.P([html.Span(title) for title in titles], className="wh xs t2", **{"aria-hidden": "true"})
    return [head, html.Ul(id=rows_id, **{"data-rows": rows_data([])})]


def rows_data(rows: Sequence[Row]) -> str:
    """Rows as the text of `data-rows`."""
    return orjson.dumps(list(rows)).decode()


def title_with_ticks(words: str, rows: Sequence[Row]) -> str:
    """The title of a closed list says how many in it are ticked."""
    ticked = sum(row.is_on for row in rows)
    return f"{words}, {integer(ticked)} dicentang" if ticked else words


def pace(per_day: int | None, hour: int) -> list:
    """Links for usual paces; a pace of one's own stands among them once it is chosen."""
    known = [*PACES, per_day] if per_day and per_day not in PACES else PACES
    options = [("tidak", "?perhari=", per_day is None)]
    options += [(integer(pace), f"?perhari={pace}", pace == per_day) for pace in known]
    other = html.Button("angka lain", type="button", className="btn-q", **{"data-own-pace": per_day or ""})
    return [f"Selesaikan per hari, pukul {hour:02d}.00 ", choice(options, "Selesai per hari"), other]


def outcome() -> html.Div:
    """The frame of the result. What is in it is drawn by assets/74-what-if-result.js, for speed as the rows are."""
    clear = html.Button("Atur ulang", id=ids.WHAT_IF_CLEAR, type="button", className="btn-q", **{"data-clear": ""})
    copy = html.Button("Salin tautan skenario", type="button", className="btn-q", **{"data-copy-link": ""})
    parts = [
        html.Div(first_load(), id=ids.WHAT_IF_BODY),
        html.Div(id=ids.WHAT_IF_RESULT, **{"data-result": ""}),
        html.P([clear, copy], className="acts"),
    ]
    return html.Div(parts, className="out")


def result_data(found: Result) -> str:
    """A result as the text of `data-result`, with the sentence for those who listen."""
    grade = f", grade {found.scenario.grade}" if found.scenario.grade else ""
    spoken = f"Simulasi: {found.scenario.label} bernilai {found.scenario.shown}{grade}, selisih {found.difference}."
    return orjson.dumps(vars(found) | {"spoken": spoken}).decode()


def line(name: str, base: float, scenario: float, shares: Sequence[float]) -> Line:
    """A part of the score; `shares` of the axis (0..1) at which base and scenario stand."""
    figures = [decimal(value, 2) for value in (base, scenario)]
    return Line(name, *figures, difference(*figures), *(f"{share:.1%}" for share in shares))


def difference(before: str, after: str) -> str:
    """Between two figures as they are shown, so that the reader can check it: '82,71', '86,21' -> '+3,50'."""
    first, second = (float(text.replace(".", "").replace(",", ".").replace("−", "-")) for text in (before, after))
    moved = round(second - first, 2)
    return f"+{decimal(moved, 2)}" if moved > 0 else decimal(moved or 0.0, 2)
