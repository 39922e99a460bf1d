"""What a member is told of comments: their settings, and what is new for them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState
from bothways.review.models import Notice, NoticeKind, NoticeSettings
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.raters import rated_by
from bothways.review.queries.talking import readable
from bothways.review.quiet import Quiet

MOST_COUNTED = 100
"""The top bar of every page counts; from here on it shows 99+."""

LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new. Of what `waits` for own ratings there is nothing but the interview."""

    interview: Interview
    waits: bool
    notice: Notice | None

    @property
    def who(self) -> str:
        return self.interview.shown_name


def settings_of(member: Member) -> NoticeSettings:
    """A member's settings; an unsaved row with the defaults for who never changed them. One query."""
    return settings_of_many([member])[member.id]


def settings_of_many(members: Collection[Member]) -> dict[uuid.UUID, NoticeSettings]:
    """By member. One query."""
    kept = {one.member_id: one for one in NoticeSettings.objects.filter(member__in=[member.id for member in members])}
    return {
        member.id: kept.get(member.id) or NoticeSettings(organization_id=member.organization_id, member=member)
        for member in members
    }


def quiet_of(member: Member, settings: NoticeSettings) -> Quiet:
    """When nothing is sent to this member. Asks nothing if `user` and `organization` were selected along."""
    return Quiet(
        zone=ZoneInfo(member.user.time_zone),
        begins=settings.quiet_from,
        ends=settings.quiet_until,
        free_days=settings.quiet_on_free_days,
        country=member.organization.country,
    )


def news_count(actor: Actor) -> int:
    """How much is new for this member, at most `MOST_COUNTED`. One query where nothing is unread, else two."""
    return len(_news(actor).values_list("id")[:MOST_COUNTED]) if _unread(actor).exists() else 0


def news(actor: Actor) -> list[News]:
    """What is new, the newest first; what waits for own ratings stands once for each interview. Two queries."""
    notices = list(
        _news(actor)
        .select_related("comment__question", "comment__member__user", "comment__share")
        .order_by("-comment__created_at", "-id")[:LONGEST_PAGE]
    )
    found = Interview.objects.filter(id__in={notice.comment.interview_id for notice in notices})
    shown = with_shown_name(found, actor.id).select_related("position")
    interviews = {interview.id: interview for interview in shown}
    waiting: set[uuid.UUID] = set()
    lines = []
    for notice in notices:
        interview = interviews[notice.comment.interview_id]
        if notice.reads:
            lines.append(News(interview, False, notice))
        elif interview.id not in waiting:
            waiting.add(interview.id)
            lines.append(News(interview, True, None))
    return lines


def _news(actor: Actor) -> QuerySet[Notice]:
    """With `reads`: whether the comment itself may be read. Who has still to rate has only their mentions, as hints."""
    of = OuterRef("comment__interview")
    reads = Exists(readable(actor).filter(id=of))
    waits = Exists(rated_by(actor).filter(id=of, state=InterviewState.SUBMITTED))
    return _unread(actor).annotate(reads=reads).filter(Q(reads=True) | (Q(kind=NoticeKind.MENTIONED) & waits))


def _unread(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(organization=actor.organization_id, member=actor.id, read_at=None)
