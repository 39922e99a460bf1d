"""What is said about an interview and what of it is new to somebody. Asked only for who may read the comments."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member, Role
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.positions.models import Assigning, StageReviewer
from bothways.review.models import Comment, Scorecard, ThreadRead
from bothways.review.queries.raters import handed_in_by, known_to, opened_without, raters_of, unknown_to

READING_ROLES = (Role.OWNER, Role.RECRUITER, Role.AUDITOR)
"""Who reads comments without rating. Whoever rates in the stage reads them after their own ratings, in any role."""


@dataclass(frozen=True, slots=True)
class Talker:
    """A member who can be mentioned. Who `still_rates` reads nothing yet, only that somebody wants to talk."""

    member: Member
    still_rates: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One comment for one reader. `replies` is empty below a reply."""

    comment: Comment
    is_own: bool
    is_new: bool
    replies: tuple["Said", ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """All that is said about one answer, or about the interview as a whole, the oldest first. `new` counts others'."""

    said: tuple[Said, ...]
    many: int
    new: int
    newest_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ThreadHead:
    """How much is said about one answer; without a question, about the interview as a whole."""

    question: Question | None
    many: int
    new: int

    @property
    def place(self) -> int:
        return self.question.place if self.question else 0


def talkers(interview: Interview) -> list[Talker]:
    """Who reads the comments now, or will once their own ratings are in, by name. At most seven queries, and one more
    for each recruiting reviewer without a scorecard where interviews are shared out.
    """
    known = known_to([interview.id])
    rate = {member.id for member in raters_of([interview], known)[interview.id]}
    reviewers = set(StageReviewer.objects.filter(stage=interview.stage_id).values_list("member_id", flat=True))
    handed_in = set(
        Scorecard.objects.filter(interview=interview, submitted_at__isnull=False).values_list("member_id", flat=True)
    )
    members = (
        Member.objects.filter(organization=interview.organization_id, is_active=True, user__is_active=True)
        .filter(Q(id__in=reviewers) | Q(role__in=READING_ROLES))
        .exclude(id__in=[member_id for _, member_id in known])
        .select_related("user")
        .order_by("user__name", "id")
    )
    found = []
    for member in members:
        if member.id in handed_in or member.id not in reviewers or _opened(member, interview):
            found.append(Talker(member, still_rates=False))
        elif member.id in rate:
            found.append(Talker(member, still_rates=True))
    return found


def _opened(member: Member, interview: Interview) -> bool:
    """As `opened_without` says; where everybody rates everybody it opens nothing, and is not asked."""
    if interview.stage is None or interview.stage.assignment == Assigning.EVERYBODY:
        return False
    return Interview.objects.filter(opened_without(member_actor(member)), id=interview.id).exists()


def readable(actor: Actor) -> QuerySet[Interview]:
    """Interviews whose scorecards and comments this member may read: as `policies.may_see_scorecards`, for many."""
    reviews = Exists(StageReviewer.objects.filter(stage=OuterRef("stage"), member=actor.id))
    own_is_in = reviews & (handed_in_by(actor) | opened_without(actor))
    opens = own_is_in | ~reviews if actor.has_role(*READING_ROLES) else own_is_in
    own = Interview.objects.filter(organization=actor.organization_id, is_preview=False)
    return own.filter(opens, unknown_to(actor))


def thread_of(actor: Actor, interview: Interview, question: Question | None) -> Thread:
    """Four queries, whatever was said."""
    comments = list(
        Comment.objects.filter(interview=interview, question=question)
        .select_related("member__user", "share")
        .prefetch_related("wordings", "mentions__member__user")
        .order_by("created_at", "id")
    )
    read = ThreadRead.objects.filter(member=actor.id, interview=interview, question=question).first()
    below: dict[uuid.UUID, list[Said]] = defaultdict(list)
    for comment in comments:
        if comment.parent_id:
            below[comment.parent_id].append(_said(comment, actor, read))
    said = tuple(_said(one, actor, read, below[one.id]) for one in comments if one.parent_id is None)
    every = [one for top in said for one in (top, *top.replies)]
    return Thread(
        said=said,
        many=sum(1 for one in every if not one.comment.withdrawn_at),
        new=sum(one.is_new for one in every),
        newest_at=comments[-1].created_at if comments else None,
    )


def thread_heads(actor: Actor, interview: Interview, questions: Iterable[Question]) -> list[ThreadHead]:
    """The interview as a whole, then each question. Two queries."""
    reads = ThreadRead.objects.filter(member=actor.id, interview=interview)
    until = dict(reads.values_list("question_id", "read_until"))
    many: dict[uuid.UUID | None, int] = defaultdict(int)
    new: dict[uuid.UUID | None, int] = defaultdict(int)
    there = Comment.objects.filter(interview=interview, withdrawn_at=None)
    for question_id, member_id, at in there.values_list("question_id", "member_id", "created_at"):
        many[question_id] += 1
        new[question_id] += member_id != actor.id and (question_id not in until or at > until[question_id])
    return [
        ThreadHead(question, many[question and question.id], new[question and question.id])
        for question in (None, *questions)
    ]


def heads_of_many(actor: Actor, interviews: Collection[uuid.UUID], question: Question) -> dict[uuid.UUID, ThreadHead]:
    """How much is said about the answers of several people to one question. Two queries."""
    reads = ThreadRead.objects.filter(member=actor.id, interview__in=interviews, question=question)
    until = dict(reads.values_list("interview_id", "read_until"))
    many: dict[uuid.UUID, int] = defaultdict(int)
    new: dict[uuid.UUID, int] = defaultdict(int)
    there = Comment.objects.filter(interview__in=interviews, question=question, withdrawn_at=None)
    for interview_id, member_id, at in there.values_list("interview_id", "member_id", "created_at"):
        many[interview_id] += 1
        new[interview_id] += member_id != actor.id and (interview_id not in until or at > until[interview_id])
    return {interview_id: ThreadHead(question, many[interview_id], new[interview_id]) for interview_id in interviews}


def written_since(actor: Actor, interview: Interview, question: Question | None, moment: dt.datetime | None) -> int:
    """How many comments of others came after a moment, or all of them without one. One query."""
    others = Comment.objects.filter(interview=interview, question=question, withdrawn_at=None)
    others = others.filter(Q(member=None) | ~Q(member=actor.id))
    return (others.filter(created_at__gt=moment) if moment else others).count()


def _said(comment: Comment, actor: Actor, read: ThreadRead | None, replies: Iterable[Said] = ()) -> Said:
    is_own = comment.member_id == actor.id
    is_new = not is_own and not comment.withdrawn_at and (read is None or comment.created_at > read.read_until)
    return Said(comment, is_own, is_new, tuple(replies))
