"""What nobody may see: what was not chosen, and everything of who took part no more."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.interviews.models import (
    AnswerFile,
    CandidateSettings,
    Fault,
    HiddenWords,
    Interview,
    InterviewState,
    NoteToReviewers,
    Passage,
    Request,
    Take,
    WrittenAnswer,
)
from bothways.lib.signals import about_to_remove
from bothways.media.actions.erasure import erase_recording
from bothways.media.store import get_store


def erase_unchosen(interview_id: uuid.UUID) -> int:
    """Delete takes and drafts that were not chosen, once the answers are sent. Returns how many; twice is harmless."""
    interview = Interview.objects.select_related("organization").filter(id=interview_id).first()
    if interview is None or interview.state != InterviewState.SUBMITTED:
        return 0
    unchosen = Take.objects.filter(answer__interview=interview).exclude(id=F("answer__chosen_take"))
    drafts = WrittenAnswer.objects.filter(answer__interview=interview).exclude(id=F("answer__chosen_written"))
    count = sum(_erase(interview, take) for take in unchosen.select_related("recording"))
    return count + sum(_erase_written(interview, draft) for draft in drafts)


def erase_all(interview_id: uuid.UUID) -> int:
    """Delete everything that was given in a withdrawn interview. Returns how many; doing it again is harmless."""
    interview = Interview.objects.select_related("organization").filter(id=interview_id).first()
    if interview is None or interview.state != InterviewState.WITHDRAWN:
        return 0
    return erase_answers(interview)


def erase_answers(interview: Interview) -> int:
    """Delete every take, everything written, the note, the settings and the faults of an interview, in any state.

    Whoever calls knows why the time is over.
    """
    Fault.objects.filter(interview=interview).delete()
    takes = Take.objects.filter(answer__interview=interview).select_related("recording")
    count = sum(_erase(interview, take) for take in takes)
    count += sum(_erase_written(interview, one) for one in WrittenAnswer.objects.filter(answer__interview=interview))
    return count + _erase_own_words(interview)


@transaction.atomic
def _erase(interview: Interview, take: Take) -> int:
    recording_id = take.recording_id
    # By its row, so that the object can still be named. The audit log comes last: whoever uploads locks it last, too.
    Take.objects.filter(id=take.id).delete()
    erase_recording(recording=take.recording)
    _log(interview, "take.erased", take, recording=recording_id)
    return 1


@transaction.atomic
def _erase_written(interview: Interview, written: WrittenAnswer) -> int:
    _log(interview, "written.erased", written)
    erase_files([written])
    written.delete()
    return 1


def erase_files(writings: Iterable[WrittenAnswer]) -> None:
    """Delete the bytes of files. They go before the rows, which say until then what is left to delete."""
    for key in AnswerFile.objects.filter(written__in=writings).values_list("store_key", flat=True):
        get_store().delete(key)


@transaction.atomic
def _erase_own_words(interview: Interview) -> int:
    """The note to the reviewers, the settings, which can tell about a disability, what was said to people, and the
    words that were hidden, among which is the name."""
    count = 0
    about_to_remove.send(sender=Interview, thing=interview)
    Request.objects.filter(interview=interview).update(words="", phone="", message="")
    for note in NoteToReviewers.objects.filter(interview=interview):
        _log(interview, "note.erased", note)
        note.delete()
        count += 1
    Passage.objects.filter(interview=interview).update(mode="")
    HiddenWords.objects.filter(interview=interview).delete()
    settings, _by_model = CandidateSettings.objects.filter(interview=interview).delete()
    return count + settings


def _log(interview: Interview, verb: str, thing: Take | WrittenAnswer | NoteToReviewers, **detail: uuid.UUID) -> None:
    audit.record(
        organization=interview.organization,
        actor=system_actor(interview.organization_id),
        verb=verb,
        thing=thing,
        detail={"interview": interview.id, **detail},
    )
