"""Clicks on the documents' screen: what is asked for, once; what is refused, and to whom."""

import sys

import pytest

from components import ids
from data_access import document_batches
from data_access.scope import EVERYTHING, NOTHING, Scope
from tests.builders import NAMES, wib
from tests.components.tree import text
from tests.pages.documents_world import CLICK, GAMBIR, STATE, keep_brief, order, shown, started, state

__all__ = ["order", "started", "state"]  # fixtures
pytestmark = pytest.mark.db


@pytest.fixture
def refused(order):
    """refused(scope, **changes) -> the line with which a click is refused."""
    from pages._dokumen.make import Refused

    def line(scope=EVERYTHING, **changes) -> str:
        with pytest.raises(Refused) as problem:
            order(scope, **changes)
        return str(problem.value)

    return line


def test_a_click_asks_once_for_every_format_and_starts_a_process(order, started, state):
    assert order() == "Laporan bulanan Oktober 2026, Walikota Jakarta Pusat, sedang dibuat."
    order()
    assert len(set(started)) == 1
    [batch] = document_batches.newest(state, 9)
    assert (batch.kind, batch.subject_id, batch.period, batch.requested_by) == ("bulanan", "W-31.71", "2026-10", "Rina")
    assert batch.formats == ["pdf", "docx", "xlsx"]
    assert batch.as_of == wib("2026-12-01 16:00")


def test_what_was_made_of_this_minute_is_not_made_again(order, started, state):
    order()
    document_batches.take(state, started[0])
    document_batches.done(state, started[0], "W-31.71")
    document_batches.finish(state, started[0])
    assert order() == "Dokumen ini baru saja dibuat, data per 1 Des 2026 16.00 WIB."
    assert len(started) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"jenis": "ringkasan"},
        {"jenis": ""},
        {"periode": "2026-13"},
        {"periode": "2027-01"},
        {"periode": ""},
        {"periode": "2026-W48"},
        {"unit": "tidak-ada"},
        {"unit": "'; drop table pantau.document; --"},
    ],
)
def test_nonsense_is_refused_and_asks_for_nothing(refused, started, state, change):
    assert refused(**change) == "Jenis, unit, atau periode ini tidak dikenal."
    assert (started, document_batches.newest(state, 9)) == ([], [])


@pytest.mark.parametrize("told", [None, 7, [], "x", {}, CLICK | {"tindakan": "hapus"}, CLICK | {"unit": {"a": 1}}])
def test_what_is_no_click_is_refused(refused, started, told):
    from pages._dokumen import make

    with pytest.raises(make.Refused, match="tidak dapat dibaca"):
        make.order(EVERYTHING, STATE, "Rina", told)
    assert started == []


def test_nobody_makes_what_is_beyond_the_scope(refused, order, started):
    assert "di luar kewenangan" in refused(GAMBIR)
    assert "di luar kewenangan" in refused(GAMBIR, unit="")
    assert "di luar kewenangan" in refused(NOTHING, unit="K-GAMBIR")
    assert started == []
    assert order(GAMBIR, unit="K-GAMBIR").endswith("Kelurahan Gambir, sedang dibuat.")


def test_more_than_so_many_wait(order, refused, started, monkeypatch):
    monkeypatch.setattr(sys.modules["pages._dokumen.make"], "WAITING_AT_MOST", 2)
    for month in ("2026-09", "2026-10"):
        order(periode=month)
    assert "masih banyak" in refused(periode="2026-08").lower()


def test_a_stored_brief_is_offered_and_made_as_of_when_it_was_seen(order, started, state):
    older, newer = keep_brief(state, "31.71", "2026-11-30 07:30"), keep_brief(state, "31.71", "2026-12-01 07:30")
    parts = shown(dokumen="ringkasan", unit="W-31.71")
    labels = [option["label"] for option in parts[(ids.DOCUMENT_PERIOD, "options")]]
    assert labels == ["Pagi, 1 Des 2026 07.30 WIB", "Pagi, 30 Nov 2026 07.30 WIB"]
    assert parts[(ids.DOCUMENT_PERIOD, "value")] == newer
    assert "Data per 1 Des 2026 07.30 WIB" in text(parts[(ids.DOCUMENT_ABOUT, "children")])
    order(jenis="ringkasan", periode=older)
    [batch] = document_batches.newest(state, 9)
    assert (batch.kind, batch.subject_id, batch.period) == ("ringkasan", "31.71", older)
    assert batch.as_of == wib("2026-11-30 07:30")


def test_a_brief_is_of_an_area_and_for_who_sees_everything(order, refused, started, state):
    number = keep_brief(state, "31.71", "2026-12-01 07:30")
    assert "per kota" in text(shown(dokumen="ringkasan", unit="D-BM")[(ids.DOCUMENT_ABOUT, "children")])
    assert "Belum ada ringkasan" in text(shown(dokumen="ringkasan")[(ids.DOCUMENT_ABOUT, "children")])
    every = Scope(False, frozenset(unit.unit_id for unit in NAMES.units))  # it shows who else holds reports there
    assert "di luar kewenangan" in refused(every, jenis="ringkasan", periode=number)
    assert "tidak dikenal" in refused(jenis="ringkasan", periode="77")
    assert "tidak dikenal" in refused(jenis="ringkasan", periode=number, unit="")  # of another area
    assert started == []


def test_what_failed_is_taken_up_again_by_who_may(order, refused, started, state):
    order()
    number = started.pop()
    document_batches.failed(state, number, "W-31.71", "no data")
    document_batches.finish(state, number)
    assert "di luar kewenangan" in refused(GAMBIR, tindakan="lanjut", nomor=str(number))
    assert order(tindakan="lanjut", nomor=str(number)) == "Pembuatan dilanjutkan."
    assert started == [number]
    assert document_batches.find(state, number).failed_count == 0


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "9" * 40, "٣", "77"])
def test_an_unknown_batch_is_not_gone_on_with(refused, started, number):
    assert refused(tindakan="lanjut", nomor=number)
    assert started == []
