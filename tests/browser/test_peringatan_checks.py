"""The two daily checks in Chromium, with the database changing between them: what was called, handled, and came new."""

from datetime import UTC, datetime

import psycopg
import pytest
from playwright.sync_api import expect

from data_access import brief_job, briefs
from data_access.settings import settings
from scoring.periods import WIB
from tests.browser import clock
from tests.browser.desk_city import at_the_desk, city_at
from tests.crm import add_report

pytestmark = [pytest.mark.db, pytest.mark.browser]

MORNING = datetime(2026, 11, 24, 0, 31, tzinfo=UTC)  # 07.31 in Jakarta: the first check was due a minute ago
AFTERNOON = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)  # 15.20: the second one is being prepared
CLOSED = datetime(2026, 11, 24, 8, 31, tzinfo=UTC)  # 15.31: it is stored
NOTE = "Petugas ke lokasi pukul 09.00, menunggu alat berat."
ANSWER = """
with answered as (update crm.report set status = 'proses', first_response_at = %(at)s, updated_at = now()
                  where report_id = any(%(ids)s) returning report_id, unit_id)
insert into crm.report_event (report_id, occurred_at, recorded_at, status, from_unit_id, to_unit_id)
select report_id, %(at)s, %(at)s, 'proses', unit_id, unit_id from answered
"""
ROW = ".dk-unit[data-row='{}']"
ROWS = ".dk-unit"


@pytest.fixture(scope="module")
def dsn(postgres):
    yield from city_at(postgres, MORNING)


def make_briefs(dsn: str) -> int:
    """What the scheduler does each minute."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        return brief_job.make_due(dsn, connection, connection.execute("select now()").fetchone()[0])


def stored(dsn: str, kind: str) -> dict:
    """The body of the province's brief."""
    with psycopg.connect(dsn) as connection:
        [body] = [brief.body for brief in briefs.newest(connection, briefs.PROVINCE, 10) if brief.kind == kind]
        return body


def in_between(dsn: str, answered: list[str], unit_id: str) -> None:
    """The called unit answers its reports; another one comes in for it and stays without an answer."""
    at = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
    with psycopg.connect(dsn, autocommit=True) as crm:
        crm.execute(ANSWER, {"at": at, "ids": answered})
        category = crm.execute("select category_id from crm.category order by 1 limit 1").fetchone()[0]
        entered = at.replace(hour=8, minute=5)
        add_report(crm, "JK2611249999", unit_id=unit_id, entered_at=entered, category_id=category, updated_at=at)


