"""Changing a rating after handing in: with a reason, and so that both values stay."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused, require
from bothways.review.actions.summaries import summarize
from bothways.review.models import Rating, RatingChange
from bothways.review.policies import may_rate
from bothways.review.queries.decisions import latest_decision
from bothways.review.queries.rating_changes import current_value

LONGEST_REASON = 2000


@transaction.atomic
def change_rating(
    *, actor: Actor, interview: Interview, question_id: uuid.UUID, value: int | None, reason: str
) -> RatingChange:
    """Give one answer another rating, 1 to 5 or 0 for "not enough evidence". The first value and the reason are kept.

    Sending the same once more changes nothing and gives the change that stands.

    Raises:
        Refused: `open` before handing in, when a rating is simply changed; `decided` after a final decision; `value`,
            `no_reason`, `reason` (too long), `question`; `same` for the value that stands already.
    """
    require(may_rate(actor, interview), _("You do not rate this interview."))
    Interview.objects.select_for_update().get(id=interview.id)
    rating = _own_rating(actor, interview, question_id)
    latest = latest_decision(interview)
    if latest and latest.is_final:
        raise Refused(
            "decided",
            _("It is decided, so ratings stay as they are. Nothing was changed. Tell whoever decided what is new."),
        )
    if value not in (0, 1, 2, 3, 4, 5):
        raise Refused("value", _("A rating is a whole number from 1 to 5, or “not enough evidence”."))
    reason = reason.strip()
    if not reason:
        raise Refused("no_reason", _("Write why you change it. The reason stands beside both values."))
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "reason",
            _("A reason can have %(most)s characters. Yours is longer, and nothing was changed.")
            % {"most": LONGEST_REASON},
        )
    old, new = current_value(rating), value or None
    if new == old:
        last = rating.changes.last()
        if last is not None and last.reason == reason:
            return last
        raise Refused("same", _("This is the rating that stands already. Nothing was changed."))
    change = RatingChange.objects.create(
        organization_id=interview.organization_id,
        rating=rating,
        old_value=old,
        new_value=new,
        reason=reason,
        changed_by_id=actor.id,
    )
    summarize(interview)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="rating.changed",
        thing=rating,
        # Not the values: who still has to rate may be able to read the audit log.
        detail={"interview": interview.id, "question": question_id, "change": change.id},
    )
    return change


def _own_rating(actor: Actor, interview: Interview, question_id: uuid.UUID) -> Rating:
    ratings = Rating.objects.filter(scorecard__interview=interview, scorecard__member=actor.id, question=question_id)
    rating = ratings.select_related("scorecard").first()
    if rating is None:
        raise Refused("question", _("You have no rating of this question that could be changed."))
    if rating.scorecard.submitted_at is None:
        raise Refused("open", _("Your scorecard is not handed in yet, so change the rating on its page."))
    return rating
