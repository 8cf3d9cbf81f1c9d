"""Links from one unit's screen: to another unit, and the names of lists of reports."""

from urllib.parse import quote, urlencode

from data_access.monitor import Reading

OWN = "sendiri-"  # before the name of a list: of the unit's own reports, without those of the units below


def unit_href(reading: Reading, unit_id: str, **query: str) -> str:
    """The screen of another unit, in the period of this one."""
    asked = _period(reading) | query
    return f"/tkd/{quote(unit_id)}" + (f"?{urlencode(asked)}" if asked else "")


def list_href(reading: Reading) -> str:
    """The list of the units below this one, in its period."""
    return f"/tkd?{urlencode({'tampil': 'daftar', 'induk': reading.unit_id} | _period(reading))}"


def _period(reading: Reading) -> dict[str, str]:
    return {"periode": reading.query["periode"]} if "periode" in reading.query else {}
