"""`python -m pages batch`: documents of many units, one after the other; interrupted, it goes on where it stopped."""

import argparse
import os
from datetime import datetime

from data_access import contract, dimensions, document_batches, document_periods
from data_access.commands import open_for_work
from data_access.dimensions import Dimensions
from data_access.document_store import FORMATS, PROVINCE
from data_access.engine import connect
from data_access.reading import DEADLINE_SECONDS
from data_access.settings import settings
from pages._documents.files import files
from pages._documents.worker import Refused, work
from scoring.periods import WIB

RESUME = "lanjut"
KINDS = ("bulanan", "mingguan", "tahunan")
BY = "perintah"
WHOLE_TYPE = "provinsi"  # of everything, which is the province itself
NICE = 10  # what nobody waits for leaves the machine to the screens
# A worker that hangs gives its document back.
LIMITS = "set idle_in_transaction_session_timeout = '15min'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """KIND --period P [--format ...] [--units ...] [--as-of ISO], or lanjut [--batch N]."""
    parser.add_argument("kind", choices=(*KINDS, RESUME), help=f"{RESUME}: go on with every batch that is not finished")
    parser.add_argument("--period", help="2026-10, 2026-W48 or 2026; needed for a kind")
    parser.add_argument("--format", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument(
        "--units", nargs="+", metavar="UNIT", help=f"without: all of them; {PROVINCE!r} is the province"
    )
    parser.add_argument("--as-of", type=_instant, metavar="ISO", help="without: the minute of the database's clock")
    parser.add_argument("--batch", type=int, metavar="N", help=f"with {RESUME}: this batch alone")


def run(arguments: argparse.Namespace) -> int:
    """Make the documents; 1 when one of them could not be made. Raises Refused, DatabaseUnavailable, psycopg.Error."""
    if arguments.kind != RESUME and not arguments.period:
        raise Refused("--period is needed: 2026-10 (bulanan), 2026-W48 (mingguan), 2026 (tahunan)")
    batch_id = arguments.batch if arguments.kind == RESUME else _requested(arguments)
    if batch_id is None:
        os.nice(NICE)
    with open_for_work(settings().state_dsn) as state:
        state.autocommit = True
        state.execute(LIMITS)
        failed_count = work(state, settings().crm_dsn, batch_id, files, progress=arguments.kind != RESUME)
    return 1 if failed_count else 0


def _requested(arguments: argparse.Namespace) -> int:
    """The batch of the arguments, asked for now or before."""
    with connect(settings().crm_dsn, deadline_seconds=DEADLINE_SECONDS) as crm:
        now = crm.execute("select date_trunc('minute', now())").fetchone()[0]
        names = dimensions.load(crm, contract.usable_columns(crm))
    as_of = arguments.as_of or now
    if arguments.period not in document_periods.offered(arguments.kind, as_of):
        offered = document_periods.offered(arguments.kind, as_of)
        raise Refused(f"--period {arguments.period}: of {arguments.kind} there are {offered[-1]} to {offered[0]}")
    units = _units(arguments.units, names)
    with open_for_work(settings().state_dsn) as state:
        state.autocommit = True
        return document_batches.request(state, arguments.kind, arguments.period, arguments.format, units, as_of, BY)


def _units(asked: list[str] | None, names: Dimensions) -> list[str]:
    """The units asked for, or all that are shown as units anywhere, and the province."""
    if asked is None:
        return [PROVINCE, *(unit.unit_id for unit in names.units[1:] if unit.unit_type != WHOLE_TYPE)]
    if unknown := [unit for unit in asked if unit != PROVINCE and not names.unit_code(unit)]:
        raise Refused(f"--units {unknown[0]}: the CRM knows no such unit")
    return asked


def _instant(text: str) -> datetime:
    """An ISO time; without a zone it is WIB."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=WIB)
