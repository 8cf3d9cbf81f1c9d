"""The weekly nota dinas: what came in, what was answered and finished, what waits, who is to be reminded."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from components.documents.content import Block, Column, Content, Heading, Items, Paragraph, Table
from components.documents.written import day, text
from components.formats import decimal, integer, percent
from data_access import briefs, early_warning
from data_access.dimensions import Dimensions
from data_access.document_figures import unit_month
from data_access.document_periods import week_of
from data_access.durations_of import durations, responses
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.listing_facets import is_completed
from data_access.live import State
from data_access.months import frame_of
from data_access.scope import EVERYTHING
from pages._documents import heads, tables, weekly_scores
from pages._documents.subject import Subject
from scoring import periods
from scoring.periods import WIB, PeriodError

TITLE = "Nota Dinas"
REMINDED = 8


def content(subject: Subject, week_text: str, state: State) -> Content:
    """The nota of a week from Monday to Sunday. Raises PeriodError, DatabaseUnavailable."""
    monday = _monday(week_text)
    if state.as_of < monday:
        raise PeriodError(f"{week_text} has not begun: the data are known until {state.as_of.isoformat()}")
    sunday = monday + timedelta(days=6)
    month = unit_month(state, periods.open_at(state.as_of)[0])
    return Content(
        title=TITLE,
        subtitle=f"Penanganan pengaduan masyarakat, {subject.name}",
        letterhead=heads.letterhead(),
        stamp="",
        as_of=state.as_of,
        simulated=state.simulated,
        blocks=tuple(_blocks(subject, monday, state)),
        notes=heads.notes(month),
        cover=False,
        reference=(
            ("Kepada", subject.head),
            ("Dari", heads.signature(state.as_of).office),
            ("Tanggal", day(state.as_of)),
            ("Hal", f"Pengaduan masyarakat minggu {day(monday)} sampai {day(sunday)}"),
        ),
    )


def _monday(week_text: str) -> datetime:
    try:
        year, week = week_text.split("-W")
        found = datetime.combine(date.fromisocalendar(int(year), int(week), 1), datetime.min.time(), WIB)
    except ValueError:
        raise PeriodError(f"{week_text!r} is not a week: write YYYY-Www, e.g. 2026-W48") from None
    if week_of(found) != week_text:
        raise PeriodError(f"{week_text!r} is not a week: write YYYY-Www, e.g. 2026-W48")
    return found


def _blocks(subject: Subject, monday: datetime, state: State) -> Iterator[Block]:
    yield Heading("Pekan ini", 2)
    yield _figures(subject, monday, state)
    limits = briefs.limits_on(state.as_of)
    desk = early_warning.desk(EVERYTHING, state, Filters(unit_id=subject.unit_id or None), limits)
    first, second = (f"{limits[name]:g} jam" for name in ("response_hours", "officer_warning_hours"))
    yield Heading("Yang menunggu sekarang", 2)
    yield Paragraph(
        f"Per {text(state.as_of, 'stamp')}: {integer(len(desk.over_response))} laporan menunggu lebih dari {first}, "
        f"{integer(len(desk.over_officer))} di antaranya lebih dari {second}."
    )
    yield _reminded(desk, first, second)
    yield from weekly_scores.blocks(subject, state)
    yield Heading("Mohon", 2)
    yield Items(_asked(desk, second))
    yield heads.signature(state.as_of)


def _figures(subject: Subject, monday: datetime, state: State) -> Table:
    weeks = [_week(subject, monday - timedelta(weeks=before), state) for before in (0, 1)]
    names = ("Masuk", "Ditanggapi dalam 6 jam, %", "Selesai", "Rata-rata penyelesaian, jam")
    rows = tuple((name, *values) for name, *values in zip(names, *weeks, strict=True))
    return Table("Pekan ini", (Column("Data", width=2), Column("Minggu ini"), Column("Minggu sebelumnya")), rows)


def _week(subject: Subject, monday: datetime, state: State) -> tuple[str, str, str, str]:
    """Entered, share answered in time, completed, mean hours: of the reports of the subject, as texts."""
    end = monday + timedelta(days=7)
    frame = frame_of(periods.of(end - timedelta(seconds=1)), state)
    frame = frame.only(subject.inside[frame.unit])
    as_of_us, first_us = microseconds(state.as_of), microseconds(monday)
    last_us = min(microseconds(end), as_of_us + 1)
    came = (frame.entered >= first_us) & (frame.entered < last_us)
    done = is_completed(frame, as_of_us) & (frame.completed >= first_us) & (frame.completed < last_us)
    answers, took = responses(frame, came, as_of_us), durations(frame, done)
    return (
        integer(int(came.sum())),
        percent(answers.on_time_share),
        integer(int(done.sum())),
        decimal(took.mean_hours),
    )


def _reminded(desk: early_warning.Desk, first: str, second: str) -> Table:
    names = desk.frame.names
    waits = sorted(
        (row for row in desk.rows if row.over_response), key=lambda row: (-row.over_response, -row.longest_hours)
    )
    rows = tuple(
        (
            number,
            names.holder(row.unit),
            _above(names, row.unit),
            row.over_response,
            row.over_officer,
            row.longest_hours,
        )
        for number, row in enumerate(waits[:REMINDED], start=1)
    )
    columns = (tables.NUMBER, Column("Unit yang perlu diingatkan", width=1.8), Column("Bagian dari", width=1.4))
    columns += (
        Column(f"> {first}", "count", 0.7),
        Column(f"> {second}", "count", 0.7),
        Column("Terlama, jam", "hours", 0.9),
    )
    return Table("Perlu diingatkan", columns, rows, empty=f"NIHIL: tidak ada yang menunggu lebih dari {first}")


def _above(names: Dimensions, code: int) -> str:
    """The kecamatan of a kelurahan, the Dinas of a Sudin."""
    above = names.unit_code(names.units[code].parent_id)
    return names.holder(above) if above else ""


def _asked(desk: early_warning.Desk, second: str) -> tuple[str, ...]:
    asked = []
    if len(desk.over_response):
        asked.append(f"Agar laporan yang menunggu ditanggapi hari ini, dimulai dari yang lebih dari {second}.")
    if len(desk.falling):
        asked.append(
            f"Agar {integer(len(desk.falling))} laporan yang nilai waktunya segera turun diselesaikan lebih dahulu."
        )
    if len(desk.rejected):
        asked.append(f"Agar {integer(len(desk.rejected))} laporan dengan tindak lanjut ditolak dikerjakan ulang.")
    return tuple(asked) or ("Tidak ada yang mendesak saat ini; agar pemantauan diteruskan.",)
