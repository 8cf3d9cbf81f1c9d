"""One report as it stood: every course a CRM can write, looked back at from its end, and histories with gaps."""

from hypothesis import given
from hypothesis import strategies as st

from data_access.dimensions import RECEIVED_CODES, STATUS_CODES
from data_access.frame import NEVER
from data_access.past_rows import CLOSED, DONE, VALIDATING, WAITING, Event, Row, row_then

PASSED_ON, ORDERED, WORKING, REFUSED = (
    STATUS_CODES[status] for status in ("koordinasi", "disposisi", "proses", "tl_ditolak")
)
DIRECT, KOORDINASI = RECEIVED_CODES["direct"], RECEIVED_CODES["koordinasi"]
HOW = {PASSED_ON: KOORDINASI, ORDERED: RECEIVED_CODES["disposisi"]}
ENTRY = Event(0, WAITING, None, 1)
ENTERED = Row(unit=1, status=WAITING, received_how=DIRECT, received=0, first_response=NEVER, completed=NEVER,
              validated=NEVER)  # fmt: skip


def written(row: Row, event: Event) -> Row:
    """The row after the event, as a CRM keeps it: the plain rules, forwards."""
    now = row._replace(status=event.status)
    if event.to_unit is not None:
        now = now._replace(unit=event.to_unit, received_how=HOW[event.status], received=event.at_us)
    if event.status != WAITING and row.first_response == NEVER:
        now = now._replace(first_response=event.at_us)
    if event.status not in CLOSED:
        return now._replace(completed=NEVER, validated=NEVER)
    if row.status not in CLOSED:
        now = now._replace(completed=event.at_us)
    if event.status != DONE:
        return now._replace(validated=NEVER)
    return now if row.status == DONE else now._replace(validated=event.at_us)


@st.composite
def courses(draw) -> list[Event]:
    """Any order of hand-overs, steps and remarks, several of them at one instant."""
    events, unit, at_us = [ENTRY], 1, 0
    for _ in range(draw(st.integers(1, 9))):
        at_us += draw(st.integers(0, 2))
        if draw(st.booleans()):
            target = draw(st.integers(1, 4).filter(lambda code, held=unit: code != held))
            events.append(Event(at_us, draw(st.sampled_from([PASSED_ON, ORDERED])), unit, target))
            unit = target
        else:
            steps = [events[-1].status, WAITING, WORKING, VALIDATING, REFUSED, DONE]
            events.append(Event(at_us, draw(st.sampled_from(steps)), None, None))
    return events


@given(courses(), st.integers(0, 20))
def test_a_row_looked_back_at_is_the_row_that_was(events, at_us):
    rows = [ENTERED]
    for event in events[1:]:
        rows.append(written(rows[-1], event))
    last_known = max(place for place, event in enumerate(events) if event.at_us <= at_us)
    assert row_then(rows[-1], events, at_us, has_point=True) == rows[last_known]


def test_a_follow_up_that_was_refused_since_was_complete_then():
    events = [ENTRY, Event(10, WORKING, None, None), Event(20, VALIDATING, None, None), Event(30, REFUSED, None, None)]
    row = ENTERED._replace(status=REFUSED, first_response=10)
    then = row_then(row, events, 25, has_point=True)
    assert (then.status, then.completed, then.validated) == (VALIDATING, 20, NEVER)


def test_a_completion_that_was_redone_has_the_time_of_the_first():
    events = [
        ENTRY,
        *(Event(at, status, None, None) for at, status in ((10, VALIDATING), (20, DONE), (25, DONE), (30, WORKING))),
        *(Event(at, status, None, None) for at, status in ((40, VALIDATING), (50, DONE))),
    ]
    row = ENTERED._replace(status=DONE, first_response=10, completed=40, validated=50)
    then = row_then(row, events, 27, has_point=True)
    assert (then.status, then.completed, then.validated) == (DONE, 10, 20)


def test_a_report_without_a_location_came_to_its_first_holder_from_the_admin():
    events = [ENTRY, Event(10, PASSED_ON, 1, 2)]
    row = ENTERED._replace(unit=2, status=PASSED_ON, received_how=KOORDINASI, received=10, first_response=10)
    assert row_then(row, events, 5, has_point=False).received_how == RECEIVED_CODES["rop"]
    assert row_then(row, events, 5, has_point=True) == ENTERED


def test_a_hand_over_without_its_giver_leaves_who_got_it_last():
    events = [ENTRY, Event(10, PASSED_ON, 1, 2), Event(20, WAITING, None, 3)]
    row = ENTERED._replace(unit=3, status=WAITING, received=20, first_response=10)
    then = row_then(row, events, 15, has_point=True)
    assert (then.unit, then.received_how, then.received) == (2, KOORDINASI, 10)


