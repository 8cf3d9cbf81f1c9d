"""The parts of a score as the panel says them: sums that come out, links, states."""

import pytest

from components import ids
from data_access import months, outlook, past, scorecards
from data_access.monitor import Reading
from pages._tkd import score_parts
from scoring import rulebook
from scoring.one_more import one_more
from scoring.plan_open import open_rows
from scoring.simulate import Change, simulate
from tests.builders import report
from tests.components.tree import having, of_type, text
from tests.conftest import CITY_UNTIL
from tests.data_access.past_crm import point_at
from tests.data_access.state_at import state_at
from tests.pages.unit_readings import NOVEMBER, done, hundredths, read, small, units_of_every_kind

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def state(city_dsn):
    return state_at(city_dsn, CITY_UNTIL)


@pytest.fixture(autouse=True)
def crm(city_dsn, monkeypatch):
    """The past is read from the city, and there is no outlook yet."""
    point_at(monkeypatch, city_dsn)
    monkeypatch.setattr(months, "settings", past.settings)
    monkeypatch.setattr(outlook, "current", lambda: None)


def parts_of(here: Reading) -> dict[str, object]:
    return {part: value for (part, _), value in score_parts.parts(here).items()}


def test_what_is_lost_adds_up_to_the_distance_to_a_hundred_for_every_unit(state):
    checked = 0
    for unit_id in units_of_every_kind(state):
        here = read(state, unit_id)
        if here.final is None or here.is_aggregate:
            continue
        body = parts_of(here)[ids.SCORE_PARTS_BODY]
        lost = [-hundredths(text(node)) for node in having(body, "lost")]
        assert len(lost) == 4
        assert sum(lost) == 10000 - hundredths(here.shown(here.final)), unit_id
        checked += 1
    assert checked >= 5


def test_what_is_lost_below_an_upper_unit_and_by_itself_adds_up_too(state):
    here = read(state, "D-BM")
    body = parts_of(here)[ids.SCORE_PARTS_BODY]
    means = [hundredths(text(node).removeprefix("hilang ")) for node in having(having(body, "terms"), "lost")]
    assert len(means) == 2
    assert sum(means) == 10000 - hundredths(here.shown(here.final))
    units = [-hundredths(text(node)) for node in having(having(body, "ub"), "lost")]
    assert sum(units) == means[1]


def test_the_numbers_of_a_small_unit_stand_in_its_formulas():
    here = small(done("K-GAMBIR", "2026-11-10 20:00"), report(unit="K-GAMBIR"), report(unit="K-CIDENG"))
    body = "".join(text(parts_of(here)[ids.SCORE_PARTS_BODY]).split())
    assert "1selesai÷2laporan×100=50,00×0,20" in body
    assert "(1×100)÷1=100,00×0,40" in body
    assert "Σbobot1laporan=1,50×0,20" in body
    assert "60+(1−0,5)÷(1−0,5)×40=100,00×0,20" in body


def test_without_a_report_the_parts_say_so_and_show_no_figure():
    found = parts_of(small(report(unit="K-CIDENG")))
    assert text(found[ids.SCORE_PARTS_BODY]) == "Belum ada nilai. Belum ada laporan pada November 2026."
    assert found[ids.SCORE_PARTS_TITLE] == "Empat bagian nilai"


def test_an_upper_unit_without_own_reports_shows_the_mean_alone():
    here = small(done("K-GAMBIR", "2026-11-10 20:00"), report(unit="K-CIDENG"), unit="W-31.71")
    found = parts_of(here)
    assert found[ids.SCORE_PARTS_TITLE] == "Rata-rata unit di bawah"
    assert "Rata-rata 2 unit di bawah" in text(found[ids.SCORE_PARTS_BODY])
    assert having(found[ids.SCORE_PARTS_BODY], "pbar") == []


def test_links_to_units_below_keep_the_period():
    rows = (done("K-GAMBIR", "2026-11-10 20:00"), report(unit="K-CIDENG"))
    body = parts_of(small(*rows, unit="W-31.71", periode="2026-11"))[ids.SCORE_PARTS_BODY]
    hrefs = [link.href for link in of_type(body, "Link")]
    assert hrefs == ["/tkd/K-CIDENG?periode=2026-11", "/tkd/K-GAMBIR?periode=2026-11"]


def test_the_rules_are_named_and_linked():
    fact = parts_of(small(report(unit="K-GAMBIR")))[ids.SCORE_PARTS_FACT]
    assert text(fact) == "aturan tkd-2017, lihat aturan"
    assert [link.href for link in of_type(fact, "Link")] == ["/aturan#nilai"]


def test_a_rulebook_without_effort_and_with_response_works_and_says_it_is_assumed(monkeypatch, state):
    monkeypatch.setattr(scorecards, "RULEBOOK", "tkd-2021-asumsi")
    scorecards._scorecard.cache_clear()
    found = parts_of(read(state, "S-BM-31.75"))
    scorecards._scorecard.cache_clear()
    assert found[ids.SCORE_PARTS_TITLE] == "Tiga bagian nilai"
    assert text(found[ids.SCORE_PARTS_FACT]).startswith("ASUMSI, aturan tkd-2021-asumsi")
    words = text(found[ids.SCORE_PARTS_BODY])
    assert "Respons" in words
    assert "Effort" not in words
    assert rulebook.load("tkd-2021-asumsi").at(NOVEMBER).effort_points is None


def test_dirt_and_defaults_are_named_with_their_reports_and_their_absence_is_said():
    clean = small(done("K-GAMBIR", "2026-11-10 20:00"))
    assert "Tidak ada data kotor" in text(parts_of(clean)[ids.SCORE_PARTS_BODY])
    dirty = small(done("K-GAMBIR", "2026-11-10 07:00"), report(unit="K-GAMBIR"))
    assert "Catatan: 1 selesai sebelum masuk (belum dihitung selesai)" in text(parts_of(dirty)[ids.SCORE_PARTS_BODY])


def test_one_more_completion_gives_what_a_simulation_of_it_gives(state):
    here = read(state, "S-BM-31.75")
    gains = one_more(here.card, here.unit)
    card = here.card
    numbers = card.reports.number[card.membership.positions[open_rows(card, here.unit)]].tolist()
    finals = [simulate(card, [Change(number, "completed", card.as_of_us)]).scenario.final for number in numbers]
    simulated = [float(final[here.unit] - card.scores.final[here.unit]) for final in finals]
    assert len(gains) >= 2
    assert abs(max(simulated) - gains.max()) < 1e-9
    assert abs(min(simulated) - gains.min()) < 1e-9
