"""How far a candidate has come: question by question, with the takes that exist."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from bothways.interviews.models import Answer, Interview, Take, WrittenAnswer
from bothways.interviews.queries.limits import takes_left
from bothways.kits.models import Question
from bothways.media.models import Recording, RecordingState


@dataclass(frozen=True, slots=True)
class Progress:
    """One question and what was given to it. `takes` are in order; failed ones are among them."""

    question: Question
    answer: Answer | None = None
    takes: list[Take] = field(default_factory=list)

    @property
    def chosen(self) -> Take | None:
        chosen = self.answer.chosen_take_id if self.answer else None
        return next((take for take in self.takes if take.id == chosen), None)

    @property
    def recording(self) -> Recording | None:
        return self.chosen.recording if self.chosen else None

    @property
    def written(self) -> WrittenAnswer | None:
        """What was kept in writing, if that is the answer and no take."""
        return self.writing if self.answer and self.answer.chosen_written_id else None

    @property
    def draft(self) -> WrittenAnswer | None:
        """What was begun in writing and is not the answer."""
        writing = self.writing
        return writing if writing and writing.reading_ms and not self.written else None

    @property
    def writing(self) -> WrittenAnswer | None:
        """What was written, kept or not."""
        # A missing row of the other side raises an AttributeError of its own.
        return getattr(self.answer, "written", None)

    @property
    def is_answered(self) -> bool:
        return self.chosen is not None or self.written is not None

    @property
    def state(self) -> str:
        """One of open (nothing yet), arriving (bytes are missing), preparing (not yet playable), ready, failed."""
        if self.written:
            return "ready"
        if self.chosen:
            return _STATES[self.chosen.recording.state]
        return "arriving" if any(take.recording.state == RecordingState.RECEIVING for take in self.takes) else "open"

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    @property
    def takes_left(self) -> int:
        return takes_left(self.question, self.takes)

    @property
    def playable_takes(self) -> list[Take]:
        return [take for take in self.takes if take.recording.state == RecordingState.READY]


_STATES = {
    RecordingState.RECEIVING: "arriving",
    RecordingState.RECEIVED: "preparing",
    RecordingState.READY: "ready",
    RecordingState.FAILED: "failed",
}


def questions_of(interview: Interview) -> list[Question]:
    """The questions by place, with who asks and what was recorded. Two queries, three with sign language."""
    questions = interview.kit_version.questions.select_related("asker__user", "prompt", "captions", "sign")
    return list(questions.prefetch_related("prompt__renditions", "sign__renditions").order_by("place"))


def progress_of(interview: Interview, questions: list[Question]) -> list[Progress]:
    """The candidate's progress on each of the questions. Five queries at most, however many answers there are."""
    takes = Take.objects.select_related("recording").prefetch_related("recording__uploads", "recording__renditions")
    answers: dict[uuid.UUID, Answer] = {
        answer.question_id: answer
        for answer in Answer.objects.filter(organization=interview.organization_id, interview=interview)
        .select_related("written")
        .prefetch_related(Prefetch("takes", takes.order_by("number"), to_attr="all_takes"))
    }
    return [
        Progress(question, answer, answer.all_takes) if (answer := answers.get(question.id)) else Progress(question)
        for question in questions
    ]


def unready_places(interview: Interview) -> list[int]:
    """The places of the questions whose answer cannot be sent yet: nothing is kept, or what is cannot be played."""
    kept = Q(chosen_take__recording__state=RecordingState.READY) | Q(chosen_written__isnull=False)
    ready = Answer.objects.filter(kept, interview=interview).values_list("question_id", flat=True)
    questions = Question.objects.filter(kit_version=interview.kit_version_id).exclude(id__in=ready)
    return list(questions.order_by("place").values_list("place", flat=True))
