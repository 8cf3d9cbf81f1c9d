"""The screen of one unit as a whole: what is there when the unit, or the month, is not."""

from unittest.mock import patch

import pytest

from components import ids
from data_access import monitor
from data_access.engine import DatabaseUnavailable
from data_access.scope import EVERYTHING, NOTHING
from tests.components.tree import text
from tests.pages.what_if_world import NOW, UNIT


@pytest.fixture(scope="module")
def screen(web):
    """The module under test; pages can be imported once the app is there."""
    from pages import tkd_unit

    return tkd_unit


@pytest.fixture(autouse=True)
def no_outlook(monkeypatch):
    """None is computed yet."""
    monkeypatch.setattr(monitor.outlook, "current", lambda: None)


def test_a_unit_that_is_there_shows_its_panels(screen):
    parts = screen.build(EVERYTHING, {"unit": UNIT}, NOW)
    assert parts[ids.UNIT_PANELS, "hidden"] is False
    assert "Kelurahan Gambir" in text(parts[ids.UNIT_HEAD, "children"])


@pytest.mark.parametrize(
    ("scope", "query", "why"),
    [
        (NOTHING, {"unit": UNIT}, "di luar kewenangan Anda"),
        (EVERYTHING, {"tidak-dikenal": "unit"}, "tidak dikenal CRM"),
    ],
)
def test_of_a_unit_that_is_gone_or_foreign_no_figure_stays_on_the_screen(screen, scope, query, why):
    parts = screen.build(scope, query, NOW)
    assert parts[ids.UNIT_PANELS, "hidden"] is True
    assert why in text(parts[ids.UNIT_HEAD, "children"])


def test_a_month_that_cannot_be_read_leaves_what_is_drawn_and_every_panel_says_that_it_waits(screen):
    with patch.object(monitor, "asked", side_effect=DatabaseUnavailable("cannot reach it")):
        parts = screen.build(EVERYTHING, {"unit": UNIT, "periode": "2026-08"}, NOW)
    assert {text(value) for value in parts.values()} == {"gagal dimuat, mencoba lagi 14.06"}
    assert (ids.UNIT_HEAD, "children") not in parts and (ids.PLAN_FACT, "children") in parts


def test_a_view_that_cannot_be_read_at_all_is_put_off_and_tells_nothing_of_the_inside(screen, demo, monkeypatch):
    from pages._web import api, views

    def away(*_):
        raise DatabaseUnavailable("cannot reach 10.0.0.1:5432/crm")

    monkeypatch.setattr(api, "state", lambda: NOW)
    monkeypatch.setattr(views, "encode", away)
    answer = demo.get("/api/layar/tkd-tujuan?x=1")
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "1"
    assert b"10.0.0.1" not in answer.data
