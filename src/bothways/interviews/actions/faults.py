"""Technical faults that a device noticed: the take is free, the administrator learns why, and raters never do."""

import re

from django.db import transaction
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.deadline import make_up_for_fault
from bothways.interviews.actions.takes import locked, reread
from bothways.interviews.models import Fault, Interview, Take

MOST_FOR_A_TAKE = 100
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


@transaction.atomic
def note_fault(
    *, take: Take, code: str, detail: str, browser: str, actor: Actor, segment: int | None = None
) -> Interview | None:
    """Keep what went wrong with a take. The same of the same segment is kept once.

    From the first fault on the take is free. In the last hours before the deadline a fault moves that, too: then the
    interview is returned with its new deadline, else None.
    """
    interview = locked(take.answer.interview, actor)
    take = reread(take)
    if take.faults.count() >= MOST_FOR_A_TAKE:
        return None
    _fault, is_new = Fault.objects.get_or_create(
        organization=interview.organization,
        interview=interview,
        take=take,
        code=code,
        segment=segment,
        defaults={"place": take.answer.question.place, "detail": _short(detail, 500), "browser": _short(browser, 300)},
    )
    if not is_new:
        return None
    if take.faulted_at is None:
        take.faulted_at = timezone.now()
        take.save(update_fields=["faulted_at"])
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="take.fault_noted",
        thing=take,
        detail={"code": code, "segment": segment},
    )
    return interview if make_up_for_fault(interview=interview) else None


def _short(text: str, most: int) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()[:most]
