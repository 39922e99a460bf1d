"""Who was in a live interview. The room that holds it says so."""

import uuid
from collections.abc import Mapping

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.review.models import Attendance


def come_to_talk(*, interview: Interview, actor: Actor) -> None:
    """A member is in the talk. From now on they may write down ratings. Inside the transaction of the verb for it."""
    Attendance.objects.get_or_create(organization_id=interview.organization_id, interview=interview, member_id=actor.id)


def forget_attendance(*, interview: Interview) -> None:
    """The talk did not take place: nobody has been in it."""
    Attendance.objects.filter(interview=interview, share=None).delete()


def settle_attendance(*, interview: Interview, shares: Mapping[uuid.UUID, float]) -> None:
    """The talk has ended: for which part of it, from 0 to 1, each member was there."""
    rows = list(Attendance.objects.filter(interview=interview))
    for row in rows:
        row.share = shares.get(row.member_id, 0.0)
    Attendance.objects.bulk_update(rows, ["share"])
