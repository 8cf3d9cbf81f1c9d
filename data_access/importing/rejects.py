"""The rejects file: every source row that was left out or taken in with a warning, with the reason and its cells.

Columns: row (as a spreadsheet shows it), outcome (rejected | warning), reason, then the cells of the source as they
are. It appears only when the import has succeeded; until then it is a part file beside its place.
"""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from data_access.importing.problems import REJECTED, WARNING, ImportRefused, RowNotes

HEADER = ("row", "outcome", "reason")


def beside(source: Path) -> Path:
    """The usual place: `pull.csv` -> `pull.rejects.csv`."""
    return source.with_name(f"{source.stem}.rejects.csv")


class RejectsFile:
    """Collects notes about rows; `publish` puts the file in place, leaving the block without it takes it away."""

    def __init__(self, path: Path, source_columns: tuple[str, ...]):
        """Opens nothing yet: an import without a problem writes no file. Raises ImportRefused for a foreign file."""
        self._path = path
        self._part = path.with_name(f"{path.name}.part-{os.getpid()}")
        self._columns = source_columns
        self._file: TextIO | None = None
        self.rejected_count = 0
        self.warned_count = 0
        if path.exists() and not _is_ours(path):
            raise ImportRefused(f"{path} is there already and is no rejects file: name another with --rejects")

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file:
            with suppress(OSError):  # a full disk: the error that brought us here says so already
                self._file.close()
        self._part.unlink(missing_ok=True)

    def note(self, row_number: int, notes: RowNotes, cells: dict[str, Any]) -> None:
        """Write one source row down, if there is anything to say. Raises ImportRefused when it cannot be written."""
        if not notes.reasons and not notes.warnings:
            return
        self.rejected_count += bool(notes.reasons)
        self.warned_count += not notes.reasons
        outcome = REJECTED if notes.reasons else WARNING
        reason = "; ".join([*notes.reasons, *notes.warnings])
        self._write([row_number, outcome, reason, *(cells.get(name) for name in self._columns)])

    def complete(self) -> None:
        """All that was noted is safely on disk, though not yet in place. Raises ImportRefused when it is not."""
        with self._refusing():
            if self._path.exists() and self._file is None:
                self._open()  # an earlier run's rejects must not pass for this one's
            if self._file:
                self._file.flush()
                os.fsync(self._file.fileno())

    def publish(self) -> Path | None:
        """Put the file in place; its path, or None when there was nothing to say."""
        if self._file is None:
            return None
        self._file.close()
        self._part.replace(self._path)
        return self._path if self.rejected_count or self.warned_count else None

    def _write(self, cells: list) -> None:
        with self._refusing():
            if self._file is None:
                self._open()
            csv.writer(self._file).writerow(cells)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = f"the rejects file {self._path} cannot be written ({error.strerror}): free space or use --rejects"
            raise ImportRefused(reason) from error

    def _open(self) -> None:
        # Half characters cannot be written as UTF-8: they are shown as \\udxxx.
        self._file = self._part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        csv.writer(self._file).writerow([*HEADER, *self._columns])


def _is_ours(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline(1000).startswith(",".join(HEADER))
