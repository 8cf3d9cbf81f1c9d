"""`python -m pages document`: one document as files in a folder. Same data and as-of, same bytes."""

import argparse
from datetime import datetime
from pathlib import Path

from data_access.commands import say
from data_access.reading import read_state
from data_access.settings import settings
from pages._documents.files import DRAW
from pages._documents.make import make
from scoring.periods import WIB

KINDS = ("bulanan", "mingguan", "tahunan", "ringkasan")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """KIND --period P [--unit U] [--format ...] [--as-of ISO] [--out FOLDER]."""
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument(
        "--period", required=True, help="2026-10 (bulanan), 2026-W48 (mingguan), 2026 (tahunan), a brief's number"
    )
    parser.add_argument("--unit", default="", help="a unit such as W-31.71; without it the province")
    parser.add_argument("--format", nargs="+", choices=tuple(DRAW), default=["pdf"])
    parser.add_argument("--as-of", type=_instant, metavar="ISO", help="without: the minute of the database's clock")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and name them. Raises ValueError for what cannot be made, DatabaseUnavailable, OSError."""
    if not arguments.out.is_dir():
        raise NotADirectoryError(f"--out {arguments.out}: no such folder")
    state = read_state(settings().crm_dsn, arguments.as_of)
    # A brief is of an area, which a kota's unit is named after.
    subject_id = arguments.unit.removeprefix("W-") if arguments.kind == "ringkasan" else arguments.unit
    made = make(arguments.kind, subject_id, arguments.period, state)
    for form in arguments.format:
        path = arguments.out / f"{file_name(arguments.kind, arguments.unit, arguments.period)}.{form}"
        part = path.with_suffix(f".{form}.part")
        part.write_bytes(DRAW[form](made))
        part.replace(path)  # a half-written file never has the name
        say(str(path))
    return 0


def file_name(kind: str, subject_id: str, period: str) -> str:
    """'bulanan-W-31.71-2026-10'."""
    return f"{kind}-{subject_id or 'provinsi'}-{period}"


def _instant(value: str) -> datetime:
    """An ISO time; without a zone it is WIB."""
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=WIB)
