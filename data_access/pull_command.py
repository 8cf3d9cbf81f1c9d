"""`python -m data_access pull`: a pull as a file, or to standard output."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data_access import pull_files, pulls
from data_access.commands import tell
from data_access.filters import Filters
from data_access.listing import ALL_TIME, Listing
from data_access.live import State
from data_access.pulls import Pull
from data_access.reading import read_state
from data_access.scope import EVERYTHING, Scope
from data_access.settings import settings
from scoring import periods
from scoring.periods import WIB

STDOUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """WHAT [--day D | --period P] [--unit U] --format F --out FILE."""
    parser.add_argument("what", choices=tuple(pulls.DICTIONARY))
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="of entry, in WIB")
    when.add_argument(
        "--period", type=periods.parse, metavar="YYYY-MM", help="month of entry; without: the running one"
    )
    parser.add_argument("--unit", metavar="U", help="with every unit below it")
    parser.add_argument("--format", choices=tuple(pull_files.FORMATS), default="csv")
    parser.add_argument("--out", required=True, metavar="FILE", help="'-' for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the file. Raises ValueError for what cannot be pulled, DatabaseUnavailable, OSError, psycopg.Error."""
    state = read_state(settings().crm_dsn)
    if arguments.unit and not state.frame.names.unit_code(arguments.unit):
        raise ValueError(f"--unit {arguments.unit}: the CRM knows no such unit")
    pull = asked(arguments.what, arguments.day, arguments.period, Filters(unit_id=arguments.unit), EVERYTHING, state)
    content, _ = pull_files.FORMATS[arguments.format]
    if arguments.out == STDOUT:
        sys.stdout.buffer.writelines(content(pull))
        return 0
    size = _written(Path(arguments.out), content(pull))
    tell(f"{arguments.out}: {size} bytes, data as of {pull.as_of.astimezone(WIB):%Y-%m-%d %H:%M:%S} WIB")
    return 0


def asked(
    what: str, day: date | None, period: periods.Period | None, filters: Filters, scope: Scope, state: State
) -> Pull:
    """The pull that is meant: of a day or a month of entry, of the running month without either.

    Raises ValueError, DatabaseUnavailable, psycopg.Error.
    """
    month = period or periods.of(state.as_of)
    if state.as_of < month.start:
        raise ValueError(f"{month} has not begun")
    if what == "laporan":
        kept = Filters(ALL_TIME if day else str(month), *list(vars(filters).values())[1:])
        return pulls.reports(scope, Listing(kept, entered=(day, day) if day else None), state)
    inside = _narrowed(scope, filters, state)
    if what == "nilai":
        if day:
            raise ValueError("scores are of a month, not of a day: name a period")
        return pulls.scores(inside, month, state)
    first, last = (day, day) if day else (month.start.date(), month.next.start.date())
    return pulls.days(inside, first, last if day else date.fromordinal(last.toordinal() - 1), state)


def _narrowed(scope: Scope, filters: Filters, state: State) -> Scope:
    """The scope, and of it the unit of the filters with all below."""
    if filters.unit_id is None:
        return scope
    below = state.frame.names.subtree(filters.unit_id)
    units = {unit.unit_id for place, unit in enumerate(state.frame.names.units) if below[place]}
    return Scope(False, frozenset(units if scope.everything else units & scope.unit_ids))


def _written(path: Path, parts: Iterator[bytes]) -> int:
    """A file that has its name only once it is whole; bytes written."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            size = sum(file.write(part) for part in parts)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return size
