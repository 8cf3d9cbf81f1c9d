"""The what-if of a unit: what a scenario gives is what the changed rows score, and what cannot be is said."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components import ids
from data_access import monitor
from data_access.cache import Request
from data_access.scope import EVERYTHING, Scope
from tests.builders import at, report
from tests.pages.what_if_world import (
    AS_OF,
    NOW,
    OPEN,
    PERIOD,
    UNIT,
    drawn,
    figures,
    listed,
    rows,
    scored_anew,
    state,
    words,
)


@pytest.fixture(scope="module")
def panel(web):
    """The module under test; pages can be imported once the app is there."""
    from pages._tkd import what_if

    return what_if


LATER = "2026-11-24 10:00"
DONE_LATER = {"status": "selesai", "completed": LATER, "validated": LATER}
DONE_IN_DECEMBER = {"status": "selesai", "completed": "2026-12-02 12:00"}
REOPENED = {"status": "tl_ditolak"}
MOVED = {"unit": "K-CIDENG", "received": LATER, "received_how": "koordinasi"}
CHANGED = [
    ("A1@2026-11-24T10:00", {"A1": DONE_LATER}),
    ("A1@2026-11-24T10:00,A3@2026-11-24T10:00", {"A1": DONE_LATER, "A3": DONE_LATER}),
    ("D1@2026-11-24T10:00~buka", {"D1": REOPENED}),
    ("A2@2026-11-24T10:00~pindah~K-CIDENG", {"A2": MOVED}),
    ("kategori:sampah@2026-11-24T10:00", {"A3": DONE_LATER, "A4": DONE_LATER}),
    ("kategori:sampah@2026-11-24T10:00,A4~lepas", {"A3": DONE_LATER}),
    ("D1@2026-11-23T10:00~buka,D1@2026-11-24T10:00", {"D1": DONE_LATER}),
    ("A1@2026-11-23T10:00,A1@2026-11-24T10:00~buka,A2@2026-11-24T10:00", {"A2": DONE_LATER}),
]


@pytest.mark.parametrize(("sim", "changes"), CHANGED)
def test_a_scenario_gives_what_the_changed_rows_score(panel, sim, changes):
    base, scenario = figures(drawn(panel, sim))
    assert base == scored_anew(rows(), AS_OF)
    assert scenario == scored_anew(rows(**changes), LATER)
    assert base != scenario


def test_the_standing_of_an_upper_unit_follows_the_units_below(panel):
    parts = drawn(panel, "S1@2026-11-24T10:00", unit="D-BM")
    assert figures(parts)[1] == scored_anew(rows(S1=DONE_LATER), LATER, "D-BM")
    assert "Nilai sendiri" in words(parts) and "Rata-rata 1 unit di bawah" in words(parts)
    assert "Unit di bawah. Sudin Bina Marga" in words(parts)


def test_a_scenario_beyond_the_cut_off_before_says_that_its_base_is_of_then(panel):
    """From that cut-off on what was left over counts, also without the scenario."""
    december = [*rows(), report(number="E1", unit=UNIT, entered="2026-12-02 08:00")]
    december.append(report(number="E2", unit=UNIT, entered="2026-12-02 08:00", **DONE_IN_DECEMBER))
    parts = drawn(panel, "E1@2026-12-10T10:00", now=state(*december, now="2026-12-03 10:00"), periode="2026-12")
    later = "2026-12-10 10:00"
    assert figures(parts)[0] == scored_anew(december, later, period=PERIOD.next)
    assert figures(parts)[0] != scored_anew(december, "2026-12-03 10:00", period=PERIOD.next)
    assert "Dasar pada 10 Des 10.00" in parts[ids.WHAT_IF_RESULT]


def test_units_above_peers_and_rank_are_told(panel):
    said = words(drawn(panel, "A1@2026-11-24T10:00,A2@2026-11-24T10:00"))
    assert "Ikut berubah. Kec. Gambir" in said and "rata-rata 2 unit" in said
    assert "Peringkat. Tetap 1 dari 2 kelurahan." in said
    assert "Median" in said and "terbanyak 6 → 8 laporan selesai." in said


def test_a_rank_lost_is_told(panel):
    reopened = [f"D{turn}" for turn in range(6)]
    sides = (rows(), rows(**dict.fromkeys(reopened, REOPENED)))
    assert [scored_anew(side, LATER) < scored_anew(side, LATER, "K-CIDENG") for side in sides] == [False, True]
    parts = drawn(panel, ",".join(f"{number}@2026-11-24T10:00~buka" for number in reopened))
    assert "Peringkat. 1 → 2 dari 2 kelurahan." in words(parts)


def test_a_moved_report_tells_the_score_of_who_receives_it(panel):
    assert "Unit penerima. Kel. Cideng" in words(drawn(panel, "A2@2026-11-24T10:00~pindah~K-CIDENG"))


REFUSED = [
    ("X9@2026-11-24T10:00", "X9 tidak ada di antara laporan unit ini"),
    ("C9@2026-11-24T10:00", "C9 tidak ada di antara laporan unit ini"),
    ("A1@2026-11-20T10:00", "A1 tidak dihitung: 20 Nov 10.00 sebelum laporan masuk, 21 Nov 10.00"),
    ("A1@2026-12-09T00:00", "A1 tidak dihitung: 9 Des 00.00 sesudah cut-off 8 Des 23.59"),
    ("A1@2026-11-24T10:00~buka", "A1 masih terbuka"),
    ("D1@2026-11-10T10:00~buka", "D1 tidak dapat dibuka lagi sebelum selesai, 11 Nov 08.00"),
    ("D1@2026-11-24T10:00~pindah~K-CIDENG", "D1 tidak dapat dipindahkan: sudah selesai"),
    ("A1@2026-11-24T10:00~pindah~X", "unit X tidak dikenal CRM"),
    ("A1@2026-11-24T10:00~pindah~K-GAMBIR", "sudah di unit itu"),
    ("A1@2026-11-24T10:00~tiket~2026-11-23T10:00~2026-11-30T10:00", "urutannya buka tiket, komitmen, lalu batas"),
    ("D1@2026-11-24T10:00~tiket~2026-11-25T10:00~2026-11-30T10:00", "tidak dapat diberi tiket: sudah selesai"),
    ("kategori:jalan@2026-12-09T00:00", "Semua kategori jalan tidak dihitung: 9 Des 00.00 sesudah cut-off"),
    ("kategori:pohon@2026-11-24T10:00", "Tidak ada laporan terbuka untuk kategori pohon."),
    ("omong-kosong", "“omong-kosong” bukan butir skenario."),
]


@pytest.mark.parametrize(("item", "sentence"), REFUSED)
def test_an_item_that_cannot_be_says_why_and_the_others_still_count(panel, item, sentence):
    parts = drawn(panel, f"{item},A2@2026-11-24T10:00")
    assert sentence in words(parts)
    assert figures(parts)[1] == scored_anew(rows(A2=DONE_LATER), LATER)


def test_a_second_ticket_is_refused(panel):
    ticket = "A1@2026-11-{}T10:00~tiket~2026-11-26T10:00~2026-12-20T10:00"
    parts = drawn(panel, ",".join(ticket.format(day) for day in (24, 25)))
    assert "A1 sudah punya tiket; tiket kedua ditolak." in words(parts)
    assert "Skenario, 1 laporan" in words(parts)


def test_a_report_done_meanwhile_in_the_crm_is_listed_and_not_counted_again(panel):
    parts = drawn(panel, "D1@2026-11-24T10:00,D2@2026-11-24T10:00,D3@2026-11-24T10:00")
    assert "D1, D2 dan 1 lainnya sudah selesai di CRM, tidak dihitung lagi (3 laporan)." in words(parts)
    base, scenario = figures(parts)
    assert base == scenario


def test_a_time_in_the_past_is_kept_and_said(panel):
    parts = drawn(panel, "A1@2026-11-21T12:00")
    assert "1 waktu sudah lewat" in words(parts)
    assert listed(parts)["A1"]["when"] == "21 Nov 12.00"


def test_a_time_after_a_limit_says_which_limit_and_what_it_gives(panel):
    parts = drawn(panel, "A1@2026-12-01T10:00")
    assert "Jalan A1 pada 1 Des 10.00 sudah lewat batas" in words(parts)
    assert f"maka bernilai {listed(parts)['A1']['value']}." in words(parts)
    assert "sudah lewat batas" not in words(drawn(panel, listed(drawn(panel))["A1"]["next"]))
    lowest = state(*rows(), report(number="L1", unit=UNIT, entered="2026-11-02 08:00"))
    assert "sudah lewat batas" not in words(drawn(panel, "L1@2026-11-24T10:00", now=lowest))


def test_a_tick_has_a_report_completed_a_minute_before_its_next_drop_or_in_an_hour(panel):
    from pages._tkd.scenario import parse
    from pages._tkd.scenario_reports import desk
    from scoring.reports import NEVER

    table = desk(monitor.reading(EVERYTHING, NOW, PERIOD, UNIT, {}))
    ticks = [parse(row["next"])[0][0].at_us for row in listed(drawn(panel)).values() if row["kind"] == "terbuka"]
    drops = table.drop_us.tolist()
    expected = [drop - 60_000_000 if drop < NEVER else at("2026-11-22 15:05") for drop in drops]
    assert ticks == expected and min(ticks) > at(AS_OF)


def test_a_row_says_what_a_press_writes_and_what_was_chosen(panel):
    parts = drawn(panel, "A1@2026-11-24T10:00,kategori:sampah@2026-11-24T11:00,A4~lepas,A2@2026-11-24T10:00~buka")
    found = listed(parts)
    assert (found["A1"]["is_on"], found["A1"]["next"], found["A1"]["item"]) == (True, "", "A1@2026-11-24T10:00")
    assert (found["A3"]["is_on"], found["A3"]["next"], found["A3"]["when"]) == (True, "A3~lepas", "24 Nov 11.00")
    assert (found["A4"]["is_on"], found["A4"]["next"]) == (False, "")
    assert (found["A2"]["is_on"], found["A2"]["item"]) == (False, "A2@2026-11-24T10:00~buka")
    assert found["D5"]["next"].endswith("~buka")


def test_many_open_reports_can_be_chosen_by_category_and_unit_and_two_hundred_are_listed(panel):
    many = [report(number=f"M{turn:04d}", unit="D-BM", entered="2026-11-20 08:00") for turn in range(3000)]
    now = state(*many, *rows(), report(number="S2", unit="S-BM-71", category="sampah"))
    parts = drawn(panel, "kategori:jalan@2026-11-24T10:00,M0007~lepas", unit="D-BM", now=now)
    found = listed(parts)
    assert sum(row["kind"] == "terbuka" for row in found.values()) == 200
    assert found["kategori:jalan"]["is_on"] and found["unit:S-BM-71"]["next"].startswith("unit:S-BM-71@")
    assert "Skenario, 3.001 laporan" in words(parts)
    assert "Tampilkan semua (3.003)" in parts[ids.WHAT_IF_REST_TITLE]


def test_a_closed_period_and_a_unit_without_reports_say_so_and_offer_nothing(panel):
    closed = drawn(panel, now=state(*rows(), now="2026-12-09 00:00"), periode="2026-11")
    assert words(closed).startswith("Periode November 2026 sudah ditutup")
    none = drawn(panel, unit="D-SDA")
    assert words(none).startswith("Belum ada laporan pada November 2026")
    assert closed[ids.WHAT_IF_LIST] is none[ids.WHAT_IF_LIST] is True
    assert drawn(panel)[ids.WHAT_IF_LIST] is False


def test_a_unit_with_nothing_open_can_still_reopen(panel):
    parts = drawn(panel, now=state(*(row for row in rows() if row["number"] not in OPEN)))
    assert [row["kind"] for row in listed(parts).values()] == ["selesai"] * 6


def test_a_scope_without_the_unit_or_a_unit_below_it_gets_nothing_and_the_units_above_are_not_told(panel):
    assert drawn(panel, scope=Scope(False, frozenset({"K-CIDENG"}))) == {}
    assert drawn(panel, unit="D-BM", scope=Scope(False, frozenset({"D-BM"}))) == {}
    both = Scope(False, frozenset({"D-BM", "S-BM-71"}))
    assert "S1" in listed(drawn(panel, "S1@2026-11-24T10:00", unit="D-BM", scope=both))
    assert "Kec." not in words(drawn(panel, "A1@2026-11-24T10:00", scope=Scope(False, frozenset({UNIT}))))


ITEM_LIKE = st.builds(
    "{}@2026-{}T10:00{}".format,
    st.sampled_from([*OPEN, "D1", "C9", "X", "kategori:jalan", "unit:K-GAMBIR"]),
    st.sampled_from(["11-24", "11-20", "12-08", "12-09", "13-01", "02-30"]),
    st.sampled_from(["", "~buka", "~pindah~K-CIDENG", "~pindah~X", "~tiket~2026-11-26T10:00~2026-12-20T10:00", "~~"]),
)
NONSENSE = st.lists(st.one_of(ITEM_LIKE, st.text("AB1@~:,.-_/T", max_size=20), st.text(max_size=9)), max_size=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NONSENSE, st.sampled_from(["", "1", "7", "500", "0", "x"]))
def test_nonsense_is_answered_and_never_fails(panel, items, per_day):
    from pages._query import canonical
    from pages._web import views

    asked = {"unit": UNIT, "sim": ",".join(items), "perhari": per_day}
    query = canonical(asked, NOW, panel.ASKS)
    parts = panel.build(EVERYTHING, dict(query), NOW)
    assert parts[ids.WHAT_IF_FACT, "children"] == "", "the panel failed"
    assert views.encode(Request(EVERYTHING, "tkd-simulasi", query), NOW).body
    refused = "Skenario pada alamat ini tidak dapat dibaca" in parts[ids.WHAT_IF_RESULT, "data-result"]
    assert refused == ("sim" in dict(query).get("tidak-dikenal", "").split(","))


def test_every_unit_can_be_the_target_of_a_move(panel):
    ((_, options),) = panel.units(EVERYTHING, {}, NOW).items()
    assert ["K-CIDENG", "Kelurahan Cideng"] in options and len(options) == 7


def test_what_the_address_names_is_listed_however_far_down_it_stands(panel, monkeypatch):
    rows_of = sys.modules["pages._tkd.scenario_rows"]
    last = [row["number"] for row in listed(drawn(panel)).values() if row["kind"] == "terbuka"][-1]
    monkeypatch.setattr(rows_of, "DONE_SHOWN", 0)
    monkeypatch.setattr(panel, "FIRST_ROWS", 1)
    monkeypatch.setattr(panel, "ROWS_AT_MOST", 1)
    assert not {last, "D1"} & set(listed(drawn(panel)))
    assert {last, "D1"} < set(listed(drawn(panel, f"{last}@2026-11-24T10:00,D1@2026-11-24T10:00~buka")))
