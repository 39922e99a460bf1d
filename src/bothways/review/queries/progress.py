"""How far everybody in a stage has come, counted from its rows."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from bothways.interviews.models import Answer, AnswerMode, Device, Interview, InterviewState, Passage
from bothways.kits.models import KitVersion, Question
from bothways.kits.queries.minutes import candidate_minutes
from bothways.positions.models import Stage
from bothways.review.models import Coverage, Decision, Outcome, Scorecard
from bothways.review.progress import Milestone, Progress, Way, answered, groups, reached

OVER = (InterviewState.SUBMITTED, InterviewState.EXPIRED, InterviewState.WITHDRAWN)


def count_progress(stage: Stage) -> Progress:
    """Counted now, from rows of the whole stage. Nine queries and, for each kit version in use, one or two."""
    ways, versions = _ways(stage)
    ordered = sorted(ways.values(), key=lambda way: way.at.get(Milestone.STARTED, way.at[Milestone.INVITED]))
    began = [way for way in ordered if way.is_over and way.device]
    questions = _questions(versions)
    return Progress(
        people=len(ways),
        milestones=reached(ordered),
        questions=answered(ordered, {place for places in questions.values() for place in places}),
        devices=groups(Device.values, [(way.device, Milestone.SUBMITTED in way.at) for way in began]),
        modes=groups(AnswerMode.values, [(way.mode, Milestone.SUBMITTED in way.at) for way in began]),
        asked_s=_asked_s(stage, versions),
        given_s=_given_s(stage),
        replies=sum(Milestone.REPLIED in way.at for way in ordered),
        made_at=timezone.now(),
    )


def _ways(stage: Stage) -> tuple[dict[uuid.UUID, Way], set[uuid.UUID]]:
    columns = ("id", "kit_version_id", "state", "created_at", "opened_at", "started_at", "submitted_at")
    rows = list(_of(stage).values_list(*columns))
    later, passages, given = _later(stage), _passages(stage), _answers(stage)
    ways = {}
    for id_, _version, state, *moments in rows:
        own = zip((Milestone.INVITED, Milestone.OPENED, Milestone.STARTED, Milestone.SUBMITTED), moments, strict=True)
        device, mode, places = passages.get(id_, ("", "", set()))
        ways[id_] = Way(
            at={milestone: at for milestone, at in own if at is not None} | later.get(id_, {}),
            answered=frozenset(places | given.get(id_, set())),
            device=device,
            mode=mode,
            is_over=state in OVER,
        )
    return ways, {row[1] for row in rows}


def _later(stage: Stage) -> dict[uuid.UUID, dict[Milestone, dt.datetime]]:
    """What the team did. Two queries."""
    found: dict[uuid.UUID, dict[Milestone, dt.datetime]] = defaultdict(dict)
    handed_in: dict[uuid.UUID, int] = defaultdict(int)
    scorecards = Scorecard.objects.filter(interview__in=_of(stage), submitted_at__isnull=False)
    for interview, at in scorecards.order_by("submitted_at").values_list("interview_id", "submitted_at"):
        handed_in[interview] += 1
        if handed_in[interview] == stage.raters_wanted:
            found[interview][Milestone.REVIEWED] = at
    decisions = Decision.objects.filter(interview__in=_of(stage), reversed_at=None).exclude(outcome=Outcome.HOLD)
    for interview, at, replied_at in decisions.values_list("interview_id", "created_at", "replied_at"):
        found[interview][Milestone.DECIDED] = at
        if replied_at is not None:
            found[interview][Milestone.REPLIED] = replied_at
    return found


def _passages(stage: Stage) -> dict[uuid.UUID, tuple[str, str, set[int]]]:
    """How each person began, and which places they have answered. One query."""
    found: dict[uuid.UUID, tuple[str, str, set[int]]] = {}
    passages = Passage.objects.filter(interview__in=_of(stage)).order_by("created_at", "id")
    for interview, device, mode, at, place in passages.values_list(
        "interview_id", "device", "mode", "answered_at", "question__place"
    ):
        begun = found.setdefault(interview, (device, mode, set()))
        if at is not None:
            begun[2].add(place)
    return found


def _answers(stage: Stage) -> dict[uuid.UUID, set[int]]:
    """Places with an answer that is still there, for whoever came before passages were noted. One query."""
    found: dict[uuid.UUID, set[int]] = defaultdict(set)
    chosen = Q(chosen_take__isnull=False) | Q(chosen_written__isnull=False)
    answers = Answer.objects.filter(chosen, interview__in=_of(stage))
    for interview, place in answers.values_list("interview_id", "question__place"):
        found[interview].add(place)
    return found


def _questions(versions: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[int]]:
    found: dict[uuid.UUID, list[int]] = defaultdict(list)
    for version, place in Question.objects.filter(kit_version__in=versions).values_list("kit_version_id", "place"):
        found[version].append(place)
    return found


def _asked_s(stage: Stage, versions: Iterable[uuid.UUID]) -> int:
    """What the kit takes, by its own estimate, for each person who sent answers."""
    sent: dict[uuid.UUID, int] = defaultdict(int)
    for version in _of(stage).filter(submitted_at__isnull=False).values_list("kit_version_id", flat=True):
        sent[version] += 1
    found = KitVersion.objects.filter(id__in=versions).select_related("welcome_prompt")
    return sum(candidate_minutes(version).minutes * 60 * sent[version.id] for version in found)


def _given_s(stage: Stage) -> int:
    """Seconds of answers that members have played, or had on the screen to read."""
    total = Coverage.objects.filter(answer__interview__in=_of(stage)).aggregate(total=Sum(F("covered_ms")))["total"]
    return (total or 0) // 1000


def _of(stage: Stage) -> QuerySet[Interview]:
    return Interview.objects.filter(organization=stage.organization_id, stage=stage, is_preview=False)
