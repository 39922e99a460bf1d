"""Whom a comment concerns, and when they are told: rows that the list “Talk” and the mails are made from."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.accounts.policies import may_change_own_profile
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.review.models import Comment, Notice, NoticeKind, NoticeSettings, Rhythm, Scorecard, ThreadRead
from bothways.review.policies import may_read_comments
from bothways.review.queries.notices import quiet_of, settings_of, settings_of_many

AT_ONCE_AFTER = dt.timedelta(minutes=2)
"""Long enough to withdraw a slip, and for whoever has the page open to read it there."""


def tell(comment: Comment, mentioned: Iterable[uuid.UUID], now: dt.datetime) -> None:
    """Plan what a new comment tells to whom. Inside the transaction that writes it."""
    handed_in = Scorecard.objects.filter(interview=comment.interview_id, submitted_at__isnull=False)
    kinds = dict.fromkeys(handed_in.values_list("member_id", flat=True), NoticeKind.RATED)
    if comment.parent_id:
        thread = Comment.objects.filter(Q(id=comment.parent_id) | Q(parent=comment.parent_id), member__isnull=False)
        kinds |= dict.fromkeys(thread.values_list("member_id", flat=True), NoticeKind.ANSWERED)
    kinds |= dict.fromkeys(mentioned, NoticeKind.MENTIONED)
    kinds.pop(comment.member_id, None)
    _plan(comment, kinds, now)


def tell_of_new_mentions(comment: Comment, mentioned: set[uuid.UUID], now: dt.datetime) -> None:
    """After an edit: who is mentioned only now is told; who is so no more, not any longer."""
    comment.notices.filter(kind=NoticeKind.MENTIONED).exclude(member__in=mentioned).delete()
    comment.notices.filter(member__in=mentioned, mailed_at=None).exclude(kind=NoticeKind.MENTIONED).delete()
    told = set(comment.notices.values_list("member_id", flat=True))
    _plan(comment, dict.fromkeys(mentioned - told - {comment.member_id}, NoticeKind.MENTIONED), now)


def plan_after_hand_in(interview: Interview, member_id: uuid.UUID, now: dt.datetime) -> None:
    """What waited for somebody's own ratings is told from now on."""
    waiting = Notice.objects.filter(member=member_id, comment__interview=interview, read_at=None, mailed_at=None)
    _plan_anew(list(waiting), now)


@transaction.atomic
def mark_read(*, actor: Actor, interview: Interview, question: Question | None, until: dt.datetime) -> None:
    """What was written about this place up to a moment has been seen. No mail tells of it any more."""
    require(may_read_comments(actor, interview), _("Comments are for those whose own ratings are in."))
    place = {"member_id": actor.id, "interview": interview, "question": question}
    mark, is_new = ThreadRead.objects.get_or_create(
        **place, defaults={"organization_id": interview.organization_id, "read_until": until}
    )
    if not is_new:
        ThreadRead.objects.filter(id=mark.id, read_until__lt=until).update(read_until=until)
    seen = Notice.objects.filter(
        member=actor.id, comment__interview=interview, comment__question=question, comment__created_at__lte=until
    )
    seen.filter(read_at=None).update(read_at=timezone.now(), due_at=None)


@transaction.atomic
def change_notice_settings(
    *,
    actor: Actor,
    member: Member,
    mentioned: str,
    answered: str,
    rated: str,
    quiet_from: dt.time,
    quiet_until: dt.time,
    quiet_on_free_days: bool,
) -> NoticeSettings:
    """Change how often one wants which mail, and when none. What waits to be sent is planned anew.

    Raises:
        Refused: `rhythm` for what no form offers; `quarter` for hours that do not begin on a quarter.
    """
    require(may_change_own_profile(actor, member), _("You change your own notices only."))
    if not {mentioned, answered, rated} <= set(Rhythm.values) or rated == Rhythm.AT_ONCE:
        raise Refused("rhythm", _("Choose how often you want each mail. Nothing was changed."))
    if any(time.minute % 15 or time.second or time.microsecond for time in (quiet_from, quiet_until)):
        raise Refused("quarter", _("Quiet hours begin and end on a quarter of an hour. Nothing was changed."))
    settings, _is_new = NoticeSettings.objects.update_or_create(
        member=member,
        defaults={
            "organization_id": member.organization_id,
            "mentioned": mentioned,
            "answered": answered,
            "rated": rated,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "quiet_on_free_days": quiet_on_free_days,
        },
    )
    waiting = Notice.objects.filter(member=member, read_at=None, mailed_at=None)
    # Who was given the hint waits for nothing but their own ratings.
    _plan_anew(list(waiting.exclude(hinted_at__isnull=False, due_at=None)), timezone.now())
    audit.record(organization=member.organization, actor=actor, verb="member.notices_changed", thing=member)
    return settings


def planned(kind: str, member: Member, settings: NoticeSettings, now: dt.datetime) -> dt.datetime | None:
    """When the next mail about this would go out; None for never."""
    rhythm = getattr(settings, kind)
    quiet = quiet_of(member, settings)
    if rhythm == Rhythm.NEVER:
        return None
    if rhythm == Rhythm.AT_ONCE:
        return quiet.first_after(now + AT_ONCE_AFTER)
    return quiet.next_digest(now, weekly=rhythm == Rhythm.WEEKLY)


def _plan(comment: Comment, kinds: dict[uuid.UUID, NoticeKind], now: dt.datetime) -> None:
    members = list(
        Member.objects.filter(organization=comment.organization_id, id__in=kinds, is_active=True)
        .select_related("user", "organization")
        .order_by("id")
    )
    settings = settings_of_many(members)
    Notice.objects.bulk_create(
        Notice(
            organization_id=comment.organization_id,
            member=member,
            comment=comment,
            kind=kinds[member.id],
            due_at=planned(kinds[member.id], member, settings[member.id], now),
        )
        for member in members
    )


def _plan_anew(notices: list[Notice], now: dt.datetime) -> None:
    """Notices of one member."""
    if not notices:
        return
    member = Member.objects.select_related("user", "organization").get(id=notices[0].member_id)
    settings = settings_of(member)
    for notice in notices:
        notice.due_at = planned(notice.kind, member, settings, now)
    Notice.objects.bulk_update(notices, ["due_at"])
