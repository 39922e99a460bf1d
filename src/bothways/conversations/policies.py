"""Who may ask and answer both ways, how much of it somebody may know, and who sees what is promised."""

from enum import StrEnum

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.conversations.models import Clip, Feedback, FollowUp, Inquiry, PublishedAnswer
from bothways.conversations.queries.blinded import blinded_members, is_blinded
from bothways.conversations.queries.follow_ups import is_decided
from bothways.conversations.queries.published import is_published_to
from bothways.interviews.models import Interview
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.requests import OWNING_ROLES
from bothways.media.models import Recording, Rendition
from bothways.positions.models import Position
from bothways.review.policies import (
    may_comment,
    may_decide,
    may_hide_words,
    may_see_scorecards,
    may_watch_interview,
)
from bothways.review.queries.identity import hides_face, hides_words


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


def may_follow_up(actor: Actor, interview: Interview) -> bool:
    """Who may watch the answers and has handed in their own ratings, as long as nobody has decided; no auditor."""
    return may_see_follow_ups(actor, interview) and may_comment(actor, interview) and not is_decided(interview)


def may_see_follow_ups(actor: Actor, interview: Interview) -> bool:
    """What is asked once more is an opinion, and the answer more than others gave: own ratings come first."""
    return may_watch_interview(actor, interview) and may_see_scorecards(actor, interview)


def may_read_follow_up(actor: Actor, follow_up: FollowUp) -> bool:
    """Whether this member may have its answer: where words are hidden, once somebody has looked through it."""
    interview = follow_up.interview
    if not may_see_follow_ups(actor, interview):
        return False
    return follow_up.released_at is not None or follow_up.is_signed or not hides_words(interview, actor.id)


def may_release_follow_up(actor: Actor, follow_up: FollowUp) -> bool:
    """Who says which words of the interview are hidden."""
    return may_see_follow_ups(actor, follow_up.interview) and may_hide_words(actor, follow_up.interview)


def may_take_back_follow_up(actor: Actor, follow_up: FollowUp) -> bool:
    """Who asked it, and owners and recruiters who see it."""
    is_own = actor.is_member and actor.id == follow_up.asked_by_id
    return (is_own or actor.may_recruit) and may_see_follow_ups(actor, follow_up.interview)


def may_hear_follow_up(actor: Actor, follow_up: FollowUp) -> bool:
    """Whose watching counts: who asked, or an owner or recruiter in their place."""
    is_own = actor.is_member and actor.id == follow_up.asked_by_id
    return (is_own or actor.may_recruit) and may_read_follow_up(actor, follow_up)


def may_play(actor: Actor, clip: Clip, rendition: Rendition) -> bool:
    """Whether a member may play this file of a clip now: their own, and of others what an inquiry, a follow-up or
    the feedback uses, if they may know it; of an answer to a follow-up only the sound, where they may only hear."""
    if actor.is_member and clip.member_id == actor.id:
        return True
    if clip.question_id:
        asked = FollowUp.objects.filter(organization=actor.organization_id, prompt=clip.recording_id)
        return any(may_see_follow_ups(actor, one.interview) for one in asked.select_related("interview__stage"))
    if clip.follow_up is not None:
        is_answer = clip.recording_id == clip.follow_up.recording_id
        return is_answer and _may_play_answer(actor, clip.follow_up, rendition)
    if clip.for_feedback:
        is_used = Feedback.objects.filter(recording=clip.recording_id).exists()
        return is_used and may_give_feedback(actor, clip.interview)
    inquiry = clip.inquiry or Inquiry.objects.filter(recording=clip.recording_id).first()
    if inquiry is None or clip.recording_id not in (inquiry.recording_id, inquiry.reply_id):
        return False
    return sight_of(actor, inquiry) == Sight.ALL


def may_candidate_play(interview: Interview, recording: Recording) -> bool:
    """Whether this candidate recorded it to ask or to answer, was asked or answered with it, got it as feedback, or
    everybody in the position may play it. Five queries at most.
    """
    is_own = Clip.objects.filter(interview=interview, member=None, recording=recording).exists()
    if is_own or Inquiry.objects.filter(interview=interview, reply=recording).exists():
        return True
    if Feedback.objects.filter(interview=interview, recording=recording, sent_at__isnull=False).exists():
        return True
    if FollowUp.objects.filter(interview=interview, prompt=recording).exists():
        return True
    return is_published_to(interview, recording)


def may_see_feedback(actor: Actor, position: Position) -> bool:
    """Who has had feedback and who has not, for who prepares, decides or audits."""
    return _reads_about(actor, position)


def may_give_feedback(actor: Actor, interview: Interview) -> bool:
    """Who decides, once they may see what was given: the draft is made of it."""
    return may_decide(actor, interview) and may_see_scorecards(actor, interview)


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


def _may_play_answer(actor: Actor, follow_up: FollowUp, rendition: Rendition) -> bool:
    """Like the first answer: where raters only hear, no picture, and where they only read, nothing."""
    stage = follow_up.interview.stage
    if not may_read_follow_up(actor, follow_up):
        return False
    is_sound = not rendition.has_picture and stage is not None and not stage.hides_voice
    return is_sound or not hides_face(follow_up.interview, actor.id, is_signed=follow_up.is_signed)
