"""A take of several segments: whatever the order in which things arrive, it is whole at the end and nothing is lost."""

import datetime as dt
import itertools

import pytest
import time_machine
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.actions.progress import extend
from bothways.interviews.actions.segments import OpenedSegment, open_segment
from bothways.interviews.actions.takes import SegmentEnd, accept_take, finish_take
from bothways.interviews.models import Answer, Interview, Take
from bothways.interviews.queries.limits import MOST_SEGMENTS
from bothways.interviews.queries.takes import take_of, take_state
from bothways.interviews.queries.window import GRACE
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.actions import uploads
from bothways.media.actions.erasure import erase_recording
from bothways.media.models import Recording, RecordingState, Upload
from bothways.media.queries.uploads import arrived_segments, upload_of_token
from bothways.media.store import closed_key, get_store
from bothways.work.models import Job
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, consented, opened

SLOW = examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def interview(cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version))


@pytest.fixture
def take(interview) -> Take:
    return opened(interview).take


def next_one(take: Take, number: int, **more) -> OpenedSegment:
    actor = actor_of(take.answer.interview)
    return open_segment(take=take, number=number, mime="video/webm", actor=actor, **more)


def finish(take: Take, *ends: tuple[int, int | None], duration_ms: int | None = 3000) -> Take:
    segments = [SegmentEnd(number, size, 1000) for number, size in ends]
    return finish_take(take=take, segments=segments, duration_ms=duration_ms, actor=actor_of(take.answer.interview))


def upload_of(take: Take, number: int) -> Upload:
    return Upload.objects.select_related("recording").get(recording=take.recording_id, segment=number)


def put(take: Take, number: int, content: bytes) -> None:
    """As the upload server does: durable bytes, then a look whether that was all."""
    upload = upload_of(take, number)
    with get_store().write_at(upload.store_key, 0) as writer:
        writer.write(content)
        writer.sync()
    uploads.complete_if_whole(upload_id=upload.id)


def stored(take: Take, number: int) -> bytes:
    return b"".join(get_store().open_range(upload_of(take, number).store_key, 0, 10**6))


def recording_of(take: Take) -> Recording:
    return Recording.objects.get(id=take.recording_id)


def state_of(take: Take):
    interview = take.answer.interview
    found = take_of(interview, take.answer.question, take.id)
    assert found is not None
    return take_state(found, None, interview.id)


def test_each_segment_has_an_upload_and_a_place_of_its_own(take):
    second, third = next_one(take, 2), next_one(take, 3)
    assert len({second.upload_id, third.upload_id, upload_of(take, 1).id}) == 3
    keys = [upload_of(take, number).store_key for number in (1, 2, 3)]
    assert keys[0] == take.recording.original_key
    assert len(set(keys)) == 3
    assert AuditEntry.objects.filter(verb="take.continued").count() == 2


def test_asking_again_gives_a_fresh_token_for_the_same_segment(take):
    key = new_id()
    first, again = next_one(take, 2, client_key=key), next_one(take, 2, client_key=key)
    assert first.upload_id == again.upload_id and first.token != again.token
    assert upload_of_token(first.token) is None
    assert upload_of_token(again.token).segment == 2
    assert AuditEntry.objects.filter(verb="take.continued").count() == 1


def test_two_devices_do_not_write_into_one_segment(interview):
    key = new_id()
    take = opened(interview, client_key=key).take
    next_one(take, 2, client_key=new_id())
    with pytest.raises(Refused, match="segment_taken"):
        next_one(take, 2, client_key=new_id())
    with pytest.raises(Refused, match="segment_taken"):
        next_one(take, 1, client_key=new_id())
    assert next_one(take, 1, client_key=key).number == 1
    assert next_one(take, 3, client_key=new_id()).number == 3


def test_too_many_are_refused(take):
    for number in range(2, MOST_SEGMENTS + 1):
        next_one(take, number)
    with pytest.raises(Refused, match="too_many_segments"):
        next_one(take, MOST_SEGMENTS + 1)


