"""Watch receipts: what a candidate is told about who has watched."""

import datetime as dt
import uuid
from dataclasses import dataclass

from bothways.interviews.models import Interview
from bothways.review.models import SharedInterview
from bothways.review.queries.attendance import heard_live
from bothways.review.queries.coverage import Watched, required_answers, watched
from bothways.review.queries.raters import known_to, raters_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """One person and what they have watched. `viewer_id` is a member's or, for a guest, the share's.

    `role` is a member's, empty for a guest. `answers_watched` says, by the places of the questions, when answers were
    watched (80 % played); `share` is the mean played share of all answers, 0 to 1; `first_at` and `last_at`
    are None for somebody who has not begun.
    """

    viewer_id: uuid.UUID
    name: str
    title: str
    role: str
    answers_watched: dict[int, dt.datetime]
    answers: int
    share: float
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    is_guest: bool = False
    was_in_talk: bool = False

    @property
    def has_begun(self) -> bool:
        return self.first_at is not None

    @property
    def watched_all(self) -> bool:
        return self.answers > 0 and len(self.answers_watched) == self.answers


def watched_by(interview: Interview) -> list[Receipt]:
    """Everybody who was in the talk or has played something, first come first, then guests who opened a share of the
    answers, then the raters who have not begun. Six queries, seven for a live interview.
    """
    answers = required_answers(interview)
    began = watched(interview, answers)
    there = {member.id: member for member in heard_live([interview])[interview.id]}
    began = [*began, *(Watched(member) for id_, member in there.items() if id_ not in {one.member.id for one in began})]
    seen = {one.member.id for one in began}
    waiting = [
        Watched(member)
        for member in raters_of([interview], known_to([interview.id]))[interview.id]
        if member.id not in seen
    ]
    receipts = [
        Receipt(
            viewer_id=one.member.id,
            name=one.member.user.name,
            title=one.member.title,
            role=one.member.role,
            answers_watched={answer.question.place: one.ended[answer.id] for answer in answers if one.covers(answer)},
            answers=len(answers),
            share=sum(one.shares.values()) / len(answers) if answers else 0.0,
            first_at=one.first_at,
            last_at=one.last_at,
            was_in_talk=one.member.id in there,
        )
        for one in [*began, *waiting]
    ]
    return [*receipts[: len(began)], *_guests(interview, len(answers)), *receipts[len(began) :]]


def _guests(interview: Interview, answers: int) -> list[Receipt]:
    """Who has had the answers before them by a link, also by one that is closed. How much of them is not measured."""
    opened = SharedInterview.objects.filter(interview=interview, first_opened_at__isnull=False)
    return [
        Receipt(
            viewer_id=row.share_id,
            name=row.share.recipient,
            title="",
            role="",
            answers_watched={},
            answers=answers,
            share=0.0,
            first_at=row.first_opened_at,
            last_at=row.last_opened_at,
            is_guest=True,
        )
        for row in opened.select_related("share").order_by("first_opened_at", "id")
    ]
