"""E-mail from the desk: to the address of the office alone, written down, never twice by mistake."""

import pytest

from data_access.scope import EVERYTHING
from pages._peringatan import act, unit
from tests.pages.desk_acts import CALL, SMTP, WHO, addresses, log, post, refusal, state
from tests.pages.desk_screen import point_at

__all__ = ["addresses", "log", "post", "state"]  # fixtures
pytestmark = pytest.mark.db


def test_a_message_goes_to_the_address_of_the_office_whatever_the_body_says(
    state, log, desk_dsn, monkeypatch, post, addresses
):
    handler, url = post
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses, SMTP_URL=url, **SMTP)
    order = CALL | {
        "tindakan": "surel",
        "pesan": "Yth. Lurah Gambir\n\nMohon.",
        "email": "lain@example.com",
        "to": "x@y.id",
    }
    assert act.act(EVERYTHING, state, WHO, order).startswith("Surel terkirim")
    assert refusal(EVERYTHING, state, order).startswith("Surel ke unit ini baru saja dikirim.")
    [letter] = handler.letters
    assert letter.rcpt_tos == ["gambir@example.go.id"]
    [written] = log()
    assert (written[0], written[-1]) == ("surel", WHO)
    assert b"Yth. Lurah Gambir" in letter.content


@pytest.mark.parametrize("text", [None, "", "   ", "x" * 6001, ["Yth."], "nol\x00", "\ud800"])
def test_a_message_that_cannot_be_sent_is_refused(state, desk_dsn, monkeypatch, post, addresses, text):
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses, SMTP_URL=post[1], **SMTP)
    assert refusal(EVERYTHING, state, CALL | {"tindakan": "surel", "pesan": text}).startswith("Pesan ")
    assert post[0].letters == []


def test_without_server_or_address_the_button_is_away_and_a_sentence_says_what_to_set(
    state, desk_dsn, monkeypatch, post, addresses
):
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses)
    assert unit.chosen(EVERYTHING, state, "K-GAMBIR")["lacks"] == unit.NO_SERVER
    assert refusal(EVERYTHING, state, CALL | {"tindakan": "surel", "pesan": "isi"}) == unit.NO_SERVER
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses, SMTP_URL=post[1], **SMTP)
    assert unit.chosen(EVERYTHING, state, "K-CIDENG")["lacks"] == unit.NO_ADDRESS
    assert (
        refusal(EVERYTHING, state, CALL | {"unit": "K-CIDENG", "tindakan": "surel", "pesan": "isi"}) == unit.NO_ADDRESS
    )
    assert unit.chosen(EVERYTHING, state, "K-GAMBIR")["mail"] is True


def test_a_mail_server_that_refuses_loses_nothing(state, desk_dsn, monkeypatch, addresses):
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses, SMTP_URL="smtp://127.0.0.1:1", **SMTP)
    for _ in range(2):  # what failed may be tried again at once
        order = CALL | {"tindakan": "surel", "pesan": "isi"}
        assert refusal(EVERYTHING, state, order).startswith("Surel tidak terkirim")


@pytest.mark.parametrize(
    "wrong", [{"SMTP_URL": "smtp://127.0.0.1:abc"}, {"MAIL_FROM": "a@b.id\nBcc: c@d.id"}, {"MAIL_FROM": "nobody"}]
)
def test_a_setting_that_is_wrong_is_no_defect(state, desk_dsn, monkeypatch, addresses, wrong):
    point_at(monkeypatch, desk_dsn, **({"CONTACTS": addresses, "SMTP_URL": "smtp://127.0.0.1:1"} | SMTP | wrong))
    order = CALL | {"tindakan": "surel", "pesan": "isi"}
    assert refusal(EVERYTHING, state, order).startswith("Surel tidak terkirim")


def test_blanks_of_any_width_and_joined_signs_are_sent(state, desk_dsn, monkeypatch, post, addresses):
    handler, url = post
    point_at(monkeypatch, desk_dsn, CONTACTS=addresses, SMTP_URL=url, **SMTP)
    text = "Yth.\u00a0Lurah\tGambir \U0001f468\u200d\U0001f469\u200d\U0001f467"
    act.act(EVERYTHING, state, WHO, CALL | {"tindakan": "surel", "pesan": text})
    [letter] = handler.letters
    assert act._message(text).startswith("Yth. Lurah Gambir ")
    assert letter.rcpt_tos == ["gambir@example.go.id"]