def test_a_number_may_be_missing_in_between(take):
    """A device that recorded nothing in a segment never announces it."""
    put(take, 1, b"one")
    next_one(take, 4)
    put(take, 4, b"four")
    next_one(take, 2)
    put(take, 2, b"late")
    finish(take, (1, 3), (4, 4), (2, 4))
    assert (recording_of(take).state, recording_of(take).size) == (RecordingState.RECEIVED, 11)
    assert [upload.segment for upload in arrived_segments(take.recording_id)] == [1, 2, 4]


def test_a_take_is_not_received_before_it_is_finished(take):
    put(take, 1, b"one")
    uploads.declare_length(upload_id=upload_of(take, 1).id, length=3)
    assert upload_of(take, 1).completed_at is not None
    assert recording_of(take).state == RecordingState.RECEIVING
    next_one(take, 2)
    put(take, 2, b"second")
    finish(take, (1, 3), (2, 6))
    recording = recording_of(take)
    assert (recording.state, recording.size, recording.segments) == (RecordingState.RECEIVED, 9, 2)
    assert Job.objects.filter(name="media.settle").count() == 1
    assert AuditEntry.objects.get(verb="recording.received").detail == {"bytes": 9, "segments": 2}


def test_somebody_else_continues_nothing(take, cast):
    other = make_interview(cast.stage, cast.kit_version, "Eve Adeyemi")
    with pytest.raises(NotAllowed):
        open_segment(take=take, number=2, mime="video/webm", actor=actor_of(other))
    with pytest.raises(NotAllowed):
        finish_take(take=take, segments=[SegmentEnd(1, None)], duration_ms=None, actor=actor_of(other))


CONTENTS = (b"first", b"the second", b"3rd")
STEPS = [("finish", 0), *[(kind, number) for number in (1, 2, 3) for kind in ("part", "rest")]]


@SLOW
@given(order=st.permutations(STEPS), repeats=st.lists(st.sampled_from(STEPS), max_size=4))
def test_in_every_order_it_is_received_once_with_all_bytes(interview, order, repeats):
    """Segments arrive side by side, in halves, before and after “finish”, which may be repeated at any time."""
    Answer.objects.all().delete()
    AuditEntry.objects.filter(verb="recording.received").delete()
    take = opened(interview).take
    for number in (2, 3):
        next_one(take, number)
    ends = [(number, len(CONTENTS[number - 1])) for number in (1, 2, 3)]
    pending = [*order, *repeats]
    done = set()
    for kind, number in pending:
        if kind == "finish":
            finish(take, *ends)
        elif kind == "part" and ("rest", number) not in done:
            put(take, number, CONTENTS[number - 1][:2])
        elif kind == "rest":
            put(take, number, CONTENTS[number - 1])
        done.add((kind, number))
        complete = {("finish", 0), ("rest", 1), ("rest", 2), ("rest", 3)} <= done
        assert (recording_of(take).state == RecordingState.RECEIVED) == complete
    recording = recording_of(take)
    assert (recording.segments, recording.size) == (3, sum(map(len, CONTENTS)))
    assert [stored(take, number) for number in (1, 2, 3)] == list(CONTENTS)
    assert AuditEntry.objects.filter(verb="recording.received", thing_id=str(recording.id)).count() == 1
    assert Job.objects.filter(name="media.settle", key=f"recording:{recording.id}").count() == 1


ARRIVED = st.lists(st.integers(0, 6), min_size=1, max_size=4)


@SLOW
@given(arrived=ARRIVED, known=st.data())
def test_what_another_device_finishes_has_every_byte_that_arrived(interview, arrived, known):
    """Some segments are known to the device that finishes, some only by what is here of them, some not at all."""
    Answer.objects.all().delete()
    take = opened(interview).take
    for number, count in enumerate(arrived, 1):
        if number > 1:
            next_one(take, number)
        if count:
            put(take, number, b"x" * count)
    named = known.draw(st.lists(st.sampled_from(range(1, len(arrived) + 1)), min_size=1, unique=True))
    own = known.draw(st.sets(st.sampled_from(named)))
    ends = [(number, arrived[number - 1] if number in own else None) for number in named]
    for _ in range(2):
        finish(take, *ends, duration_ms=None)
    recording = recording_of(take)
    assert (recording.state, recording.size) == (RecordingState.RECEIVED, sum(arrived))
    assert [upload_of(take, n).length for n in range(1, len(arrived) + 1)] == arrived
    assert not Upload.objects.filter(recording=recording, completed_at=None).exists()


