"""What a month's report says of nights and holidays: only what the month shows."""

from pages._documents.obstacles import out_of_hours
from scoring import periods
from tests.builders import at, frame, report

DECEMBER = periods.parse("2026-12")
AS_OF = at("2027-01-05 08:00")


def reports(entered: str, count: int, answered_at: str):
    return [report(entered=entered, first_response=answered_at, status="koordinasi") for _ in range(count)]


# Friday the 25th is Christmas, Saturday the 26th a weekend; the 14th a Monday.
BY_DAY = reports("2026-12-14 09:00", 60, "2026-12-14 10:00")
ON_CHRISTMAS = reports("2026-12-25 09:00", 25, "2026-12-26 09:00")
ON_SATURDAY = reports("2026-12-26 09:00", 5, "2026-12-27 09:00")
BY_NIGHT = reports("2026-12-14 22:00", 10, "2026-12-15 08:00")


def test_nights_and_holidays_that_were_answered_late_are_told_with_the_days_names():
    found = list(out_of_hours(frame(*BY_DAY, *ON_CHRISTMAS, *ON_SATURDAY, *BY_NIGHT), DECEMBER, AS_OF))
    assert found == [
        "10,0 % laporan masuk pada malam hari (18.00 sampai 06.00) dan 30,0 % pada akhir pekan atau hari libur; "
        "dari keduanya 0,0 % ditanggapi dalam 6 jam, pada jam kerja 100,0 %.",
        "Hari libur dalam bulan ini: tanggal 24 Cuti Bersama Hari Raya Natal, tanggal 25 Hari Raya Natal.",
    ]


def test_nothing_is_said_when_they_were_answered_as_soon_as_others():
    soon = reports("2026-12-25 09:00", 40, "2026-12-25 10:00")
    assert list(out_of_hours(frame(*BY_DAY, *soon), DECEMBER, AS_OF)) == []


def test_nothing_is_said_of_a_handful():
    assert list(out_of_hours(frame(*BY_DAY, *ON_SATURDAY), DECEMBER, AS_OF)) == []
