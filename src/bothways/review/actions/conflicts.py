"""Somebody knows a candidate: they neither watch nor rate this person, whoever says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused, require
from bothways.positions.models import Stage
from bothways.review.actions.assigning import ask_to_assign, end
from bothways.review.models import Assignment, AssignmentEnd, ConflictOfInterest, Scorecard
from bothways.review.policies import may_flag_conflict, may_lift_conflict
from bothways.review.queries.assigning import open_assignments


@transaction.atomic
def flag_conflict(*, actor: Actor, interview: Interview, member: Member) -> ConflictOfInterest:
    """From now on this member rates nothing of this candidate, in any step. Their open assignments are handed on.

    No name is told: a member says it of a code name. Saying it again changes nothing.

    Raises:
        Refused: `handed_in` where the member's scorecard of this interview is in and counts.
    """
    require(may_flag_conflict(actor, interview, member), _("You say this of what you watch yourself."))
    if Scorecard.objects.filter(interview=interview, member=member, submitted_at__isnull=False).exists():
        words = _("The scorecard is handed in and counts. Tell who decides, so that it is weighed with that in mind.")
        raise Refused("handed_in", words)
    conflict, is_new = ConflictOfInterest.objects.get_or_create(
        organization_id=interview.organization_id,
        candidate_id=interview.application.candidate_id,
        member=member,
        defaults={"flagged_by_id": actor.id},
    )
    if not is_new:
        return conflict
    mine = Assignment.objects.filter(member=member, interview__application__candidate=conflict.candidate_id)
    open_ = list(open_assignments().filter(id__in=mine.values("id")))
    end(open_, AssignmentEnd.CONFLICT)
    stages = Stage.objects.filter(interviews__application__candidate=conflict.candidate_id).distinct()
    for stage in stages:
        ask_to_assign(stage)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="conflict.flagged",
        thing=interview,
        detail={"member": str(member.id)},
    )
    return conflict


@transaction.atomic
def lift_conflict(*, actor: Actor, interview: Interview, member: Member) -> bool:
    """It was a mistake: the member may be asked again. False where nothing was flagged."""
    require(may_lift_conflict(actor, member), _("Another owner or recruiter takes this back."))
    candidate = interview.application.candidate_id
    count, _each = ConflictOfInterest.objects.filter(
        organization=actor.organization_id, candidate=candidate, member=member
    ).delete()
    if not count:
        return False
    ask_to_assign(interview.stage)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="conflict.lifted",
        thing=interview,
        detail={"member": str(member.id)},
    )
    return True
