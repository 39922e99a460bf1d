"""Marking which question is being asked."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.live.actions.locking import locked
from bothways.live.models import Asking, Participant, Room
from bothways.live.policies import may_host


@transaction.atomic
def ask(*, room: Room, actor: Actor, participant: Participant, question_id: uuid.UUID | None) -> Asking:
    """From now on this question of the kit is being answered; without one, none is.

    Raises:
        Refused: `no_such_question`.
    """
    room = locked(room)
    require(may_host(actor, room.interview), _("Only hosts ask the questions."))
    question = None
    if question_id is not None:
        question = Question.objects.filter(id=question_id, kit_version=room.interview.kit_version_id).first()
        if question is None:
            raise Refused("no_such_question", _("This question is not in the guide of this talk. Load the page again."))
    return Asking.objects.create(
        organization_id=room.organization_id,
        room=room,
        question=question,
        asked_by=participant,
        asked_at=timezone.now(),
    )
