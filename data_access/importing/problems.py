"""What can be wrong with an import: the whole of it, one row, one cell."""

from dataclasses import dataclass, field

REJECTED, WARNING = "rejected", "warning"


class ImportRefused(Exception):
    """The import cannot be done and nothing was written; one line that says what is wrong and how to mend it."""


class CellError(ValueError):
    """One cell cannot be used; the message says why in plain words, without naming the column."""


@dataclass
class RowNotes:
    """What was found in one source row: reasons to reject it, and warnings that leave it in."""

    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def note(self, column: str, problem: str, *, fatal: bool) -> None:
        """Add a sentence about one column."""
        (self.reasons if fatal else self.warnings).append(f"{column}: {problem}")
