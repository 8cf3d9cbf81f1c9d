"""The lists of reports behind the figures of a row."""

from dataclasses import replace
from urllib.parse import quote

from components.ranking_table import Links
from data_access.listing import OPEN_START, Listing, href
from data_access.live import State
from pages._peringkat.asked import Asked
from scoring.periods import WIB

UNIT = "~~"  # stands for the unit in an address that is made once for all rows


class RowLinks:
    """Addresses of the rows of one table: all that differs between them is the unit."""

    def __init__(self, asked: Asked, state: State):
        filters = replace(asked.filters, unit_id=UNIT)
        done = (OPEN_START, state.as_of.astimezone(WIB).date())
        lists = (Listing(filters), Listing(filters, completed=done), Listing(filters, response="tepat"))
        self._asked = asked
        self._parts = [href(listing).split(UNIT) for listing in lists]

    def of(self, place: int) -> Links:
        """The addresses of one row."""
        unit_id = quote(self._asked.found.level.units[place].unit_id, safe=".,-:~")
        return Links(self._asked.unit_href(place), *(unit_id.join(parts) for parts in self._parts))
