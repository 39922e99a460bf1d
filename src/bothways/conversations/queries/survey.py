"""The survey of two questions: who is asked now, and what many have said, never what one did."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Value, When

from bothways.conversations.models import LEVELS, SurveyMode, SurveyMoment, SurveyReply, SurveyTaken
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.media.models import MediaKind
from bothways.positions.models import Position, Stage
from bothways.review.models import Decision, Outcome

FEWEST = 10
"""From so many replies on they are shown. Fewer could be guessed at."""

QUESTIONS = ("fair", "respected")


@dataclass(frozen=True, slots=True)
class Result:
    """What `replies` people said at one moment of a stage: for each question, how many at each level from 1 to 5.

    With fewer than `FEWEST` replies the levels are empty: there is a number of replies, and nothing of what they say.
    """

    stage: Stage
    moment: SurveyMoment
    mode: SurveyMode | None
    replies: int
    fair: tuple[int, ...] = ()
    respected: tuple[int, ...] = ()


def moment_of(interview: Interview) -> SurveyMoment | None:
    """What this candidate can be asked about now; None before sending and for a preview. At most one query."""
    if interview.is_preview or interview.state != InterviewState.SUBMITTED:
        return None
    decided = Decision.objects.filter(interview=interview, reversed_at=None).exclude(outcome=Outcome.HOLD).exists()
    return SurveyMoment.DECIDED if decided else SurveyMoment.SENT


def moment_to_ask(interview: Interview) -> SurveyMoment | None:
    """As `moment_of`, but None once it was answered. At most two queries."""
    moment = moment_of(interview)
    if moment is None or SurveyTaken.objects.filter(interview=interview, moment=moment).exists():
        return None
    return moment


def mode_of(interview: Interview) -> SurveyMode:
    """How most of the answers were given; of two that are equally many, the one that shows more of a person."""
    kinds = Answer.objects.filter(interview=interview).annotate(
        mode=Case(
            When(chosen_take__recording__kind=MediaKind.VIDEO, then=Value(SurveyMode.VIDEO.value)),
            When(chosen_take__recording__kind=MediaKind.AUDIO, then=Value(SurveyMode.AUDIO.value)),
            default=Value(SurveyMode.WRITING.value),
        )
    )
    counted = Counter(kinds.values_list("mode", flat=True))
    return max(SurveyMode, key=lambda mode: counted[mode.value])


def results(position: Position) -> list[Result]:
    """By stage and moment, then by mode where every mode that occurs has enough replies. Two queries.

    A mode with few replies could be worked out from the others and the whole, so then none is told apart.
    """
    counts: dict[tuple[uuid.UUID, str], dict[str, Counter[tuple[str, int]]]] = defaultdict(lambda: defaultdict(Counter))
    rows = SurveyReply.objects.filter(stage__position=position, organization=position.organization_id).order_by()
    for stage_id, moment, mode, fair, respected, people in rows.values_list(
        "stage", "moment", "mode", "fair", "respected"
    ).annotate(people=Count("id")):
        counts[stage_id, moment][mode]["fair", fair] += people
        counts[stage_id, moment][mode]["respected", respected] += people
    found = []
    for stage in position.stages.order_by("place"):
        for moment in SurveyMoment:
            modes = counts.get((stage.id, moment.value))
            if modes:
                found += _results(stage, moment, modes)
    return found


def _results(stage: Stage, moment: SurveyMoment, modes: dict[str, Counter[tuple[str, int]]]) -> list[Result]:
    found = [_result(stage, moment, None, modes.values())]
    if len(modes) > 1 and all(_replies(counter) >= FEWEST for counter in modes.values()):
        found += [_result(stage, moment, mode, [modes[mode.value]]) for mode in SurveyMode if mode.value in modes]
    return found


def _result(
    stage: Stage, moment: SurveyMoment, mode: SurveyMode | None, counters: Iterable[Counter[tuple[str, int]]]
) -> Result:
    whole = sum(counters, Counter())
    replies = _replies(whole)
    if replies < FEWEST:
        return Result(stage, moment, mode, replies)
    levels = {question: tuple(whole[question, level] for level in range(1, LEVELS + 1)) for question in QUESTIONS}
    return Result(stage, moment, mode, replies, **levels)


def _replies(counter: Counter[tuple[str, int]]) -> int:
    return sum(people for (question, _level), people in counter.items() if question == QUESTIONS[0])
