"""What was recorded of a talk goes with everything else that a candidate gave."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Organization
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import Interview
from bothways.live.models import Composition, Leg
from bothways.live.queries.legs import legs_of
from bothways.media.actions.erasure import erase_recording
from bothways.review.actions.retention import over_since


@transaction.atomic
def erase_recordings(*, interview: Interview) -> int:
    """Delete every side of the talk and what was put together of it. Returns how many; twice is harmless.

    What answers a question is a take, and goes before this with the takes.
    """
    compositions = list(Composition.objects.filter(room__interview=interview).select_related("recording"))
    legs = [leg for room in [getattr(interview, "room", None)] if room for leg in legs_of(room.id)]
    if not compositions and not legs:
        return 0
    recordings = [one.recording for one in (*compositions, *legs) if one.recording]
    Composition.objects.filter(id__in=[one.id for one in compositions]).delete()
    Leg.objects.filter(id__in=[leg.id for leg in legs]).delete()
    for recording in recordings:
        erase_recording(recording=recording)
    audit.record(
        organization=interview.organization,
        actor=system_actor(interview.organization_id),
        verb="talk.erased",
        thing=interview,
        detail={"legs": len(legs), "recordings": len(compositions)},
    )
    return len(recordings)


def erase_due(now: dt.datetime | None = None) -> int:
    """Delete what was recorded of talks whose time is over and of which nothing else was given: by the same clock."""
    now, count = now or timezone.now(), 0
    held = Exists(Leg.objects.filter(period__room__interview=OuterRef("pk")))
    for organization in Organization.objects.all():
        days = RETENTION_PROFILES[organization.retention_profile].recording_days
        for interview in over_since(organization, now - dt.timedelta(days=days)).filter(held):
            count += erase_answers(interview)
    return count
