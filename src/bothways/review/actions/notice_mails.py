"""Mails about comments: one for all that is due for a member, and never in their quiet hours.

A mail says who wrote and where, not what: mail is read by more eyes than the page is. Who has still to rate learns only
that somebody wants to talk once their ratings are in.
"""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.notify.actions.messages import send_message
from bothways.review.models import Notice, NoticeKind
from bothways.review.policies import may_rate, may_read_comments
from bothways.review.queries.notices import quiet_of, settings_of


@dataclass(slots=True)
class Told:
    """What a mail says of one interview: who wrote about which place, by the number of the question or 0."""

    interview: Interview
    waits: bool = False
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def places(self) -> list[tuple[int, list[str]]]:
        return sorted(self.names.items())


def send_due(now: dt.datetime | None = None) -> int:
    """One mail to each member for whom something is due. Returns how many; two workers at once send it once."""
    now = now or timezone.now()
    members = Notice.objects.filter(due_at__lte=now).order_by("member").values_list("member", flat=True).distinct()
    return sum(send_to(member_id, now) for member_id in list(members))


@transaction.atomic
def send_to(member_id: uuid.UUID, now: dt.datetime) -> bool:
    """Send what is due for one member. False where nothing is, or the hours are quiet and all of it waits."""
    # Whoever comes second waits for these rows here, and then finds that nothing is due any more.
    due = Notice.objects.select_for_update(of=("self",)).filter(member=member_id, due_at__lte=now).order_by("id")
    notices = list(
        due.select_related(
            "comment__interview__position", "comment__question", "comment__member__user", "comment__share"
        )
    )
    if not notices:
        return False
    member = Member.objects.select_related("user", "organization").get(id=member_id)
    ids = [notice.id for notice in notices]
    loud_at = quiet_of(member, settings_of(member)).first_after(now)
    if loud_at > now:
        Notice.objects.filter(id__in=ids).update(due_at=loud_at)
        return False
    told = _told(member, notices)
    mailed = [one.id for one in notices if (about := told.get(one.comment.interview_id)) and not about.waits]
    hinted = [one.id for one in notices if (about := told.get(one.comment.interview_id)) and about.waits]
    Notice.objects.filter(id__in=ids).update(due_at=None)
    Notice.objects.filter(id__in=mailed).update(mailed_at=now)
    Notice.objects.filter(id__in=hinted).update(hinted_at=now)
    if told:
        _mail(member, sorted(told.values(), key=_order))
    return bool(told)


def _told(member: Member, notices: list[Notice]) -> dict[uuid.UUID, Told]:
    """By interview. What this member may neither read nor wait for is left out."""
    if not (member.is_active and member.user.is_active):
        return {}
    actor = member_actor(member)
    told: dict[uuid.UUID, Told | None] = {}
    for notice in notices:
        comment = notice.comment
        if comment.interview_id not in told:
            told[comment.interview_id] = _about(actor, comment.interview)
        about = told[comment.interview_id]
        if about is None or (about.waits and notice.kind != NoticeKind.MENTIONED):
            continue
        names = about.names[comment.question.place if comment.question else 0]
        if comment.author_name not in names:
            names.append(comment.author_name)
    return {interview: about for interview, about in told.items() if about and about.names}


def _about(actor: Actor, interview: Interview) -> Told | None:
    if may_read_comments(actor, interview):
        return Told(interview)
    return Told(interview, waits=True) if may_rate(actor, interview) else None


def _order(about: Told) -> tuple[str, str]:
    return about.interview.position.title, about.interview.code_name


def _mail(member: Member, told: list[Told]) -> None:
    slug = member.organization.slug
    page = reverse("team:talk-list", args=[slug])
    if len(told) == 1:
        name = "team:review-interview" if told[0].waits else "team:talk-interview"
        page = reverse(name, args=[slug, told[0].interview.id])
    # Of who has still to rate, not even the names of those who wrote go into the templates.
    groups = [
        {
            "position": about.interview.position.title,
            "who": about.interview.code_name,
            "places": [] if about.waits else [(place, ", ".join(names)) for place, names in about.places],
        }
        for about in told
    ]
    send_message(
        organization=member.organization,
        kind="review.talk",
        to_email=member.user.email,
        to_name=member.user.name,
        language=member.user.language,
        context={
            "groups": groups,
            "only_waits": all(about.waits for about in told),
            "page": settings.BASE_URL + page,
            "profile": settings.BASE_URL + reverse("team:profile-edit", args=[slug]),
        },
        about=member,
    )
