"""Addresses and words of going question by question, for the rating room."""

from dataclasses import dataclass

from django.urls import reverse

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.positions.models import ReviewOrder, Stage
from bothways.review.actions.rounds import begin_round
from bothways.review.queries.rounds import Place, place_of, turns
from bothways.review.queries.scorecards import OwnScorecard
from bothways.web.team.access import TeamRequest


@dataclass(frozen=True, slots=True)
class RoundTurn:
    """What the room shows of a round. `after_url` is None at the end of a lot, when `next_url` asks where to go on."""

    place: Place
    round_url: str
    after_url: str | None
    before_url: str | None

    @property
    def next_url(self) -> str:
        return self.after_url or self.round_url


def goes_by_question(interview: Interview, mine: OwnScorecard) -> bool:
    """Whether who rates it hears one question of everybody first: until their own ratings of this interview are in."""
    return interview.stage.review_order == ReviewOrder.QUESTIONS and bool(mine.missing) and not mine.is_submitted


def round_turn(request: TeamRequest, interview: Interview, question: Question) -> RoundTurn:
    """Where this answer stands in the member's round of its question. At most six queries."""
    round_ = begin_round(actor=request.actor, stage=interview.stage, question=question)
    place = place_of(interview.id, turns(request.actor, round_, question))
    slug = request.organization.slug

    def url(interview_id: object) -> str | None:
        return reverse("team:review-turn", args=[slug, interview_id, question.place]) if interview_id else None

    return RoundTurn(
        place=place,
        round_url=round_url(request, interview.stage, question),
        after_url=url(place.after),
        before_url=url(place.before),
    )


def round_url(request: TeamRequest, stage: Stage, question: Question) -> str:
    return reverse("team:review-round", args=[request.organization.slug, stage.id, question.id])
