"""Keeping people in sight until it is decided."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.lib.errors import require
from bothways.review.models import Shortlisted
from bothways.review.policies import may_shortlist


@transaction.atomic
def shortlist(*, actor: Actor, interview: Interview, on: bool) -> None:
    """Put somebody on the stage's shortlist, or take them off. What stands already is neither changed nor logged."""
    require(may_shortlist(actor, interview), _("Owners and recruiters shortlist, once their own scorecard is in."))
    Interview.objects.select_for_update().get(id=interview.id)
    if on:
        _mark, changed = Shortlisted.objects.get_or_create(
            organization_id=interview.organization_id, interview=interview, defaults={"member_id": actor.id}
        )
    else:
        changed, _kinds = Shortlisted.objects.filter(interview=interview).delete()
    if changed:
        verb = "interview.shortlisted" if on else "interview.unshortlisted"
        audit.record(organization=interview.organization, actor=actor, verb=verb, thing=interview)
