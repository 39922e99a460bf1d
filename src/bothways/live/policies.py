"""Who may be in the room of a live interview, who leads there, and who changes its time. When the room is open,
`queries/hours.py` says.
"""

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.interviews.models import Answer, Interview
from bothways.interviews.policies import may_take_part
from bothways.live.models import STANDING, Composition, Host, Slot
from bothways.media.models import Rendition
from bothways.review.policies import may_watch_interview
from bothways.review.queries.identity import hides_picture
from bothways.review.queries.raters import is_rater


def may_enter_room(actor: Actor, interview: Interview) -> bool:
    """The candidate whose interview it is, and whoever hosts it."""
    return may_take_part(actor, interview) or may_host(actor, interview)


def may_host(actor: Actor, interview: Interview) -> bool:
    """Owners and recruiters, reviewers of the stage, and who sits in the slot. An auditor never does. Two queries."""
    if not actor.is_member or actor.organization_id != interview.organization_id or interview.is_preview:
        return False
    if actor.may_recruit:
        return True
    return not actor.has_role(Role.AUDITOR) and (is_rater(actor, interview.stage_id) or _sits(actor, interview))


def _sits(actor: Actor, interview: Interview) -> bool:
    slots = Host.objects.filter(slot__interview=interview, slot__state__in=STANDING, organization=actor.organization_id)
    return slots.filter(member=actor.id).exists()


def may_keep_calendars(actor: Actor, member: Member) -> bool:
    """What somebody's calendar says is theirs alone: nobody adds, reads or removes one for another."""
    return actor.is_member and actor.id == member.id


def may_watch_talk(actor: Actor, composition: Composition, rendition: Rendition) -> bool:
    """What was said besides the questions: whoever may watch the answers, as far as they may hear and see them."""
    interview = composition.room.interview
    if not may_watch_interview(actor, interview):
        return False
    # As if it were an answer: nothing was chosen, and nothing is signed.
    answer = Answer(organization_id=interview.organization_id, interview=interview)
    shows_all = not rendition.has_picture and not interview.stage.hides_voice
    return shows_all or not hides_picture(answer, actor.id)


def may_candidate_watch_talk(interview: Interview, composition: Composition) -> bool:
    """Candidates have what was recorded of their own talk."""
    return composition.room.interview_id == interview.id and composition.organization_id == interview.organization_id


def may_set_hours(actor: Actor, member: Member) -> bool:
    """Everybody their own, if they can be a host: an auditor watches nobody."""
    rates = actor.has_role(Role.OWNER, Role.RECRUITER, Role.REVIEWER)
    return rates and actor.id == member.id and actor.organization_id == member.organization_id


def may_change_slot(actor: Actor, slot: Slot) -> bool:
    """Owners and recruiters, and whoever hosts it."""
    if not actor.is_member or actor.organization_id != slot.organization_id:
        return False
    return actor.may_recruit or actor.id in {host.member_id for host in slot.hosts.all()}
