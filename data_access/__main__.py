"""`python -m data_access COMMAND`: the command line of the data. Each command lives in its own module."""

import argparse
import importlib
import sys

import psycopg

from data_access.commands import check_dsns, tell
from data_access.engine import DatabaseUnavailable, first_line, place
from data_access.settings import SettingsError, settings

# Command -> (module with add_arguments(parser) and run(arguments), what it does).
COMMANDS = {
    "backtest": ("data_access.forecasting", "how right past forecasts would have been; for the screens and docs/"),
    "check": ("data_access.contract", "compare the CRM with the contract; exit 1 when something must be mended"),
    "import": ("data_access.importing.command", "load a CSV, XLSX or JSON file into the contract by a mapping"),
    "migrate": ("data_access.state.migrate", "bring the state schema to the newest version"),
    "pull": ("data_access.pull_command", "pull reports, scores or daily counts as CSV, XLSX or Parquet"),
    "rollup": ("data_access.rollup", "recompute the daily roll-ups of the days that changed"),
    "scheduler": ("data_access.scheduler", "run the regular jobs and the contract check until told to stop"),
    "token": ("data_access.pull_tokens", "make, list or revoke the tokens that open pulls by their address"),
}
BAD_INPUT = 2


def main(argv: list[str] | None = None) -> int:
    """Run one command. Whatever cannot be helped ends as one line on stderr and exit code 2."""
    arguments = _parser().parse_args(argv)
    try:
        check_dsns(settings())
        return arguments.run(arguments)
    except (SettingsError, DatabaseUnavailable, ValueError, OSError) as error:
        return _refuse(first_line(error))
    except psycopg.errors.UndefinedTable as error:
        return _refuse(f"{first_line(error)}: run python -m data_access migrate, then check")
    except psycopg.Error as error:
        return _refuse(f"{_places()}: {first_line(error)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data_access", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (module_name, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        module = importlib.import_module(module_name)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def _places() -> str:
    return " / ".join(dict.fromkeys((place(settings().crm_dsn), place(settings().state_dsn))))


def _refuse(reason: str) -> int:
    tell(f"error: {reason}")
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
