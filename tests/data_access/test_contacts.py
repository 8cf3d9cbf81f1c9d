"""Addresses of offices: read line by line, each fault named, the other lines used."""

import pytest

from data_access import contacts
from data_access.contacts import NOBODY, Contact
from data_access.settings import settings

HEAD = "unit_id,email,whatsapp\n"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """file(text) -> the path of CONTACTS, with this text in it."""
    path = tmp_path / "contacts.csv"

    def write(text: str | bytes):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    monkeypatch.setenv("CRM_DSN", "postgresql://nobody@127.0.0.1:9/none")
    monkeypatch.setenv("CONTACTS", str(write(HEAD)))
    for known in (settings, contacts._known):
        known.cache_clear()
    yield write
    monkeypatch.undo()
    for known in (settings, contacts._known):
        known.cache_clear()


def test_numbers_are_written_as_the_link_wants_them(file):
    path = file(HEAD + "A,a@x.go.id,0812-3456 7890\nB,,+62 812 3456 7890\nC,,\n")
    assert contacts.problems(path) == []
    assert contacts.of_unit("A") == Contact("a@x.go.id", "6281234567890")
    assert contacts.of_unit("B") == Contact(None, "6281234567890")
    assert contacts.of_unit("C") == contacts.of_unit("lain") == NOBODY


def test_columns_in_another_order_with_the_mark_of_a_spreadsheet_are_read(file):
    file(b"\xef\xbb\xbfwhatsapp,unit_id,email\n0812345678,A,a@x.go.id\n")
    assert contacts.of_unit("A") == Contact("a@x.go.id", "62812345678")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("unit_id,email\nA,a@x.go.id\n", "the first line must be unit_id,email,whatsapp"),
        ("unit_id,email,whatsapp,nama\nA,,,\n", "the first line must be unit_id,email,whatsapp"),
        ("", "the first line must be unit_id,email,whatsapp"),
        (HEAD + "A,,\nB,nobody,\n", "line 3: 'nobody' is no e-mail address"),
        (HEAD + 'A,"a@x.go.id\nBcc: b@y.id",\n', "is no e-mail address"),
        (HEAD + "A,,12345\n", "line 2: '12345' is no Indonesian number"),
        (HEAD + "A,,0812x345678\n", "is no Indonesian number"),
        (HEAD + "A,,\nA,a@x.go.id,\n", "line 3: the unit 'A' is named twice"),
        (HEAD + ",a@x.go.id,\n", "line 2: no unit is named"),
        (HEAD + "A,a@x.go.id\n", "line 2: it must have 3 fields"),
        (HEAD + "A,a@x.go.id,,lagi\n", "line 2: it must have 3 fields"),
        ((HEAD + "A,\xe9,\n").encode("latin-1"), "is no CSV file in UTF-8"),
    ],
)
def test_a_fault_is_named_in_one_line(file, text, problem):
    [line] = contacts.problems(file(text))
    assert problem in line and "\n" not in line


def test_a_line_with_a_fault_is_left_out_and_said_and_the_others_are_used(file, caplog):
    file(HEAD + "A,nobody,\nB,b@x.go.id,\n")
    assert (contacts.of_unit("A"), contacts.of_unit("B").email) == (NOBODY, "b@x.go.id")
    assert contacts.of_unit("A") == NOBODY
    assert [record.getMessage() for record in caplog.records if "no e-mail address" in record.getMessage()] == [
        f"CONTACTS={settings().contacts}, line 2: 'nobody' is no e-mail address"
    ]
