"""A document with every kind of block, and names as long as they get."""

from datetime import datetime

from components.documents.content import (
    Answer,
    Bars,
    Column,
    Content,
    Heading,
    Items,
    Letterhead,
    Line,
    Paragraph,
    Signature,
    Table,
)
from components.formats import JAKARTA

AS_OF = datetime(2026, 11, 9, 9, 0, tzinfo=JAKARTA)
LONG = "Suku Dinas Perumahan Rakyat dan Kawasan Permukiman Kota Administrasi Jakarta Pusat"
MARKUP = '#let x = 1; *tebal* _miring_ $x$ <w:t>&amp; [a](b) "kutip" \\'
COLUMNS = (Column("No", "count", 0.3), Column("Unit", width=2), Column("Nilai", "score"), Column("Bagian", "share"))


def content(**given) -> Content:
    """The sample, with what a test changes."""
    ranking = tuple(
        (place, LONG if place == 7 else f"Kelurahan {place}", 90 - place / 3, place / 44) for place in range(1, 45)
    )
    known = {
        "title": "Laporan Penanganan Pengaduan Masyarakat",
        "subtitle": "Kota Administrasi Jakarta Pusat, Oktober 2026",
        "letterhead": Letterhead(("PEMERINTAH PROVINSI", "SEKRETARIAT KOTA"), "Jalan Tanah Abang I"),
        "stamp": "SEMENTARA",
        "as_of": AS_OF,
        "simulated": True,
        "blocks": (
            Heading("A. Pengaduan"),
            Paragraph(MARKUP),
            Table("Peringkat", COLUMNS, ranking, total=(None, "Jumlah", None, 1.0), note="Catatan tabel"),
            Table("Terendah", COLUMNS, ()),
            Table(
                "Waktu",
                (Column("Saat", "stamp"), Column("Jam", "hours"), Column("Hari", "date")),
                ((AS_OF, 38.24, AS_OF),),
            ),
            Answer("Nilai akhir", "84,27", "B", "1.234 laporan"),
            Bars("Kategori", ("Jalan", "=HYPERLINK(1)"), (620.0, 9.0)),
            Line("Nilai per bulan", ("Jan", "Feb", "Mar"), (82.1, None, 84.99), limit=("A mulai 85", 85.0)),
            Items(("Satu", "Dua")),
            Items(("Butir",), numbered=False),
            Signature("Jakarta, 9 November 2026", "Kepala Bagian"),
        ),
        "notes": ("Aturan tkd-2017.",),
    }
    return Content(**(known | given))
