"""`python -m pages document` as it is run: the same bytes each time, one line for what cannot be."""

import os
import subprocess
import sys

import pytest

from tests.conftest import PROJECT
from tests.pages.documents.parts import PUSAT

pytestmark = pytest.mark.db
OCTOBER = ("bulanan", "--unit", PUSAT, "--period", "2026-10", "--as-of", "2026-11-15T10:00")


def run(dsn: str, *words: str) -> subprocess.CompletedProcess:
    variables = os.environ | {"CRM_DSN": dsn, "SECRET_KEY": "x" * 40}
    command = [sys.executable, "-m", "pages", "document", *words]
    return subprocess.run(command, cwd=PROJECT, env=variables, capture_output=True, text=True)


def test_the_same_data_and_as_of_make_the_same_bytes_in_every_format(at_city, tmp_path):
    made = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        done = run(at_city, *OCTOBER, "--format", "pdf", "docx", "xlsx", "--out", str(folder))
        assert (done.returncode, done.stderr) == (0, "")
        files = sorted(folder.iterdir())
        assert done.stdout.split() == [
            str(folder / f"bulanan-{PUSAT}-2026-10.{form}") for form in ("pdf", "docx", "xlsx")
        ]
        made.append([(file.name, file.read_bytes()) for file in files])
    assert len(made[0]) == 3
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("bulanan", "--unit", "X", "--period", "2026-10"), "knows no unit 'X'"),
        (("bulanan", "--unit", PUSAT, "--period", "2099-01"), "has not begun"),
        (("bulanan", "--unit", PUSAT, "--period", "2026-10", "--as-of", "2099-01-01T00:00"), "is in the future"),
        (("mingguan", "--unit", PUSAT, "--period", "2026-10"), "is not a week"),
        (("ringkasan", "--unit", PUSAT, "--period", "9999"), "no stored brief 9999"),
        (("bulanan", "--unit", PUSAT, "--period", "2026-10", "--out", "nowhere"), "no such folder"),
        (("bulanan", "--unit", PUSAT, "--period", "2026-10", "--out", "pyproject.toml"), "no such folder"),
    ],
)
def test_what_cannot_be_made_is_one_line_and_leaves_no_file(at_city, tmp_path, words, says):
    where = () if "--out" in words else ("--out", str(tmp_path))
    done = run(at_city, *words, *where)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr
    assert not list(tmp_path.iterdir())


def test_help_names_kinds_and_options():
    done = run("", "--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("bulanan", "ringkasan", "--as-of", "--format", "--out"))
