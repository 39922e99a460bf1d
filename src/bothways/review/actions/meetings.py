"""Meetings in which several people decide before one screen: opened, closed, and what is done in them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused, require
from bothways.positions.models import Stage
from bothways.review.actions.decisions import reveal_name
from bothways.review.models import Meeting, MeetingAttendee, MeetingItem
from bothways.review.policies import may_hold_meeting, may_reveal
from bothways.review.queries.meetings import MOST, Barred, actors_of, barred


@transaction.atomic
def open_meeting(*, actor: Actor, stage: Stage, members: list[Member], interviews: list[Interview]) -> Meeting:
    """Begin a meeting about these candidates, with these members and whoever opens it.

    Raises:
        Refused: `nobody` to look at, `too_many`, `members` (somebody of another organization or who has left),
            `not_in` (somebody who is present rates and has not handed in, or does not see scorecards).
    """
    require(may_hold_meeting(actor, stage), _("Owners and recruiters open meetings."))
    if not interviews or any(interview.stage_id != stage.id for interview in interviews):
        raise Refused("nobody", _("Pick whom you want to look at: nobody is on the list."))
    if len(interviews) > MOST:
        raise Refused("too_many", _("At most %(most)d people fit into one meeting.") % {"most": MOST})
    ids = {member.id for member in members} | {actor.id}
    present = Member.objects.filter(organization=stage.organization_id, is_active=True, id__in=ids)
    present = list(present.select_related("user").order_by("user__name", "id"))
    if len(present) != len(ids):
        raise Refused("members", _("Somebody on the list has left. Load the page again."))
    if kept_out := barred(stage, present, interviews):
        raise Refused("not_in", " ".join(_barred_words(one) for one in kept_out))
    meeting = Meeting.objects.create(organization_id=stage.organization_id, stage=stage, opened_by_id=actor.id)
    MeetingAttendee.objects.bulk_create(
        MeetingAttendee(organization_id=stage.organization_id, meeting=meeting, member=member) for member in present
    )
    MeetingItem.objects.bulk_create(
        MeetingItem(organization_id=stage.organization_id, meeting=meeting, interview=interview, place=place)
        for place, interview in enumerate(interviews, start=1)
    )
    audit.record(
        organization=meeting.organization,
        actor=actor,
        verb="meeting.opened",
        thing=meeting,
        detail={
            "stage": str(stage.id),
            "members": [str(member.id) for member in present],
            "interviews": [str(interview.id) for interview in interviews],
        },
    )
    return meeting


@transaction.atomic
def close_meeting(*, actor: Actor, meeting: Meeting) -> None:
    """End it: nothing is decided in it any more, and what was decided stays to be read. Once."""
    require(may_hold_meeting(actor, meeting.stage), _("Owners and recruiters close meetings."))
    closed = Meeting.objects.filter(id=meeting.id, closed_at=None).update(closed_at=timezone.now())
    if closed:
        audit.record(organization=meeting.organization, actor=actor, verb="meeting.closed", thing=meeting)


@transaction.atomic
def reveal_in_meeting(*, actor: Actor, meeting: Meeting, interview: Interview) -> None:
    """Show the name on the shared screen: everybody present has seen it, and the log says so of each of them.

    Raises:
        Refused: `closed`.
    """
    require(may_reveal(actor, interview), _("The name is shown to you when your own scorecard is handed in."))
    if not MeetingItem.objects.filter(meeting=meeting, meeting__closed_at=None, interview=interview).exists():
        raise Refused("closed", _("This meeting is closed. Nothing was changed."))
    for one in actors_of(meeting):
        if may_reveal(one, interview):
            reveal_name(actor=one, interview=interview, meeting=meeting)


def _barred_words(one: Barred) -> str:
    name = one.member.user.name
    if not one.missing:
        return _("%(name)s does not rate in this step and has no role that sees scorecards, so cannot be present.") % {
            "name": name
        }
    return ngettext(
        "%(name)s rates in this step and still has %(many)d scorecard to hand in. Others' ratings come after one's "
        "own, on a shared screen as well: hand in first, or leave out the person or the candidate.",
        "%(name)s rates in this step and still has %(many)d scorecards to hand in. Others' ratings come after one's "
        "own, on a shared screen as well: hand in first, or leave out the person or the candidates.",
        one.missing,
    ) % {"name": name, "many": one.missing}
