"""`python -m pages COMMAND`: the work that needs both the questions and the drawing. Each command has its module."""

import argparse
import importlib
import sys

import psycopg

from data_access.commands import check_dsns, tell
from data_access.engine import DatabaseUnavailable, first_line
from data_access.settings import SettingsError, settings

# Command -> (module with add_arguments(parser) and run(arguments), what it does).
COMMANDS = {
    "batch": ("pages._documents.batch", "make the documents of many units and keep them; goes on where it stopped"),
    "document": ("pages._documents.command", "make the document of one unit as files"),
}
BAD_INPUT = 2


def main(argv: list[str] | None = None) -> int:
    """Run one command. Whatever cannot be helped ends as one line on stderr and exit code 2."""
    arguments = _parser().parse_args(argv)
    try:
        check_dsns(settings())
        return arguments.run(arguments)
    except psycopg.errors.UndefinedTable as error:
        tell(f"error: {first_line(error)}: run python -m data_access migrate")
    except (SettingsError, DatabaseUnavailable, ValueError, OSError, psycopg.Error) as error:
        tell(f"error: {first_line(error)}")
    return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (module_name, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        module = importlib.import_module(module_name)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
