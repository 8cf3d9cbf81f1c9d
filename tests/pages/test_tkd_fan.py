"""The panel of the fan: what it draws in each state of a month, and what it says."""

from dataclasses import replace

import numpy as np
import pytest

from components import ids
from data_access import backtests, outlook
from data_access.backtests import Backtest, Horizon
from data_access.outlook_figures import PlanOutlook
from scoring.periods import Period
from tests.builders import at, wib
from tests.components.tree import having, text
from tests.pages.test_tkd_hero import FINAL, at_b, closed, foreseen, reading


@pytest.fixture
def fan(web):
    from pages._tkd import fan

    def drawn(found):
        parts = fan.parts(found)
        return parts[(ids.FAN_BODY, "children")], parts[(ids.FAN_FACT, "children")]

    return drawn


def lines(tree) -> list[str]:
    return [node.className for node in having(tree, "ln")]


def test_a_forecast_is_drawn_from_the_score_of_now_and_said_in_one_sentence(fan):
    body, fact = fan(foreseen(at_b()))
    assert text(having(body, "lead")) == (
        "Tanpa tindakan khusus nilai berakhir di sekitar 84,99 , tepat di bawah batas A."
    )
    assert {"ln ink", "ln median"} <= set(lines(body)) and len(having(body, "f80")) == 1
    assert fact == "per 14.05 WIB"


def test_the_plan_is_a_dashed_median_with_its_end_in_the_sentence(fan, monkeypatch):
    times = np.array([at("2026-12-01 14:05"), at("2026-12-08 23:59")])
    answer = PlanOutlook(np.zeros(5), np.array(FINAL), times, np.array([FINAL, np.array(FINAL) + 1.07]))
    monkeypatch.setattr(outlook, "with_plan", lambda period, unit, numbers: answer)
    body, _ = fan(foreseen(at_b()))
    assert "ln planned" in lines(body)
    assert "laporan, titik tengahnya 86,07 ." in text(having(body, "lead"))


def test_without_a_forecast_the_measured_days_stand_with_the_reason(fan):
    body, _ = fan(foreseen(at_b(), chance=None))
    assert lines(having(body, "ar")) == ["ln ink"]
    assert "Data terlalu sedikit untuk perkiraan. Riwayat CRM belum sampai 56 hari." in text(body)


def test_the_footnote_says_how_the_forecast_did_and_what_still_comes(fan, monkeypatch):
    body, _ = fan(foreseen(at_b()))
    assert "Belum diuji pada data ini. Laporan baru diperkirakan 24 (2,9 per hari)." in text(having(body, "foot"))
    horizons = (Horizon("a", 300, 0.80, {"A": 0.12}, 1.0), Horizon("b", 100, 0.84, {"A": 0.04}, 1.0))
    found = Backtest(wib("2026-11-10 03:00"), ("2026-09", "2026-10"), "tkd-2017", "1", horizons)
    monkeypatch.setattr(backtests, "latest", lambda: found)
    body, _ = fan(foreseen(at_b()))
    assert "Diuji pada 2 bulan lalu: pita 80% memuat 81% nilai, skor Brier 0,10." in text(having(body, "foot"))


def test_a_forecast_of_another_minute_says_so(fan):
    found = foreseen(at_b())
    older = replace(found.outlook, as_of=wib("2026-11-22 14:01"))
    assert fan(replace(found, outlook=older))[1] == "per 14.05, perkiraan 14.01 WIB"
    yesterday = replace(found.outlook, as_of=wib("2026-11-21 23:58"))
    assert fan(replace(found, outlook=yesterday))[1] == "per 14.05, perkiraan 21 Nov 23.58 WIB"


def test_nothing_is_drawn_of_a_unit_without_reports_or_before_the_first_outlook(fan):
    body, fact = fan(reading(*closed(2, "K-CIDENG")))
    assert (lines(body), fact) == ([], "") and "Belum ada nilai." in text(body)
    assert "sedang dihitung" in text(fan(at_b())[0])


def test_the_days_of_the_period_that_closed_last_are_still_drawn(fan):
    later = foreseen(at_b(now="2026-12-10 09:00", period=Period(2026, 12)), chance=None)
    found = replace(at_b(now="2026-12-10 09:00"), outlook_of_all=later.outlook_of_all)
    body, fact = fan(found)
    assert fact == "cut-off 8 Des 2026 23.59 WIB"
    assert lines(body) == ["ln ink"] and f"nilai akhir {found.shown(found.final)}" in text(body)
    assert text(having(body, "lead")).startswith(f"Periode berakhir dengan {found.shown(found.final)}")


def test_an_older_period_says_that_its_days_are_not_kept(fan):
    body, _ = fan(at_b(now="2026-12-10 09:00"))
    assert text(body).endswith("Jalannya hari demi hari hanya ada untuk periode terakhir.")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (84.2, "tepat di bawah batas A"),
        (85.4, "tepat di atas batas A"),
        (79.95, "5,05 poin di bawah batas A"),
        (74.5, "tepat di bawah batas B"),
        (93.0, "grade A"),
        (20.0, "30,00 poin di bawah batas D"),
    ],
)
def test_where_a_score_stands_is_said_against_the_nearest_limit(web, value, words):
    from pages._tkd.fan_words import _against

    assert _against(value, at_b()) == words
