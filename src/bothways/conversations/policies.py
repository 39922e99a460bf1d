"""Who may ask, who may answer, how much of an inquiry somebody may know, and who sees what is promised."""

from enum import StrEnum

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.conversations.models import Clip, Inquiry, PublishedAnswer
from bothways.conversations.queries.blinded import blinded_members, is_blinded
from bothways.conversations.queries.published import is_published_to
from bothways.interviews.models import Interview
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.requests import OWNING_ROLES
from bothways.media.models import Recording
from bothways.positions.models import Position


class Sight(StrEnum):
    """How much of an inquiry a member may know. `WORDS`: what is asked, in writing, not who asks and no voice."""

    ALL = "all"
    WORDS = "words"
    NOTHING = "nothing"


def may_ask(actor: Actor, interview: Interview) -> bool:
    """Only the candidate whose interview it is, and whoever plays the candidate in a preview."""
    return may_take_part(actor, interview)


def sight_of(actor: Actor, inquiry: Inquiry, *, blinded: bool | None = None) -> Sight:
    """Owners and recruiters know who asks what. Who still has to rate this person does not, unless it is theirs to
    answer because nobody else can: then they read the words. `blinded` where it was loaded already. One query at most.
    """
    if not actor.has_role(*OWNING_ROLES) or actor.organization_id != inquiry.organization_id:
        return Sight.NOTHING
    if not (is_blinded(actor.id, inquiry) if blinded is None else blinded):
        return Sight.ALL
    return Sight.WORDS if inquiry.owner_id == actor.id else Sight.NOTHING


def may_answer(actor: Actor, inquiry: Inquiry) -> bool:
    """Whoever may know what is asked: an answer must not wait because its owner is ill."""
    return sight_of(actor, inquiry) != Sight.NOTHING


def may_hand_over(actor: Actor, inquiry: Inquiry) -> bool:
    """Every owner and recruiter, also one who may not know what is asked: they give it away."""
    return actor.has_role(*OWNING_ROLES) and actor.organization_id == inquiry.organization_id


def may_own(member: Member, inquiry: Inquiry) -> bool:
    """Somebody active in the same organization who may answer it and will not rate this person."""
    is_able = member.is_active and member.role in OWNING_ROLES and member.organization_id == inquiry.organization_id
    return is_able and member.id not in blinded_members(inquiry.interview)


def may_publish(actor: Actor, inquiry: Inquiry) -> bool:
    """Whoever may answer it."""
    return may_answer(actor, inquiry)


def may_change_published(actor: Actor, published: PublishedAnswer) -> bool:
    """Owners and recruiters, whoever published it: every candidate reads it."""
    return actor.has_role(*OWNING_ROLES) and actor.organization_id == published.organization_id


def may_play(actor: Actor, clip: Clip) -> bool:
    """Whether a member may play a clip now: their own, and of others what an inquiry uses, if they know who asks."""
    if actor.is_member and clip.member_id == actor.id:
        return True
    inquiry = clip.inquiry or Inquiry.objects.filter(recording=clip.recording_id).first()
    if inquiry is None or clip.recording_id not in (inquiry.recording_id, inquiry.reply_id):
        return False
    return sight_of(actor, inquiry) == Sight.ALL


def may_candidate_play(interview: Interview, recording: Recording) -> bool:
    """Whether this candidate recorded it to ask, was answered with it, or everybody in the position may play it.

    Three queries at most.
    """
    is_own = Clip.objects.filter(interview=interview, member=None, recording=recording).exists()
    if is_own or Inquiry.objects.filter(interview=interview, reply=recording).exists():
        return True
    return is_published_to(interview, recording)


def may_see_promises(actor: Actor, position: Position) -> bool:
    """Who prepares, decides or audits. Who only rates has nothing to do with it."""
    return _reads_about(actor, position)


def may_see_survey(actor: Actor, position: Position) -> bool:
    """What candidates say together is for those who can change it. Nobody sees what one of them said."""
    return _reads_about(actor, position)


def _reads_about(actor: Actor, position: Position) -> bool:
    return (
        actor.has_role(Role.OWNER, Role.RECRUITER, Role.AUDITOR) and actor.organization_id == position.organization_id
    )
