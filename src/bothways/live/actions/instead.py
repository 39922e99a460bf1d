"""Talking live instead of recording, as the candidate of a recorded stage chooses."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.actions.kind import change_kind
from bothways.interviews.models import Interview, InterviewKind
from bothways.lib.errors import Refused
from bothways.live.models import Slot, SlotState
from bothways.live.queries.instead import offers_live_instead, offers_recording_instead


@transaction.atomic
def talk_instead(*, actor: Actor, interview: Interview) -> bool:
    """From now on this interview is live. False if it was.

    Raises:
        NotAllowed, Refused: `not_offered`, `begun`.
    """
    if interview.kind == InterviewKind.LIVE:
        return False
    if not offers_live_instead(interview):
        raise Refused("not_offered", _("A live talk is not offered here. You can ask for one: a person answers you."))
    return change_kind(actor=actor, interview=interview, kind=InterviewKind.LIVE)


@transaction.atomic
def record_instead(*, actor: Actor, interview: Interview) -> bool:
    """Back to recording, until a time is booked. A time that is held is free again. False if it was recorded.

    Raises:
        NotAllowed, Refused: `not_offered` in a live stage, `begun`.
    """
    if interview.kind == InterviewKind.RECORDED:
        return False
    if not offers_recording_instead(interview):
        raise Refused("not_offered", _("This interview is a live talk. If you need another way, ask for a change."))
    Slot.objects.filter(interview=interview, state=SlotState.HELD).delete()
    return change_kind(actor=actor, interview=interview, kind=InterviewKind.RECORDED)
