"""Achievements, obstacles and advice of a month, drawn from its data: nothing is said that the data do not say."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from components.formats import decimal, integer, percent
from data_access import public_holidays
from data_access.channel_silence import part_of_week
from data_access.completion import entered_in
from data_access.document_figures import UnitMonth
from data_access.durations_of import FEW_REPORTS, by_code, completed_in, durations, responses
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame, microseconds
from data_access.handovers import OFTEN, passed_on_counts
from data_access.live import State
from data_access.months import frame_of
from data_access.report_steps import steps
from pages._documents.subject import Subject
from scoring.periods import Period

SLOW_TIMES = 1.5  # a median so many times that of all is called slow
SLOW_REPORTS = 5  # fewer finished reports say nothing about a unit
SLOW_SHOWN = 5
LESS_BY_NIGHT = 0.05  # of the share answered in time


@dataclass(frozen=True)
class Found:
    """Sentences for the report."""

    achievements: list[str]
    obstacles: list[str]
    advice: list[str]


def of(subject: Subject, month: UnitMonth, state: State) -> Found:
    """Of the reports of a subject in a month. Raises DatabaseUnavailable when the month cannot be read."""
    frame = frame_of(month.period, state)
    frame = frame.only(subject.inside[frame.unit])
    as_of_us = microseconds(state.as_of)
    slow, night, passed = (
        list(_slow(frame, month, as_of_us)),
        list(out_of_hours(frame, month.period, as_of_us)),
        list(_passed(frame, month, state)),
    )
    advice = []
    if slow:
        advice.append("Unit yang disebut lambat agar memeriksa laporan terbuka setiap hari menurut Peringatan Dini.")
    if night:
        advice.append("Agar ada petugas yang memantau CRM pada malam hari dan hari libur.")
    if passed:
        advice.append(
            "Agar laporan disampaikan langsung ke unit yang berwenang, sehingga tidak berpindah berulang kali."
        )
    return Found(list(_achieved(frame, subject, month, as_of_us)), [*slow, *night, *passed], advice)


def _achieved(frame: Frame, subject: Subject, month: UnitMonth, as_of_us: int) -> Iterator[str]:
    took = durations(frame, completed_in(frame, month.period, as_of_us))
    answers = responses(frame, entered_in(frame, month.period, as_of_us), as_of_us)
    if took.timed_count:
        yield (
            f"{integer(took.completed_count)} laporan diselesaikan dalam bulan ini, rata-rata "
            f"{decimal(took.mean_hours)} jam, median {decimal(took.median_hours)} jam; "
            f"{integer(took.days_counts[0])} di antaranya dalam 0 sampai 7 hari."
        )
    else:
        yield "Belum ada laporan yang diselesaikan dalam bulan ini."
    if answers.on_time_share is not None:
        yield (
            f"{percent(answers.on_time_share)} % laporan yang masuk bulan ini ditanggapi dalam 6 jam "
            f"({integer(answers.on_time_count)} dari {integer(answers.decided_count)})."
        )
    below = [code for code in _working(subject, month) if month.grade(code) is not None]
    best = next(iter(month.rules.grades))
    if len(below) > 1:
        count = sum(month.grade(code) == best for code in below)
        yield f"{integer(count)} dari {integer(len(below))} unit pelaksana yang bernilai berperingkat {best}."


def _working(subject: Subject, month: UnitMonth) -> list[int]:
    """Codes of the subject's units that have no unit below them."""
    units = month.names.units
    parents = {unit.parent_id for unit in units}
    return [code for code in np.flatnonzero(subject.inside).tolist() if units[code].unit_id not in parents and code]


def _slow(frame: Frame, month: UnitMonth, as_of_us: int) -> Iterator[str]:
    whole = durations(frame, completed_in(frame, month.period, as_of_us))
    if whole.few:
        return
    groups = by_code(frame, frame.unit.astype(np.int64), month.period, as_of_us)
    late = [
        group
        for group in groups
        if group.code
        and group.durations.timed_count >= SLOW_REPORTS
        and group.durations.median_hours >= SLOW_TIMES * whole.median_hours
    ]
    late.sort(key=lambda group: -group.durations.median_hours)
    for group in late[:SLOW_SHOWN]:
        yield (
            f"{month.names.holder(group.code)} lambat: median {decimal(group.durations.median_hours)} jam atas "
            f"{integer(group.durations.timed_count)} laporan, seluruhnya {decimal(whole.median_hours)} jam."
        )
    if len(late) > SLOW_SHOWN:
        yield f"{integer(len(late) - SLOW_SHOWN)} unit lain juga paling sedikit {decimal(SLOW_TIMES)} kali median itu."


def out_of_hours(frame: Frame, period: Period, as_of_us: int) -> Iterator[str]:
    """Of reports that came in at night, on a weekend or holiday, when they are answered in time less often."""
    came = entered_in(frame, period, as_of_us)
    part, holiday = part_of_week(frame.entered), public_holidays.are_on_one(frame.entered)
    night, free = part % 2 == 1, (part >= 2) | holiday
    quiet = night | free
    then, usual = (responses(frame, came & which, as_of_us) for which in (quiet, ~quiet))
    if then.on_time_share is None or usual.on_time_share is None or then.decided_count < FEW_REPORTS:
        return
    if then.on_time_share > usual.on_time_share - LESS_BY_NIGHT:
        return
    at_night, on_free_days = (percent(float((came & which).sum() / came.sum())) for which in (night, free))
    yield (
        f"{at_night} % laporan masuk pada malam hari (18.00 sampai 06.00) dan {on_free_days} % pada akhir pekan atau "
        f"hari libur; dari keduanya {percent(then.on_time_share)} % ditanggapi dalam 6 jam, pada jam kerja "
        f"{percent(usual.on_time_share)} %."
    )
    if names := public_holidays.within(period):
        yield f"Hari libur dalam bulan ini: {', '.join(f'tanggal {day.day} {name}' for day, name in names.items())}."


def _passed(frame: Frame, month: UnitMonth, state: State) -> Iterator[str]:
    """Reports that were passed on again and again; silent where the CRM has no history of events."""
    try:
        found = steps(month.period, state)
    except DatabaseUnavailable:
        return
    if found is None:
        return
    came = np.flatnonzero(entered_in(frame, month.period, microseconds(state.as_of)))
    rows = found.rows_in(frame, came)
    counts = np.where(rows >= 0, passed_on_counts(found), 0)
    often = int((counts >= OFTEN).sum())
    if often:
        yield (
            f"{integer(often)} laporan berpindah unit {OFTEN} kali atau lebih; "
            f"yang terbanyak {integer(int(counts.max()))} kali."
        )
