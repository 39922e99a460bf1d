"""Who was in live interviews."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewKind
from bothways.review.models import Attendance
from bothways.review.models.attendance import ENOUGH


def heard_live(interviews: Collection[Interview]) -> dict[uuid.UUID, list[Member]]:
    """By interview, who was there for most of the talk, in the order in which they came. One query; none where no
    interview is live."""
    live = [interview.id for interview in interviews if interview.kind == InterviewKind.LIVE]
    heard: dict[uuid.UUID, list[Member]] = defaultdict(list)
    if live:
        rows = Attendance.objects.filter(interview__in=live, share__gte=ENOUGH).select_related("member__user")
        for row in rows.order_by("created_at", "id"):
            heard[row.interview_id].append(row.member)
    return heard


def attended_by(interviews: Collection[Interview]) -> dict[uuid.UUID, list[Attendance]]:
    """By interview, who was there for any of the talk and for which part of it, once it has ended. One query."""
    ids = [interview.id for interview in interviews]
    found: dict[uuid.UUID, list[Attendance]] = defaultdict(list)
    rows = Attendance.objects.filter(interview__in=ids, share__gt=0).select_related("member__user")
    for row in rows.order_by("created_at", "id"):
        found[row.interview_id].append(row)
    return found
