"""How the questions of a kit have worked: as it was counted last, and what there is to count."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from bothways.interviews.models import InterviewState, Passage
from bothways.kits.models import AskedQuestion, Kit, Question
from bothways.kits.queries.sameness import wording_of
from bothways.review.agreement.quality import Quality, Went
from bothways.review.models import QuestionFigures, Rating, Scorecard

OVER = (InterviewState.SUBMITTED, InterviewState.EXPIRED, InterviewState.WITHDRAWN)


@dataclass(slots=True)
class Worked:
    """What there is about one wording: the versions it stands in, and `values` by interview and rater."""

    versions: set[int] = field(default_factory=set)
    values: dict[tuple[uuid.UUID, uuid.UUID], int | None] = field(default_factory=dict)
    went: list[Went] = field(default_factory=list)


def figures_by_question(kit: Kit, questions: Iterable[AskedQuestion]) -> dict[uuid.UUID, Quality]:
    """What was counted last for these questions as they are worded now. One query."""
    wordings = {question.id: wording_of(question) for question in questions}
    rows = QuestionFigures.objects.filter(
        organization=kit.organization_id, kit=kit, wording__in=list(wordings.values())
    )
    kept = {row.wording: Quality.from_json(row.figures) for row in rows}
    return {id_: kept[wording] for id_, wording in wordings.items() if wording in kept}


def worked(kit_id: uuid.UUID) -> dict[str, Worked]:
    """Everything there is about the questions of a kit, by wording. Three queries."""
    found: dict[str, Worked] = defaultdict(Worked)
    wordings: dict[uuid.UUID, str] = {}
    of_version: dict[uuid.UUID, int] = defaultdict(int)
    for question in Question.objects.filter(kit_version__kit=kit_id).select_related("kit_version"):
        wordings[question.id] = wording_of(question)
        of_version[question.kit_version_id] += 1
        found[wordings[question.id]].versions.add(question.kit_version.number)
    ratings = Rating.objects.filter(scorecard__in=_scorecards(), question__kit_version__kit=kit_id)
    rows = ratings.values_list("scorecard__interview_id", "scorecard__member_id", "question_id", "value")
    for interview, member, question_id, value in rows.order_by("scorecard__submitted_at", "id"):
        found[wordings[question_id]].values[interview, member] = value
    passages = Passage.objects.filter(question__kit_version__kit=kit_id).select_related("interview")
    by_interview: dict[uuid.UUID, list[Passage]] = defaultdict(list)
    for passage in passages.order_by("created_at", "id"):
        by_interview[passage.interview_id].append(passage)
    for mine in by_interview.values():
        left = _left_at(mine, of_version[mine[0].interview.kit_version_id])
        for passage in mine:
            found[wordings[passage.question_id]].went.append(_went(passage, passage.id == left))
    return found


def bases() -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """For each organization and kit, how much there is to count, so that it can be told when there is more. Two
    queries."""
    place = ("organization_id", "question__kit_version__kit_id")
    passed = {
        row[:2]: row[2:]
        for row in Passage.objects.order_by()
        .values_list(*place)
        .annotate(
            opened=Count("id"),
            answered=Count("answered_at"),
            over=Count("id", filter=Q(interview__state__in=OVER)),
            told=Count("id", filter=~Q(stop_reason="")),
        )
    }
    scorecards = _scorecards().order_by().values_list("organization_id", "interview__kit_version__kit_id")
    given = {row[:2]: row[2] for row in scorecards.annotate(Count("id"))}
    return {
        key: "-".join(str(number) for number in (given.get(key, 0), *passed.get(key, (0, 0, 0, 0))))
        for key in {**given, **passed}
    }


def counted_bases() -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """The same as it was when the figures were made. One query."""
    rows = QuestionFigures.objects.values_list("organization_id", "kit_id", "basis").distinct()
    return {(organization, kit): basis for organization, kit, basis in rows}


def _scorecards() -> QuerySet[Scorecard]:
    return Scorecard.objects.filter(
        submitted_at__isnull=False, interview__is_preview=False, interview__state=InterviewState.SUBMITTED
    )


def _left_at(passages: Sequence[Passage], questions: int) -> uuid.UUID | None:
    """The last question that was opened by who did not send. Who had answered all stopped at none of them."""
    interview = passages[0].interview
    is_over = interview.state in (InterviewState.EXPIRED, InterviewState.WITHDRAWN)
    if not is_over or interview.submitted_at is not None:
        return None
    if sum(passage.answered_at is not None for passage in passages) >= questions:
        return None
    return passages[-1].id


def _went(passage: Passage, left: bool) -> Went:
    seconds = (passage.answered_at - passage.created_at).total_seconds() if passage.answered_at else None
    return Went(
        seconds=seconds,
        takes=passage.takes,
        is_over=passage.interview.state in OVER,
        left=left,
        reason=passage.stop_reason,
    )
