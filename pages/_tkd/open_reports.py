"""The open reports of a period, and how the panels of a unit speak of one report."""

from dataclasses import dataclass
from functools import lru_cache

from data_access.monitor import Reading
from data_access.months import frame_of
from scoring.membership import members
from scoring.reports import STATUSES
from scoring.score import Scorecard
from scoring.tier_clock import TierClock, tier_clock

KEPT = 4  # both open periods, of this state and the one before


@dataclass(frozen=True)
class NamedReport:
    """`place` and `holder` are None where they would only repeat the unit of the screen or each other."""

    number: str
    category: str
    place: str | None
    holder: str | None
    status: str

    @property
    def where(self) -> str:
        """The quiet line under the category."""
        return " · ".join(word for word in (self.number, self.holder, self.place) if word)


@lru_cache(maxsize=KEPT)
def clock_of(card: Scorecard) -> TierClock:
    """The clock of every open report of the card, whichever unit is looked at."""
    return tier_clock(card)


@lru_cache(maxsize=KEPT)
def would_be_doorr(card: Scorecard) -> frozenset[str]:
    """Numbers of the reports that would count as Doorr if nothing happened until the cut-off (scoring part 2.3)."""
    found = members(card.reports, card.rules, card.period, card.rules.cutoff_us(card.period))
    return frozenset(card.reports.number[found.positions[found.is_doorr]].tolist())


def named(reading: Reading, card: Scorecard, row: int) -> NamedReport:
    """A report by its row in the card's facts. Raises DatabaseUnavailable when its month cannot be read."""
    position = card.membership.positions[row]
    frame, names, unit = frame_of(card.period, reading.state), reading.state.frame.names, card.reports.unit[position]
    code = int(frame.kelurahan[position])
    place = f"Kel. {names.kelurahan[code][1]}" if code else names.kelurahan[0][1]
    holder = reading.name(unit)
    own_place = card.reports.units.types[unit] == "kelurahan" and holder == place
    status = int(card.reports.status[position])
    return NamedReport(
        number=str(card.reports.number[position]),
        category=names.categories[frame.category[position]][1],
        place=None if own_place else place,
        holder=None if unit == reading.unit else holder,
        status=STATUSES[status - 1] if status else "",
    )
