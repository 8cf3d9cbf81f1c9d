"""What every document begins and ends with: letterhead, notes, who signs."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

import components.documents
from components.documents.content import Block, Heading, Items, Letterhead, Paragraph, Signature
from components.documents.written import day
from data_access.document_figures import UnitMonth
from data_access.settings import SettingsError, settings

EXAMPLE = Path(components.documents.__file__).parent / "letterhead.yaml"
SIGNED = ("place", "office", "name", "number")


@cache
def _read(path: Path) -> dict:
    with path.open(encoding="utf-8") as file:
        found = yaml.safe_load(file)
    if not isinstance(found, dict) or not isinstance(found.get("lines"), list):
        raise SettingsError(
            f"LETTERHEAD={path}: write `lines:` with a list, as in components/documents/letterhead.yaml"
        )
    return found


def letterhead() -> Letterhead:
    """The kop surat of LETTERHEAD, or the example. Raises SettingsError."""
    found = _read(settings().letterhead or EXAMPLE)
    return Letterhead(tuple(str(line) for line in found["lines"]), str(found.get("address") or ""))


def signature(as_of: datetime) -> Signature:
    """Who signs, by LETTERHEAD."""
    place, office, name, number = (str(_read(settings().letterhead or EXAMPLE).get(key) or "") for key in SIGNED)
    return Signature(f"{place or 'Jakarta'}, {day(as_of)}", office, name, number)


def introduction() -> Iterator[Block]:
    """What a report begins with, by LETTERHEAD: its introduction and legal basis, nothing where none is written."""
    found = _read(settings().letterhead or EXAMPLE)
    if texts := found.get("introduction"):
        yield Heading("Pengantar")
        yield from (Paragraph(str(text)) for text in texts)
    if texts := found.get("legal_basis"):
        yield Heading("Dasar hukum", 2)
        yield Items(tuple(str(text) for text in texts))


def notes(month: UnitMonth) -> tuple[str, ...]:
    """What must be read with the scores of a month."""
    assumed = " ASUMSI: rumus ini bukan peraturan." if month.rules.status == "assumed" else ""
    frozen = "Nilai FINAL dari bulan yang dibekukan"
    state = f"{frozen} ({month.freeze.sha256[:12]})." if month.freeze else "Nilai SEMENTARA: bulan ini belum dibekukan."
    return (
        f"Nilai dihitung dengan aturan {month.rules.rulebook} versi {month.rules.version}.{assumed} {state}",
        "Jumlah pengaduan dihitung menurut pemegang laporan sekarang dan bulan masuknya, seperti pada layar Laporan.",
    )
