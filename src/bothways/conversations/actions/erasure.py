"""What a candidate asked and was asked once more, and the answers, go with everything else they gave; feedback goes
with the ratings that it is made of, and its recording with the other recordings."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Organization
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.conversations.models import Clip, Feedback, FollowUp, Inquiry, PublishedAnswer
from bothways.interviews.models import Interview, InterviewState
from bothways.media.actions.erasure import erase_recording
from bothways.review.actions.retention import over_since


@transaction.atomic
def erase_inquiries(*, interview: Interview) -> int:
    """Delete every inquiry, follow-up and clip of an interview, answers included. Returns how many; twice is harmless.

    What was published of them names nobody and stays, until somebody takes it back. So does a recorded follow-up, for
    those who were asked the same: it goes with the last of them. Who takes part no more keeps no feedback either.
    """
    if interview.state == InterviewState.WITHDRAWN:
        erase_feedback(interview=interview)
    _hand_on_prompts(interview)
    clips = list(Clip.objects.filter(interview=interview).select_related("recording"))
    asked = Inquiry.objects.filter(interview=interview).count()
    followed = FollowUp.objects.filter(interview=interview).count()
    if not asked and not followed and not clips:
        return 0
    Feedback.objects.filter(interview=interview).update(recording=None)
    Clip.objects.filter(interview=interview).delete()
    Inquiry.objects.filter(interview=interview).delete()
    FollowUp.objects.filter(interview=interview).delete()
    for clip in clips:
        if not PublishedAnswer.objects.filter(recording=clip.recording).exists():
            erase_recording(recording=clip.recording)
    audit.record(
        organization=interview.organization,
        actor=system_actor(interview.organization_id),
        verb="inquiries.erased",
        thing=interview,
        detail={"inquiries": asked, "follow_ups": followed, "clips": len(clips)},
    )
    return asked + followed + len(clips)


@transaction.atomic
def erase_feedback(*, interview: Interview) -> int:
    """Delete the feedback of an interview, sent or not. Returns how many. Its recording is a clip and goes as one."""
    count = Feedback.objects.filter(interview=interview).count()
    if count:
        Feedback.objects.filter(interview=interview).delete()
        system = system_actor(interview.organization_id)
        audit.record(organization=interview.organization, actor=system, verb="feedback.erased", thing=interview)
    return count


def erase_due(now: dt.datetime | None = None) -> int:
    """Delete what was asked where nothing else was given, or after the rest had gone: by the same clock. And feedback,
    by that of the ratings. Returns how many."""
    now, count = now or timezone.now(), 0
    of = OuterRef("pk")
    asked = Exists(Inquiry.objects.filter(interview=of)) | Exists(FollowUp.objects.filter(interview=of))
    held = asked | Exists(Clip.objects.filter(interview=of))
    rated = Exists(Feedback.objects.filter(interview=OuterRef("pk")))
    for organization in Organization.objects.all():
        profile = RETENTION_PROFILES[organization.retention_profile]
        for interview in over_since(organization, now - dt.timedelta(days=profile.recording_days)).filter(held):
            count += erase_inquiries(interview=interview)
        for interview in over_since(organization, now - dt.timedelta(days=profile.records_days)).filter(rated):
            count += erase_feedback(interview=interview)
    return count


def _hand_on_prompts(interview: Interview) -> None:
    """What was recorded here and asks others, too, belongs to one of them from now on."""
    for clip in Clip.objects.filter(interview=interview, question__isnull=False):
        heir = FollowUp.objects.filter(prompt=clip.recording_id).exclude(interview=interview).first()
        if heir is not None:
            Clip.objects.filter(id=clip.id).update(interview=heir.interview_id)
