"""Who rates whom, by the hand of an owner or recruiter. What is taken from somebody stays written: drafts are kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import Refused, require
from bothways.positions.models import Assigning, Stage
from bothways.review.actions.assigning import end, locked_stage, put_on
from bothways.review.models import Assignment, AssignmentEnd, AssignmentReason, Decision, Outcome, Scorecard, Summary
from bothways.review.policies import may_assign
from bothways.review.queries.assigning import reviewing_members
from bothways.review.queries.raters import known_to


@transaction.atomic
def assign(*, actor: Actor, interview: Interview, member: Member) -> Assignment:
    """Somebody rates this interview from now on.

    Raises:
        Refused: `everybody` where nothing is shared out, `not_open` for what is not sent or decided about,
            `not_a_reviewer`, `conflict`, `assigned`, `may_have_read` for who could see what others gave.
    """
    stage = _locked(actor, interview)
    _require_able(stage, interview, member)
    assignment = put_on(interview, member.id, reason=AssignmentReason.HAND, made_by=actor.id)
    _record(actor, interview, "assignment.made", member=member)
    return assignment


@transaction.atomic
def take_away(*, actor: Actor, interview: Interview, member: Member) -> None:
    """Somebody rates it no longer. Their draft is kept, theirs to read, and counts nowhere.

    Raises:
        Refused: `handed_in` once their scorecard is in, `not_assigned`.
    """
    _locked(actor, interview)
    _take(interview, member)
    _record(actor, interview, "assignment.taken", member=member)


@transaction.atomic
def hand_over(*, actor: Actor, interview: Interview, member: Member, to: Member) -> Assignment:
    """Somebody rates it instead of somebody else. Both or neither.

    Raises:
        Refused: as in `assign` and `take_away`.
    """
    stage = _locked(actor, interview)
    _require_able(stage, interview, to)
    _take(interview, member)
    assignment = put_on(interview, to.id, reason=AssignmentReason.INSTEAD, made_by=actor.id, instead_of=member.id)
    _record(actor, interview, "assignment.handed_over", member=member, to=to)
    return assignment


def _locked(actor: Actor, interview: Interview) -> Stage:
    require(may_assign(actor, interview.stage), _("Owners and recruiters say who rates whom."))
    stage = locked_stage(interview.stage_id)
    if stage is None or stage.assignment == Assigning.EVERYBODY:
        words = _(
            "In this step everybody rates everybody. Set in its rules that interviews are shared out, then assign."
        )
        raise Refused("everybody", words)
    return stage


def _require_able(stage: Stage, interview: Interview, member: Member) -> None:
    """Whoever could be asked by the rule, and who cannot have read what others gave."""
    who = {"name": member.user.name, "who": interview.code_name}
    final = Decision.objects.filter(interview=interview, reversed_at=None).exclude(outcome=Outcome.HOLD)
    if interview.state != InterviewState.SUBMITTED or final.exists():
        raise Refused("not_open", _("%(who)s is not waiting for ratings. Nothing was changed.") % who)
    if member.id not in {one.id for one in reviewing_members(stage)}:
        words = _("%(name)s is no reviewer of this step. Name them in the step first. Nothing was changed.") % who
        raise Refused("not_a_reviewer", words)
    if (interview.id, member.id) in known_to([interview.id]):
        raise Refused("conflict", _("%(name)s knows %(who)s and does not rate this person.") % who)
    mine = Assignment.objects.filter(interview=interview, member=member, ended_at__isnull=True)
    if mine.exists():
        raise Refused("assigned", _("%(name)s rates %(who)s already.") % who)
    enough = Summary.objects.filter(interview=interview, raters__gte=stage.raters_wanted, needs_third=False)
    if member.role in (Role.OWNER, Role.RECRUITER) and enough.exists():
        words = _("%(who)s is rated, and %(name)s may have read what others gave. Pick somebody who has not.") % who
        raise Refused("may_have_read", words)


def _take(interview: Interview, member: Member) -> None:
    who = {"name": member.user.name, "who": interview.code_name}
    standing = Assignment.objects.filter(interview=interview, member=member, ended_at__isnull=True)
    if not standing.exists():
        raise Refused("not_assigned", _("%(name)s does not rate %(who)s. Nothing was changed.") % who)
    if Scorecard.objects.filter(interview=interview, member=member, submitted_at__isnull=False).exists():
        words = _("%(name)s has handed in a scorecard for %(who)s. It counts, so it stays with them.") % who
        raise Refused("handed_in", words)
    end(standing, AssignmentEnd.TAKEN)


def _record(actor: Actor, interview: Interview, verb: str, **members: Member) -> None:
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb=verb,
        thing=interview,
        detail={name: str(member.id) for name, member in members.items()},
    )