def test_the_first_device_is_told_that_it_was_taken_over(interview):
    key = new_id()
    first = opened(interview, client_key=key)
    take = first.take
    put(take, 1, b"what ")
    next_one(take, 2, client_key=new_id())
    put(take, 2, b"more")
    finish(take, (1, None), (2, 4))
    assert upload_of_token(first.token) is None
    for ask in (
        lambda: opened(interview, client_key=key),
        lambda: next_one(take, 1, client_key=key),
        lambda: next_one(take, 3, client_key=key),
        lambda: finish(take, (1, 500)),
    ):
        with pytest.raises(Refused, match="taken_over"):
            ask()
    assert stored(take, 1) == b"what "
    assert state_of(take).segments[0].closed
    assert AuditEntry.objects.get(verb="take.finished").detail["as_arrived"] == [1]


def test_a_length_said_by_a_device_that_died_gives_way_to_what_arrived(take):
    """The laptop said “finished” and its battery ended: the phone keeps what is here."""
    put(take, 1, b"half")
    accept_take(take=take, size=8, duration_ms=2000, actor=actor_of(take.answer.interview))
    assert recording_of(take).state == RecordingState.RECEIVING
    finish(take, (1, None))
    assert (recording_of(take).state, recording_of(take).size) == (RecordingState.RECEIVED, 4)


def test_an_empty_segment_is_no_harm_and_only_empty_ones_fail(interview):
    take = opened(interview).take
    put(take, 1, b"one")
    next_one(take, 2)
    finish(take, (1, 3), (2, 0))
    assert (recording_of(take).state, recording_of(take).size) == (RecordingState.RECEIVED, 3)
    empty = opened(interview, 2).take
    finish(empty, (1, None))
    recording = recording_of(empty)
    assert (recording.state, recording.size) == (RecordingState.RECEIVED, 0)


def test_a_segment_that_was_never_opened_is_refused(take):
    for ends in ([(2, 5)], [(1, 3), (3, 5)]):
        with pytest.raises(Refused, match="unknown_segment"):
            finish(take, *ends)
    take.refresh_from_db()
    assert take.finished_at is None


def test_a_process_that_died_while_closing_leaves_a_mark_that_the_next_token_removes(take):
    upload = upload_of(take, 1)
    get_store().put_file(closed_key(upload.store_key), _empty_file())
    next_one(take, 1)
    assert get_store().size(closed_key(upload.store_key)) is None


def _empty_file():
    path = get_store()._unfinished / "empty"
    path.touch()
    return path


def test_given_up_segments(take):
    next_one(take, 2)
    put(take, 2, b"kept")
    assert uploads.terminate(upload_id=upload_of(take, 1).id)
    assert recording_of(take).state == RecordingState.RECEIVING, "the other one may still be finished"
    finish(take, (1, 0), (2, 4))
    assert (recording_of(take).state, recording_of(take).size) == (RecordingState.RECEIVED, 4)
    assert [(one.number, one.bytes, one.offset) for one in state_of(take).segments] == [(1, 0, 0), (2, 4, 4)]


def test_all_given_up_is_failed(take):
    next_one(take, 2)
    for number in (1, 2):
        uploads.terminate(upload_id=upload_of(take, number).id)
    assert recording_of(take).failure_code == "given_up"


def test_nobody_comes_back(interview, take):
    """What arrived of an unfinished take is settled when its time is over, empty segments and whole ones included."""
    put(take, 1, b"one")
    uploads.declare_length(upload_id=upload_of(take, 1).id, length=3)
    next_one(take, 2)
    put(take, 2, b"two and")
    next_one(take, 3)
    assert uploads.sweep() == 0
    uploads.sweep(now=interview.deadline + GRACE + dt.timedelta(minutes=1))
    recording = recording_of(take)
    assert (recording.state, recording.size, recording.segments) == (RecordingState.RECEIVED, 10, 3)


