"""Deciding about several people with one reason and one letter: each on their own, all or nothing."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.interviews.queries.batches import require_batch
from bothways.lib.errors import Refused, require
from bothways.review.actions.inviting_on import decide_and_invite
from bothways.review.models import Outcome
from bothways.review.policies import may_decide, may_see_scorecards
from bothways.review.queries.several import Lack, Person
from bothways.review.queries.stages import stage_after


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one person. `refused` has words when nothing was changed and nothing was sent."""

    interview: Interview
    refused: str = ""
    is_invited: bool = False


def decide_about_several(
    *,
    actor: Actor,
    people: Iterable[Person],
    outcome: str,
    reason: str,
    reply_subject: str,
    reply_body: str,
    seen: Mapping[uuid.UUID, uuid.UUID],
    invite_on: bool = False,
) -> list[Told]:
    """Advance or decline each of them in a transaction of their own. One who cannot be does not stop the others.

    With `invite_on`, whoever advances is invited to the stage behind, in the same transaction. Doing all of it again
    refuses those who are decided, so that nobody is written to twice. `seen` is as in `decide`, by interview.

    Raises:
        Refused: `outcome` for anything but to advance or to decline; with `invite_on`, what holds back a batch.
    """
    if outcome not in (Outcome.ADVANCE, Outcome.DECLINE):
        raise Refused("outcome", _("Several people can be advanced or declined. Nothing was changed."))
    words = {"reason": reason, "reply_subject": reply_subject, "reply_body": reply_body}
    people = list(people)
    later = stage_after(people[0].interview.stage) if invite_on and len(people) > 1 else None
    if later is not None:
        require_batch(later)
    told = []
    for person in people:
        interview = person.interview
        require(may_decide(actor, interview), _("Owners and recruiters decide."))
        if person.lack is not None and person.lack != Lack.DECIDED:
            told.append(Told(interview, person.words))
            continue
        try:
            is_invited = _one(actor, interview, outcome, words, seen.get(interview.id), invite_on)
        except Refused as refused:
            told.append(Told(interview, refused.words))
        else:
            told.append(Told(interview, is_invited=is_invited))
    return told


@transaction.atomic
def _one(
    actor: Actor,
    interview: Interview,
    outcome: str,
    words: Mapping[str, str],
    seen: uuid.UUID | None,
    invite_on: bool,
) -> bool:
    """Decide about one, and invite them on where that is asked for. Returns whether an invitation went out."""
    require(may_see_scorecards(actor, interview), _("Your own scorecard comes first. Nothing was sent."))
    if outcome == Outcome.DECLINE:
        Interview.objects.select_for_update().get(id=interview.id)
        _require_scorecards(interview)
    done = decide_and_invite(actor=actor, interview=interview, outcome=outcome, seen=seen, invite_on=invite_on, **words)
    return done.is_invited


def _require_scorecards(interview: Interview) -> None:
    handed_in = interview.scorecards.filter(submitted_at__isnull=False).count()
    if handed_in < interview.stage.raters_wanted:
        raise Refused("scorecards", _("Scorecards are still missing. Nothing was sent."))
