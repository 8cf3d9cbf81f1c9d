"""The city in memory: decided by its seed, consistent in itself, and without anybody's identity."""

import re
from datetime import datetime, timedelta

import h3
import pandas as pd
import pytest

from data_access.tables import CRM_SCHEMA, RECEIVED_HOW, STATUSES, metadata
from demo.catalogue import SHARED
from demo.city import generate
from demo.clock import WIB
from demo.dirt import DIRTY_COUNTS
from demo.rows import columns_of

UNTIL = datetime(2026, 11, 15, 10, 0, tzinfo=WIB)


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return generate(UNTIL, months=3)


@pytest.fixture(scope="module")
def clean(frames) -> pd.DataFrame:
    """Reports whose row follows from its events: one row per number, no times, states or units made dirty."""
    report = frames["report"]
    entry = frames["report_event"].drop_duplicates("report_id").set_index("report_id")["occurred_at"]
    honest = report["entered_at"].to_numpy() == entry.reindex(report["report_id"]).to_numpy()
    known = report["unit_id"].isin(frames["unit"]["unit_id"]) & report["status"].isin(STATUSES)
    return report[honest & known & ~report["report_id"].duplicated(keep=False)].set_index("report_id")


def checksum(frames: dict[str, pd.DataFrame]) -> dict[str, int]:
    return {name: int(pd.util.hash_pandas_object(frame.astype(str)).sum()) for name, frame in frames.items()}


def test_the_same_seed_and_time_give_the_same_city():
    first, again = (checksum(generate(UNTIL, months=2)) for _ in range(2))
    assert first == again


def test_another_seed_gives_another_city(frames):
    other = generate(UNTIL, months=3, seed=7)
    assert checksum(other)["report"] != checksum(frames)["report"]


def test_frames_have_exactly_the_columns_of_the_contract(frames):
    assert set(frames) == {name.removeprefix(f"{CRM_SCHEMA}.") for name in metadata.tables}
    assert all(list(frame.columns) == columns_of(name) for name, frame in frames.items())


def test_a_report_row_says_what_its_events_say(frames, clean):
    events = frames["report_event"].sort_values(["report_id", "occurred_at"], kind="stable")
    grouped = events.groupby("report_id", sort=False)
    last = grouped.last().reindex(clean.index)
    moves = events.dropna(subset=["to_unit_id"]).groupby("report_id").last().reindex(clean.index)
    answers = events[events["status"] != "menunggu"].groupby("report_id")["occurred_at"].first().reindex(clean.index)
    differing = {
        "status": (clean["status"].astype(str) != last["status"].astype(str)).sum(),
        "holder": (clean["unit_id"].astype(str) != moves["to_unit_id"].astype(str)).sum(),
        "first response": (~(clean["first_response_at"].eq(answers) | answers.isna())).sum(),
    }
    # The other city's unit is the one dirty class that shows here.
    assert differing == {"status": 0, "holder": DIRTY_COUNTS["other_city_unit"], "first response": 0}


def test_times_of_a_report_are_in_order(clean):
    known = clean[~(clean["completed_at"] < clean["entered_at"]) & ~(clean["completed_at"] > pd.Timestamp(UNTIL))]
    assert (known["first_response_at"].dropna() > known["entered_at"][known["first_response_at"].notna()]).all()
    accepted = known.dropna(subset=["validated_at"])
    assert (accepted["validated_at"] >= accepted["completed_at"]).all()
    assert (known["updated_at"] <= pd.Timestamp(UNTIL)).all()


def test_finished_and_only_finished_reports_have_a_completion_time(clean):
    finished = clean["status"].isin(["selesai", "menunggu_validasi"])
    assert (clean["completed_at"].notna() == finished).all()
    assert (clean["validated_at"].notna() == (clean["status"] == "selesai")).all()


def test_every_state_and_every_way_of_receiving_occurs(clean):
    assert set(clean["status"].astype(str)) == set(STATUSES)
    assert set(clean["received_how"].astype(str)) == set(RECEIVED_HOW)


def test_reports_are_left_over_from_month_to_month(clean):
    entered = clean["entered_at"].dt.tz_convert(WIB)
    september = clean[(entered.dt.month == 9) & (clean["completed_at"].isna())]
    assert len(september) > 50


def test_report_numbers_are_prefix_date_and_running_number(frames):
    numbers = frames["report"]["report_id"]
    assert numbers.str.fullmatch(r"[A-Z]{2}\d{6}\d{4}").all()
    assert numbers.str.startswith("JK").mean() == pytest.approx(0.905, abs=0.01)


def test_points_lie_in_the_cells_of_their_kelurahan(frames):
    owner = pd.read_csv(SHARED / "h3-kelurahan.csv", dtype=str).set_index("h3_cell")["kelurahan_code"]
    report = frames["report"]
    some = report[(report["latitude"] < 0) & report["kelurahan_code"].notna()].sample(3000, random_state=1)
    cells = [h3.latlng_to_cell(*point, 9) for point in some[["latitude", "longitude"]].to_numpy()]
    right = owner.reindex(cells).to_numpy() == some["kelurahan_code"].astype(str).to_numpy()
    # A heavy spot near an edge spreads a few metres into the neighbour.
    assert right.mean() > 0.97


def test_private_reports_have_neither_text_nor_photo(frames):
    private = frames["report"][frames["report"]["is_private"]]
    assert len(private) > 1000
    assert private[["summary", "photo_before", "photo_after"]].isna().all(axis=None)


def test_no_text_holds_anything_that_looks_like_a_person(frames):
    texts = frames["report"]["summary"].dropna().unique()
    telltale = re.compile(r"\d{3,}|@|https?:|\b[A-Z]{1,2} ?\d{1,4} ?[A-Z]{1,3}\b|\b(Bapak|Ibu|Pak|Bu) [A-Z]|\bNIK\b")
    assert [text for text in texts if telltale.search(text)] == []
    assert frames["officer"]["alias"].str.fullmatch(r"Petugas \d\d").all()


def test_a_city_too_young_for_its_dirty_rows_is_refused():
    with pytest.raises(ValueError, match="at least 2 months"):
        generate(datetime(2026, 11, 1, 0, 30, tzinfo=WIB), months=1)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        generate(UNTIL.replace(tzinfo=None), months=2)


def test_nothing_is_later_than_the_end_of_the_city(frames):
    assert (frames["report_event"]["recorded_at"] <= pd.Timestamp(UNTIL)).all()
    ahead = (frames["report"]["entered_at"] > pd.Timestamp(UNTIL) + timedelta(days=1)).sum()
    assert ahead == DIRTY_COUNTS["entered_in_future"]
