"""Two devices do the same thing in the same moment: one outcome."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from django.db import connection

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.consent import agree, current_text
from bothways.interviews.actions.faults import note_fault
from bothways.interviews.actions.progress import extend, submit
from bothways.interviews.actions.segments import open_segment
from bothways.interviews.actions.takes import SegmentEnd, finish_take
from bothways.interviews.models import Consent, Fault, Interview, Take
from bothways.lib.errors import Refused
from bothways.lib.ids import new_id
from bothways.media.actions.uploads import declare_length
from bothways.media.models import Recording, RecordingState, Upload
from bothways.media.store import get_store
from bothways.notify.models import Message
from tests.factories import Cast, make_interview
from tests.interviews.taking_part import actor_of, answered, consented, opened

pytestmark = [pytest.mark.needs_postgresql, pytest.mark.django_db(transaction=True)]

DEVICES = 6


def at_once(do: Callable[[], object]) -> list[object]:
    """What each device got; a refusal counts as what it got."""
    start = Barrier(DEVICES)

    def device() -> object:
        try:
            start.wait(10)
            return do()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(DEVICES) as pool:
        return [got.result() for got in [pool.submit(device) for _each in range(DEVICES)]]


@pytest.fixture
def interview() -> Interview:
    cast = Cast()
    return make_interview(cast.stage, cast.kit_version)


def fresh(interview: Interview) -> Interview:
    return Interview.objects.select_related("organization", "application").get(id=interview.id)


def test_answers_are_sent_once(interview):
    answered(consented(interview))
    got = at_once(lambda: submit(interview=fresh(interview), actor=actor_of(interview)))
    assert sorted(got) == [False] * (DEVICES - 1) + [True]
    assert Message.objects.filter(kind="interviews.receipt").count() == 1


def test_no_more_takes_than_there_are(interview):
    consented(interview)
    got = at_once(lambda: opened(fresh(interview)).take.number)
    assert sorted(got, key=str) == [1, 2, 3, *["no_takes_left"] * (DEVICES - 3)]


def test_one_key_is_one_take(interview):
    consented(interview)
    key = new_id()
    got = at_once(lambda: opened(fresh(interview), client_key=key).take.id)
    assert len(set(got)) == 1
    assert Take.objects.count() == 1


def test_days_are_taken_once(interview):
    seen = interview.deadline
    got = at_once(lambda: extend(interview=fresh(interview), seen_deadline=seen, actor=actor_of(interview)))
    assert sorted(got) == [False] * (DEVICES - 1) + [True]
    assert fresh(interview).own_extensions == 1


def test_one_text_and_one_consent(interview):
    def read_and_agree() -> int:
        text = current_text(fresh(interview))
        agree(interview=fresh(interview), text_id=text.id, actor=actor_of(interview))
        return text.version

    assert at_once(read_and_agree) == [1] * DEVICES
    assert Consent.objects.count() == 1


def test_one_key_is_one_segment(interview):
    take = opened(consented(interview)).take
    key = new_id()

    def ask() -> object:
        one = Take.objects.select_related("answer__interview").get(id=take.id)
        return open_segment(take=one, number=2, mime="video/webm", client_key=key, actor=actor_of(interview)).upload_id

    assert len(set(at_once(ask))) == 1
    assert Upload.objects.count() == 2


def test_each_device_gets_a_segment_of_its_own(interview):
    take = opened(consented(interview)).take

    def ask() -> object:
        one = Take.objects.select_related("answer__interview").get(id=take.id)
        return open_segment(
            take=one, number=2, mime="video/webm", client_key=new_id(), actor=actor_of(interview)
        ).number

    assert sorted(at_once(ask), key=str) == [2, *["segment_taken"] * (DEVICES - 1)]


def test_a_take_is_finished_once_while_its_segments_end(interview):
    """Finishing, closing and completing lock in one order, so that none of them waits for another in a circle."""
    take = opened(consented(interview)).take
    for number in range(2, DEVICES + 1):
        open_segment(take=take, number=number, mime="video/webm", actor=actor_of(interview))
    uploads = list(Upload.objects.order_by("segment"))
    for upload in uploads:
        with get_store().write_at(upload.store_key, 0) as writer:
            writer.write(b"bytes")
    turns = iter(uploads)
    turn = Lock()

    def do() -> object:
        with turn:
            upload = next(turns)
        if upload.segment % 2:
            one = Take.objects.select_related("answer__interview").get(id=take.id)
            ends = [SegmentEnd(number, 5) for number in range(1, DEVICES + 1)]
            finish_take(take=one, segments=ends, duration_ms=1, actor=actor_of(interview))
        else:
            declare_length(upload_id=upload.id, length=5)
        return None

    assert at_once(do) == [None] * DEVICES
    recording = Recording.objects.get()
    assert (recording.state, recording.size) == (RecordingState.RECEIVED, 5 * DEVICES)
    assert AuditEntry.objects.filter(verb="recording.received").count() == 1


def test_a_fault_told_by_many_is_one(interview):
    take = opened(consented(interview)).take

    def tell() -> object:
        one = Take.objects.select_related("answer__interview").get(id=take.id)
        note_fault(take=one, code="silent", detail="", browser="", segment=1, actor=actor_of(interview))
        return None

    assert at_once(tell) == [None] * DEVICES
    assert Fault.objects.count() == 1
