"""The trip of one take through the interview: opened, finished, chosen. Each may be asked twice and happens once."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.closed import refuse_closed, require_recorded
from bothways.interviews.actions.deadline import make_up_for_outages
from bothways.interviews.actions.passages import note_answer
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import Answer, AnswerMode, Consent, Interview, InterviewState, Take
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.limits import CEILING_S, GRACE_S, answer_limit_s, max_bytes, takes_left
from bothways.interviews.queries.settings import settings_of
from bothways.interviews.queries.window import accepts_begun_takes, accepts_new_takes, uploads_until
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.media.actions.recordings import create_recording
from bothways.media.actions.uploads import close_upload, declare_length, end_recording, issue_upload
from bothways.media.models import RecordingState, Upload
from bothways.media.queries.uploads import uploads_of


@dataclass(frozen=True, slots=True)
class OpenedTake:
    """A take that waits for its bytes. The token opens the upload and is said only here."""

    take: Take
    takes_left: int
    upload_id: uuid.UUID
    token: str
    max_bytes: int


@transaction.atomic
def open_take(
    *,
    interview: Interview,
    question: Question,
    client_key: uuid.UUID,
    kind: str,
    mime: str,
    actor: Actor,
    begun_s_ago: int = 0,
) -> OpenedTake:
    """Make room for one more take of the answer. The same `client_key` gives the same take, with a new token.

    `kind` is "video" or "audio", `mime` what the device means to record. `begun_s_ago` seconds ago the device began,
    by its own clock: who recorded in time, but without a line, is not late.

    Raises:
        Refused: there is no consent, no take is left, the deadline has passed, the interview is closed, or the take
            was brought to its end on another device.
    """
    interview = locked(interview, actor)
    answer, _is_new = Answer.objects.get_or_create(
        organization=interview.organization, interview=interview, question=question
    )
    takes = list(answer.takes.select_related("recording"))
    take = next((take for take in takes if take.client_key == client_key), None)
    if take is None:
        _require_open(interview, begun_s_ago)
        if not question.is_recorded:
            raise Refused("not_recorded", _("This question is answered in another way. Load the page again."))
        if not takes_left(question, takes):
            raise Refused(
                "no_takes_left",
                ngettext(
                    "You have used the one take this question has. It is safe, and it is the one we will see.",
                    "You have used all %(count)d takes of this question. They are safe. Choose the one we should see.",
                    question.takes_allowed,
                )
                % {"count": question.takes_allowed},
            )
        take = _new_take(answer, takes, client_key, kind, mime, interview.kit_version.language, actor)
        takes.append(take)
        if interview.state != InterviewState.STARTED:
            change_state(interview=interview, to=InterviewState.STARTED, actor=actor)
    elif not accepts_begun_takes(interview):
        raise refuse_closed(interview)
    size = max_bytes(question, interview, settings.UPLOAD_MAX_BYTES)
    upload, token = issue_upload(
        recording=take.recording,
        max_bytes=size,
        expires_at=uploads_until(interview),
        client_key=client_key,
    )
    return OpenedTake(take, takes_left(question, takes), upload.id, token, upload.max_bytes)


@dataclass(frozen=True, slots=True)
class SegmentEnd:
    """How a device says that a segment ended. `size` None: with what has reached the server, whatever came after."""

    number: int
    size: int | None
    duration_ms: int | None = None


def accept_take(*, take: Take, size: int, duration_ms: int, actor: Actor) -> Take:
    """The device says that a take of one segment is complete. See `finish_take`."""
    return finish_take(take=take, segments=[SegmentEnd(1, size, duration_ms)], duration_ms=duration_ms, actor=actor)


@transaction.atomic
def finish_take(*, take: Take, segments: Sequence[SegmentEnd], duration_ms: int | None, actor: Actor) -> Take:
    """The device says that the take is complete: these segments, `duration_ms` in all by its own clock.

    Nothing that arrived is thrown away: a segment that is not named (another device may have begun it meanwhile) ends
    with what is here of it, like one whose size is not known.

    An answer that has no usable choice yet gets this take as the chosen one, so that nobody loses an answer by
    closing the page too early. A take that ran over its limit is taken all the same; the audit log says so.

    Raises:
        Refused: `unknown_segment`; `length_differs`, another size was declared before; `taken_over`, a segment was
            ended from another device; or the time to send is over.
    """
    interview = locked(take.answer.interview, actor)
    take = reread(take)
    uploads = uploads_of(take.recording)
    ends = {end.number: end for end in segments}
    if not ends or not ends.keys() <= {upload.segment for upload in uploads}:
        words = _("A part of this take was never announced to us. What arrived is safe. Reload the page to go on.")
        raise Refused("unknown_segment", words)
    if take.finished_at is None:
        if not accepts_begun_takes(interview):
            raise refuse_closed(interview)
        end_recording(recording_id=take.recording_id)
        take.finished_at = timezone.now()
        take.device_duration_ms = duration_ms
        # A change of the settings may have come later than the take, over a line that was down.
        take.is_signed = take.is_signed or _signs(interview)
        take.save(update_fields=["finished_at", "device_duration_ms", "is_signed"])
        _choose_if_none(take)
        note_answer(take.answer)
        audit.record(
            organization=interview.organization,
            actor=actor,
            verb="take.finished",
            thing=take,
            detail=_finish_detail(take, interview, uploads, ends),
        )
    for upload in uploads:
        end = ends.get(upload.segment, SegmentEnd(upload.segment, None))
        if end.size is None:
            close_upload(upload_id=upload.id)
        elif upload.terminated_at is None:
            declare_length(upload_id=upload.id, length=end.size, device_duration_ms=end.duration_ms)
    return take


@transaction.atomic
def choose_take(*, take: Take, actor: Actor) -> Take:
    """Make this the take that the team sees. Choosing again is free until the answers are sent.

    Raises:
        Refused: the take could not be used, is not complete, or the answers have been sent.
    """
    interview = locked(take.answer.interview, actor)
    take = reread(take)
    answer = take.answer
    if answer.chosen_take_id == take.id:
        return take
    if not accepts_begun_takes(interview):
        raise refuse_closed(interview)
    if take.finished_at is None:
        raise Refused(
            "not_finished",
            _("This take has not arrived completely. What you recorded before is safe and still chosen."),
        )
    if take.recording.state == RecordingState.FAILED:
        raise Refused(
            "take_failed",
            _("This take could not be used. It does not count. Your other takes are safe. Choose one or record again."),
        )
    answer.chosen_take, answer.chosen_written = take, None
    answer.save(update_fields=["chosen_take", "chosen_written"])
    note_answer(answer)
    audit.record(organization=interview.organization, actor=actor, verb="take.chosen", thing=take)
    return take


@transaction.atomic
def start_thinking(*, interview: Interview, question: Question, actor: Actor) -> Answer:
    """Note when a limited think time began; it begins once. Advice for the page: nothing is ever refused over it."""
    interview = locked(interview, actor)
    answer, _is_new = Answer.objects.get_or_create(
        organization=interview.organization, interview=interview, question=question
    )
    if answer.thinking_since is None:
        answer.thinking_since = timezone.now()
        answer.save(update_fields=["thinking_since"])
    return answer


def locked(interview: Interview, actor: Actor) -> Interview:
    """The interview as it is now, held until the transaction ends: of two devices one comes after the other."""
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    rows = Interview.objects.select_related("organization", "application", "kit_version")
    return rows.select_for_update(of=("self",)).get(id=interview.id, organization=interview.organization_id)


def reread(take: Take) -> Take:
    """The take as it is now, for the holder of its interview."""
    return Take.objects.select_related("answer__question", "answer__chosen_take__recording", "recording").get(
        id=take.id
    )


def _require_open(interview: Interview, begun_s_ago: int) -> None:
    require_recorded(interview)
    was_in_time = accepts_begun_takes(interview) and accepts_new_takes(
        interview, timezone.now() - dt.timedelta(seconds=begun_s_ago)
    )
    if not accepts_new_takes(interview) and not was_in_time and not make_up_for_outages(interview=interview):
        raise refuse_closed(interview)
    if not Consent.objects.filter(interview=interview).exists():
        raise Refused(
            "no_consent",
            _("Before anything is kept, we need your consent. Nothing was kept so far. Open your link to give it."),
        )


def _new_take(
    answer: Answer, others: list[Take], client_key: uuid.UUID, kind: str, mime: str, language: str, actor: Actor
) -> Take:
    recording = create_recording(
        organization=answer.organization, kind=kind, declared_mime=mime, segments=None, language=language
    )
    take = Take.objects.create(
        organization=answer.organization,
        answer=answer,
        number=max((other.number for other in others), default=0) + 1,
        recording=recording,
        client_key=client_key,
        is_signed=_signs(answer.interview),
    )
    audit.record(
        organization=answer.organization,
        actor=actor,
        verb="take.opened",
        thing=take,
        detail={"answer": answer.id, "number": take.number, "kind": kind},
    )
    return take


def _signs(interview: Interview) -> bool:
    return settings_of(interview).mode == AnswerMode.SIGN


def _choose_if_none(take: Take) -> None:
    chosen = take.answer.chosen_take
    if take.answer.chosen_written_id:
        return  # Who has kept words sees them replaced by nothing but their own choice.
    if chosen is None or chosen.recording.state == RecordingState.FAILED:
        take.answer.chosen_take = take
        take.answer.save(update_fields=["chosen_take"])


def _finish_detail(
    take: Take, interview: Interview, uploads: list[Upload], ends: dict[int, SegmentEnd]
) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "bytes": sum(end.size or 0 for end in ends.values()),
        "duration_ms": take.device_duration_ms,
    }
    if len(uploads) > 1:
        detail["segments"] = len(uploads)
    as_arrived = [upload.segment for upload in uploads if (end := ends.get(upload.segment)) is None or end.size is None]
    if as_arrived:
        detail["as_arrived"] = as_arrived
    limit_s = answer_limit_s(take.answer.question, interview) or CEILING_S
    over_ms = (take.device_duration_ms or 0) - (limit_s + GRACE_S) * 1000
    return {**detail, "over_limit_ms": over_ms} if over_ms > 0 else detail