def test_an_entry_recorded_after_its_own_time_changes_no_holder():
    row = ENTERED._replace(received=3)
    assert row_then(row, [ENTRY._replace(at_us=3)], 1, has_point=True) == row._replace(
        unit=1, received_how=0, received=NEVER
    )


def test_a_done_report_whose_events_are_missing_is_not_reopened_by_a_later_remark():
    row = ENTERED._replace(status=DONE, first_response=10, completed=20, validated=30)
    remark = Event(100, DONE, None, None)
    assert row_then(row, [ENTRY, remark], 50, has_point=True) == row
    assert row_then(row, [remark], 50, has_point=True) == row
    assert row_then(row, [ENTRY, remark], 25, has_point=True).status == VALIDATING
    assert row_then(row, [ENTRY, remark], 15, has_point=True) == row._replace(
        status=WAITING, completed=NEVER, validated=NEVER
    )


def test_a_follow_up_dated_back_was_not_known_before_it_was_sent():
    events = [ENTRY, Event(10, WORKING, None, None), Event(60, VALIDATING, None, None)]
    row = ENTERED._replace(status=VALIDATING, first_response=10, completed=20)
    then = row_then(row, events, 50, has_point=True)
    assert (then.status, then.completed) == (WORKING, NEVER)


def test_a_time_left_from_an_earlier_completion_stays_while_the_report_is_open():
    steps = ((10, VALIDATING), (20, WORKING), (60, WORKING))
    events = [ENTRY, *(Event(at, status, None, None) for at, status in steps)]
    row = ENTERED._replace(status=WORKING, first_response=10, completed=10)
    assert row_then(row, events, 50, has_point=True) == row


def test_an_answer_corrected_since_had_the_time_of_the_first_step():
    events = [ENTRY, Event(10, WORKING, None, None), Event(60, WORKING, None, None)]
    row = ENTERED._replace(status=WORKING, first_response=60)
    assert row_then(row, events, 50, has_point=True).first_response == 10
    assert row_then(row, events, 5, has_point=True).first_response == NEVER
    unanswered = row._replace(first_response=NEVER)
    assert row_then(unanswered, events, 50, has_point=True).first_response == NEVER


def test_a_status_outside_the_contract_is_kept_as_unknown():
    events = [ENTRY, Event(10, 0, None, None), Event(20, DONE, None, None)]
    row = ENTERED._replace(status=DONE, first_response=10, completed=20, validated=20)
    then = row_then(row, events, 15, has_point=True)
    assert (then.status, then.completed) == (0, NEVER)


def test_a_report_without_an_event_since_is_as_it_is_now():
    row = ENTERED._replace(status=DONE, completed=99, validated=99)
    assert row_then(row, [ENTRY], 50, has_point=True) == row
    assert row_then(row, [], 50, has_point=True) == row


def test_the_giver_is_believed_before_what_was_told_earlier():
    row = ENTERED._replace(unit=4, status=PASSED_ON, received_how=KOORDINASI, received=20, first_response=20)
    given = Event(20, PASSED_ON, 3, 4)
    assert row_then(row, [ENTRY, given], 10, has_point=True).unit == 3
    assert row_then(row, [given], 10, has_point=True).unit == 3


def test_an_event_that_names_one_unit_twice_hands_nothing_over():
    row = ENTERED._replace(unit=2, received_how=KOORDINASI, received=5)
    events = [ENTRY, Event(5, PASSED_ON, 1, 2), Event(20, WORKING, 3, 3)]
    then = row_then(row, events, 10, has_point=True)
    assert (then.unit, then.received_how, then.received) == (2, KOORDINASI, 5)


def test_a_report_nobody_told_of_yet_was_waiting():
    row = ENTERED._replace(status=WORKING, first_response=20)
    assert row_then(row, [Event(20, WORKING, None, None)], 10, has_point=True) == ENTERED


def test_work_that_began_again_at_or_after_the_completion_is_open():
    row = ENTERED._replace(status=DONE, first_response=10, completed=10, validated=40)
    for again_at in (10, 30):
        steps = ((10, VALIDATING), (10, DONE), (again_at, WORKING), (40, DONE))
        events = [ENTRY, *(Event(at, status, None, None) for at, status in steps)]
        then = row_then(row, events, 35, has_point=True)
        assert (then.status, then.completed, then.validated) == (WORKING, NEVER, NEVER)


def test_an_acceptance_dated_back_was_not_known_while_it_waited():
    steps = ((10, VALIDATING), (60, DONE))
    events = [ENTRY, *(Event(at, status, None, None) for at, status in steps)]
    row = ENTERED._replace(status=DONE, first_response=10, completed=10, validated=20)
    then = row_then(row, events, 50, has_point=True)
    assert (then.status, then.completed, then.validated) == (VALIDATING, 10, NEVER)