def test_morning_call_changes_in_the_crm_afternoon_check_and_what_was_stored(dsn, open_page, monkeypatch):
    monkeypatch.setenv("CRM_DSN", dsn)  # for the job, which runs in this process
    settings.cache_clear()
    assert make_briefs(dsn) == len(briefs.areas())
    assert make_briefs(dsn) == 0  # each check is written down once
    morning = stored(dsn, "pagi")
    waited = {entry["number"]: entry["unit_id"] for entry in morning["waiting"]}
    unit_id = next(row["unit_id"] for row in morning["rows"] if row["over_response"] and row["territorial"])

    with at_the_desk(dsn, open_page, MORNING, f"/peringatan?pilih={unit_id}", ROWS) as page:
        expect(page.locator(".dk-strip .main .big")).to_have_text(f"{len(waited)}")
        expect(page.locator("h1")).to_have_text("Peringatan Dini, DKI Jakarta")
        expect(page.locator("#desk-text")).to_have_value(page_message(page))
        page.locator("#desk-note").fill(NOTE)
        page.get_by_role("button", name="Tandai sudah dihubungi").click()
        expect(page.locator(".dk-said")).to_contain_text("Tercatat atas nama Petugas demo, 07.3")
        row = page.locator(ROW.format(unit_id))
        expect(row.locator(".ok")).to_contain_text("✓ 07.3")
        expect(page.locator("#desk-list-fact")).to_have_attribute(
            "data-done", f", 1 dari {len(morning['rows'])} sudah dihubungi"
        )
        expect(page.locator("#desk-note")).to_have_value("")

    answered = [number for number, holder in waited.items() if holder == unit_id]
    assert answered
    in_between(dsn, answered, unit_id)

    with at_the_desk(dsn, open_page, AFTERNOON, f"/peringatan?pilih={unit_id}", ROWS) as page:
        expect(page.locator(".desk-head .sub")).to_contain_text(
            "sore 15.30 WIB, 9 menit lagi. Dibandingkan dengan pagi 07.30."
        )
        now = int(page.locator(".dk-strip .main .big").inner_text())
        still = len(waited) - len(answered)
        assert bars(page) == [f"{len(answered)} ditindaklanjuti", f"{still} masih", f"{now - still} baru"]
        row = page.locator(ROW.format(unit_id))
        expect(row.locator(".ok")).to_have_text(
            "✓ 07.31 Petugas demo, 1 baru"
        )  # a call hides no report that came later
        expect(page.locator(".dk-was")).to_have_text(f"Dihubungi 07.31, dijawab, oleh Petugas demo. {NOTE}")
        expect(row.locator(".dk-rep", has_text="JK2611249999")).to_contain_text("baru sejak pagi")
        narrowed(page, "ditindaklanjuti", len(answered))
        assert set(page.locator(".dk-numbers a").all_inner_texts()) == set(answered)
        narrowed(page, "masih", still)
        assert shown_numbers(page) == waited.keys() - set(answered)
        narrowed(page, "baru", now - still)
        assert "JK2611249999" in shown_numbers(page)

    clock.set_clock(dsn, CLOSED)
    assert make_briefs(dsn) == len(briefs.areas())
    evening = stored(dsn, "sore")
    assert (evening["change"]["handled"], evening["change"]["still"]) == (len(answered), still)
    with at_the_desk(dsn, open_page, CLOSED, "/peringatan?periksa=sore", ROWS) as page:
        expect(page.locator(".desk-head .seg a.on")).to_have_text("Sore 15.30")
        expect(page.locator(".dk-strip .main .big")).to_have_text(f"{len(evening['waiting'])}")
        expect(page.get_by_text("Pemeriksaan tersimpan hanya untuk dibaca.")).to_be_visible()
        expect(page.get_by_role("button", name="Siapkan pesan")).to_have_count(0)
        page.get_by_role("button", name="Lihat laporan").first.click()
        expect(page.locator(".dk-rep:visible").first).to_be_visible()
        page.get_by_role("link", name="Pagi 07.30").click()
        expect(page.locator(".dk-strip .main .big")).to_have_text(f"{len(waited)}")


def page_message(page) -> str:
    """What stands in the field: a message with its greeting, its reports and its sender."""
    expect(page.locator("#desk-text")).not_to_have_value("")
    message = page.locator("#desk-text").input_value()
    assert message.startswith("Yth. ") and message.endswith("Pemerintah Provinsi DKI Jakarta")
    return message


def bars(page) -> list[str]:
    """The words of what was handled, waits still, and is new."""
    kinds = (".fb a.fd", ".fb a.fs", ".fb a.fn")
    return [page.locator(f".dk-strip {kind}").get_attribute("aria-label") for kind in kinds]


def narrowed(page, words: str, count: int) -> None:
    """Press a part of the bars: the desk holds as many reports as it says."""
    page.locator(f".dk-strip .fb a[aria-label$='{words}']").click()
    expect(page.locator("[data-only-count]")).to_have_attribute("data-only-count", str(count))


def shown_numbers(page) -> set[str]:
    expect(page.locator(".dk-rep:visible")).to_have_count(
        int(page.locator("[data-only-count]").get_attribute("data-only-count"))
    )
    return set(page.locator(".dk-rep:visible a.num").all_inner_texts())
