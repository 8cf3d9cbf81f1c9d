"""Kanal & kategori as it is built: every number is a list, every state of the data has its words."""

import psycopg
import pytest

from components import ids
from data_access import channels
from data_access import months as frames
from data_access.channel_silence import Silence, Usual
from data_access.frame import microseconds
from data_access.scope import EVERYTHING, NOTHING
from demo.schema import create_schema
from pages._query import canonical
from tests.builders import wib
from tests.components.tree import having, nodes, text
from tests.conftest import fresh_database
from tests.crm import add_report
from tests.data_access.month_crm import fill, point_at, put, state_of
from tests.pages.numbers import assert_numbers_are_lists

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def filled(postgres):
    """A CRM that the tests only read."""
    for dsn in fresh_database(postgres):
        create_schema(dsn)
        with psycopg.connect(dsn, autocommit=True) as connection:
            write(connection)
        yield dsn


def write(connection: psycopg.Connection) -> None:
    """The reports that the tests speak of."""
    fill(connection)
    for number in range(36):
        put(connection, f"O/{number}", f"2026-10-02 08:{number:02d}", category="sampah", channel="EMAIL")
        put(connection, f"N-{number}", f"2026-11-23 08:{number:02d}", category="sampah")
    for month in ("2025-09", "2025-10"):
        put(connection, f"{month}-A", f"{month}-03 08:00")
        put(connection, f"{month}-B", f"{month}-04 08:00", channel="EMAIL", category="sampah")
    nowhere = {"latitude": None, "longitude": None}
    add_report(connection, "TANPA", entered_at=wib("2026-11-20 08:00"), unit_id="D-BM", **nowhere)


@pytest.fixture
def crm(filled, monkeypatch):
    """Every question asks this CRM, and has no answer yet."""
    point_at(monkeypatch, filled)
    monkeypatch.setattr(frames, "settings", channels.settings)
    frames._closed.cache_clear()
    return filled


@pytest.fixture
def screen(web, crm):
    """screen(query, scope) -> the parts of the whole screen, with those that have an answer of their own."""
    from pages import kanal
    from pages._kanal import months, silence

    state = state_of(crm)

    def built(query: dict[str, str] | None = None, scope=EVERYTHING) -> dict:
        parts = silence.build(scope, {}, state)
        for view in (kanal, months):
            parts |= view.build(scope, dict(canonical(query or {}, state, view.ASKS)), state)
        return parts

    built.state = state
    return built


def said(parts: dict, name: str) -> str:
    return text(parts[(name, "children")])


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"menurut": "kategori"},
        {"periode": "2026-07"},
        {"kategori": "sampah"},
        {"kanal": "EMAIL", "periode": "2026-10"},
        {"periode": "2025-10"},  # the last that is offered: the months before it have lists all the same
    ],
)
def test_every_number_is_as_large_as_its_list_is_long(screen, crm, query):
    assert_numbers_are_lists(screen(query), crm, screen.state, 5)


def test_a_month_too_old_to_be_chosen_is_named_without_a_link(screen):
    heads = having(screen({"periode": "2025-10"})[(ids.CHANNELS_MONTHS_BODY, "children")], "cm")[0].children[1]
    links = [node for node in nodes(heads) if hasattr(node, "href")]
    assert [text(link) for link in links] == ["Okt 25"]
    assert "Sep 25" in text(heads)


def test_months_stand_side_by_side_and_reporters_are_said_to_be_unknown(screen):
    parts = screen()
    words = said(parts, ids.CHANNELS_MONTHS_BODY)
    assert "Semua laporan" in words
    assert "tidak memuat identitas pelapor" in words
    assert "JAKI membawa 100,0% laporan pada Nov 2026" in said(parts, ids.CHANNELS_SHARES_BODY)


def test_the_pace_of_a_category_is_held_against_three_months(screen):
    words = said(screen(), ids.CHANNELS_TRENDS_BODY)
    assert words.startswith("Sampah naik paling tajam: 4,1 kali dari biasanya.")
    assert "1 kategori dengan kurang dari 30 laporan" in words


def test_a_report_without_a_point_is_not_counted_as_one_with(screen):
    assert said(screen(), ids.CHANNELS_POINTS_FACT) == "38 dari 39"


def test_a_channel_that_stopped_is_marked_with_since_when(screen):
    body = screen()[(ids.CHANNELS_SILENCE_BODY, "children")]
    assert "JAKI" in text(having(body, "silences"))
    assert "sejak 11.00" in text(body)
    assert text(body).startswith("Email sunyi lebih lama dari biasa.")
    assert len(having(body, "terpanjang")) == 1
    assert "/laporan/O%2F35" in [getattr(node, "href", None) for node in nodes(body)]


def test_a_channel_whose_last_report_is_older_than_the_frame_is_said_with_it(screen, monkeypatch):
    from pages._kanal import silence

    last = microseconds(wib("2026-04-10 10:49"))
    long_ago = Silence(1, "X-49", last, 5448.0, 0, Usual(49, 0.1, 0.2, False))
    monkeypatch.setattr(silence, "silences", lambda *_: [long_ago])
    body = screen()[(ids.CHANNELS_SILENCE_BODY, "children")]
    assert "227,0 hari" in text(body)
    assert "sejak 10 Apr 10.49" in text(body)
    assert "/laporan/X-49" in [getattr(node, "href", None) for node in nodes(body)]


def test_who_may_see_nothing_sees_no_figure(screen):
    parts = screen(scope=NOTHING)
    assert "Tidak ada laporan" in said(parts, ids.CHANNELS_MONTHS_BODY)
    assert "Tidak ada laporan" in said(parts, ids.CHANNELS_POINTS_BODY)
    assert "Belum ada kategori" in said(parts, ids.CHANNELS_TRENDS_BODY)
    assert "Belum cukup laporan" in said(parts, ids.CHANNELS_SILENCE_BODY)


def test_a_database_that_is_away_leaves_the_panels_that_need_it_as_they_were(screen, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    parts = screen()
    assert said(parts, ids.CHANNELS_POINTS_FACT) == "38 dari 39"
    for fact, body in (
        (ids.CHANNELS_MONTHS_FACT, ids.CHANNELS_MONTHS_BODY),
        (ids.CHANNELS_SILENCE_FACT, ids.CHANNELS_SILENCE_BODY),
    ):
        assert (body, "children") not in parts
        assert "gagal dimuat" in said(parts, fact)
