"""Pulls of data: reports, scores and daily counts, each with its dictionary and its as-of, in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access import desk_log, export, rollup
from data_access.engine import DatabaseUnavailable
from data_access.frame import microseconds
from data_access.listing import Listing
from data_access.live import State
from data_access.scope import Scope
from data_access.scorecards import scorecard
from data_access.settings import settings
from scoring.output import as_json
from scoring.periods import WIB, Period
from scoring.standings import standings

Cell = str | float | int | date | datetime | None
Rows = Iterator[list[tuple[Cell, ...]]]


@dataclass(frozen=True)
class Column:
    """`kind`: teks, waktu (naive, WIB), tanggal, bulat or pecahan; `source`: where it comes from."""

    name: str
    kind: str
    meaning: str
    source: str


@dataclass(frozen=True)
class Pull:
    """What is pulled: its columns, and its rows in batches. `name` is part of the file's name."""

    name: str
    columns: tuple[Column, ...]
    rows: Rows
    as_of: datetime

    @property
    def head(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


_TEXTS = {  # title of data_access.export.HEAD -> kind, meaning, source
    "Nomor": ("teks", "Nomor laporan", "report.report_id"),
    "Masuk": ("waktu", "Saat laporan masuk, WIB", "report.entered_at"),
    "Kategori": ("teks", "Nama kategori", "category.name"),
    "Kelurahan": ("teks", "Kelurahan tempat laporan", "wilayah menurut report.kelurahan_code"),
    "Kode wilayah": ("teks", "Kode Kemendagri kelurahan", "report.kelurahan_code"),
    "Pemegang": ("teks", "Unit yang memegang laporan sekarang", "unit.name"),
    "Kode pemegang": ("teks", "Kode unit itu", "report.unit_id"),
    "Kanal": ("teks", "Kanal masuknya laporan", "channel.name"),
    "Status": ("teks", "Status menurut CRM", "report.status"),
    "Tanggapan pertama": ("waktu", "Perubahan pertama dari Menunggu, WIB", "report.first_response_at"),
    "Diterima pemegang": ("waktu", "Saat sampai di pemegang sekarang, WIB", "report.received_at"),
    "Selesai": ("waktu", "Saat tindak lanjut selesai, WIB", "report.completed_at"),
    "Jam sampai selesai": ("pecahan", "Jam dari masuk sampai selesai, untuk yang Selesai", "dihitung"),
    "Tiket": ("teks", "ya bila ada ticketing estimasi waktu selesai", "ticket"),
    "Privat": ("teks", "ya bila laporan tidak dinyatakan publik", "report.is_private"),
    "Isi": ("teks", "Isi laporan; kosong untuk laporan privat", "report.summary"),
}
AS_OF = Column("Data per", "waktu", "Saat data diketahui, WIB", "jam basis data CRM")
REPORTS = (*(Column(title, *_TEXTS[title]) for title in export.HEAD), AS_OF)
SCORES = (
    Column("Periode", "teks", "Bulan masuk laporan, YYYY-MM", "aturan nilai"),
    Column("Kode unit", "teks", "Kode unit", "unit.unit_id"),
    Column("Unit", "teks", "Nama unit", "unit.name"),
    Column("Jenis", "teks", "Jenis unit", "unit.unit_type"),
    Column("Kode induk", "teks", "Unit di atasnya", "unit.parent_id"),
    Column("Nilai", "pecahan", "Nilai seperti pada Monitor TKD, tidak dibulatkan", "scoring"),
    Column("Nilai sendiri", "pecahan", "Nilai atas laporannya sendiri", "scoring"),
    Column("Peringkat", "teks", "A sampai E atas kolom Nilai", "scoring"),
    Column("Penyelesaian", "pecahan", "Bagian penyelesaian, 0 sampai 100", "scoring"),
    Column("Waktu TL", "pecahan", "Bagian waktu, 0 sampai 100", "scoring"),
    Column("Bobot kategori", "pecahan", "Jumlah bobot laporan yang selesai", "scoring"),
    Column("Effort", "pecahan", "Bagian effort, 40 sampai 100", "scoring"),
    Column("Laporan", "bulat", "Laporan sendiri dalam hitungan", "scoring"),
    Column("Selesai", "bulat", "Di antaranya selesai", "scoring"),
    Column("Doorr", "bulat", "Di antaranya dihitung selesai karena diteruskan", "scoring"),
    Column("Aturan", "teks", "Nama dan versi aturan; ASUMSI bila bukan peraturan", "scoring/rulebook"),
    AS_OF,
)
DAYS = (
    Column("Tanggal", "tanggal", "Hari masuk, WIB", "report.entered_at"),
    Column("Kode unit", "teks", "Pemegang sekarang; kosong bila tidak ada", "report.unit_id"),
    Column("Status", "teks", "Status sekarang", "report.status"),
    Column("Laporan", "bulat", "Jumlah laporan", "dihitung semalam"),
    Column("Selesai", "bulat", "Di antaranya selesai, dengan jam yang benar", "dihitung semalam"),
    Column("Jam penyelesaian", "pecahan", "Jumlah jam dari masuk sampai selesai", "dihitung semalam"),
    AS_OF,
)
DICTIONARY = {"laporan": REPORTS, "nilai": SCORES, "harian": DAYS}


def reports(scope: Scope, listing: Listing, state: State) -> Pull:
    """Every report of a listing. Its rows raise DatabaseUnavailable."""
    at = _wib(state.as_of)
    batches = export.batches(scope, listing, state, "terlama")
    return Pull("laporan", REPORTS, ([(*row, at) for row in batch] for batch in batches), state.as_of)


def scores(scope: Scope, period: Period, state: State) -> Pull:
    """Every unit that may be seen, in a period. Raises DatabaseUnavailable."""
    card = scorecard(state, period, microseconds(state.as_of))
    shown = standings(card.scores.final, card.reports.units, card.rules)
    found, names = as_json(card), state.frame.names
    grades = {unit["unit_id"]: unit["grade"] for unit in found["units"]}
    grades |= {unit["unit_id"]: unit["grade"] for unit in found["aggregates"] if unit["units_below_count"]}
    rules = f"{found['rulebook']} {found['version']}" + (" ASUMSI" if found.get("status") else "")
    rows = []
    for unit, value in zip(found["units"], shown.tolist(), strict=True):
        known = names.units[names.unit_code(unit["unit_id"])]
        if not (scope.everything or known.unit_id in scope.unit_ids):
            continue
        parts = (unit[name] for name in ("completion", "time", "weight", "effort", "total", "complete", "doorr"))
        who = map(export.safe, (known.unit_id, known.name, known.unit_type, known.parent_id))
        standing = None if value != value else value
        rows.append(
            (str(period), *who, standing, unit["final"], grades[known.unit_id], *parts, rules, _wib(state.as_of))
        )
    return Pull("nilai", SCORES, iter([rows]), state.as_of)


def days(scope: Scope, first: date, last: date, state: State) -> Pull:
    """Counts of the days from `first` to `last`, as rolled up last night. Raises DatabaseUnavailable, psycopg.Error."""
    with desk_log.opened(settings().state_dsn) as connection:
        frame = rollup.daily(connection, first, last + timedelta(days=1))
        ran_at = connection.execute("select ran_at from pantau.job_run where job = %s", [rollup.JOB]).fetchone()
    if ran_at is None:
        raise DatabaseUnavailable("the daily counts were never made: python -m data_access rollup")
    if not scope.everything:
        frame = frame[frame["unit_id"].isin(scope.unit_ids)]
    at = _wib(ran_at[0])
    rows = [
        (row.day.date(), export.safe(row.unit_id), export.safe(row.status), *row[3:], at)
        for row in frame.itertuples(index=False)
    ]
    return Pull("harian", DAYS, iter([rows]), ran_at[0])


def dictionary(columns: Iterable[Column]) -> list[tuple[str, ...]]:
    """The dictionary as rows: name, kind, meaning, source."""
    return [(column.name, column.kind, column.meaning, column.source) for column in columns]


def file_name(pull: Pull, about: str) -> str:
    """'laporan-2026-10-per-20261201-1605', of plain ASCII signs."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "-" for sign in about)
    return f"{pull.name}-{plain}-per-{pull.as_of.astimezone(WIB):%Y%m%d-%H%M}"


def _wib(at: datetime) -> datetime:
    return at.astimezone(WIB).replace(tzinfo=None, microsecond=0)
