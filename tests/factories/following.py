"""Follow-ups, made directly."""

import datetime as dt
from typing import Any

from django.utils import timezone

from bothways.accounts.models import Member
from bothways.conversations.models import Clip, FollowUp
from bothways.interviews.models import Interview
from bothways.lib.ids import new_id
from bothways.media.models import RecordingState
from tests.factories.preparing import make_recording


def make_follow_up(interview: Interview, asked_by: Member, place: int = 1, **fields: Any) -> FollowUp:
    """Asked about this answer, with three days left."""
    return FollowUp.objects.create(
        **{
            "organization": interview.organization,
            "interview": interview,
            "question": interview.kit_version.questions.get(place=place),
            "words": "What happened afterwards?",
            "asked_by": asked_by,
            "due": timezone.localdate() + dt.timedelta(days=3),
            **fields,
        }
    )


def make_try(follow_up: FollowUp, state: str = RecordingState.READY) -> Clip:
    """One try of the candidate at answering, complete on the side of the device."""
    return _clip(follow_up.interview, follow_up.asked_by, state, follow_up=follow_up)


def make_prompt_try(interview: Interview, member: Member, place: int = 1, state: str = RecordingState.READY) -> Clip:
    """One try of a member at asking on video."""
    question = interview.kit_version.questions.get(place=place)
    return _clip(interview, member, state, question=question, member=member)


def make_answered(interview: Interview, asked_by: Member, text: str = "", **fields: Any) -> FollowUp:
    """Answered in writing, or with a ready recording where there is no `text`."""
    asked = make_follow_up(interview, asked_by, **fields)
    asked.written, asked.state, asked.answered_at = text, "answered", timezone.now()
    asked.recording = None if text else make_try(asked).recording
    asked.save()
    return asked


def _clip(interview: Interview, recorded_by: Member, state: str, **whose: Any) -> Clip:
    return Clip.objects.create(
        organization=interview.organization,
        interview=interview,
        client_key=new_id(),
        recording=make_recording(recorded_by, state),
        finished_at=timezone.now(),
        **whose,
    )