def test_whole_segments_of_a_take_that_nobody_finished_are_settled_too(interview, take):
    put(take, 1, b"one")
    uploads.declare_length(upload_id=upload_of(take, 1).id, length=3)
    uploads.sweep(now=interview.deadline + GRACE - dt.timedelta(minutes=1))
    assert recording_of(take).state == RecordingState.RECEIVING
    uploads.sweep(now=interview.deadline + GRACE + dt.timedelta(minutes=1))
    assert recording_of(take).state == RecordingState.RECEIVED


def test_more_days_keep_open_what_is_on_its_way(interview, take):
    before = upload_of(take, 1).expires_at
    assert extend(interview=interview, seen_deadline=interview.deadline, actor=actor_of(interview))
    assert upload_of(take, 1).expires_at == before + dt.timedelta(days=3)


def test_after_the_deadline_a_begun_take_may_still_go_on(interview, take):
    with time_machine.travel(interview.deadline + dt.timedelta(hours=1), tick=False):
        next_one(take, 2)
    late = interview.deadline + dt.timedelta(hours=25)
    with time_machine.travel(late, tick=False), pytest.raises(Refused, match="deadline"):
        next_one(take, 3)


def test_erasing_removes_every_segment(take):
    for number in (1, 2, 3):
        next_one(take, number)
        put(take, number, b"bytes")
    finish(take, (1, None), (2, 5), (3, 5))
    keys = [key for n in (1, 2, 3) for key in (upload_of(take, n).store_key, closed_key(upload_of(take, n).store_key))]
    assert get_store().size(keys[1]) == 0
    recording = recording_of(take)
    Answer.objects.all().delete()
    erase_recording(recording=recording)
    assert [key for key in keys if get_store().size(key) is not None] == []
    assert not Upload.objects.exists()


def test_the_log_names_what_was_erased(interview, take):
    next_one(take, 2)
    finish(take, (1, None), (2, None))
    kept = (str(take.id), str(take.recording_id))
    erase_answers(interview)
    entry = AuditEntry.objects.get(verb="take.erased")
    assert (entry.thing_id, entry.detail["recording"]) == kept
    assert not Recording.objects.exists() and not Take.objects.exists()


def test_what_is_told_of_a_take(interview):
    key = new_id()
    take = opened(interview, client_key=key).take
    put(take, 1, b"12345")
    second = new_id()
    next_one(take, 2, client_key=second)
    told = state_of(take)
    assert (told.finished, told.device, told.offset, told.bytes, told.safe_ms) == (False, str(key), 5, None, None)
    assert [(one.number, one.key) for one in told.segments] == [(1, str(key)), (2, str(second))]
    finish(take, (1, 5), (2, 10))
    put(take, 2, b"12345")
    told = state_of(take)
    assert (told.finished, told.offset, told.bytes, told.safe_ms) == (True, 10, 15, 1500)


def test_the_state_of_a_take_costs_the_same_for_any_number_of_segments(interview, django_assert_num_queries):
    take = opened(interview).take
    for count, numbers in ((1, ()), (8, range(2, 9))):
        for number in numbers:
            next_one(take, number)
        with django_assert_num_queries(3):
            told = state_of(take)
        assert len(told.segments) == count


def test_room_for_the_segments_of_one_take_is_bounded(interview, take, settings):
    settings.UPLOAD_MAX_BYTES = 10**12
    whole = opened(interview, 1).max_bytes
    with get_store().write_at(upload_of(take, 1).store_key, 0) as writer:
        writer.write(b"x" * 10_000)
    assert next_one(take, 2).max_bytes == whole - 10_000
    settings.UPLOAD_MAX_BYTES = 10**6
    assert next_one(take, 3).max_bytes == 10**6


def test_every_pair_of_devices_and_finishes_leaves_one_outcome(interview):
    """Two devices with a segment each; both say “finish” in their own words, in either order, twice."""
    for order in itertools.permutations(["laptop", "phone", "laptop", "phone"]):
        Answer.objects.all().delete()
        take = opened(interview).take
        put(take, 1, b"laptop")
        next_one(take, 2, client_key=new_id())
        put(take, 2, b"phone")
        told = {"laptop": [(1, 6)], "phone": [(1, None), (2, 5)]}
        for device in order:
            finish(take, *told[device])
        recording = recording_of(take)
        assert (recording.state, recording.size, recording.segments) == (RecordingState.RECEIVED, 11, 2)
