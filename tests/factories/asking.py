"""What candidates ask the team, made directly."""

import datetime as dt
from typing import Any

from django.utils import timezone

from bothways.accounts.models import Member
from bothways.conversations.models import Clip, Inquiry, InquiryKind, PublishedAnswer
from bothways.interviews.models import Interview
from bothways.lib.ids import new_id
from bothways.media.models import RecordingState, Rendition, RenditionKind
from tests.factories.preparing import make_recording


def make_inquiry(interview: Interview, *, on_video: bool = False, **fields: Any) -> Inquiry:
    """Open, with the day of the answer in two days: written, or with a ready recording."""
    given: dict[str, Any] = {"kind": InquiryKind.TEXT, "words": "Who would I work with?"}
    if on_video:
        given = {"kind": InquiryKind.VIDEO, "recording": make_clip(interview).recording}
    return Inquiry.objects.create(
        **{
            "organization": interview.organization,
            "interview": interview,
            "owner": interview.position.replies_by,
            "due": timezone.localdate() + dt.timedelta(days=2),
            **given,
            **fields,
        }
    )


def make_clip(
    interview: Interview,
    inquiry: Inquiry | None = None,
    member: Member | None = None,
    state: str = RecordingState.READY,
) -> Clip:
    """One try, complete on the side of the device: the candidate's, or a member's at answering."""
    recording = make_recording(member or interview.position.replies_by, state)
    return Clip.objects.create(
        organization=interview.organization,
        interview=interview,
        inquiry=inquiry,
        member=member,
        client_key=new_id(),
        recording=recording,
        finished_at=timezone.now(),
    )


def make_feedback_clip(interview: Interview, member: Member) -> Clip:
    """A member's try at saying the feedback, complete and ready."""
    return Clip.objects.create(
        organization=interview.organization,
        interview=interview,
        member=member,
        for_feedback=True,
        client_key=new_id(),
        recording=make_recording(member, RecordingState.READY),
        finished_at=timezone.now(),
    )


def make_published(inquiry: Inquiry, **fields: Any) -> PublishedAnswer:
    """What every candidate of the position reads."""
    position = inquiry.interview.position
    return PublishedAnswer.objects.create(
        **{
            "organization": inquiry.organization,
            "position": position,
            "inquiry": inquiry,
            "place": PublishedAnswer.objects.filter(position=position).count() + 1,
            "question": "Is there a lift?",
            "answer": "There are two.",
            "published_by": inquiry.owner,
            **fields,
        }
    )


def picture(clip: Clip) -> Rendition:
    """What of a clip would play with its picture."""
    return Rendition(recording=clip.recording, kind=RenditionKind.PLAYABLE, mime="video/webm")
