"""The lists behind the numbers: what a number counts is what its list holds, for units of every kind."""

import json
from datetime import timedelta

import pytest

from components import ids
from components.formats import clock
from data_access import monitor_rows, months, outlook, past
from data_access.frame import instant
from data_access.monitor import Reading
from data_access.scope import EVERYTHING, NOTHING
from pages._tkd import behind, behind_lists, score_parts, why
from scoring.explain import explain
from scoring.reports import NEVER
from scoring.tier_clock import tier_clock
from tests.builders import report
from tests.components.tree import having, of_type, text
from tests.conftest import CITY_UNTIL
from tests.data_access.past_crm import point_at
from tests.data_access.state_at import state_at
from tests.pages.unit_readings import NOVEMBER, opened, read, small, units_of_every_kind

pytestmark = pytest.mark.db
MOMENTS = ("pagi", "kemarin", "minggu", "awal", "2026-11-10T03:20")


@pytest.fixture(scope="module")
def state(city_dsn):
    return state_at(city_dsn, CITY_UNTIL)


@pytest.fixture(autouse=True)
def crm(city_dsn, monkeypatch):
    """The past is read from the city, and there is no outlook yet."""
    point_at(monkeypatch, city_dsn)
    monkeypatch.setattr(months, "settings", past.settings)
    monkeypatch.setattr(outlook, "current", lambda: None)


def test_every_number_of_the_parts_opens_exactly_as_many_reports(state):
    checked = 0
    for unit_id in units_of_every_kind(state):
        here = read(state, unit_id)
        for count, key in opened(score_parts.parts(here)[(ids.SCORE_PARTS_BODY, "children")]):
            assert len(behind_lists.found(here, key).reports) == count, (unit_id, key)
            checked += 1
    assert checked > 80


def test_the_counts_of_the_list_of_all_units_open_exactly_as_many_reports(state):
    columns = monitor_rows.unit_columns(state, NOVEMBER)
    for unit_id in units_of_every_kind(state):
        here, code = read(state, unit_id), columns.units.ids.index(unit_id)
        for name, counts in (("semua", columns.reports), ("terbuka", columns.left)):
            assert len(behind_lists.found(here, name).reports) == counts[code], (unit_id, name)
    assert columns.left.sum() > 500


@pytest.mark.parametrize("since", MOMENTS)
def test_every_cause_opens_exactly_as_many_reports(state, since):
    checked = 0
    for unit_id in units_of_every_kind(state):
        here = read(state, unit_id, sejak=since)
        for count, key in opened(why.parts(here)[(ids.WHY_BODY, "children")]):
            assert len(behind_lists.found(here, key).reports) == count, (unit_id, key)
            checked += 1
    assert checked >= 5


def test_a_list_holds_the_reports_and_not_only_their_count(state):
    checked = 0
    for unit_id in units_of_every_kind(state):
        here = read(state, unit_id)
        explained = explain(here.card, here.unit)
        if here.is_aggregate or not explained.reports:
            continue
        names = ("selesai", "terbuka")
        numbers = {name: {number for number, _ in behind_lists.found(here, name).reports} for name in names}
        assert numbers["selesai"] == {row.number for row in explained.reports if row.complete}
        assert numbers["terbuka"] == {row.number for row in explained.reports if not row.complete}
        checked += 1
    assert checked >= 5


def test_the_list_of_an_upper_unit_holds_the_units_below_and_its_own_list_does_not(state):
    here = read(state, "D-BM")
    every, own = (len(behind_lists.found(here, key).reports) for key in ("semua", "sendiri-semua"))
    assert own == here.card.tally.total[here.unit]
    assert every == sum(int(here.card.tally.total[unit]) for unit in here.units_read) > own


def rows(here: Reading) -> dict[str, dict[str, str]]:
    """Number -> column -> words of the page that is shown."""
    table = json.loads(getattr(having(behind._body(here), "scroll")[0], "data-list"))
    return {row[0][1]: dict(zip(table["head"], [cell[1] for cell in row], strict=True)) for row in table["rows"]}


def test_an_open_report_says_when_it_drops_next_and_a_finished_one_does_not(state):
    falling = 0
    for unit_id in units_of_every_kind(state):
        here = read(state, unit_id, lihat="terbuka")
        ticking = tier_clock(here.card)
        numbers = here.card.reports.number[here.card.membership.positions[ticking.rows]].tolist()
        drops = dict(zip(numbers, ticking.drop_us.tolist(), strict=True))
        for number, (_, more) in (states_of(here) if behind_lists.found(here, "terbuka").reports else {}).items():
            if number not in drops:  # the clock leaves it out
                assert more == ""
                continue
            at = "tidak turun lagi" if drops[number] == NEVER else clock(instant(drops[number]))
            assert more.endswith(at), number
            falling += drops[number] != NEVER
    assert falling > 20
    assert {more for _, more in states_of(read(state, "D-BM", lihat="sendiri-selesai")).values()} == {""}


def states_of(here: Reading) -> dict[str, tuple[str, str]]:
    """Number -> both texts of its state."""
    table = json.loads(getattr(having(behind._body(here), "scroll")[0], "data-list"))
    place = table["head"].index("Keadaan")
    return {row[0][1]: (row[place][1], row[place][2]) for row in table["rows"]}


