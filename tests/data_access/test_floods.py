"""Many reports of one thing in one place are one line."""

from data_access import limits
from data_access.floods import floods
from tests.builders import at, frame, report, wib

NOW = at("2026-11-22 14:05")
LIMITS = limits.at(wib("2026-11-22 00:00").date())


def burst(count: int, **given) -> list[dict]:
    return [report(entered=f"2026-11-22 13:{minute:02d}", **given) for minute in range(count)]


def test_ten_reports_of_one_category_in_one_kecamatan_within_hours_are_a_flood():
    [found] = floods(frame(*burst(10)), NOW, LIMITS)
    assert (len(found.rows), found.category, found.area_code, found.since_us) == (
        10,
        1,
        "31.71.01",
        at("2026-11-22 13:00"),
    )


def test_nine_are_not_and_neither_are_ten_in_two_places_or_of_two_kinds():
    assert floods(frame(*burst(9)), NOW, LIMITS) == []
    assert floods(frame(*burst(5), *burst(5, kelurahan="31.72.01.1001")), NOW, LIMITS) == []
    assert floods(frame(*burst(5), *burst(5, category="sampah")), NOW, LIMITS) == []


def test_what_comes_in_so_every_day_is_no_flood():
    usual = [report(entered=f"2026-11-{day:02d} {hour:02d}:30") for day in range(1, 22) for hour in range(24)]
    assert floods(frame(*burst(12), *usual), NOW, LIMITS) == []


def test_a_place_or_kind_nobody_knows_is_no_pair():
    assert floods(frame(*burst(12, kelurahan="")), NOW, LIMITS) == []
    assert floods(frame(*burst(12, category="lain")), NOW, LIMITS) == []
