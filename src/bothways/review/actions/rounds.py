"""Going through everybody's answers to one question."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.positions.models import Stage
from bothways.review.models import Round
from bothways.review.policies import may_rate_in
from bothways.review.queries.rounds import Turn, first_open, turns


def begin_round(*, actor: Actor, stage: Stage, question: Question) -> Round:
    """The actor's round of this question. The first time, who has sent by now becomes its first lot.

    Raises:
        NotAllowed: who does not rate in this stage.
        Refused: `question` for one that nobody was asked in this stage.
    """
    require(may_rate_in(actor, stage), _("You do not rate in this stage."))
    asked = Interview.objects.filter(stage=stage.id, kit_version=question.kit_version_id, is_preview=False)
    if question.organization_id != stage.organization_id or not asked.exists():
        raise Refused("question", _("This question does not belong to this step."))
    round_, _is_new = Round.objects.get_or_create(
        organization_id=stage.organization_id,
        member_id=actor.id,
        stage_id=stage.id,
        question_id=question.id,
        defaults={"as_of": timezone.now()},
    )
    round_.stage = stage
    return round_


@transaction.atomic
def enter_round(*, actor: Actor, stage: Stage, question: Question) -> Turn | None:
    """Where the actor goes on in a round; None when everybody is heard.

    What was left out of the lot comes first. Only when nothing of it is open, those who came since become the next lot.

    Raises:
        NotAllowed, Refused: as in `begin_round`.
    """
    begun = begin_round(actor=actor, stage=stage, question=question)
    round_ = Round.objects.select_for_update().get(id=begun.id)
    round_.stage = stage
    turn = first_open(turns(actor, round_, question))
    if turn is not None and turn.is_behind:
        round_.as_of = timezone.now()
        round_.save(update_fields=["as_of"])
    return turn
