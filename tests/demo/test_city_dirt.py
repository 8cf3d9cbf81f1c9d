"""Every class of dirty rows stands in the city in exactly the number stated, and can be found by SQL."""

import psycopg
import pytest

from demo.dirt import DIRTY_COUNTS
from tests.conftest import CITY_UNTIL

pytestmark = pytest.mark.db

UNTIL = {"until": CITY_UNTIL}
LOCATED = "latitude IS NOT NULL"
# One report per row for counting, but where the class is about several rows.
FOUND_BY = {
    "no_coordinate": "SELECT count(*) FROM crm.report WHERE channel_id = 'JAKI' AND latitude IS NULL",
    "zero_coordinate": "SELECT count(*) FROM crm.report WHERE latitude = 0 AND longitude = 0",
    "swapped_coordinate": "SELECT count(*) FROM crm.report WHERE latitude > 90 AND longitude BETWEEN -7 AND -5",
    "outside_jakarta": f"""SELECT count(*) FROM crm.report WHERE {LOCATED} AND latitude < 0 AND
        NOT (latitude BETWEEN -6.40 AND -5.10 AND longitude BETWEEN 106.35 AND 106.99)""",
    "completed_before_entered": "SELECT count(*) FROM crm.report WHERE completed_at < entered_at",
    "completed_in_future": "SELECT count(*) FROM crm.report WHERE completed_at > %(until)s",
    "entered_in_future": "SELECT count(*) FROM crm.report WHERE entered_at > %(until)s",
    "duplicate_id": "SELECT count(*) - count(DISTINCT report_id) FROM crm.report",
    "two_channels": """SELECT count(*) FROM crm.report a JOIN crm.report b USING (latitude, longitude, category_id)
        WHERE a.channel_id = 'JAKI' AND b.channel_id <> 'JAKI'
        AND b.entered_at - a.entered_at BETWEEN interval '0' AND interval '1 hour'""",
    "unknown_category": """SELECT count(*) FROM crm.report
        WHERE category_id NOT IN (SELECT category_id FROM crm.category)""",
    "unknown_unit": "SELECT count(*) FROM crm.report WHERE unit_id NOT IN (SELECT unit_id FROM crm.unit)",
    "other_city_unit": """SELECT count(*) FROM crm.report JOIN crm.unit USING (unit_id)
        WHERE unit_type <> 'provinsi' AND left(wilayah_code, 5) <> left(kelurahan_code, 5)""",
    "status_backwards": """SELECT count(DISTINCT a.report_id) FROM crm.report_event a JOIN crm.report_event b
        USING (report_id) JOIN crm.report r USING (report_id)
        WHERE a.status = 'selesai' AND b.status = 'proses' AND b.occurred_at > a.occurred_at
        AND r.status = 'selesai'""",
    "status_skipped": """SELECT count(*) FROM crm.report r WHERE status = 'selesai' AND NOT EXISTS
        (SELECT 1 FROM crm.report_event e WHERE e.report_id = r.report_id AND e.status = 'proses')""",
    "reopened_after_cutoff": """SELECT count(*) FROM crm.report r WHERE status = 'proses' AND EXISTS
        (SELECT 1 FROM crm.report_event e WHERE e.report_id = r.report_id AND e.status = 'selesai')
        AND (SELECT count(*) FROM crm.report d WHERE d.report_id = r.report_id) = 1""",
    "return_chain": """SELECT count(*) FROM crm.report r WHERE status = 'selesai' AND
        unit_id = (SELECT to_unit_id FROM crm.report_event e WHERE e.report_id = r.report_id
                   ORDER BY occurred_at LIMIT 1)
        AND EXISTS (SELECT 1 FROM crm.report_event e WHERE e.report_id = r.report_id AND e.from_unit_id = r.unit_id
                    AND e.to_unit_id <> r.unit_id)""",
    "two_tickets": """SELECT count(*) FROM
        (SELECT report_id FROM crm.ticket GROUP BY report_id HAVING count(*) > 1) AS several""",
    "null_kelurahan": "SELECT count(*) FROM crm.report WHERE kelurahan_code IS NULL",
    "long_duration": "SELECT count(*) FROM crm.report WHERE completed_at - entered_at > interval '1826 days'",
    "unknown_status": "SELECT count(*) FROM crm.report WHERE status = 'xx_lama'",
    "rtl_text": "SELECT count(*) FROM crm.report WHERE summary LIKE '%%' || U&'\\202E' || '%%'",
    "long_text": "SELECT count(*) FROM crm.report WHERE length(summary) > 100000",
    "html_text": "SELECT count(*) FROM crm.report WHERE summary LIKE '%%<b>%%'",
    "formula_text": "SELECT count(*) FROM crm.report WHERE summary LIKE '=%%'",
}


def test_every_class_has_a_query_and_few_rows():
    assert set(FOUND_BY) == set(DIRTY_COUNTS)
    assert all(2 <= count <= 12 for count in DIRTY_COUNTS.values())


@pytest.mark.parametrize("name", DIRTY_COUNTS)
def test_a_dirty_class_is_found_in_exactly_its_number(name, city_dsn):
    with psycopg.connect(city_dsn) as connection:
        assert connection.execute(FOUND_BY[name], UNTIL).fetchone()[0] == DIRTY_COUNTS[name]


def test_dirty_times_leave_the_last_month_plausible(city_dsn):
    query = """SELECT extract(epoch FROM avg(completed_at - entered_at)) / 3600 FROM crm.report
        WHERE completed_at BETWEEN %(until)s - interval '30 days' AND %(until)s"""
    with psycopg.connect(city_dsn) as connection:
        assert 40 < connection.execute(query, UNTIL).fetchone()[0] < 90
