"""What tests of the candidate's verbs share: who acts, and takes with bytes in the store."""

import datetime as dt

from django.utils import timezone

from bothways.accounts.actors import Actor, candidate_actor
from bothways.interviews.actions.consent import agree, current_text
from bothways.interviews.actions.takes import OpenedTake, accept_take, open_take
from bothways.interviews.models import Interview, Origin, Take
from bothways.interviews.policies import candidate_id_of
from bothways.kits.models import KitVersion, Question
from bothways.lib.ids import new_id
from bothways.media.models import Recording, RecordingState
from bothways.media.store import get_store


def actor_of(interview: Interview) -> Actor:
    return candidate_actor(
        candidate_id=candidate_id_of(interview), name="Dee Okafor", organization_id=interview.organization_id
    )


def preview_of(kit_version: KitVersion) -> Interview:
    return Interview.objects.create(
        organization=kit_version.organization,
        kit_version=kit_version,
        origin=Origin.PREVIEW,
        is_preview=True,
        code_name="Preview",
        deadline=timezone.now() + dt.timedelta(days=1),
    )


def consented(interview: Interview) -> Interview:
    agree(interview=interview, text_id=current_text(interview).id, actor=actor_of(interview))
    return interview


def question(interview: Interview, place: int = 1) -> Question:
    return interview.kit_version.questions.get(place=place)


def opened(interview: Interview, place: int = 1, **fields) -> OpenedTake:
    asked = {"client_key": new_id(), "kind": "video", "mime": "video/webm", **fields}
    return open_take(interview=interview, question=question(interview, place), actor=actor_of(interview), **asked)


def put_bytes(take: Take, content: bytes) -> None:
    with get_store().write_at(take.recording.original_key, 0) as writer:
        writer.write(content)
        writer.sync()


def settled(take: Take, state: str = RecordingState.READY, duration_ms: int = 30_000) -> Take:
    """As the media area settles it, without decoding anything."""
    Recording.objects.filter(id=take.recording_id).update(
        state=state,
        duration_ms=duration_ms if state == RecordingState.READY else None,
        failure_code="" if state == RecordingState.READY else "nothing_playable",
    )
    take.recording.refresh_from_db()
    return take


def recorded(
    interview: Interview, place: int = 1, state: str = RecordingState.READY, content: bytes = b"speech"
) -> Take:
    """One take, all the way: opened, its bytes stored, finished, settled."""
    take = opened(interview, place).take
    put_bytes(take, b"speech")
    accept_take(take=take, size=6, duration_ms=30_000, actor=actor_of(interview))
    return settled(take, state)


def answered(interview: Interview) -> Interview:
    for asked in interview.kit_version.questions.all():
        recorded(interview, asked.place)
    interview.refresh_from_db()
    return interview
