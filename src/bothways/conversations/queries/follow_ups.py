"""Follow-ups: what was asked once more, how it stands, and how long there is to answer."""

import datetime as dt
import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization
from bothways.conversations.models import Clip, FollowUp, FollowUpState
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.interviews.queries.limits import own_limit_s
from bothways.interviews.queries.requests import local_day
from bothways.kits.models import Question
from bothways.kits.models.question import ANSWER_LIMIT_S, TAKES
from bothways.lib.working_days import add_working_days
from bothways.media.models import RecordingState
from bothways.review.models import Decision, Outcome
from bothways.review.queries.decisions import all_undecided, undecided
from bothways.review.queries.identity import finally_decided

DAYS = 3
DAYS_TO_CHOOSE = (2, 3, 5, 7)
"""Working days for an answer: as a rule, and what may be chosen."""

REMINDED_DAYS = 1
"""Working days before the last one, when the candidate is reminded."""

TURNS_BEFORE_TALKING = 2
"""After so many with one person a talk tells more than one recording more."""

MOST_WAITING = 3
"""So many may wait for one candidate at once."""

LONGEST_PAGE = 100


class Standing(StrEnum):
    """How a follow-up stands now. `CLOSED`: the person was decided about, or takes part no more."""

    ASKED = "asked"
    OPENED = "opened"
    ANSWERED = "answered"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"


def due_in(organization: Organization, days: int) -> dt.date:
    """The last day for an answer when it is asked today, so many working days later."""
    return add_working_days(local_day(organization), days, organization.country)


def is_passed(follow_up: FollowUp, now: dt.datetime | None = None) -> bool:
    """Whether its last day is over, in the zone of the organization."""
    return local_day(follow_up.organization, now) > follow_up.due


def is_decided(interview: Interview) -> bool:
    """Whether it ended with a decision that stands. One query."""
    standing = Decision.objects.filter(interview=interview, reversed_at=None)
    return standing.exclude(outcome=Outcome.HOLD).exists()


def standing_of(follow_up: FollowUp, *, decided: bool) -> Standing:
    """`decided` is what `is_decided` says of its interview. Asks the database nothing."""
    if follow_up.state != FollowUpState.ASKED:
        return Standing(follow_up.state)
    if decided or follow_up.interview.state != InterviewState.SUBMITTED:
        return Standing.CLOSED
    if is_passed(follow_up):
        return Standing.EXPIRED
    return Standing.OPENED if follow_up.opened_at else Standing.ASKED


def follow_ups_of(interview: Interview) -> list[FollowUp]:
    """All of one interview, in the order in which they were asked. Two queries at most."""
    rows = _loaded(FollowUp.objects.filter(organization=interview.organization_id, interview=interview))
    found = list(rows.order_by("created_at", "id"))
    for one in found:
        one.interview, one.organization = interview, interview.organization
    return found


def follow_up_of(interview: Interview, follow_up_id: uuid.UUID) -> FollowUp | None:
    """One of this interview, with all that a page shows."""
    return next((one for one in follow_ups_of(interview) if one.id == follow_up_id), None)


def own_follow_ups(actor: Actor) -> list[FollowUp]:
    """What this member asked and may be waiting for, the newest first; with `is_decided`. One query."""
    rows = FollowUp.objects.filter(organization=actor.organization_id, asked_by=actor.id)
    return list(
        rows.exclude(interview__state=InterviewState.WITHDRAWN)
        .annotate(is_decided=finally_decided("interview"))
        .select_related("organization", "question", "interview__stage", "interview__position")
        .order_by("-created_at", "-id")[:LONGEST_PAGE]
    )


def waiting_on(interview: Interview) -> QuerySet[FollowUp]:
    """Asked, not answered, and the last day is not over."""
    today = local_day(interview.organization)
    return FollowUp.objects.filter(interview=interview, state=FollowUpState.ASKED, due__gte=today)


def turns_with(interview: Interview) -> int:
    """How often this person was asked once more and it was not taken back. One query."""
    return FollowUp.objects.filter(interview=interview).exclude(state=FollowUpState.TAKEN_BACK).count()


def unheard() -> QuerySet[FollowUp]:
    """Answered, and nobody of those who have to has watched or read it."""
    answered = FollowUp.objects.filter(state=FollowUpState.ANSWERED, heard_at=None)
    return answered.exclude(interview__state=InterviewState.WITHDRAWN)


def who_is_unheard(interviews: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of some interviews whose candidate has answered a follow-up that nobody has heard. One query."""
    return set(unheard().filter(interview__in=list(interviews)).values_list("interview_id", flat=True))


def unheard_words() -> str:
    """The rule in a sentence, for whoever wants to decline."""
    return _("This person has answered a follow-up that nobody has watched or read yet. Do that first, then decline.")


def asked_with(interview: Interview, question: Question) -> list[Interview]:
    """Everybody in the step who can be asked the same, with what asking needs. Longest wait first. One query."""
    rows = _can_be_asked(interview, question).select_related(
        "organization", "stage", "position", "application__candidate"
    )
    return list(rows.order_by("submitted_at", "id"))


def how_many_with(interview: Interview, question: Question) -> int:
    """How many `asked_with` would find. One query."""
    return _can_be_asked(interview, question).count()


def _can_be_asked(interview: Interview, question: Question) -> QuerySet[Interview]:
    """Sent, undecided, and answered this very question; the one who gave the reason included."""
    answered = Answer.objects.filter(interview=OuterRef("pk"), question=question)
    return undecided(interview.organization_id).filter(Exists(answered), stage=interview.stage_id)


def follow_up_limit_s(follow_up: FollowUp) -> int | None:
    """Seconds for the answer on a recording: as long as the first one, with the time that this candidate has set. None:
    no limit but that of every recording."""
    question = follow_up.question
    return own_limit_s(question.answer_limit_s if question.is_recorded else ANSWER_LIMIT_S, follow_up.interview)


def tries_left(follow_up: FollowUp) -> int:
    """Tries that could not be used do not count. One query."""
    allowed = follow_up.question.takes_allowed if follow_up.question.is_recorded else TAKES
    tries = Clip.objects.filter(follow_up=follow_up).exclude(recording__state=RecordingState.FAILED)
    return max(0, allowed - tries.count())


def to_remind_of() -> QuerySet[FollowUp]:
    """Asked, nobody has reminded of it, and the person is still in. Whether the day is near, `is_near` says."""
    rows = FollowUp.objects.filter(
        state=FollowUpState.ASKED, reminded_at=None, interview__in=all_undecided().values("id")
    )
    return rows.select_related("organization", "interview").order_by("due", "id")


def is_near(follow_up: FollowUp, now: dt.datetime | None = None) -> bool:
    """Whether its last day is today or the next working day, and it was not asked today."""
    organization = follow_up.organization
    today = local_day(organization, now)
    near = add_working_days(today, REMINDED_DAYS, organization.country)
    return today <= follow_up.due <= near and local_day(organization, follow_up.created_at) < today


def _loaded(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return rows.select_related("asked_by__user", "question", "prompt", "recording").prefetch_related(
        "prompt__renditions", "recording__renditions"
    )
