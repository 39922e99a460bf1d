"""What a candidate reads once a talk is over: only what is true of a talk."""

import datetime as dt

import pytest
from django.utils.html import strip_tags

from bothways.interviews.models import InterviewState
from bothways.live.actions.held import talk_was_held
from bothways.live.actions.rooms import make_room
from bothways.live.models import Composition, Place, RecordingPeriod
from tests.factories import Cast, make_submitted_interview
from tests.factories.live import make_live_interview, make_slot
from tests.web.candidate.conftest import Visitor, visitor


def words(dee: Visitor) -> str:
    return " ".join(strip_tags(dee.get().content.decode()).split())


@pytest.fixture
def dee(cast: Cast) -> Visitor:
    """She has talked with Bo for half an hour, on the telephone."""
    interview = make_live_interview(cast)
    slot = make_slot(interview, cast.bo, place=Place.PHONE, phone="+49 30 1", starts_in=-dt.timedelta(hours=1))
    talk_was_held(actor=cast.actor(cast.bo), slot=slot)
    interview.refresh_from_db()
    assert interview.state == InterviewState.SUBMITTED
    return visitor(interview)


def test_of_a_talk_that_was_not_recorded_nothing_is_called_an_answer(dee: Visitor) -> None:
    shown = words(dee)
    assert "You talked with us" in shown and "You hear from us by" in shown
    assert "Nothing of it was recorded." in shown
    assert "Bo Osei was in the talk with you" in shown
    assert "Inês Carvalho rates in this step and was not there for most of the talk" in shown
    assert "We asked at most 30 minutes of you." in shown
    for untrue in (
        "Your answers",
        "This is what you sent",
        "was played",
        "has not watched yet",
        "Not answered",
        "Kept",
    ):
        assert untrue not in shown, untrue


def test_a_recording_is_said_to_be_on_its_way_until_it_is_there(cast: Cast, dee: Visitor) -> None:
    room, slot = make_room(interview=dee.interview), dee.interview.slots.get()
    RecordingPeriod.objects.create(
        organization=cast.organization, room=room, started_at=slot.starts_at, stopped_at=slot.ends_at
    )
    assert "is being put together" in words(dee) and "Kept until" in words(dee)
    made = Composition.objects.create(
        organization=cast.organization, room=room, starts_at=slot.starts_at, ends_at=slot.ends_at
    )
    assert "is being put together" in words(dee)
    made.state, made.failure = "failed", "nothing_came"
    made.save()
    shown = words(dee)
    assert "did not reach us whole" in shown and "is being put together" not in shown


def test_a_recorded_interview_reads_as_before(cast: Cast) -> None:
    shown = words(visitor(make_submitted_interview(cast.stage, cast.kit_version)))
    assert "Your answers" in shown and "This is what you sent" in shown and "Your talk" not in shown
