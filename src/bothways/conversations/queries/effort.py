"""Minutes asked of candidates beside minutes that the team gave them: as counted last, and how they are counted."""

import math
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Length
from django.utils import timezone

from bothways.conversations.models import Effort, Inquiry
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.kits.models import KitVersion, Question
from bothways.kits.queries.minutes import candidate_minutes
from bothways.media.models import Recording
from bothways.positions.models import Position
from bothways.review.models import Coverage

WRITE_CHARACTERS_PER_S = 3
"""Writing with thought, about 35 words a minute."""


def effort_of(position: Position) -> Effort | None:
    """As counted last; None before anybody has sent. One query."""
    return efforts_of([position.id]).get(position.id)


def efforts_of(positions: Collection[uuid.UUID]) -> dict[uuid.UUID, Effort]:
    """The same for several positions. One query."""
    return {effort.position_id: effort for effort in Effort.objects.filter(position__in=positions)}


def count_efforts() -> list[Effort]:
    """Of every position in which answers are kept, unsaved. Six queries at most, however many there are."""
    rows = _sent().order_by().values_list("organization_id", "position_id", "kit_version_id").annotate(n=Count("id"))
    people: dict[uuid.UUID, int] = defaultdict(int)
    versions: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(dict)
    organizations = {}
    for organization, position, version, many in rows:
        organizations[position] = organization
        people[position] += many
        versions[position][version] = many
    asked, prompts = _kits({version for mine in versions.values() for version in mine})
    lengths = dict(Recording.objects.filter(id__in=set().union(*prompts.values())).values_list("id", "duration_ms"))
    watched, answered = _watched_ms(), _answered_s()
    return [
        Effort(
            organization_id=organizations[position],
            position_id=position,
            people=people[position],
            asked_s=sum(asked[version] * many for version, many in mine.items()),
            watched_s=watched.get(position, 0) // 1000,
            answered_s=answered.get(position, 0),
            recorded_s=sum(lengths[one] or 0 for one in set().union(*(prompts[version] for version in mine))) // 1000,
            counted_at=timezone.now(),
        )
        for position, mine in versions.items()
    ]


def _sent() -> QuerySet[Interview]:
    """Interviews that were sent and of which something is still here to be watched or read."""
    chosen = Q(chosen_take__isnull=False) | Q(chosen_written__isnull=False)
    kept = Exists(Answer.objects.filter(chosen, interview=OuterRef("pk")))
    return Interview.objects.filter(kept, state=InterviewState.SUBMITTED, is_preview=False, position__isnull=False)


def _kits(versions: Collection[uuid.UUID]) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, set[uuid.UUID]]]:
    """For each kit version the seconds that it asks of one person, and the recordings in which it asks. Two queries."""
    questions: dict[uuid.UUID, list[Question]] = defaultdict(list)
    for question in Question.objects.filter(kit_version__in=versions).select_related("prompt"):
        questions[question.kit_version_id].append(question)
    asked, prompts = {}, {}
    for version in KitVersion.objects.filter(id__in=versions).select_related("welcome_prompt"):
        mine = questions[version.id]
        asked[version.id] = candidate_minutes(version, mine).minutes * 60
        recorded = {version.welcome_prompt_id, version.welcome_sign_id}
        recorded |= {one for question in mine for one in (question.prompt_id, question.sign_id)}
        prompts[version.id] = {one for one in recorded if one is not None}
    return asked, prompts


def _watched_ms() -> dict[uuid.UUID, int]:
    rows = Coverage.objects.filter(answer__interview__in=_sent()).order_by()
    return dict(rows.values_list("answer__interview__position_id").annotate(ms=Sum("covered_ms")))


def _answered_s() -> dict[uuid.UUID, int]:
    """What is recorded as long as it plays, what is written as long as it takes to write."""
    rows = Inquiry.objects.filter(interview__in=_sent(), answered_at__isnull=False).order_by()
    summed = rows.values_list("interview__position_id").annotate(
        ms=Sum("reply__duration_ms"), characters=Sum(Length("message"))
    )
    return {
        position: (ms or 0) // 1000 + math.ceil((characters or 0) / WRITE_CHARACTERS_PER_S)
        for position, ms, characters in summed
    }
