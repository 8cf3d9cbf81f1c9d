"""`python -m demo city | live | load N | up`: the only program that writes to a CRM, and only to a simulated one."""

import argparse
import os
import sys
from datetime import datetime

import psycopg
import sqlalchemy.exc
from sqlalchemy import text

from demo.clock import WIB, to_microseconds
from demo.progress import Bar
from demo.schema import NotSimulated, has_schema, is_simulated, transaction


class Refused(Exception):
    """The command cannot be carried out; the message is one line that says how to mend it."""


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line, without the usage in front."""

    def error(self, message: str) -> None:
        raise Refused(f"{message}; see {self.prog} --help")


def main(arguments: list[str]) -> int:
    """Run one subcommand. Returns the exit code: 0, or 2 with one line on stderr."""
    if arguments[:1] == ["up"]:
        from demo import up

        return up.main(arguments[1:])
    try:
        options = _parser().parse_args(arguments)
        options.run(options)
    except KeyboardInterrupt:
        return _say("stopped; nothing was kept") + 128
    except (Refused, NotSimulated, ValueError) as error:
        return _say(str(error))
    except (psycopg.Error, sqlalchemy.exc.SQLAlchemyError) as error:
        return _say(explain(error))
    except MemoryError:
        return _say("not enough memory for this many reports; ask for fewer")
    return 0


def explain(error: Exception) -> str:
    """One line for a database error: what is wrong and how to mend it."""
    cause = getattr(error, "orig", None) or error
    reason = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    if isinstance(cause, psycopg.errors.DiskFull):
        return f"the database's disk is full ({reason}); nothing was kept. Free some space and run again"
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return f"{reason}; the role in CRM_DSN must be allowed to create schema crm"
    if isinstance(cause, psycopg.OperationalError):
        return f"cannot reach or keep the database of CRM_DSN: {reason}. Is it running, and is the DSN right?"
    if isinstance(error, sqlalchemy.exc.ArgumentError | sqlalchemy.exc.NoSuchModuleError):
        return "CRM_DSN is not a database URL; write postgresql://user@host:5432/name"
    return f"the database refused: {reason}; nothing was kept"


def city(options: argparse.Namespace) -> None:
    """Build the city, unless there is one."""
    from demo.build import build

    dsn = _dsn()
    count = _reports(dsn)
    if count and not options.fresh:
        print(f"the simulated city is already there ({count:,} reports); --fresh replaces it", file=sys.stderr)
        return
    with Bar() as bar:
        counts = build(dsn, until=options.until, months=options.months, seed=options.seed, progress=bar)
    print(", ".join(f"{number:,} {name}" for name, number in counts.items() if not name.startswith("dirty_")))


def live(options: argparse.Namespace) -> None:
    """Let the city go on until SIGTERM or SIGINT."""
    from demo.live import run

    run(_dsn(), options.every)


def load(options: argparse.Namespace) -> None:
    """Fill an empty CRM with many reports for benchmarks."""
    from demo.bulk import fill

    dsn = _dsn()
    if _reports(dsn):
        raise Refused("there are reports in this CRM already; load into an empty database")
    with Bar() as bar:
        counts = fill(dsn, options.count, until=options.until, seed=options.seed, progress=bar)
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()))


def _reports(dsn: str) -> int:
    """Reports in the simulated CRM; 0 without one. Raises NotSimulated for any other CRM."""
    with transaction(dsn) as connection:
        if not has_schema(connection):
            return 0
        if not is_simulated(connection):
            raise NotSimulated("schema crm is not marked as simulated: it may be a real CRM and is left as it is")
        return connection.execute(text("SELECT count(*) FROM crm.report")).scalar_one()


def _dsn() -> str:
    dsn = os.environ.get("CRM_DSN", "").strip()
    if not dsn:
        raise Refused("CRM_DSN is not set: name the database to write to, e.g. postgresql://user@127.0.0.1:5432/crm")
    if not dsn.startswith(("postgresql://", "postgres://")):
        raise Refused("CRM_DSN is not a database URL; write postgresql://user@host:5432/name")
    return dsn.replace("postgres://", "postgresql://", 1)


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        to_microseconds(moment)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no time with zone ({error})") from None
    return moment


def _positive(value: str) -> int:
    if not value.isdigit() or int(value) == 0:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number above 0")
    return int(value)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.01 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of seconds from 0.01 to 3600")
    return seconds


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="city | live | load | up")
    one = commands.add_parser("city", help="build the simulated city in the database of CRM_DSN")
    one.add_argument("--months", type=_positive, default=14, help="whole months before the running one (14)")
    one.add_argument("--fresh", action="store_true", help="replace a city that is already there")
    one.set_defaults(run=city)
    two = commands.add_parser("live", help="let the city go on in real time")
    two.add_argument("--every", type=_seconds, default=7.0, help="mean seconds between two changes (7)")
    two.set_defaults(run=live)
    three = commands.add_parser("load", help="fill an empty database with N reports for benchmarks")
    three.add_argument("count", type=_positive, metavar="N")
    three.set_defaults(run=load)
    for each in (one, three):
        each.add_argument("--seed", type=int, default=2026, help="another seed is another city (2026)")
        each.add_argument("--until", type=_moment, default=datetime.now(WIB), help="ISO time with zone (now)")
    commands.add_parser("up", help="start everything; see python -m demo up --help")
    return parser


def _say(message: str) -> int:
    print(f"demo: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
