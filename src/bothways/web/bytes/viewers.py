"""Who may watch what was made of a recording now: one function for each kind of viewer that an address can name."""

import uuid
from collections.abc import Callable

from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member
from bothways.conversations.policies import may_candidate_play, may_play
from bothways.conversations.queries.clips import clip_of
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.watching import belongs_to, is_take
from bothways.kits.policies import may_read
from bothways.live.policies import may_candidate_watch_talk, may_watch_talk
from bothways.live.queries.compositions import composition_of
from bothways.media.models import Rendition, RenditionKind
from bothways.review.policies import may_watch, may_watch_shared


def _member(member_id: uuid.UUID, rendition: Rendition) -> bool:
    """Members watch answers as the rules of review say, clips as those of conversations do, talks as those of live
    interviews do, and every prompt of their organization. One side of a talk is watched by nobody."""
    member = Member.objects.select_related("user").filter(id=member_id, is_active=True, user__is_active=True).first()
    if member is None:
        return False
    actor, recording = member_actor(member), rendition.recording
    if recording.is_source:
        return False
    if may_watch(actor, rendition):
        return True
    composition = composition_of(recording)
    if composition is not None:
        return composition.question_id is None and may_watch_talk(actor, composition, rendition)
    clip = clip_of(recording)
    if clip is not None:
        return may_play(actor, clip, rendition)
    return may_read(actor, recording) and not is_take(recording)


def _candidate(interview_id: uuid.UUID, rendition: Rendition) -> bool:
    """Candidates watch what they recorded in this interview, and those who ask or answer them in it."""
    interview = Interview.objects.filter(id=interview_id).exclude(state=InterviewState.WITHDRAWN).first()
    recording = rendition.recording
    if interview is None or recording.is_source:
        return False
    composition = composition_of(recording)
    if composition is not None:
        return may_candidate_watch_talk(interview, composition)
    return belongs_to(interview, recording) or may_candidate_play(interview, recording)


VIEWERS: dict[str, Callable[[uuid.UUID, Rendition], bool]] = {
    "member": _member,
    "candidate": _candidate,
    "share": may_watch_shared,
}


def may_view(kind: str, viewer_id: uuid.UUID, rendition: Rendition) -> bool:
    """Deny first: a kind that nobody knows may watch nothing, and the voices by themselves are for machines."""
    policy = VIEWERS.get(kind)
    return policy is not None and rendition.kind != RenditionKind.VOICES and policy(viewer_id, rendition)
