"""The monthly report, section by section as city secretariats write it (source 002)."""

from collections.abc import Iterator

from components.documents.content import Answer, Block, Column, Content, Heading, Items, Paragraph, Table
from components.documents.written import text
from components.formats import MONTHS, integer, month_year, percent
from data_access.document_figures import UnitMonth, unit_month
from data_access.frame import microseconds
from data_access.listing import Listing, mask
from data_access.listing_facets import is_completed
from data_access.live import State
from data_access.months import frame_of
from data_access.ranking import ranking
from data_access.scope import EVERYTHING
from pages._documents import heads, obstacles, tables
from pages._documents.subject import Subject
from scoring import periods
from scoring.periods import Period

TITLE = "Laporan Penanganan Pengaduan Masyarakat"
LEVEL_TITLES = {
    "kota": "Kota",
    "skpd": "SKPD",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "sudin": "Suku Dinas",
    "upt": "UPT/BLUD/BUMD",
}
LONG_LEVEL = 12  # units; a longer one is told by its highest and lowest


def content(subject: Subject, period_text: str, state: State) -> Content:
    """The report of a month. Raises PeriodError, DatabaseUnavailable."""
    period = periods.parse(period_text)
    if state.as_of < period.start:
        raise periods.PeriodError(f"{period_text} has not begun: the data are known until {state.as_of.isoformat()}")
    month = unit_month(state, period)
    return Content(
        title=TITLE,
        subtitle=f"{subject.name}, {month_year(period_text)}",
        letterhead=heads.letterhead(),
        stamp=month.stamp,
        as_of=state.as_of,
        simulated=state.simulated,
        blocks=(
            *heads.introduction(),
            *_month(subject, month, state),
            *_year(subject, period, state),
            *_closing(subject, month, state),
        ),
        notes=heads.notes(month),
    )


def _month(subject: Subject, month: UnitMonth, state: State) -> Iterator[Block]:
    yield Heading(f"A. Pengaduan masyarakat bulan {month_year(str(month.period))}")
    yield Heading("1. Jumlah pengaduan masyarakat", 2)
    yield from _counts(subject, month, state)
    number = 2
    for level_name in subject.levels_below:
        blocks = list(_level(subject, month, state, level_name, number))
        number += bool(blocks)
        yield from blocks
    yield Heading(f"{number}. Capaian tindak lanjut pengaduan masyarakat (Final TKD)", 2)
    yield from _score(subject, month)
    for top, (table, chart) in enumerate(_tops(subject, month), start=number + 1):
        yield Heading(f"{top}. {table.name} berdasarkan jumlah aduan terbanyak", 2)
        yield table
        if chart:
            yield chart


def _counts(subject: Subject, month: UnitMonth, state: State) -> Iterator[Block]:
    frame, as_of_us = frame_of(month.period, state), microseconds(state.as_of)
    filters = subject.filters(str(month.period))
    whole = mask(frame, Listing(filters), as_of_us)
    without = mask(frame, Listing(filters, point="tanpa"), as_of_us)
    done = whole & is_completed(frame, as_of_us)
    total, finished = int(whole.sum()), int(done.sum())
    share = f", {integer(finished)} di antaranya selesai ({percent(finished / total)} %)" if total else ""
    yield Paragraph(
        f"Jumlah pengaduan yang menjadi kewenangan {subject.office} periode {month_year(str(month.period))} sebanyak "
        f"{integer(total)} pengaduan{share}. Data ditarik dari CRM pada "
        f"{text(state.as_of, 'stamp')}."
    )
    rows = []
    for number, (name, kept) in enumerate((("Geotagging", whole & ~without), ("Nongeotagging", without)), start=1):
        count, complete = int(kept.sum()), int((kept & done).sum())
        rows.append((number, name, count, complete, _status(count, complete)))
    columns = (tables.NUMBER, Column("Data", width=1.4), Column("Jumlah", "count"), Column("Selesai", "count"))
    last = ("", "Jumlah", total, finished, _status(total, finished))
    yield Table("Rincian pengaduan", (*columns, Column("Status", width=1.4)), tuple(rows), total=last)


