"""What was said to a question in a live interview becomes its answer, so that it is watched and rated like others."""

from django.db import transaction
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.interviews.models import Answer, Interview, InterviewKind, InterviewState, Take
from bothways.kits.models import Question
from bothways.media.models import Recording


@transaction.atomic
def add_live_take(*, interview: Interview, question: Question, recording: Recording) -> Take | None:
    """The recording as the answer to this question; again changes nothing. None where nobody took part any more.

    The recording is ready, and its id is the take's key.
    """
    interviews = Interview.objects.select_related("organization").select_for_update(of=("self",))
    interview = interviews.get(id=interview.id, organization=interview.organization_id)
    if interview.kind != InterviewKind.LIVE or interview.state != InterviewState.SUBMITTED:
        return None
    answer, _is_new = Answer.objects.get_or_create(
        organization=interview.organization, interview=interview, question=question
    )
    take, is_new = Take.objects.get_or_create(
        answer=answer,
        client_key=recording.id,
        defaults={
            "organization": interview.organization,
            "number": answer.takes.count() + 1,
            "recording": recording,
            "finished_at": timezone.now(),
            "device_duration_ms": recording.duration_ms,
        },
    )
    if is_new:
        answer.chosen_take = take
        answer.save(update_fields=["chosen_take"])
        audit.record(
            organization=interview.organization,
            actor=system_actor(interview.organization_id),
            verb="take.composed",
            thing=take,
            detail={"answer": answer.id, "recording": recording.id},
        )
    return take
