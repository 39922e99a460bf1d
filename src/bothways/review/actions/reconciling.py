"""Writing down what two raters found who were far apart."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused, require
from bothways.review.actions.assigning import end
from bothways.review.actions.summaries import summarize
from bothways.review.models import Assignment, AssignmentEnd, AssignmentReason, Reconciliation, Scorecard, Summary
from bothways.review.policies import may_reconcile

LONGEST_WORDS = 5000


@transaction.atomic
def reconcile(*, actor: Actor, interview: Interview, words: str) -> Reconciliation:
    """Keep it, once. No rating changes by it; a third rater is no longer asked for.

    Raises:
        Refused: `words` for nothing or too much, `reconciled` when somebody has written it, `not_apart` where no two
            raters are far apart.
    """
    require(may_reconcile(actor, interview), _("What raters found together is written by who sees their scorecards."))
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise Refused("words", _("Write in a few sentences what you found. The ratings are as they were."))
    Interview.objects.select_for_update().get(id=interview.id)
    if Reconciliation.objects.filter(interview=interview).exists():
        raise Refused("reconciled", _("Somebody has written down meanwhile what you found. Yours was not kept."))
    if not Summary.objects.filter(interview=interview, needs_third=True).exists():
        raise Refused("not_apart", _("There are no two raters here who are far apart. Nothing was kept."))
    found = Reconciliation.objects.create(
        organization_id=interview.organization_id, interview=interview, member_id=actor.id, words=words
    )
    summarize(interview)
    _let_third_go(interview)
    audit.record(organization=interview.organization, actor=actor, verb="interview.reconciled", thing=interview)
    return found


def _let_third_go(interview: Interview) -> None:
    """Who was asked as a third and has not begun is asked no longer."""
    begun = Scorecard.objects.filter(interview=OuterRef("interview"), member=OuterRef("member"))
    asked = Assignment.objects.filter(
        ~Exists(begun), interview=interview, reason=AssignmentReason.THIRD, ended_at__isnull=True
    )
    end(asked, AssignmentEnd.TAKEN)
