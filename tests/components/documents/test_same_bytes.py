"""The same content gives the same bytes: in another process, zone and order of hashes too."""

import hashlib
import os
import subprocess
import sys

import pytest

from components.documents import docx, pdf, xlsx
from components.documents.zipped import same_bytes
from tests.components.documents.sample import content
from tests.conftest import PROJECT

DRAWN = {"pdf": pdf.pdf, "docx": docx.docx, "xlsx": xlsx.xlsx}
ELSEWHERE = """
import hashlib
from components.documents import docx, pdf, xlsx
from tests.components.documents.sample import content
for draw in (pdf.pdf, docx.docx, xlsx.xlsx):
    print(hashlib.sha256(draw(content())).hexdigest())
"""


def test_another_process_in_another_zone_makes_the_same_bytes():
    here = [hashlib.sha256(draw(content())).hexdigest() for draw in DRAWN.values()]
    variables = os.environ | {"TZ": "America/New_York", "PYTHONHASHSEED": "7", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", ELSEWHERE]
    made = subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=True)
    assert made.stdout.split() == here


@pytest.mark.parametrize("kind", DRAWN)
def test_another_content_makes_other_bytes(kind):
    assert DRAWN[kind](content()) != DRAWN[kind](content(stamp="FINAL"))


def test_an_archive_written_anew_is_the_same_archive():
    made = docx.docx(content())
    assert same_bytes(made) == made
