"""Running `python -m data_access` inside a test, on the database of the test."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import psycopg

from data_access.__main__ import main
from data_access.settings import settings

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "real"


def real_file(name: str) -> Path:
    """A real pull, read where it is."""
    path = REAL / name
    assert path.is_file(), f"{path} is missing: the real pulls lie beside the project in shared/data/real"
    return path


@dataclass
class Commands:
    """Runs commands against one database and keeps what they printed."""

    dsn: str
    folder: Path
    capsys: object
    out: str = ""
    err: str = ""

    def __call__(self, *arguments: str | Path) -> int:
        before = dict(os.environ)
        os.environ.update(CRM_DSN=self.dsn, STATE_DSN=self.dsn)
        settings.cache_clear()
        try:
            return main([str(argument) for argument in arguments])
        finally:
            os.environ.clear()
            os.environ.update(before)
            settings.cache_clear()
            self.out, self.err = self.capsys.readouterr()

    def load(self, file: Path, mapping: str | Path = "generic") -> int:
        """`import FILE --mapping MAPPING` with the rejects in the test's folder."""
        return self("import", file, "--mapping", mapping, "--rejects", self.rejects_path)

    def load_text(self, text: str, mapping: str | Path = "generic", *, encoding: str = "utf-8", errors="strict") -> int:
        """Import a CSV of this text."""
        file = self.folder / "pull.csv"
        file.write_bytes(text.encode(encoding, errors))
        return self.load(file, mapping)

    @property
    def rejects_path(self) -> Path:
        """Where the rejects go."""
        return self.folder / "pull.rejects.csv"

    def rejects(self) -> list[dict[str, str]]:
        """The rejects file, row by row."""
        with self.rejects_path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def execute(self, statements: str) -> None:
        """Do something to the database behind the command's back."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(statements)

    def rows(self, query: str) -> list[tuple]:
        """Answer of a query on the database."""
        with psycopg.connect(self.dsn, options="-c timezone=Asia/Jakarta") as connection:
            return connection.execute(query).fetchall()
