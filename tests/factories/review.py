"""Ratings and watching, by the verbs where they allow it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.review.actions.scorecards import Draft, keep_overall, keep_rating, submit_scorecard
from bothways.review.actions.shares import Shown, make_share
from bothways.review.models import Coverage, NameShown, Scorecard, Share
from bothways.review.queries.coverage import length_ms, thing_of


def rate(member: Member, interview: Interview, values: tuple[int, ...], recommendation: str = "advance") -> Scorecard:
    """A submitted scorecard with these values in the order of the questions; 0 is "not enough evidence"."""
    actor = member_actor(member)
    for question, value in zip(interview.kit_version.questions.all(), values, strict=True):
        draft = Draft(value, f"{member.user.name} heard {value}")
        keep_rating(actor=actor, interview=interview, question_id=question.id, draft=draft)
    keep_overall(actor=actor, interview=interview, recommendation=recommendation, note=f"{member.user.name} thinks")
    return submit_scorecard(actor=actor, interview=interview)


def watch(member: Member, interview: Interview, share: float = 1.0, places: tuple[int, ...] | None = None) -> None:
    """As if the member had played this share of the answers, without waiting for it."""
    for answer in interview.answers.select_related("question", "chosen_take__recording", "chosen_written"):
        if places is None or answer.question.place in places:
            covered = round(length_ms(answer) * share)
            Coverage.objects.update_or_create(
                organization=interview.organization,
                answer=answer,
                member=member,
                **thing_of(answer),
                defaults={
                    "spans": [[0, covered]],
                    "covered_ms": covered,
                    "opened_at": timezone.now() - dt.timedelta(minutes=5),
                    "reported_at": timezone.now(),
                },
            )


def make_shared(
    member: Member, interview: Interview, *what: str, others: tuple[Interview, ...] = (), **more: Any
) -> tuple[Share, str]:
    """A share of the answers, or of `what`, for Sam Guest; with its token."""
    return make_share(
        actor=member_actor(member),
        interviews=[interview, *others],
        recipient="Sam Guest",
        shown=Shown(**dict.fromkeys(what or ("answers",), True), name=NameShown(more.pop("name", "none"))),
        is_involved=True,
        **{"days": 7, "most_views": 5, **more},
    )
