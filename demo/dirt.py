"""Known dirty rows: every class of bad data that one row can have, in small exact numbers, so that counters can be
checked. Each dirty row has one class only. A text with NUL or a lone surrogate is no class: PostgreSQL refuses both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from demo import dirt_history as history
from demo.clock import WIB

# Class -> rows. `return_chain` and the two status classes change the events, the rest the report (or its tickets).
DIRTY_COUNTS = {
    "no_coordinate": 8,
    "zero_coordinate": 6,
    "swapped_coordinate": 5,
    "outside_jakarta": 7,
    "completed_before_entered": 6,
    "completed_in_future": 4,
    "entered_in_future": 4,
    "duplicate_id": 5,
    "two_channels": 6,
    "unknown_category": 5,
    "unknown_unit": 5,
    "other_city_unit": 4,
    "status_backwards": 4,
    "status_skipped": 4,
    "reopened_after_cutoff": 4,
    "return_chain": 12,
    "two_tickets": 3,
    "null_kelurahan": 5,
    "long_duration": 3,
    "unknown_status": 2,
    "rtl_text": 2,
    "long_text": 2,
    "html_text": 2,
    "formula_text": 2,
}
ABSURD_TIMES = ("long_duration", "completed_in_future", "completed_before_entered", "entered_in_future")
OUTSIDE = np.array([[-6.5950, 106.8166], [-6.2383, 107.0010], [-7.2575, 112.7521], [-6.9175, 107.6191]])
TEXTS = {
    "rtl_text": "Lampu jalan mati \u202egnaluid tapet\u202c sejak kemarin",
    "long_text": "Mohon perbaikan jalan, sudah berkali-kali disampaikan. " * 2000,
    "html_text": "<b>Sampah menumpuk</b> <img src=x onerror=alert(1)> di ujung gang",
    "formula_text": '=1+1 Saluran mampet; =HYPERLINK("#";"klik")',
}


@dataclass
class Rows:
    """The tables being soiled, the row numbers of one class in `report`, and the instant the city is seen at."""

    frames: dict[str, pd.DataFrame]
    at: np.ndarray
    rng: np.random.Generator
    until: pd.Timestamp

    @property
    def report(self) -> pd.DataFrame:
        return self.frames["report"]

    def put(self, column: str, values) -> None:
        """Write `values` into `column` of these rows; new words of a coded column are added to its list."""
        series = self.report[column]
        if isinstance(series.dtype, pd.CategoricalDtype):
            wanted = pd.Index(np.atleast_1d(np.asarray(values, dtype=object))).dropna().unique()
            self.report[column] = series.cat.add_categories(wanted.difference(series.cat.categories))
        self.report.loc[self.at, column] = values

    def days(self, low: float, high: float) -> pd.TimedeltaIndex:
        """Random spans of so many days, one per row."""
        return pd.to_timedelta(self.rng.uniform(low, high, len(self.at)).round(4), unit="D").as_unit("us")


def soil(rng: np.random.Generator, frames: dict[str, pd.DataFrame], until: datetime) -> dict[str, pd.DataFrame]:
    """The frames with DIRTY_COUNTS rows made dirty. Raises ValueError when the city is too small for them."""
    frames = dict(frames)
    now = pd.Timestamp(until).tz_convert("UTC").as_unit("us")
    chosen = _choose(rng, frames["report"], frames["ticket"], now)
    for name, at in chosen.items():
        CLASSES[name](Rows(frames, at, rng, now))
    history.renumber(frames)
    return frames


def _choose(
    rng: np.random.Generator, report: pd.DataFrame, ticket: pd.DataFrame, now: pd.Timestamp
) -> dict[str, np.ndarray]:
    """Disjoint rows for each class: finished, public, located reports of past months."""
    month = report["entered_at"].dt.tz_convert(WIB).dt.tz_localize(None).dt.to_period("M").dt.end_time
    cutoff = (month + pd.Timedelta(days=8)).dt.ceil("D").dt.tz_localize(WIB)
    settled = (report["completed_at"] < cutoff) & (cutoff + pd.Timedelta(days=4) < now)
    plain = (report["status"] == "selesai") & ~report["is_private"] & (report["channel_id"] == "JAKI")
    recent = report["entered_at"] > now - pd.Timedelta(days=150)
    kept = (report["received_how"] == "direct") & ~report["report_id"].isin(ticket["report_id"])
    pool = np.flatnonzero(settled & plain & recent & kept)
    total = sum(DIRTY_COUNTS.values())
    if len(pool) < total:
        raise ValueError("the city is too small for its dirty rows: ask for at least 2 months")
    picked = np.sort(rng.choice(pool, total, replace=False))
    # The oldest rows get the absurd times, so that the means of the last months stay as they are.
    names = sorted(DIRTY_COUNTS, key=lambda name: name not in ABSURD_TIMES)
    absurd = sum(DIRTY_COUNTS[name] for name in ABSURD_TIMES)
    picked[absurd:] = rng.permutation(picked[absurd:])
    return dict(zip(names, np.split(picked, np.cumsum([DIRTY_COUNTS[name] for name in names])[:-1]), strict=True))


def _place(latitude, longitude) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows.put("latitude", latitude)
        rows.put("longitude", longitude)

    return change


def _word(column: str, value) -> Callable[[Rows], None]:
    return lambda rows: rows.put(column, value)


def _swap(rows: Rows) -> None:
    latitude, longitude = (rows.report.loc[rows.at, name].to_numpy() for name in ("latitude", "longitude"))
    _place(longitude, latitude)(rows)


def _move_outside(rows: Rows) -> None:
    point = OUTSIDE[np.arange(len(rows.at)) % len(OUTSIDE)]
    _place(point[:, 0], point[:, 1])(rows)


def _complete_before_entry(rows: Rows) -> None:
    rows.put("completed_at", rows.report.loc[rows.at, "entered_at"] - rows.days(0.1, 3))


def _complete_in_future(rows: Rows) -> None:
    rows.put("completed_at", rows.until + rows.days(100, 400))


def _enter_in_future(rows: Rows) -> None:
    """The clock of a phone: entered far ahead, still waiting. Far, so that it stays in the future for long."""
    history.keep_entry_only(rows.frames, rows.report.loc[rows.at, "report_id"])
    rows.put("entered_at", rows.until + rows.days(200, 900))
    rows.put("status", "menunggu")
    for column in ("first_response_at", "completed_at", "validated_at", "officer_id", "photo_after", "rating"):
        rows.put(column, None)


def _stretch(rows: Rows) -> None:
    entered = rows.report.loc[rows.at, "completed_at"] - rows.days(365 * 6, 365 * 7)
    rows.put("entered_at", entered)
    rows.put("first_response_at", entered + pd.Timedelta(hours=2))


def _duplicate(rows: Rows) -> None:
    """The same report again as an older pull has it: still at work. Readers take the row changed last."""
    again = rows.report.loc[rows.at].copy()
    again["status"] = "proses"
    for column in ("completed_at", "validated_at", "photo_after", "rating"):
        again[column] = None
    again["updated_at"] = again["first_response_at"] + pd.Timedelta(minutes=1)
    rows.frames["report"] = history.append(rows.report, again)


def _other_city(rows: Rows) -> None:
    kota = rows.report.loc[rows.at, "kelurahan_code"].astype(str).str[:5]
    rows.put("unit_id", np.where(kota == "31.75", "S-HUB-31.73", "S-HUB-31.75"))


CLASSES: dict[str, Callable[[Rows], None]] = {
    "no_coordinate": _place(np.nan, np.nan),
    "zero_coordinate": _place(0.0, 0.0),
    "swapped_coordinate": _swap,
    "outside_jakarta": _move_outside,
    "completed_before_entered": _complete_before_entry,
    "completed_in_future": _complete_in_future,
    "entered_in_future": _enter_in_future,
    "duplicate_id": _duplicate,
    "two_channels": lambda rows: history.second_channel(rows.frames, rows.at),
    "unknown_category": _word("category_id", "kategori-lama-99"),
    "unknown_unit": _word("unit_id", "D-LAMA-07"),
    "other_city_unit": _other_city,
    "status_backwards": lambda rows: history.go_backwards(rows.frames, rows.at),
    "status_skipped": lambda rows: history.skip(rows.frames, rows.at),
    "reopened_after_cutoff": lambda rows: history.reopen(rows.frames, rows.at),
    "return_chain": lambda rows: history.send_and_return(rows.frames, rows.at),
    "two_tickets": lambda rows: history.two_tickets(rows.frames, rows.at),
    "null_kelurahan": _word("kelurahan_code", None),
    "long_duration": _stretch,
    "unknown_status": _word("status", "xx_lama"),
    **{name: _word("summary", value) for name, value in TEXTS.items()},
}
