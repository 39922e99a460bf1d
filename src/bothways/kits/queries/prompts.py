"""Reading what was recorded for a question or a welcome, and which of it nothing uses."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bothways.kits.models import KitVersion, LibraryQuestion, Prompt, PromptSlot, Question
from bothways.kits.queries.subjects import PARTS, Subject, column
from bothways.media.queries.uploads import offset_of, uploads_of

KEPT_UNUSED = dt.timedelta(days=7)


def prompts_for(subject_id: uuid.UUID, slot: str = PromptSlot.ASKED) -> QuerySet[Prompt]:
    """Every try that was made for this slot of the subject, the oldest first."""
    return (
        Prompt.objects.filter(subject_id=subject_id, slot=slot)
        .select_related("recording")
        .prefetch_related("recording__uploads", "recording__renditions")
        .order_by("created_at", "id")
    )


def chosen_recording_id(subject: Subject, slot: str = PromptSlot.ASKED) -> uuid.UUID | None:
    """The recording that candidates meet."""
    return getattr(subject, f"{column(subject, PARTS[slot])}_id")


def unused_prompts() -> QuerySet[Prompt]:
    """Made more than a week ago, and neither a question nor a welcome of any kit or of the library uses it."""
    recording = OuterRef("recording")
    return (
        Prompt.objects.filter(created_at__lt=timezone.now() - KEPT_UNUSED)
        .exclude(Exists(Question.objects.filter(Q(prompt=recording) | Q(sign=recording))))
        .exclude(Exists(LibraryQuestion.objects.filter(Q(prompt=recording) | Q(sign=recording))))
        .exclude(Exists(KitVersion.objects.filter(Q(welcome_prompt=recording) | Q(welcome_sign=recording))))
        .select_related("organization", "recording")
        .order_by("id")
    )


@dataclass(frozen=True, slots=True)
class PromptState:
    """What the server says about one prompt to the page that made it. Bytes count what is durably stored."""

    prompt: Prompt
    number: int
    offset: int
    length: int | None
    is_chosen: bool


def prompt_state(prompt: Prompt, chosen: uuid.UUID | None) -> PromptState:
    """The state of a prompt that was loaded by `prompts_for`. `chosen` is the recording that its subject uses."""
    upload = next(iter(uploads_of(prompt.recording)), None)
    number = Prompt.objects.filter(subject_id=prompt.subject_id, slot=prompt.slot, id__lte=prompt.id).count()
    arrived = offset_of(upload) if upload else prompt.recording.size or 0
    length = upload.length if upload else prompt.recording.size
    return PromptState(prompt, number, arrived, length, prompt.recording_id == chosen)
