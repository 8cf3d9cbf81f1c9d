"""The yearly recap: months, units, categories and channels of a year (source 002, part M)."""

import calendar
from collections.abc import Iterator

from components.documents.content import Block, Content, Heading, Paragraph
from components.documents.written import text
from components.formats import MONTHS, decimal, integer
from data_access.document_figures import UnitMonth, unit_month
from data_access.live import State
from pages._documents import heads, tables
from pages._documents.subject import Subject
from scoring.periods import Period, PeriodError, of

TITLE = "Rekapitulasi Tahunan Pengaduan Masyarakat"


def content(subject: Subject, year_text: str, state: State) -> Content:
    """The recap of a year, as far as it has come. Raises PeriodError, DatabaseUnavailable."""
    if not (year_text.isascii() and year_text.isdecimal() and len(year_text) == 4):
        raise PeriodError(f"{year_text!r} is not a year: write YYYY, e.g. 2026")
    running = of(state.as_of)
    last = 12 if int(year_text) < running.year else running.month if int(year_text) == running.year else 0
    if not last:
        raise PeriodError(f"{year_text} has not begun: the data are known until {state.as_of.isoformat()}")
    months = [unit_month(state, Period(int(year_text), month)) for month in range(1, last + 1)]
    return Content(
        title=TITLE,
        subtitle=f"{subject.name}, {year_text}",
        letterhead=heads.letterhead(),
        stamp="FINAL" if all(month.freeze for month in months) and last == 12 else "SEMENTARA",
        as_of=state.as_of,
        simulated=state.simulated,
        blocks=tuple(_blocks(subject, months, state)),
        notes=heads.notes(months[-1]),
    )


def _blocks(subject: Subject, months: list[UnitMonth], state: State) -> Iterator[Block]:
    year = months[0].period.year
    total = _count(months, subject)
    whole = [month for month in months if month.period.end <= state.as_of]
    monthly = (
        f"rata-rata per bulan penuh {integer(round(_count(whole, subject) / len(whole)))} aduan dan " if whole else ""
    )
    done = sum(int(month.completed[subject.inside].sum()) for month in months)
    yield from heads.introduction()
    yield Heading("1. Jumlah dan capaian per bulan")
    yield Paragraph(
        f"Jumlah aduan yang masuk pada tahun {year} sampai {MONTHS[months[-1].period.month - 1]} sebanyak "
        f"{integer(total)} aduan, {integer(done)} di antaranya selesai; {monthly}"
        f"rata-rata per hari {decimal(total / _days(months, state))} aduan. "
        f"Data ditarik dari CRM pada {text(state.as_of, 'stamp')}."
    )
    yield tables.year_table(months, subject)
    if subject.unit:
        yield from _scores(subject, months)
    yield from _tops(subject, months)
    yield heads.signature(state.as_of)


def _scores(subject: Subject, months: list[UnitMonth]) -> Iterator[Block]:
    decided = [month for month in months if month.decided and month.grade(subject.code)]
    if not decided:
        yield Paragraph("Belum ada bulan bernilai yang melewati cut off pada tahun ini.")
        return
    values = [float(month.standing[subject.code]) for month in decided]
    best = next(iter(months[-1].rules.grades))
    count = sum(month.grade(subject.code) == best for month in decided)
    yield Paragraph(
        f"Rata-rata nilai {decimal(sum(values) / len(values), 2)} atas {integer(len(values))} bulan bernilai yang "
        f"melewati cut off; {integer(count)} bulan berperingkat {best}."
    )
    yield tables.score_line(months, subject)


def _count(months: list[UnitMonth], subject: Subject) -> int:
    return sum(int(month.count[subject.inside].sum()) for month in months)


def _tops(subject: Subject, months: list[UnitMonth]) -> Iterator[Block]:
    last = months[-1]
    parts = [
        (
            "Data kategori",
            tables.top_categories(last, subject, sum(m.by_category[subject.inside].sum(axis=0) for m in months)),
        ),
        ("Data kanal aduan", tables.top_channels(last, sum(m.by_channel[subject.inside].sum(axis=0) for m in months))),
    ]
    if subject.inside.sum() > 1:
        parts.insert(0, ("Data unit kerja", tables.top_units(last, subject, sum(m.count for m in months))))
    for number, (title, (table, chart)) in enumerate(parts, start=2):
        yield Heading(f"{number}. {title}")
        yield table
        if chart:
            yield chart


def _days(months: list[UnitMonth], state: State) -> int:
    """Days of the months, of the running one those that have begun."""
    running = of(state.as_of)
    days = 0
    for month in months:
        period = month.period
        days += (
            state.as_of.astimezone(period.start.tzinfo).day
            if period == running
            else calendar.monthrange(period.year, period.month)[1]
        )
    return days
