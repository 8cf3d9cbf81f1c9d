"""`import FILE --mapping NAME`: load a pull into the CRM named by CRM_DSN, which needs a role that may write."""

import argparse
import signal
from contextlib import contextmanager
from pathlib import Path

import psycopg

from data_access import contract
from data_access.commands import open_for_work, say, tell
from data_access.engine import DatabaseUnavailable, first_line, place
from data_access.importing import mapping as mappings
from data_access.importing.load import Summary, load
from data_access.importing.problems import ImportRefused
from data_access.importing.read import open_source
from data_access.importing.rejects import RejectsFile, beside
from data_access.settings import settings

ALL_LOADED, SOME_REJECTED, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --mapping NAME, --rejects FILE."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv, .xlsx or .json pull")
    parser.add_argument("--mapping", required=True, metavar="NAME", help="a shipped mapping, or a .yaml file")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="default: FILE.rejects.csv beside the source")


def run(arguments: argparse.Namespace) -> int:
    """0 when every row was loaded, 1 when some stand in the rejects file, 2 when nothing was written."""
    try:
        with _stopped_like_an_interrupt():
            return _import(arguments)
    except (ImportRefused, DatabaseUnavailable) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse("stopped")
    except OSError as error:
        return _refuse(f"{error.filename or arguments.file}: {error.strerror or error}")
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction) as error:
        return _refuse(f"{first_line(error)}: import needs a CRM_DSN whose role may write")
    except psycopg.Error as error:
        return _refuse(f"{place(settings().crm_dsn)}: {first_line(error)}")


def _import(arguments: argparse.Namespace) -> int:
    mapping = mappings.load(arguments.mapping)
    with open_source(arguments.file) as source:
        for note in source.notes:
            tell(f"warning: {note}")
        mapping = mapping.for_columns(source.columns)
        for sentence in mapping.assumed:
            tell(f"assumed: {sentence}")
        target = arguments.rejects or beside(arguments.file)
        with RejectsFile(target, source.columns) as rejects:
            with open_for_work(settings().crm_dsn) as connection:
                if contract.simulated(connection):
                    tell("warning: this CRM is marked DATA SIMULASI, and so will be what is loaded into it")
                summary = load(connection, source, mapping, rejects, _show_progress)
                rejects.complete()  # before the commit: a disk too full for the rejects takes the load back
            written = rejects.publish()
            say(_summary_line(summary, rejects) + (f"; see {written}" if written else ""))
            return SOME_REJECTED if rejects.rejected_count else ALL_LOADED


def _summary_line(summary: Summary, rejects: RejectsFile) -> str:
    loaded_count = summary.inserted_count + summary.updated_count
    added = "".join(f", {count} new {table} names" for table, count in summary.added_names.items())
    return (
        f"read {summary.rows_count} rows: loaded {loaded_count} reports "
        f"({summary.inserted_count} new, {summary.updated_count} changed), unchanged {summary.unchanged_count}, "
        f"rejected {rejects.rejected_count} rows, warnings in {rejects.warned_count} rows{added}"
    )


@contextmanager
def _stopped_like_an_interrupt():
    """A polite kill ends the import the way Ctrl-C does: rolled back, with one line."""

    def stop(*_signal: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _show_progress(rows_count: int) -> None:
    tell(f"read {rows_count} rows ...")


def _refuse(reason: str) -> int:
    tell(f"error: {reason}; nothing was written")
    return REFUSED
