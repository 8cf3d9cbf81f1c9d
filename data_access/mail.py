"""One plain message to the office of a unit, through the mail server of SMTP_URL."""

import smtplib
import ssl
import time
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from data_access.settings import SettingsError

DEADLINE_SECONDS = 10.0
PORTS = {"smtp": 587, "smtps": 465}


class MailFailed(Exception):
    """The message was not sent; one line, never with a password."""


def send(smtp_url: str, sender: str, recipient: str, subject: str, text: str) -> None:
    """Send `text`. Raises MailFailed when the server does not take it, SettingsError for an address that is none."""
    address = urlsplit(smtp_url)
    if address.scheme not in PORTS or not address.hostname or not _has_port(address):
        raise SettingsError("SMTP_URL is not smtp://user:password@host:587 or smtps://...:465")
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise SettingsError("MAIL_FROM is not an address such as Sekretariat Kota <crm@example.go.id>")
    try:
        with _connected(address) as server:
            if address.username:
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(_message(sender, recipient, subject, text))
    except smtplib.SMTPAuthenticationError:
        raise MailFailed(f"{address.hostname} refuses the name or password of SMTP_URL") from None
    except smtplib.SMTPRecipientsRefused:
        raise MailFailed(f"{address.hostname} refuses the recipient {recipient}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailFailed(f"{address.hostname} did not take the message: {type(error).__name__}") from error


def _has_port(address) -> bool:
    """Whether the port is a number, or left out."""
    try:
        return address.port is None or address.port > 0
    except ValueError:
        return False


class _InTime:
    """All answers of the server together come within DEADLINE_SECONDS; TimeoutError otherwise."""

    def __init__(self, *args, **kwargs):
        self._ends_at = time.monotonic() + DEADLINE_SECONDS
        super().__init__(*args, timeout=DEADLINE_SECONDS, **kwargs)

    def getreply(self):
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self.sock:
            self.sock.settimeout(left)
        return super().getreply()


class _Plain(_InTime, smtplib.SMTP):
    pass


class _Secure(_InTime, smtplib.SMTP_SSL):
    pass


def _connected(address) -> smtplib.SMTP:
    """With TLS from the start (smtps), or as soon as the server offers it."""
    port = address.port or PORTS[address.scheme]
    context = ssl.create_default_context()
    if address.scheme == "smtps":
        return _Secure(address.hostname, port, context=context)
    server = _Plain(address.hostname, port)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    return server


def _message(sender: str, recipient: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, recipient
    message["Subject"] = " ".join(subject.split())  # a line break would begin another header
    message.set_content(text)
    return message
