"""Noting how candidates get through a question, for what it says about the question.

Nothing of this is in the audit log: the log is read by person, and this is only ever counted together.
"""

import uuid
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.models import Answer, AnswerMode, Interview, Passage, StopReason, Take
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.settings import settings_of
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require


def open_question(*, interview: Interview, question: Question, device: str, actor: Actor) -> None:
    """The candidate sees the question. The first time is kept; of a preview nothing is."""
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    if interview.is_preview or Passage.objects.filter(interview=interview, question=question).exists():
        return
    Passage.objects.get_or_create(
        organization_id=interview.organization_id,
        interview=interview,
        question=question,
        defaults={"device": device, "mode": settings_of(interview).mode},
    )


def note_answer(answer: Answer) -> None:
    """The answer has a choice, or one take more; inside the transaction that gave it that."""
    changes: dict[str, Any] = {"answered_at": Coalesce("answered_at", timezone.now())}
    changes["takes"] = Take.objects.filter(answer=answer, finished_at__isnull=False, faulted_at__isnull=True).count()
    if answer.question.is_recorded:
        changes["mode"] = _mode(answer)
    Passage.objects.filter(interview=answer.interview_id, question=answer.question_id).update(**changes)


@transaction.atomic
def tell_stop_reason(*, interview: Interview, reason: str, actor: Actor, place: int | None = None) -> None:
    """The candidate says what made them stop at the question in `place`, or at the one they opened last.

    Where nothing was opened yet, there is nothing to say it about, and nothing is kept.

    Raises:
        Refused: `stop_reason` for what we do not offer.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    if reason not in StopReason.values:
        raise Refused("stop_reason", _("Choose one of the reasons, or leave it out. Everything of yours is safe."))
    passages = Passage.objects.filter(interview=interview)
    if place is not None:
        passages = passages.filter(question__place=place)
    last: uuid.UUID | None = passages.order_by("-created_at", "-id").values_list("id", flat=True).first()
    Passage.objects.filter(id=last).update(stop_reason=reason)


def _mode(answer: Answer) -> str:
    if answer.chosen_take is None:
        return AnswerMode.WRITING
    if answer.chosen_take.is_signed:
        return AnswerMode.SIGN
    return AnswerMode.AUDIO if answer.chosen_take.recording.kind == "audio" else AnswerMode.VIDEO
