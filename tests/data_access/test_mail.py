"""Messages through a real mail server on this machine."""

import asyncio
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from data_access import mail
from data_access.mail import MailFailed
from data_access.settings import SettingsError
from demo.postgres import free_port

SENDER, OFFICE = "Sekretariat Kota <crm@example.go.id>", "lurah@example.go.id"


class Post:
    """Keeps what it gets; refuses who is not to be written to."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.startswith("tidak-ada"):
            return "550 no such office"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def post():
    """(what it got, its address)"""
    handler, port = Post(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_message_arrives_as_it_was_written(post):
    handler, url = post
    mail.send(url, SENDER, OFFICE, "Laporan yang menunggu", "Yth. Lurah Gambir\n\n1. JK2611210263 — Jalan Rusak\n")
    [letter] = handler.letters
    assert letter.rcpt_tos == [OFFICE]
    text = letter.content.decode("utf-8")
    assert "Subject: Laporan yang menunggu" in text
    assert "JK2611210263" in text


def test_no_line_of_a_subject_becomes_a_header(post):
    handler, url = post
    mail.send(url, SENDER, OFFICE, "Laporan\r\nBcc: lain@example.go.id", "isi")
    assert handler.letters[0].rcpt_tos == [OFFICE]
    assert b"\nBcc:" not in handler.letters[0].content


def test_an_office_the_server_does_not_know_is_told_in_one_line(post):
    with pytest.raises(MailFailed, match="refuses the recipient tidak-ada"):
        mail.send(post[1], SENDER, "tidak-ada@example.go.id", "x", "isi")


def test_a_wrong_password_is_told_without_the_password():
    port = free_port()
    controller = Controller(
        Post(),
        hostname="127.0.0.1",
        port=port,
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    controller.start()
    try:
        with pytest.raises(MailFailed, match="refuses the name or password") as problem:
            mail.send(f"smtp://crm:rahasia@127.0.0.1:{port}", SENDER, OFFICE, "x", "isi")
        assert "rahasia" not in str(problem.value)
    finally:
        controller.stop()


def test_a_server_that_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(mail, "DEADLINE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailFailed, match="did not take the message"):
        mail.send(f"smtp://127.0.0.1:{silent.getsockname()[1]}", SENDER, OFFICE, "x", "isi")


def test_a_server_that_takes_its_time_with_every_answer_is_given_up_in_all(monkeypatch):
    class Slow(Post):
        async def handle_EHLO(self, _server, session, _envelope, hostname, responses):
            session.host_name = hostname
            await asyncio.sleep(0.4)
            return responses

        async def handle_MAIL(self, _server, _session, envelope, address, _options):
            await asyncio.sleep(0.4)
            envelope.mail_from = address
            return "250 OK"

    monkeypatch.setattr(mail, "DEADLINE_SECONDS", 0.6)
    handler, port = Slow(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with pytest.raises(MailFailed, match="did not take the message"):
            mail.send(f"smtp://127.0.0.1:{port}", SENDER, OFFICE, "x", "isi")
        assert handler.letters == []
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("url", "sender"), [("127.0.0.1:25", SENDER), ("http://x", SENDER), ("smtp://x", "tanpa alamat")]
)
def test_settings_that_are_none_say_what_to_write(url, sender):
    with pytest.raises(SettingsError):
        mail.send(url, sender, OFFICE, "x", "isi")
