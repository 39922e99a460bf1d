"""How long a candidate needs for a kit, as the kit's page, the invitation and the landing page tell it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bothways.kits.models import AnswerKind, KitVersion, Question
from bothways.kits.queries.versions import questions_of
from bothways.media.models import Recording, RecordingState

CHECK_S = 90
"""Camera, microphone and one practice question."""

THINK_S = 60
"""To collect one's thoughts about one question. Nobody is held to it; it is the floor of a limited think time, too."""

READ_CHARACTERS_PER_S = 14
"""Reading carefully, about 170 words a minute."""

UNSETTLED_PROMPT_S = 30

PICK_S = 30
"""To choose from a list or to give a number."""

FIND_FILE_S = 120
"""To find one file and send it."""

COMFORTABLE_MINUTES = 20
"""Beyond it people drop out: the budget of notes on candidate drop-off, set-up included."""


@dataclass(frozen=True, slots=True)
class CandidateMinutes:
    """Seconds for each part. Answers count with their full limit, so that nobody is promised less than it takes."""

    watch_s: int
    think_s: int
    answer_s: int
    check_s: int

    @property
    def minutes(self) -> int:
        """The sum in whole minutes, rounded up."""
        return math.ceil((self.watch_s + self.think_s + self.answer_s + self.check_s) / 60)

    @property
    def is_comfortable(self) -> bool:
        return self.minutes <= COMFORTABLE_MINUTES


def candidate_minutes(version: KitVersion, questions: Sequence[Question] | None = None) -> CandidateMinutes:
    """What one candidate needs for this version. Give `questions` where they are loaded already."""
    asked = list(questions_of(version)) if questions is None else questions
    welcome_s = _seconds_to_take_in(version.welcome_prompt, version.welcome_text)
    return CandidateMinutes(
        watch_s=welcome_s + sum(_seconds_to_take_in(question.prompt, question.text) for question in asked),
        think_s=THINK_S * len(asked),
        answer_s=sum(_answer_s(question) for question in asked),
        check_s=CHECK_S,
    )


def _answer_s(question: Question) -> int:
    if question.is_recorded:
        return question.answer_limit_s
    return FIND_FILE_S * question.files_most if question.answer_kind == AnswerKind.FILES else PICK_S


def _seconds_to_take_in(prompt: Recording | None, text: str) -> int:
    """To watch or hear the prompt, or to read where there is none."""
    if prompt is None:
        return math.ceil(len(text) / READ_CHARACTERS_PER_S)
    if prompt.state == RecordingState.READY and prompt.duration_ms is not None:
        return math.ceil(prompt.duration_ms / 1000)
    return UNSETTLED_PROMPT_S
