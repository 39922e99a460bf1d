"""Fills and looks into the data of a product that tests/journeys/test_kills.py treats badly. Run as a program.

BOTHWAYS_DATA_DIR=… python -m tests.journeys.kill_room fill|tell
"""

import hashlib
import json
import sys
from typing import Any

import django

django.setup()

from django.db.models import Count  # noqa: E402  Models can be imported once Django is set up.

from bothways.accounts.actors import candidate_actor  # noqa: E402
from bothways.interviews.actions.consent import agree, current_text  # noqa: E402
from bothways.interviews.models import Interview, Take  # noqa: E402
from bothways.interviews.policies import candidate_id_of  # noqa: E402
from bothways.kits.models import Question  # noqa: E402
from bothways.kits.models.question import MOST_TAKES  # noqa: E402
from bothways.media.models import Recording  # noqa: E402
from bothways.media.store import get_store  # noqa: E402
from bothways.work.models import Job, JobState  # noqa: E402
from tests.factories import Cast, make_interview, make_token  # noqa: E402

CANDIDATES = 4


def fill() -> list[str]:
    """Candidates who have agreed to be recorded. Returns their links."""
    cast = Cast()
    Question.objects.filter(kit_version=cast.kit_version).update(takes_allowed=MOST_TAKES)
    return [make_ready_to_record(cast) for _ in range(CANDIDATES)]


def make_ready_to_record(cast: Cast) -> str:
    interview: Interview = make_interview(cast.stage, cast.kit_version)
    actor = candidate_actor(
        candidate_id=candidate_id_of(interview), name="Dee Okafor", organization_id=interview.organization_id
    )
    agree(interview=interview, text_id=current_text(interview).id, actor=actor)
    return make_token(interview)


def tell() -> dict[str, Any]:
    """Everything that must have come to its end."""
    open_jobs = Job.objects.exclude(state=JobState.DONE)
    return {
        "takes": {str(take.client_key): tell_take(take) for take in Take.objects.select_related("recording")},
        "segments": tell_segments(),
        "rows": [Take.objects.count(), Recording.objects.count()],
        "jobs": [f"{job} {job.state} {job.attempts} {job.error[-300:]}" for job in open_jobs],
        "doubled": list(Recording.objects.values("renditions__kind", "id").annotate(n=Count("id")).filter(n__gt=1)),
    }


def tell_take(take: Take) -> dict[str, Any]:
    recording = take.recording
    store = get_store()
    digest = hashlib.sha256()
    sizes = [store.size(upload.store_key) or 0 for upload in recording.uploads.all()]
    if store.size(recording.original_key):
        for piece in store.open_range(recording.original_key, 0, 2**40):
            digest.update(piece)
    renditions = recording.renditions.order_by("kind")
    return {
        "state": recording.state,
        "settled": recording.is_settled or not any(sizes),
        "duration_ms": recording.duration_ms,
        "sha256": digest.hexdigest(),
        "renditions": [rendition.kind for rendition in renditions],
        "whole": all(store.size(rendition.store_key) == rendition.size for rendition in renditions),
    }


def tell_segments() -> dict[str, str]:
    """Where the bytes of each segment stand in the store, by the key that its device made for it."""
    takes = Take.objects.prefetch_related("recording__uploads")
    return {
        str(upload.client_key or take.client_key): upload.store_key
        for take in takes
        for upload in take.recording.uploads.all()
    }


if __name__ == "__main__":
    json.dump({"fill": fill, "tell": tell}[sys.argv[1]](), sys.stdout, default=str)
