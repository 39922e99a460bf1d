"""Watch receipts: what a candidate is told about who has watched."""

import datetime as dt
import uuid
from dataclasses import dataclass

from bothways.interviews.models import Interview
from bothways.positions.models import StageReviewer
from bothways.review.queries.coverage import Watched, required_answers, watched


@dataclass(frozen=True, slots=True)
class Receipt:
    """One person and what they have watched.

    `answers_watched` are the places of the questions whose answers count as watched (80 % played); `share` is the
    mean played share of all answers, 0 to 1; `first_at` and `last_at` are None for somebody who has not begun.
    """

    member_id: uuid.UUID
    name: str
    title: str
    answers_watched: tuple[int, ...]
    answers: int
    share: float
    first_at: dt.datetime | None
    last_at: dt.datetime | None

    @property
    def has_begun(self) -> bool:
        return self.first_at is not None

    @property
    def watched_all(self) -> bool:
        return self.answers > 0 and len(self.answers_watched) == self.answers


def watched_by(interview: Interview) -> list[Receipt]:
    """Everybody who has played something, first come first, then the reviewers who have not begun. Three queries."""
    answers = required_answers(interview)
    began = watched(interview, answers)
    seen = {one.member.id for one in began}
    reviewers = StageReviewer.objects.filter(stage=interview.stage_id, member__is_active=True)
    waiting = [
        Watched(reviewer.member)
        for reviewer in reviewers.select_related("member__user").order_by("created_at")
        if reviewer.member_id not in seen
    ]
    return [
        Receipt(
            member_id=one.member.id,
            name=one.member.user.name,
            title=one.member.title,
            answers_watched=tuple(answer.question.place for answer in answers if one.covers(answer)),
            answers=len(answers),
            share=sum(one.shares.values()) / len(answers) if answers else 0.0,
            first_at=one.first_at,
            last_at=one.last_at,
        )
        for one in [*began, *waiting]
    ]
