"""The work list: what is next for a reviewer, what waits longest, what is due. Sums only, so that it stays quick."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Avg, Count, F, Min, QuerySet
from django.db.models.functions import Coalesce

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Answer, Interview
from bothways.kits.models import Question
from bothways.positions.models import ReviewOrder, Stage
from bothways.review.places import bits_of, has_place
from bothways.review.queries.inbox import waiting
from bothways.review.queries.raters import joined_scorecard, look_up_own_stages

SAMPLE = 100
"""Interviews from which the length of an answer is estimated."""

GUESSED_MS = 120_000
"""How long an answer is thought to be where the sample has none."""


@dataclass(frozen=True, slots=True)
class QuestionLeft:
    """How many answers to one question this member has still to rate, of how many that wait. `length_ms` is a guess."""

    question: Question
    left: int
    of: int
    length_ms: int

    @property
    def rated(self) -> int:
        return self.of - self.left

    @property
    def minutes(self) -> int:
        return minutes(self.length_ms)


@dataclass(frozen=True, slots=True)
class StageLeft:
    """What waits in one stage under one version of its kit. `complete` only miss the recommendation.

    `due` is the nearest promised reply and `rate_by` the nearest day by which ratings are due, each with how many.
    """

    stage: Stage
    interviews: int
    waits_since: dt.datetime
    due: dt.date | None
    due_then: int
    rate_by: dt.date | None
    rate_then: int
    complete: int
    questions: tuple[QuestionLeft, ...]

    @property
    def by_question(self) -> bool:
        return self.stage.review_order == ReviewOrder.QUESTIONS

    @property
    def next(self) -> QuestionLeft | None:
        """The question to go on with; None when every answer has a rating."""
        return next((one for one in self.questions if one.left), None)

    @property
    def answers(self) -> int:
        return sum(one.left for one in self.questions)

    @property
    def minutes(self) -> int:
        return minutes(sum(one.length_ms for one in self.questions))

    @property
    def is_begun(self) -> bool:
        return any(one.rated for one in self.questions)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits, the stage in which ratings are due first at the top."""

    stages: tuple[StageLeft, ...] = ()

    @property
    def interviews(self) -> int:
        return sum(one.interviews for one in self.stages)

    @property
    def answers(self) -> int:
        return sum(one.answers for one in self.stages)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.stages)

    @property
    def waits_since(self) -> dt.datetime | None:
        return min((one.waits_since for one in self.stages), default=None)

    @property
    def due(self) -> dt.date | None:
        return min((one.due for one in self.stages if one.due), default=None)

    @property
    def due_then(self) -> int:
        return sum(one.due_then for one in self.stages if one.due == self.due)

    @property
    def rate_by(self) -> dt.date | None:
        return min((one.rate_by for one in self.stages if one.rate_by), default=None)

    @property
    def rate_then(self) -> int:
        return sum(one.rate_then for one in self.stages if one.rate_by == self.rate_by)


@dataclass(slots=True)
class _Sums:
    """`rated`: in how many interviews which questions have a rating, as `Scorecard.rated_places` says it."""

    interviews: int = 0
    waits_since: dt.datetime | None = None
    due: Counter[dt.date] = field(default_factory=Counter)
    rate: Counter[dt.date] = field(default_factory=Counter)
    rated: Counter[int] = field(default_factory=Counter)


def minutes(length_ms: int) -> int:
    """At least one minute for anything."""
    return -(-length_ms // 60_000)


def desk(member: Actor | Member) -> Desk:
    """Five queries, whatever waits; two if nothing does. Measured in benchmarks/review_room with 5,000 interviews."""
    waits = waiting(member, look_up_own_stages(member))
    sums = _counted(member, waits)
    if not sums:
        return Desk()
    stages = Stage.objects.select_related("position").in_bulk({stage for stage, _version in sums})
    questions: dict[uuid.UUID, list[Question]] = defaultdict(list)
    for question in Question.objects.filter(kit_version__in={version for _stage, version in sums}).select_related(
        "competency"
    ):
        questions[question.kit_version_id].append(question)
    lengths = _lengths(waits)
    found = [_stage_left(stages[stage], questions[version], one, lengths) for (stage, version), one in sums.items()]
    return Desk(tuple(sorted(found, key=_urgency)))


def _urgency(one: StageLeft) -> tuple[dt.date, dt.date, dt.datetime]:
    return one.rate_by or dt.date.max, one.due or dt.date.max, one.waits_since


def _stage_left(stage: Stage, questions: list[Question], sums: _Sums, lengths: dict[uuid.UUID, float]) -> StageLeft:
    usual = sum(lengths.values()) / len(lengths) if lengths else GUESSED_MS
    left = []
    for question in questions:
        open_ = sums.interviews - sum(many for places, many in sums.rated.items() if has_place(places, question.place))
        left.append(QuestionLeft(question, open_, sums.interviews, round(open_ * lengths.get(question.id, usual))))
    due, rate_by = min(sums.due, default=None), min(sums.rate, default=None)
    everything = bits_of(question.place for question in questions)
    return StageLeft(
        stage=stage,
        interviews=sums.interviews,
        waits_since=sums.waits_since,
        due=due,
        due_then=sums.due[due] if due else 0,
        rate_by=rate_by,
        rate_then=sums.rate[rate_by] if rate_by else 0,
        complete=sums.rated[everything],
        questions=tuple(left),
    )


def _counted(member: Actor | Member, waits: QuerySet[Interview]) -> dict[tuple[uuid.UUID, uuid.UUID], _Sums]:
    """What waits in each stage under each kit version. All of it is gone through once, because that takes the time."""
    grouped = (
        waits.annotate(own=joined_scorecard(member))
        .annotate(places=Coalesce("own__rated_places", 0))
        .order_by()
        .values_list("places", "reply_by", "due_on", "kit_version", "stage")
        .annotate(many=Count("*"), since=Min("submitted_at"))
    )
    found: dict[tuple[uuid.UUID, uuid.UUID], _Sums] = defaultdict(_Sums)
    for places, due, rate_by, version, stage, many, since in grouped:
        one = found[stage, version]
        one.interviews += many
        one.waits_since = since if one.waits_since is None else min(since, one.waits_since)
        one.rated[places] += many
        if due:
            one.due[due] += many
        if rate_by:
            one.rate[rate_by] += many
    return found


def _lengths(waits: QuerySet[Interview]) -> dict[uuid.UUID, float]:
    """The mean length of an answer to each question in milliseconds, of some that wait."""
    sample = waits.order_by().values("id")[:SAMPLE]
    length = Coalesce(F("chosen_take__recording__duration_ms"), 0) + Coalesce(F("chosen_written__reading_ms"), 0)
    answers = Answer.objects.filter(interview__in=sample).order_by().values_list("question")
    return dict(answers.annotate(mean=Avg(length)))