def _status(count: int, complete: int) -> str:
    if not count:
        return "nihil"
    return "Complete" if count == complete else f"{integer(count - complete)} belum selesai"


def _level(subject: Subject, month: UnitMonth, state: State, level_name: str, number: int) -> Iterator[Block]:
    """The ranking of the units of one level; nothing when the subject has none."""
    found = ranking(EVERYTHING, state, level_name, subject.filters(str(month.period)), minimum=1)
    codes = found.level.codes
    if not len(codes):
        return
    title = LEVEL_TITLES[level_name]
    order = tables.by_standing(month, codes)
    best = next(iter(month.rules.grades))
    yield Heading(f"{number}. Peringkat {title if title.isupper() else title.lower()}", 2)
    if order and len(codes) <= LONG_LEVEL:
        yield tables.ranked(f"Peringkat {title}", title, found, month, order)
    elif order:
        yield Heading(f"Top {tables.TOP} {title} berdasarkan peringkat tertinggi", 3)
        yield tables.ranked(f"{title} tertinggi", title, found, month, order[: tables.TOP])
        below = [place for place in reversed(order) if month.grade(int(codes[place])) != best]
        yield Heading(f"Top {tables.TOP} {title} berdasarkan peringkat terendah, di bawah {best}", 3)
        yield tables.ranked(f"{title} terendah", title, found, month, below[: tables.TOP])
    without = len(codes) - len(order)
    if without:
        words = title if title.isupper() else title.lower()
        yield Paragraph(f"{integer(without)} dari {integer(len(codes))} {words} belum ada nilai bulan ini.")


def _score(subject: Subject, month: UnitMonth) -> Iterator[Block]:
    after = month.period.next
    stamp = f"{month.rules.cutoff_day} {MONTHS[after.month - 1]} {after.year} 23.59"
    if subject.unit is None:
        yield Paragraph("Provinsi tidak mempunyai nilai sendiri; nilai kota dan SKPD ada pada peringkat di atas.")
        return
    grade = month.grade(subject.code)
    if grade is None:
        yield Paragraph(f"Belum ada nilai: tidak ada laporan dalam hitungan bulan ini sampai cut off {stamp} WIB.")
        return
    state_words = "nilai final" if month.freeze else "nilai sementara" if month.closed else "nilai berjalan"
    below = f"{integer(int(month.scored[subject.code]))} laporan dalam hitungan, {state_words}"
    title = f"Dashboard TKD {month_year(str(month.period))}. Cut off tanggal {stamp} WIB"
    yield Answer(title, tables.score_text(month, subject.code), grade, below)


def _tops(subject: Subject, month: UnitMonth):
    categories = month.by_category[subject.inside].sum(axis=0)
    found = [tables.top_categories(month, subject, categories)]
    if subject.inside.sum() > 1:
        found.append(tables.top_units(month, subject, month.count))
    return found


def _year(subject: Subject, period: Period, state: State) -> Iterator[Block]:
    months = [unit_month(state, Period(period.year, month)) for month in range(1, period.month + 1)]
    yield Heading(f"B. Rekapitulasi {period.year} sampai {month_year(str(period))}")
    yield tables.year_table(months, subject)
    if subject.unit and (line := tables.score_line(months, subject)):
        yield line


def _closing(subject: Subject, month: UnitMonth, state: State) -> Iterator[Block]:
    found = obstacles.of(subject, month, state)
    yield Heading("C. Capaian dan kendala")
    yield Heading("Capaian", 3)
    yield Items(tuple(found.achievements))
    yield Heading("Kendala", 3)
    yield (
        Items(tuple(found.obstacles))
        if found.obstacles
        else Paragraph("Tidak ada kendala yang terlihat pada data bulan ini.")
    )
    if found.advice:
        yield Heading("D. Saran")
        yield Items(tuple(found.advice))
    yield heads.signature(state.as_of)
