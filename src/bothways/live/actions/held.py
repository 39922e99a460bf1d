"""A talk that was held without the room, or of which nobody said that it ended."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, member_actor
from bothways.interviews.actions.receipt import send_receipt
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.promise import promised_day, rating_day
from bothways.lib.errors import Refused, require
from bothways.lib.signals import raters_changed
from bothways.live.models import Room, Slot, SlotState
from bothways.live.policies import may_change_slot
from bothways.review.actions.attendance import come_to_talk, settle_attendance


@transaction.atomic
def talk_was_held(*, actor: Actor, slot: Slot) -> bool:
    """A host says that the talk took place: it is rated from now on, and the reply is promised. False if it was said.

    Raises:
        NotAllowed, Refused: `not_yet` before its time, `said` when it was said that it did not.
    """
    require(may_change_slot(actor, slot), _("Only its hosts and recruiters say that a talk took place."))
    if slot.starts_at > timezone.now():
        raise Refused("not_yet", _("This talk has not begun yet."))
    rows = Interview.objects.select_related("organization", "stage", "position", "application__candidate")
    interview = rows.select_for_update(of=("self",)).get(id=slot.interview_id, organization=slot.organization_id)
    if not Slot.objects.filter(id=slot.id, state=SlotState.BOOKED).exists():
        raise Refused("said", _("Somebody has already said what became of this talk. Nothing was changed."))
    promise = {"reply_by": promised_day(interview), "rate_by": rating_day(interview)}
    if not change_state(interview=interview, to=InterviewState.SUBMITTED, actor=actor, fields=promise):
        return False
    Room.objects.filter(interview=interview, ended_at=None).update(ended_at=timezone.now())
    hosts = [host.member for host in slot.hosts.select_related("member__user")]
    for member in hosts:
        come_to_talk(interview=interview, actor=member_actor(member))
    settle_attendance(interview=interview, shares={member.id: 1.0 for member in hosts})
    record(organization=slot.organization, actor=actor, verb="slot.took_place", thing=slot)
    send_receipt(interview=interview, kind="live.thanks")
    raters_changed.send(Interview, thing=interview)
    return True