def test_the_points_of_a_row_are_those_of_the_explanation(state):
    here = read(state, "D-BM", lihat="sendiri-selesai")
    explained = {row.number: row for row in explain(here.card, here.unit).reports}
    shown = rows(here)
    assert len(shown) == 50
    for number, row in shown.items():
        points = [row[name] for name in ("Poin penyelesaian", "Poin waktu", "Poin bobot")]
        given = explained[number].points
        assert points == [f"{float(given[part]):.3f}".replace(".", ",") for part in ("completion", "time", "weight")]
        assert row["Jam"] == f"{explained[number].hours:,}".replace(",", ".")
        assert row["Tingkat"] == str(explained[number].tier)


def test_pages_hold_fifty_rows_by_number_and_a_page_beyond_the_last_is_the_last(state):
    here = read(state, "D-BM", lihat="semua")
    every = [number for number, _ in behind_lists.found(here, "semua").reports]
    assert every == sorted(every)
    assert list(rows(here)) == every[:50]
    assert list(rows(read(state, "D-BM", lihat="semua", halaman="2"))) == every[50:100]
    last = (len(every) - 1) // 50 * 50
    assert list(rows(read(state, "D-BM", lihat="semua", halaman="1000"))) == every[last:]


@pytest.mark.parametrize("key", ["apa-saja", "selesai-55", "kotor-x", "sebab-x", "sendiri-", "sebab-closed-55"])
def test_an_unknown_list_is_one_plain_sentence(state, key):
    tree = behind._body(read(state, "S-BM-31.75", lihat=key))
    assert text(tree) == "Laporan Tutup Daftar pada alamat ini tidak dikenal untuk unit ini."


def test_a_known_list_without_reports_says_so(state):
    assert text(behind._body(read(state, "S-BM-31.75", lihat="kotor-duplicate-id"))) == (
        "Laporan bernomor ganda 0 laporan Tutup Tidak ada laporan di sini."
    )


def test_a_cause_that_has_gone_since_the_link_was_made_says_so(state):
    tree = behind._body(read(state, "S-BM-31.75", lihat="sebab-doorr"))
    assert "Sebab ini tidak ada sejak" in text(tree)
    assert "Tidak ada laporan di sini." in text(tree)


def test_an_upper_unit_has_no_causes_of_its_own(state):
    assert "tidak dikenal" in text(behind._body(read(state, "D-BM", lihat="sebab-new")))


def test_a_viewer_without_the_unit_gets_nothing(state):
    assert behind.build(NOTHING, {"unit": "D-BM", "lihat": "semua"}, state) == {}


def test_a_row_says_what_is_wrong_with_its_report():
    here = small(
        report(number="A", unit="K-GAMBIR", status="selesai", completed="2026-11-09 08:00"),
        report(number="B", unit="K-GAMBIR", status="hilang"),
        report(number="C", unit="K-GAMBIR", entered="2026-11-29 08:00"),
        report(number="D", unit="K-GAMBIR", status="proses", received_how="koordinasi"),
        lihat="semua",
    )
    found = rows(here)
    assert sorted(found) == ["A", "B", "D"]
    assert (found["A"]["Catatan"], found["A"]["Keadaan"]) == ("selesai sebelum masuk", "Selesai")
    assert found["A"]["Tingkat"] == "–"
    assert (found["B"]["Catatan"], found["B"]["Keadaan"]) == ("status tidak dikenal", "Status tidak dikenal")
    assert (found["D"]["Sebagai"], found["D"]["Jam"], found["D"]["Poin waktu"]) == ("baru, koordinasi", "294", "0,000")
    assert [number for number, _ in behind_lists.found(here, "kotor-entered-after-as-of").reports] == ["C"]


def test_a_report_entered_in_the_future_has_no_points_and_says_it_does_not_count():
    here = small(report(number="C", unit="K-GAMBIR", entered="2026-11-29 08:00"), lihat="kotor-entered-after-as-of")
    row = rows(here)["C"]
    assert (row["Sebagai"], row["Poin waktu"], row["Bobot"]) == ("tidak dihitung lagi", "–", "–")


def test_without_the_database_the_list_says_so_and_nothing_fails(state, monkeypatch):
    point_at(monkeypatch, "postgresql://nobody@127.0.0.1:9/none")
    query = {"unit": "S-BM-31.75", "lihat": "sebab-new", "sejak": "kemarin"}
    tree = behind.build(EVERYTHING, query, state)[(ids.BEHIND_BODY, "children")]
    assert "belum dapat dibaca" in text(tree)


def test_the_frame_of_the_list_is_hidden_until_the_address_names_one():
    section = behind.section("unit=D-BM")
    assert section.hidden
    assert getattr(section, "data-needs") == "lihat"
    assert "sejak" in getattr(section, "data-asks")
    assert of_type(section, "Div")


def test_moments_of_the_list_are_those_of_the_panel(state):
    here = read(state, "S-BM-31.75", sejak="kemarin", lihat="sebab-new")
    since = (CITY_UNTIL - timedelta(days=1)).timestamp() * 1e6
    entered = [here.card.reports.entered[row] for _, row in behind_lists.found(here, "sebab-new").reports]
    assert all(at > since for at in entered)
