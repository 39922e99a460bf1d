"""What the pages of a kit are made of: its questions as they are shown, and what stands before publication."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from bothways.kits.models import AskedQuestion, KitVersion, Question
from bothways.kits.models.question import ANSWER_LIMIT_S, TAKES
from bothways.kits.queries.readiness import Blocker, blockers
from bothways.media.models import Recording, RecordingState
from bothways.media.queries.recordings import failure_words
from bothways.web.team.playback import MemberPlayback, member_playback
from bothways.web.team.prompt_subjects import SIGN
from bothways.web.team.quality_lines import QualityLine

_PAGES = {
    "prompt": ("team:prompts-record", ""),
    "captions": ("team:captions-edit", ""),
    "sign": ("team:prompts-record", SIGN),
}
"""Where each part of a prompt is mended, and what stands there behind the kind of its subject."""


@dataclass(frozen=True, slots=True)
class ShownPrompt:
    """A recorded prompt as a card shows it: playable, on its way, failed with words, or not there at all."""

    playback: MemberPlayback | None
    is_pending: bool
    failure: str


@dataclass(frozen=True, slots=True)
class Card:
    """One question as a page shows it."""

    question: AskedQuestion
    prompt: ShownPrompt
    anchors: tuple[tuple[int, str], ...]
    is_shorter: bool
    has_fewer_takes: bool
    worked: QualityLine | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is left, with the address of the field that mends it."""

    blocker: Blocker
    url: str


def shown_prompt(recording: Recording | None, member_id: uuid.UUID) -> ShownPrompt:
    failed = recording is not None and recording.state == RecordingState.FAILED
    return ShownPrompt(
        playback=member_playback(recording, member_id),
        is_pending=recording is not None and not recording.is_settled,
        failure=str(failure_words(recording.failure_code)) if failed else "",
    )


def cards(
    questions: Sequence[AskedQuestion], member_id: uuid.UUID, worked: Mapping[uuid.UUID, QualityLine] | None = None
) -> list[Card]:
    """Questions with everything loaded become cards, with how they have worked. Asks the database nothing."""
    return [
        Card(
            question=question,
            prompt=shown_prompt(question.prompt, member_id),
            anchors=((1, question.anchor_1), (3, question.anchor_3), (5, question.anchor_5)),
            is_shorter=question.answer_limit_s < ANSWER_LIMIT_S,
            has_fewer_takes=question.takes_allowed < TAKES,
            worked=(worked or {}).get(question.id),
        )
        for question in questions
    ]


def steps_to_publish(version: KitVersion, questions: Sequence[Question], slug: str) -> list[Step]:
    """What is left, each with its address."""
    return [Step(blocker, _url(blocker, version, slug)) for blocker in blockers(version, questions)]


def _url(blocker: Blocker, version: KitVersion, slug: str) -> str:
    kit = reverse("team:kits-edit", args=[slug, version.kit_id])
    if blocker.question_id is not None:
        if blocker.field in _PAGES:
            name, kind = _PAGES[blocker.field]
            return reverse(name, args=[slug, f"question{kind}", blocker.question_id])
        return f"{reverse('team:questions-edit', args=[slug, blocker.question_id])}#id_{blocker.field}"
    if blocker.field == "questions":
        return f"{kit}#questions"
    part = blocker.field.removeprefix("welcome_")
    if part in _PAGES:
        name, kind = _PAGES[part]
        return reverse(name, args=[slug, f"welcome{kind}", version.id])
    return f"{reverse('team:kits-words', args=[slug, version.kit_id])}#id_{blocker.field}"
