"""Rows with defaults, so that a test states only what it is about."""

import itertools
from datetime import datetime

import numpy as np

from data_access.dimensions import RECEIVED_CODES, STATUS_CODES, Dimensions, Unit, kelurahan_names
from data_access.events import Event
from data_access.frame import NEVER, Frame, microseconds
from scoring.periods import WIB

UNITS = (
    Unit("", "Unit tidak dikenal", "tidak dikenal", "", None, None),
    Unit("D-BM", "Dinas Bina Marga", "Bina Marga", "dinas", None, None),
    Unit("D-SDA", "Dinas Sumber Daya Air", "Sumber Daya Air", "dinas", None, None),
    Unit("S-BM-71", "Suku Dinas Bina Marga Jakarta Pusat", "Bina Marga", "sudin", "D-BM", "31.71"),
    Unit("W-31.71", "Walikota Jakarta Pusat", "Jakarta Pusat", "kota", None, "31.71"),
    Unit("W-31.71.01", "Kecamatan Gambir", "Gambir", "kecamatan", "W-31.71", "31.71.01"),
    Unit("K-GAMBIR", "Kelurahan Gambir", "Gambir", "kelurahan", "W-31.71.01", "31.71.01.1001"),
    Unit("K-CIDENG", "Kelurahan Cideng", "Cideng", "kelurahan", "W-31.71.01", "31.71.01.1002"),
)
NAMES = Dimensions(
    units=UNITS,
    categories=(("", "Kategori tidak dikenal"), ("jalan", "Jalan"), ("sampah", "Sampah")),
    channels=(("", "Kanal tidak dikenal"), ("JAKI", "JAKI"), ("TWITTER", "Twitter")),
    kelurahan=(("", "lokasi tidak dikenal"), *kelurahan_names()),
)
_numbers = itertools.count(1)


def wib(text: str) -> datetime:
    """`2026-11-22 14:05` as an aware instant in WIB."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def at(text: str | None) -> int:
    """`2026-11-22 14:05` (WIB) in microseconds; None is NEVER."""
    return NEVER if text is None else microseconds(wib(text))


def report(**given) -> dict:
    """One report with defaults: a road report of Dinas Bina Marga in Gambir, entered on 10 Nov 2026, waiting."""
    defaults = {
        "number": f"JK261110{next(_numbers):04d}",
        "entered": "2026-11-10 08:00",
        "first_response": None,
        "completed": None,
        "validated": None,
        "received": None,
        "updated": None,
        "status": "menunggu",
        "received_how": "direct",
        "unit": "D-BM",
        "category": "jalan",
        "channel": "JAKI",
        "kelurahan": "31.71.01.1001",
        "cell": -1,
    }
    unknown = set(given) - set(defaults)
    assert not unknown, f"report() knows no {unknown}"
    return defaults | given


def frame(*reports: dict) -> Frame:
    """A frame of `report(...)` rows."""
    rows = list(reports)

    def column(name: str, dtype, convert=lambda value: value) -> np.ndarray:
        return np.array([convert(row[name]) for row in rows], dtype=dtype)

    units = {unit.unit_id: code for code, unit in enumerate(UNITS)}
    categories = {identifier: code for code, (identifier, _) in enumerate(NAMES.categories)}
    channels = {identifier: code for code, (identifier, _) in enumerate(NAMES.channels)}
    kelurahan = {identifier: code for code, (identifier, _) in enumerate(NAMES.kelurahan)}
    times = ("entered", "first_response", "completed", "validated", "received")
    return Frame(
        number=column("number", object),
        **{name: column(name, np.int64, at) for name in times},
        updated=np.array([at(row["updated"] or row["entered"]) for row in rows], np.int64),
        status=column("status", np.int8, lambda status: STATUS_CODES.get(status, 0)),
        received_how=column("received_how", np.int8, RECEIVED_CODES.get),
        channel=column("channel", np.int16, lambda name: channels.get(name, 0)),
        category=column("category", np.int16, lambda name: categories.get(name, 0)),
        unit=column("unit", np.int16, lambda name: units.get(name, 0)),
        kelurahan=column("kelurahan", np.int16, lambda code: kelurahan.get(code, 0)),
        cell=column("cell", np.int32),
        latitude=np.full(len(rows), np.nan, np.float32),
        longitude=np.full(len(rows), np.nan, np.float32),
        is_private=np.zeros(len(rows), bool),
        names=NAMES,
    )


def event(number: str, occurred: str, status: str, previous_status: str | None = None, previous: str | None = None):
    """One change of a report."""
    return Event(next(_numbers), number, wib(occurred), status, previous_status, wib(previous) if previous else None)
