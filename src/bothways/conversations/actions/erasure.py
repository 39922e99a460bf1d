"""What a candidate asked, and what they were answered, goes with everything else they gave."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Organization
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.conversations.models import Clip, Inquiry, PublishedAnswer
from bothways.interviews.models import Interview
from bothways.media.actions.erasure import erase_recording
from bothways.review.actions.retention import over_since


@transaction.atomic
def erase_inquiries(*, interview: Interview) -> int:
    """Delete every inquiry and every clip of an interview, answers included. Returns how many; twice is harmless.

    What was published of them names nobody and stays, until somebody takes it back.
    """
    clips = list(Clip.objects.filter(interview=interview).select_related("recording"))
    asked = Inquiry.objects.filter(interview=interview).count()
    if not asked and not clips:
        return 0
    Clip.objects.filter(interview=interview).delete()
    Inquiry.objects.filter(interview=interview).delete()
    for clip in clips:
        if not PublishedAnswer.objects.filter(recording=clip.recording).exists():
            erase_recording(recording=clip.recording)
    audit.record(
        organization=interview.organization,
        actor=system_actor(interview.organization_id),
        verb="inquiries.erased",
        thing=interview,
        detail={"inquiries": asked, "clips": len(clips)},
    )
    return asked + len(clips)


def erase_due(now: dt.datetime | None = None) -> int:
    """Delete what was asked where nothing else was given, or after the rest had gone: by the same clock."""
    now, count = now or timezone.now(), 0
    held = Exists(Inquiry.objects.filter(interview=OuterRef("pk")))
    for organization in Organization.objects.all():
        days = RETENTION_PROFILES[organization.retention_profile].recording_days
        for interview in over_since(organization, now - dt.timedelta(days=days)).filter(held):
            count += erase_inquiries(interview=interview)
    return count
