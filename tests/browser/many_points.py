"""A week with as many points as are asked for, almost half of them at one spot, as in Jakarta's own list of 2020."""

import psycopg

ONE_SPOT_PERCENT = 45
# Copies of the located reports of the week; a little aside each, those of the one spot exactly there.
COPIES = """
with located as (
  select *, row_number() over () - 1 as place, count(*) over () as together from crm.report
  where entered_at > now() - interval '6 days'
  and latitude between -6.35 and -6.12 and longitude between 106.7 and 106.95
), spot as (select latitude, longitude from located where place = 0)
insert into crm.report (report_id, channel_id, category_id, unit_id, kelurahan_code, status, entered_at,
  first_response_at, completed_at, latitude, longitude, is_private, received_how, received_at, updated_at)
select 'TITIK' || number, channel_id, category_id, unit_id, kelurahan_code, status, entered_at,
  first_response_at, completed_at,
  case when number %% 100 < %(percent)s then spot.latitude else l.latitude + 0.004 * sin(number) end,
  case when number %% 100 < %(percent)s then spot.longitude else l.longitude + 0.004 * cos(number) end,
  is_private, received_how, received_at, now()
from generate_series(1, %(count)s) as number join located l on l.place = number %% l.together, spot
"""


def add_points(dsn: str, count: int) -> None:
    """Add this many located reports of the last days to a simulated city."""
    with psycopg.connect(dsn) as crm:
        added = crm.execute(COPIES, {"count": count, "percent": ONE_SPOT_PERCENT}).rowcount
        assert added == count, f"{added} reports were added instead of {count}"
        crm.execute("analyze crm.report")
