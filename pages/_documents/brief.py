"""A stored brief as one page: what was seen at a check, never counted anew."""

from collections.abc import Iterator
from datetime import datetime

import psycopg

from components.documents.content import Block, Column, Content, Heading, Items, Paragraph, Table
from components.documents.written import day, text
from components.formats import clock, integer, long_duration, month_year
from data_access import briefs, desk_log, handover
from data_access.briefs import Brief
from data_access.engine import DatabaseUnavailable
from data_access.settings import settings
from pages._documents import heads
from pages._documents.subject import UnknownSubject
from scoring.periods import PeriodError

TITLE = "Ringkasan Pemeriksaan"
UNITS_SHOWN = 12  # what one page holds, beside the scores
SCORES_SHOWN = 10


def content(area_code: str, number_text: str) -> Content:
    """The brief with this number. Raises PeriodError for a number that is none, UnknownSubject for another area."""
    if not (number_text.isascii() and number_text.isdecimal() and len(number_text) <= 12):
        raise PeriodError(f"{number_text!r} is not the number of a stored brief")
    found = _read(int(number_text))
    if found is None or found.kind == handover.KIND:  # a sheet of two shifts is no check
        raise PeriodError(f"there is no stored brief {number_text}")
    if found.area_code != area_code:
        raise UnknownSubject(f"brief {number_text} is of another area")
    return Content(
        title=f"{TITLE} {found.kind.capitalize()}",
        subtitle=f"{found.body['area']['name']}, {day(found.due_at)} {clock(found.due_at)} WIB",
        letterhead=heads.letterhead(),
        stamp="",
        as_of=found.as_of,
        simulated=found.body["simulated"],
        blocks=tuple(_blocks(found.body)),
        notes=(f"Seperti terlihat {text(found.as_of, 'stamp')}; tidak dihitung ulang. Jejak {found.sha256[:12]}.",),
        cover=False,
    )


def _read(brief_id: int) -> Brief | None:
    try:
        with desk_log.opened(settings().state_dsn) as connection:
            return briefs.get(connection, brief_id)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"the state schema cannot be read: {type(error).__name__}") from error


def _blocks(body: dict) -> Iterator[Block]:
    figures = body["figures"]
    first, second = (f"{body['limits'][name]:g} jam" for name in ("response_hours", "officer_warning_hours"))
    waits, long_waits = integer(figures["over_response"]), integer(figures["over_officer"])
    yield Paragraph(f"{waits} laporan menunggu lebih dari {first}, {long_waits} lebih dari {second}.", bold=True)
    if body["change"]:
        yield Paragraph(_change(body["change"], second))
    if lines := tuple(_lines(body)):
        yield Items(lines, numbered=False)
    yield Heading("Hubungi menurut urutan ini", 2)
    yield _calls(body, first, second)
    if body["scores"]:
        yield Heading("Nilai kota dan unit yang nilainya segera turun", 2)
        yield _scores(body["scores"])


def _change(change: dict, second: str) -> str:
    since = datetime.fromisoformat(change["since"]["due_at"])
    source = "" if change["stored"] else " (disusun kembali dari riwayat)"
    return (
        f"Sejak pemeriksaan {change['since']['name']} {clock(since)}{source}: {integer(change['handled'])} "
        f"ditindaklanjuti, {integer(change['still'])} masih menunggu, {integer(change['passed_officer'])} di antaranya "
        f"baru melewati {second}, dan {integer(change['new'])} baru."
    )


def _lines(body: dict) -> Iterator[str]:
    """What else was seen, each only where there is some."""
    figures = body["figures"]
    if figures["falling"]:
        at = f", yang pertama {text(_instant(figures['first_drop_at']), 'stamp')}" if figures["first_drop_at"] else ""
        yield f"{integer(figures['falling'])} laporan segera turun nilai waktunya{at}."
    if figures["tickets_due"]:
        yield f"{integer(figures['tickets_due'])} tiket jatuh tempo: {', '.join(figures['tickets_due_at'])}."
    if figures["rejected"]:
        yield f"{integer(figures['rejected'])} laporan dengan tindak lanjut ditolak."
    for flood in body["floods"]:
        yield f"Satu kejadian: {integer(flood['count'])} laporan {flood['category']}, {flood['area']}."
    for one in body["silent_channels"]:
        silent, usual = (long_duration(round(one[name] * 60)) for name in ("hours", "usual_hours"))
        yield f"Kanal {one['name']} diam {silent}; 99 dari 100 jedanya paling lama {usual}."


def _calls(body: dict, first: str, second: str) -> Table:
    waits = [row for row in body["rows"] if row["over_response"]]
    rows = tuple(
        (
            row["name"],
            row["over_response"],
            row["over_officer"],
            row["longest_hours"],
            text(_instant(row["next_drop_at"]), "stamp"),
        )
        for row in waits[:UNITS_SHOWN]
    )
    columns = (Column("Unit", width=1.9), Column(f"> {first}", "count", 0.7), Column(f"> {second}", "count", 0.7))
    columns += (Column("Terlama, jam", "hours", 0.9), Column("Nilai turun berikutnya", width=1.9))
    more = len(waits) - len(rows)
    note = f"{integer(more)} unit lain ada pada layar Peringatan Dini." if more else ""
    return Table("Urutan", columns, rows, empty=f"NIHIL: tidak ada yang menunggu lebih dari {first}", note=note)


def _scores(scores: list[dict]) -> Table:
    """A line per unit, a column per open period."""
    periods = sorted({one["period"] for one in scores})
    found = {(one["unit_id"], one["period"]): _score(one) for one in scores}
    names = {one["unit_id"]: one["name"] for one in scores}
    rows = tuple(
        (name, *(found.get((unit_id, period), "") for period in periods))
        for unit_id, name in list(names.items())[:SCORES_SHOWN]
    )
    return Table("Nilai", (Column("Unit", width=2), *(Column(month_year(period)) for period in periods)), rows)


def _score(one: dict) -> str:
    return f"{one['score']}, peringkat {one['grade']}" if one["score"] else "belum ada nilai"


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
