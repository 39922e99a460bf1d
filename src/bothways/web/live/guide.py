"""What hosts have beside the talk: the questions, what was marked in recorded answers, and their own scorecard."""

from typing import Any

from django.urls import reverse

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.review.models import PinnedNote, Rating, Scorecard
from bothways.review.policies import may_draft_in_talk
from bothways.web.durations import clock


def beside(actor: Actor, interview: Interview) -> dict[str, Any]:
    """Four queries, and those of the policy."""
    questions = list(
        Question.objects.filter(kit_version=interview.kit_version_id)
        .select_related("competency", "asker__user")
        .order_by("place")
    )
    slug = interview.organization.slug
    return {
        "guide": [_guide_line(question) for question in questions],
        "moments": [_moment(note, slug) for note in own_moments(actor, interview)],
        "scorecard": _scorecard(actor, interview, questions, slug),
        "scorecard_opens": may_draft_in_talk(actor, interview, is_present=True),
        "is_blind": interview.stage.is_blind,
    }


def own_moments(actor: Actor, interview: Interview) -> list[PinnedNote]:
    """What this member marked in what the same person recorded before, and in nobody else's marks. One query."""
    notes = PinnedNote.objects.filter(
        organization=interview.organization_id,
        scorecard__member=actor.id,
        scorecard__interview__application=interview.application_id,
        removed_at__isnull=True,
    )
    return list(
        notes.exclude(scorecard__interview=interview.id)
        .select_related("question", "scorecard")
        .order_by("scorecard__interview", "question__place", "start_ms")
    )


def _guide_line(question: Question) -> dict[str, Any]:
    return {
        "id": str(question.id),
        "place": question.place,
        "text": question.text,
        "competency": question.competency.name if question.competency else "",
        "asker": question.asker.user.name if question.asker else "",
        "anchors": {"1": question.anchor_1, "3": question.anchor_3, "5": question.anchor_5},
        "minutes": max(1, round(question.answer_limit_s / 60)),
    }


def _moment(note: PinnedNote, slug: str) -> dict[str, Any]:
    page = reverse("team:review-question", args=[slug, note.scorecard.interview_id, note.question.place])
    return {
        "question": note.question.text,
        "at": clock(note.start_ms),
        "text": note.text,
        "quote": note.quote,
        "url": page,
    }


def _scorecard(actor: Actor, interview: Interview, questions: list[Question], slug: str) -> dict[str, Any]:
    """The own ratings as they stand, by question, and where they are kept at each keystroke."""
    own = Scorecard.objects.filter(interview=interview, member=actor.id).first()
    kept = {rating.question_id: rating for rating in Rating.objects.filter(scorecard=own)} if own else {}
    return {
        "save_url": reverse("team:review-save", args=[slug, interview.id]),
        "ratings": {str(question.id): _rating(kept.get(question.id)) for question in questions},
        "overall": {
            "recommendation": own.recommendation if own else "",
            "note": own.note if own else "",
            "revision": own.revision if own else 0,
        },
    }


def _rating(rating: Rating | None) -> dict[str, Any]:
    if rating is None:
        return {"value": None, "note": "", "revision": 0}
    value = 0 if rating.not_enough_evidence else rating.value
    return {"value": value, "note": rating.note, "revision": rating.revision}
