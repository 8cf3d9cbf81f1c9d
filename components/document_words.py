"""What documents and their periods are called."""

from datetime import datetime, timedelta

from components.formats import JAKARTA, day_month, decimal, integer, month_year

KINDS = {
    "bulanan": "Laporan bulanan",
    "mingguan": "Nota dinas mingguan",
    "tahunan": "Rekap tahunan",
    "ringkasan": "Ringkasan pemeriksaan",
}
CHOICES = KINDS | {"mingguan": "Nota dinas", "ringkasan": "Ringkasan"}
TITLES = KINDS | {"mingguan": "Nota dinas", "tahunan": "Rekap tahun", "ringkasan": "Ringkasan pemeriksaan nomor"}
FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


def period_words(kind: str, period: str) -> str:
    """'Oktober 2026', 'minggu 48, 23 sampai 29 Nov 2026', '2026'; as it is when it cannot be read."""
    try:
        if kind == "bulanan":
            return month_year(period)
        return _week(period) if kind == "mingguan" else period
    except ValueError:
        return period


def title(kind: str, period: str) -> str:
    """'Laporan bulanan Oktober 2026', 'Nota dinas minggu 48, 23 sampai 29 Nov 2026', 'Rekap tahun 2025'."""
    return f"{TITLES[kind]} {period_words(kind, period)}"


def _week(period: str) -> str:
    year, week = period.split("-W")
    monday = datetime.fromisocalendar(int(year), int(week), 1).replace(tzinfo=JAKARTA)
    sunday = monday + timedelta(days=6)
    first = str(monday.day) if monday.month == sunday.month else day_month(monday)
    return f"minggu {int(week)}, {first} sampai {day_month(sunday)} {sunday.year}"


def size_words(bytes_count: int) -> str:
    """84312 -> '84 KB', 2400000 -> '2,4 MB'; powers of ten, as file managers count."""
    if bytes_count < 1_000_000:
        return f"{integer(max(1, round(bytes_count / 1000)))} KB"
    return f"{decimal(bytes_count / 1_000_000)} MB"
