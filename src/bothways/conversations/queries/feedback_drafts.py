"""Where feedback begins: made by rule from what was handed in and from the anchors. A person edits and approves it.

For each competency the mean of its ratings becomes a band in words. What showed is the anchor of the level that the
best of its answers reached, from 3 on; the next step is the anchor of the level above the one that its weakest answer
reached. Neither a number nor a rater's note gets into it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from bothways.conversations.models import Band
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.review.combination import Asked, combine, tenths
from bothways.review.models import Rating
from bothways.review.queries.asked import asked_of
from bothways.review.queries.grounds import ANCHORED
from bothways.review.queries.rating_changes import current_value
from bothways.review.queries.reply_drafts import NAME

CLEAR_FROM = 35
PARTLY_FROM = 25
REACHED_FROM = {5: 45, 3: 25}
"""In tenths of a point: half a point below a level counts as having reached it, as a mean is rounded."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is said about one competency. `place` is that of its first question. An empty `band` leaves it out."""

    place: int
    name: str
    band: str
    strength: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Text:
    """All of a feedback's words."""

    words: str
    parts: tuple[Part, ...]


def feedback_draft(interview: Interview, writer: str) -> Text:
    """The text to begin with, in the candidate's language but for the anchors, which are in the kit's. Four queries.

    A competency that nobody has rated is not in it.
    """
    questions = list(interview.kit_version.questions.select_related("competency").order_by("place"))
    rows = Rating.objects.filter(scorecard__interview=interview, scorecard__submitted_at__isnull=False)
    ratings = [(one, current_value(one)) for one in rows.select_related("question").prefetch_related("changes")]
    given = [(one.scorecard_id, one.question.place, value) for one, value in ratings if value is not None]
    looked_at = {one.question.place for one, value in ratings if value is not None or one.not_enough_evidence}
    by_place = {question.place: question for question in questions}
    competencies = combine(asked_of(questions), given).columns
    answers = combine([Asked(place, place, 1) for place in by_place], given).columns
    with translation.override(interview.language):
        parts = [
            _part(figures.mean, [(by_place[place], answers[place].mean) for place in figures.places])
            for figures in competencies.values()
            if looked_at.intersection(figures.places)
        ]
        words = _words() % {"name": NAME, "writer": writer, "organization": interview.organization.name}
    return Text(words, tuple(parts))


def looked_for(interview: Interview) -> dict[int, str]:
    """What each competency of the interview is called, by the place of its first question. One query."""
    found: dict[object, tuple[int, str]] = {}
    for question in interview.kit_version.questions.select_related("competency").order_by("place"):
        found.setdefault(question.competency_id or question.id, (question.place, _name(question)))
    return dict(found.values())


def _part(mean: int | None, answers: Iterable[tuple[Question, int | None]]) -> Part:
    answers = list(answers)
    first = answers[0][0]
    # Of equal answers the first one counts, whichever way one looks.
    rated = [(tenths(own), question) for question, own in answers if own is not None]
    if mean is None or not rated:
        return Part(first.place, _name(first), Band.UNSEEN, "", _unseen())
    best, weakest = max(rated, key=lambda one: one[0]), min(rated, key=lambda one: one[0])
    return Part(first.place, _name(first), _band(tenths(mean)), _strength(*best), _next_step(*weakest))


def _band(tenths_: int) -> Band:
    if tenths_ >= CLEAR_FROM:
        return Band.CLEAR
    return Band.PARTLY if tenths_ >= PARTLY_FROM else Band.NOT_YET


def _reached(tenths_: int) -> int:
    return next((level for level, from_ in REACHED_FROM.items() if tenths_ >= from_), ANCHORED[0])


def _strength(tenths_: int, question: Question) -> str:
    level = _reached(tenths_)
    return (_anchor(question, level) if level > ANCHORED[0] else "") or _("[… one thing that was good all the same …]")


def _next_step(tenths_: int, question: Question) -> str:
    above = [level for level in ANCHORED if level > _reached(tenths_)]
    return _anchor(question, above[0]) or _("[… one thing to try next time …]") if above else ""


def _anchor(question: Question, level: int) -> str:
    return getattr(question, f"anchor_{level}").strip()


def _name(question: Question) -> str:
    return question.competency.name if question.competency else str(question)


def _unseen() -> str:
    return _(
        "Your answers did not touch this, so we cannot say. Next time, an example from your own work would show it."
    )


def _words() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "this is what people saw in your answers, measured by what we had written down before anybody watched.\n\n"
        "[… one thing from the answers that stayed with you …]\n\n"
        "%(writer)s, %(organization)s"
    )
