"""Reading what was recorded to ask or to answer."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bothways.conversations.models import Clip, Feedback, FollowUp, Inquiry
from bothways.interviews.models import Interview
from bothways.interviews.queries.limits import own_limit_s
from bothways.kits.models import Question
from bothways.media.models import Recording, RecordingState
from bothways.media.queries.uploads import offset_of, uploads_of

LONGEST_CLIP_S = 90
GRACE_S = 15
NOTICE_S = 20

WITHOUT_LIMIT_S = 600
"""For candidates who have set that their time has no limit."""

MOST_CLIPS_A_DAY = 30
"""Tries, sent or not: more than anybody needs, and few enough that nobody fills the disk."""

KEPT_UNUSED = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClipState:
    """What the server says about one clip to the page that made it. Bytes count what is durably stored."""

    clip: Clip
    number: int
    offset: int
    length: int | None
    is_used: bool


def clip_limit_s(interview: Interview) -> int:
    """Seconds for this candidate to ask by voice or on video, with the time that they have set for themselves."""
    return own_limit_s(LONGEST_CLIP_S, interview) or WITHOUT_LIMIT_S


def clip_of(recording: Recording) -> Clip | None:
    """The clip that a recording is, or None for every other recording. One query."""
    rows = Clip.objects.select_related("inquiry", "follow_up__interview__stage", "follow_up__interview__organization")
    return rows.filter(recording=recording).first()


def question_clips(interview: Interview) -> QuerySet[Clip]:
    """Every try of the candidate at asking in this interview, the oldest first."""
    return _loaded(Clip.objects.filter(interview=interview, member=None, follow_up=None))


def reply_clips(inquiry: Inquiry, member_id: uuid.UUID | None) -> QuerySet[Clip]:
    """Every try of one member at answering this inquiry, the oldest first."""
    return _loaded(Clip.objects.filter(inquiry=inquiry, member=member_id))


def feedback_tries(interview: Interview, member_id: uuid.UUID | None) -> QuerySet[Clip]:
    """Every try of one member at recording the feedback of this interview, the oldest first."""
    return _loaded(Clip.objects.filter(interview=interview, for_feedback=True, member=member_id))


def follow_up_clips(follow_up: FollowUp) -> QuerySet[Clip]:
    """Every try of the candidate at answering it, the oldest first."""
    return _loaded(Clip.objects.filter(follow_up=follow_up))


def prompt_clips(interview: Interview, question: Question, member_id: uuid.UUID | None) -> QuerySet[Clip]:
    """Every try of one member at asking once more about this answer, the oldest first."""
    return _loaded(Clip.objects.filter(interview=interview, question=question, member=member_id))


def unsent_of(clips: QuerySet[Clip]) -> list[Clip]:
    """Those of some tries that arrived and that nothing uses, the oldest first. Three queries at most."""
    return list(_loaded(clips.filter(_unused(), _usable())))


def unsent_clips(interview: Interview) -> list[Clip]:
    """What the candidate has recorded and not sent. Three queries at most."""
    return unsent_of(question_clips(interview))


def unsent_replies(inquiry: Inquiry, member_id: uuid.UUID | None) -> list[Clip]:
    """What a member has recorded and not sent. Three queries at most."""
    return unsent_of(reply_clips(inquiry, member_id))


def unsent_feedback(interview: Interview, member_id: uuid.UUID | None) -> list[Clip]:
    """What a member has recorded as feedback and not used. Three queries at most."""
    return unsent_of(feedback_tries(interview, member_id))


def clips_on(interview: Interview, day: dt.datetime) -> int:
    """How many the candidate has begun since then."""
    return Clip.objects.filter(interview=interview, member=None, created_at__gt=day).count()


def unused_clips() -> QuerySet[Clip]:
    """Made more than a day ago, and nothing uses it."""
    old = Clip.objects.filter(_unused(), created_at__lt=timezone.now() - KEPT_UNUSED)
    return old.select_related("organization", "recording").order_by("id")


def clip_state(clip: Clip) -> ClipState:
    """The state of a loaded clip. Two queries."""
    upload = next(iter(uploads_of(clip.recording)), None)
    siblings = Clip.objects.filter(
        interview=clip.interview_id,
        inquiry=clip.inquiry_id,
        follow_up=clip.follow_up_id,
        question=clip.question_id,
        member=clip.member_id,
        for_feedback=clip.for_feedback,
    )
    return ClipState(
        clip=clip,
        number=siblings.filter(id__lte=clip.id).count(),
        offset=offset_of(upload) if upload else clip.recording.size or 0,
        length=upload.length if upload else clip.recording.size,
        is_used=not Clip.objects.filter(_unused(), id=clip.id).exists(),
    )


def _unused() -> Q:
    asked = Inquiry.objects.filter(Q(recording=OuterRef("recording")) | Q(reply=OuterRef("recording")))
    followed = FollowUp.objects.filter(Q(prompt=OuterRef("recording")) | Q(recording=OuterRef("recording")))
    said = Feedback.objects.filter(recording=OuterRef("recording"))
    return ~Q(Exists(asked)) & ~Q(Exists(followed)) & ~Q(Exists(said))


def _usable() -> Q:
    return Q(finished_at__isnull=False) & ~Q(recording__state=RecordingState.FAILED)


def _loaded(clips: QuerySet[Clip]) -> QuerySet[Clip]:
    return (
        clips.select_related("organization", "interview", "inquiry", "follow_up", "recording")
        .prefetch_related("recording__uploads", "recording__renditions")
        .order_by("created_at", "id")
    )
