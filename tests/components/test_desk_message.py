"""The panel of the message: where WhatsApp leads, what is offered afterwards, the score of the unit in words."""

from components.desk_message import NOTE_LENGTH, OUTCOMES, message_panel, unit_context
from data_access import desk_log
from tests.components.test_tkd_table import words
from tests.components.tree import nodes


def named(name: str):
    return [node for node in nodes(message_panel()) if getattr(node, "data-desk", None) == name]


def test_the_way_to_whatsapp_opens_apart_and_takes_no_address_along():
    [link] = named("wa")
    assert (getattr(link, "data-host"), link.target, link.rel) == ("https://wa.me/", "_blank", "noopener noreferrer")


def test_what_is_offered_is_what_the_log_knows():
    assert tuple(value for value, _ in OUTCOMES) == desk_log.OUTCOMES
    assert NOTE_LENGTH == desk_log.NOTE_LENGTH
    longest = max(int(getattr(button, "data-menit")) for button in named("tunda"))
    assert 0 < longest <= desk_log.LONGEST_SNOOZE.total_seconds() / 60


def test_fields_have_labels():
    labels = {node.htmlFor for node in nodes(message_panel()) if type(node).__name__ == "Label"}
    assert {"desk-text", "desk-note"} <= labels


def test_the_score_of_a_unit_stands_in_words_and_cannot_become_markup():
    html = unit_context("Kel. <b>", "November 2026", "82,71", "B", "/tkd/K")
    assert words(html) == "Kel. &lt;b&gt; sekarang 82,71 B November 2026. Buka monitor TKD"
    assert 'class="gr gr-b"' in html
    assert words(unit_context("Kel. X", "November 2026", None, None, "/tkd/X")).startswith("Kel. X belum punya nilai")
