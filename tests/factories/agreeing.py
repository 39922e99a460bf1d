"""Stages with enough scorecards for figures, made directly where the verbs would take minutes."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils import timezone

from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState
from bothways.review.actions.agreement import make_figures
from bothways.review.models import Rating, Scorecard
from bothways.review.places import bits_of
from tests.factories import Cast, make_interview

ANSWERS = ((5, 4, 5, 4), (4, 4, 3, 4), (2, 1, 2, 2), (3, 3, 3, 2), (1, 2, 1, 1), (5, 5, 4, 5))
"""What one rater gives one candidate after another."""


def hand_in(member: Member, interviews: Sequence[Interview], value: Callable[[int, int], int | None]) -> None:
    """Submitted scorecards, ten minutes apart, with what `value` says for the interview's index and the place."""
    begun = timezone.now() - dt.timedelta(days=1)
    questions = list(interviews[0].kit_version.questions.all())
    scorecards = Scorecard.objects.bulk_create(
        Scorecard(
            organization=interview.organization,
            interview=interview,
            member=member,
            recommendation="hold",
            rated_places=bits_of(question.place for question in questions),
            submitted_at=begun + dt.timedelta(minutes=10 * at),
        )
        for at, interview in enumerate(interviews)
    )
    Rating.objects.bulk_create(
        Rating(
            organization=scorecard.organization,
            scorecard=scorecard,
            question=question,
            value=value(at, question.place) or None,
            not_enough_evidence=not value(at, question.place),
        )
        for at, scorecard in enumerate(scorecards)
        for question in questions
    )


def sent_interviews(cast: Cast, many: int) -> list[Interview]:
    now = timezone.now()
    return [
        make_interview(cast.stage, cast.kit_version, f"P{number} X", state=InterviewState.SUBMITTED, submitted_at=now)
        for number in range(many)
    ]


def usual(at: int, place: int) -> int:
    return ANSWERS[at % len(ANSWERS)][place - 1]


def harder(at: int, place: int) -> int:
    """One point less than usual on every second candidate."""
    return max(1, usual(at, place) - at % 2)


def rated_stage(cast: Cast, many: int = 12) -> list[Interview]:
    """So many interviews, each rated by Bo as usual and by Inês a little harder, with the figures made."""
    interviews = sent_interviews(cast, many)
    hand_in(cast.bo, interviews, usual)
    hand_in(cast.ines, interviews, harder)
    make(cast)
    return interviews


def make(cast: Cast) -> None:
    make_figures(stage_id=cast.stage.id, kit_version_id=cast.kit_version.id)
