"""What the desk does: nothing of a body is believed but a choice, a note and a time; refusals say why in one line."""

from datetime import timedelta

import pytest

from components import ids
from data_access.scope import EVERYTHING, NOTHING, Scope
from pages._peringatan import act, unit
from tests.pages.desk_acts import CALL, WHO, addresses, log, refusal, state, state_now
from tests.pages.desk_screen import point_at
from tests.pages.probe import DISPATCH, honest_body

__all__ = ["addresses", "log", "state"]  # fixtures
pytestmark = pytest.mark.db


def test_a_call_is_written_down_with_the_reports_of_our_own_desk(state, log):
    said = act.act(EVERYTHING, state, WHO, CALL | {"reports": ["PALSU"], "oleh": "Orang lain", "report_ids": ["X"]})
    assert said == "Tercatat atas nama Rina, 14.05 WIB. Status laporan di CRM tidak berubah."
    assert log() == [("hubungi", "K-GAMBIR", ["LAMA", "ENAM"], "dijawab", "petugas ke lokasi", WHO)]


def test_a_second_press_is_the_same_call(state, log):
    for _ in range(2):
        act.act(EVERYTHING, state, WHO, CALL)
    assert len(log()) == 1


def test_what_was_done_is_shown_to_who_may_see_the_unit(state):
    act.act(EVERYTHING, state, WHO, CALL)
    since = state.as_of
    shown = act.done_since(EVERYTHING, state_now(state), since)["K-GAMBIR"]
    assert (shown["kind"], shown["by"], shown["outcome"], shown["note"]) == (
        "hubungi",
        WHO,
        "dijawab",
        "petugas ke lokasi",
    )
    assert shown["reports"] == ["LAMA", "ENAM"] and shown["now"] is True
    assert act.done_since(NOTHING, state_now(state), since) == {}


def test_a_call_of_an_earlier_round_is_told_but_does_not_count(state):
    act.act(EVERYTHING, state, WHO, CALL)
    later = state_now(state)
    assert act.done_since(EVERYTHING, later, later.as_of + timedelta(minutes=1))["K-GAMBIR"]["now"] is False


def test_a_snooze_holds_whatever_round_began_it(state):
    act.act(EVERYTHING, state, WHO, CALL | {"tindakan": "tunda", "menit": 240})
    later = state_now(state)
    shown = act.done_since(EVERYTHING, later, later.as_of + timedelta(minutes=1))["K-GAMBIR"]
    assert (shown["kind"], shown["now"]) == ("tunda", True) and shown["until"]


@pytest.mark.parametrize("order", [None, [], "hubungi", 5, {}, CALL | {"unit": 5}, CALL | {"catatan": None}])
def test_what_is_no_order_is_refused(state, log, order):
    assert refusal(EVERYTHING, state, order) == "Permintaan tidak dapat dibaca."
    assert log() == []


@pytest.mark.parametrize(
    ("scope", "changes", "line"),
    [
        (EVERYTHING, {"unit": "TIDAK-ADA"}, "Unit ini tidak dikenal atau di luar kewenangan Anda."),
        (EVERYTHING, {"unit": ""}, "Unit ini tidak dikenal atau di luar kewenangan Anda."),
        (Scope(False, frozenset({"K-CIDENG"})), {}, "Unit ini tidak dikenal atau di luar kewenangan Anda."),
        (NOTHING, {}, "Unit ini tidak dikenal atau di luar kewenangan Anda."),
        (EVERYTHING, {"tindakan": "hapus"}, "Tindakan ini tidak dikenal."),
        (EVERYTHING, {"tindakan": ["hubungi"]}, "Tindakan ini tidak dikenal."),
        (EVERYTHING, {"hasil": "senang"}, "Pilih hasilnya: dijawab, tidak dijawab, atau perlu koordinasi."),
        (EVERYTHING, {"hasil": None}, "Pilih hasilnya: dijawab, tidak dijawab, atau perlu koordinasi."),
        (EVERYTHING, {"catatan": "a" * 501}, "Catatan paling panjang 500 huruf, tanpa tanda khusus."),
        (EVERYTHING, {"catatan": "nol\x00"}, "Catatan paling panjang 500 huruf, tanpa tanda khusus."),
        (EVERYTHING, {"catatan": "\ud800"}, "Catatan paling panjang 500 huruf, tanpa tanda khusus."),
        *(
            (
                EVERYTHING,
                {"tindakan": "tunda", "menit": minutes},
                "Penundaan berakhir paling lama 24 jam dari sekarang.",
            )
            for minutes in (0, -5, 1441, 10**30, 1.5, True, "60", None)
        ),
    ],
)
def test_what_may_not_be_is_refused_in_one_line(state, log, scope, changes, line):
    assert refusal(scope, state, CALL | changes) == line
    assert log() == []


def test_only_ones_own_last_action_is_taken_back_and_the_row_stays(state, log):
    act.act(EVERYTHING, state, WHO, CALL)
    number = act.done_since(EVERYTHING, state_now(state), state.as_of)["K-GAMBIR"]["nomor"]
    back = CALL | {"tindakan": "batal", "nomor": number}
    with pytest.raises(act.Refused, match="atas nama Anda sendiri"):
        act.act(EVERYTHING, state, "Dodi", back)
    for wrong in (None, True, "1", -1, 10**30):
        assert refusal(EVERYTHING, state, back | {"nomor": wrong}) == "Permintaan tidak dapat dibaca."
    act.act(EVERYTHING, state, WHO, back)
    assert [row[0] for row in log()] == ["hubungi", "batal"]
    assert act.done_since(EVERYTHING, state_now(state), state.as_of) == {}


def test_a_state_database_that_is_away_writes_nothing_and_says_that_nothing_is_lost(state, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/none")
    assert refusal(EVERYTHING, state, CALL) == act.AWAY


def test_the_number_and_score_of_the_chosen_unit_alone_go_to_the_browser(state, desk_dsn, monkeypatch, addresses):
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses)
    shown = unit.chosen(EVERYTHING, state, "K-GAMBIR")
    assert shown["whatsapp"] == "6281234567890"
    assert "gambir@example.go.id" not in str(shown)
    assert "Kel. Gambir sekarang" in shown["score"] and 'href="/tkd/K-GAMBIR"' in shown["score"]
    assert unit.chosen(EVERYTHING, state, "K-TIDAK-ADA") is None
    assert unit.chosen(Scope(False, frozenset({"K-CIDENG"})), state, "K-GAMBIR") is None
    assert unit.chosen(NOTHING, state, "") is None


def test_the_callback_acts_for_the_session_and_answers_the_order_it_was_given(web, demo, state, log, monkeypatch):
    from pages import peringatan

    output = f"{ids.DESK_ANSWER}.data"
    body = honest_body(web.app, output)
    body["inputs"][0]["value"] = CALL | {"kali": 7}
    early = demo.post(DISPATCH, json=body).get_json()["response"][ids.DESK_ANSWER]["data"]
    assert early == {"kali": 7, "baik": False, "kata": act.AWAY}  # no figures have been read yet
    monkeypatch.setattr(peringatan.api, "state", lambda: state)
    answer = demo.post(DISPATCH, json=body).get_json()["response"][ids.DESK_ANSWER]["data"]
    assert (answer["kali"], answer["baik"]) == (7, True)
    assert [row[-1] for row in log()] == ["Petugas demo"]
