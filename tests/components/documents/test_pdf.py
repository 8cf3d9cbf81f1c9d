"""The PDF: every word and number, page numbers, marks; data are never markup."""

import shutil
import subprocess

from components.documents.content import Column, Paragraph, Table
from components.documents.pdf import pdf
from tests.components.documents.sample import LONG, content
from tests.conftest import missing


def pages(made: bytes) -> list[str]:
    """The words of each page, blanks made one."""
    if shutil.which("pdftotext") is None:
        missing("pdftotext is missing (apt-get install poppler-utils)")
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout
    return [" ".join(page.split()) for page in text.decode().split("\f") if page.strip()]


def test_every_part_is_there_as_people_write_it():
    found = " ".join(pages(pdf(content())))
    for words in ("SEKRETARIAT KOTA", "84,27", "38,2", "9 November 2026 09.00 WIB", "NIHIL", "A mulai 85", "NIP"):
        assert words in found
    assert LONG.split()[-1] in found
    assert "620" in found and "100,0 %" in found


def test_pages_are_numbered_and_say_what_they_are():
    found = pages(pdf(content()))
    for number, page in enumerate(found, start=1):
        assert f"Halaman {number} dari {len(found)}" in page
        assert "Data per 9 November 2026 09.00 WIB · SEMENTARA" in page
        assert "Data simulasi, bukan laporan warga" in page
    assert "simulasi" not in " ".join(pages(pdf(content(simulated=False)))).lower()


def test_what_looks_like_markup_is_printed_as_it_stands():
    found = " ".join(pages(pdf(content(blocks=(Paragraph("#let x = 1; *tebal* _miring_ $x$ <a> [b]"),)))))
    assert "#let x = 1; *tebal* _miring_ $x$ <a> [b]" in found


def test_a_long_table_repeats_its_head():
    rows = tuple((place, f"Kelurahan {place}") for place in range(1, 120))
    found = pages(pdf(content(blocks=(Table("Panjang", (Column("No", "count"), Column("Kelurahannya")), rows),))))
    assert sum("Kelurahannya" in page for page in found) == len(found) - 1 >= 3  # all but the cover


def test_charts_are_drawn_as_vectors():
    assert b"/Subtype/Image" not in pdf(content()).replace(b" ", b"")
