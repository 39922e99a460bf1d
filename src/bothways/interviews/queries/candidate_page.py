"""Everything a candidate's page says about the interview: who asks, what it takes, how far one has come."""

import datetime as dt
from dataclasses import dataclass

from bothways.accounts.models import Member
from bothways.interviews.models import Consent, Interview
from bothways.interviews.queries.answers import Progress, progress_of, questions_of
from bothways.interviews.queries.consent_words import recording_days
from bothways.interviews.queries.findings import take_findings
from bothways.interviews.queries.limits import answer_limit_s
from bothways.interviews.queries.promise import promised_day, reply_days
from bothways.interviews.queries.takes import Playback, playback_of
from bothways.interviews.queries.watchers import Watcher, watchers
from bothways.interviews.queries.window import extensions_left
from bothways.interviews.queries.written import ShownWriting, shown_writing
from bothways.kits.models import Question
from bothways.kits.queries.minutes import candidate_minutes
from bothways.media.measurement import Finding
from bothways.media.queries.measurements import is_being_measured


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """One question as the page shows it: the prompt as a video, if there is one, and how far its answer is.

    `sign` is the same prompt in sign language.
    """

    progress: Progress
    prompt: Playback | None
    sign: Playback | None
    answer: Playback | None
    limit_s: int | None

    @property
    def writing(self) -> ShownWriting | None:
        """What was kept instead of a recording."""
        written = self.progress.written
        return shown_writing(self.question, written) if written else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing in the chosen take."""
        return take_findings(self.progress.chosen) if self.progress.chosen else ()

    @property
    def question(self) -> Question:
        return self.progress.question

    @property
    def place(self) -> int:
        return self.progress.question.place


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """`asker` signs the page: who welcomes in the kit, else who answers for the reply; a bare preview may have nobody.

    `promised` is the day of the reply if the answers were sent today, `minutes` the most it takes, `watchers` those
    who rate.
    """

    interview: Interview
    questions: list[PageQuestion]
    asker: Member | None
    welcome: Playback | None
    welcome_sign: Playback | None
    minutes: int
    watchers: list[Watcher]
    promised: dt.date
    reply_days: int
    recording_days: int
    extensions_left: int
    has_consented: bool

    @property
    def first_name(self) -> str:
        """The first word of the name, as one greets; empty in a preview."""
        application = self.interview.application
        return application.candidate.name.split()[0] if application else ""

    @property
    def answered(self) -> int:
        return sum(1 for question in self.questions if question.progress.is_answered)

    @property
    def is_complete(self) -> bool:
        """Whether every answer has a chosen take that can be played: then it may be sent."""
        return all(question.progress.is_ready for question in self.questions)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still arriving or being made playable, so that waiting helps."""
        return any(question.progress.state in ("arriving", "preparing") for question in self.questions)

    @property
    def is_measuring(self) -> bool:
        """Whether in a moment more may be known of a chosen take's sound and picture."""
        recordings = (question.progress.recording for question in self.questions)
        return any(is_being_measured(recording) for recording in recordings if recording)

    @property
    def next_place(self) -> int | None:
        """The first question to go on with: no answer, or one that is not completely here. None: all are answered."""
        return next((one.place for one in self.questions if one.progress.state in ("open", "failed", "arriving")), None)

    @property
    def missing_place(self) -> int | None:
        """The first question for which waiting does not help, because it has no answer that could become usable."""
        return next((one.place for one in self.questions if one.progress.state in ("open", "failed")), None)


def candidate_page(interview: Interview) -> CandidatePage:
    """Eleven queries at most, with any number of questions and takes; two more with sign language."""
    version = interview.kit_version
    questions = questions_of(interview)
    return CandidatePage(
        interview=interview,
        questions=[
            PageQuestion(
                progress=progress,
                prompt=playback_of(progress.question.prompt, interview.id),
                sign=playback_of(progress.question.sign, interview.id),
                answer=playback_of(progress.recording, interview.id),
                limit_s=answer_limit_s(progress.question, interview),
            )
            for progress in progress_of(interview, questions)
        ],
        asker=version.welcome_by or (interview.position.replies_by if interview.position else None),
        welcome=playback_of(version.welcome_prompt, interview.id),
        welcome_sign=playback_of(version.welcome_sign, interview.id),
        minutes=candidate_minutes(version, questions).minutes,
        watchers=watchers(interview),
        promised=promised_day(interview),
        reply_days=reply_days(interview),
        recording_days=recording_days(interview),
        extensions_left=extensions_left(interview),
        has_consented=Consent.objects.filter(interview=interview).exists(),
    )
