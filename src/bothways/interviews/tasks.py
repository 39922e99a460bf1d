"""Background work of interviews: each job loads nothing and decides nothing, it calls a verb."""

import uuid

from bothways.interviews.actions import (
    csv_import,
    deadline,
    erasure,
    expiry,
    people_counts,
    previews,
    reminders,
    request_reminders,
)
from bothways.work.registry import job, periodic


@job("interviews.erase_unchosen", attempts=8)
def erase_unchosen(interview_id: str) -> None:
    erasure.erase_unchosen(uuid.UUID(interview_id))


@job("interviews.erase_all", attempts=8)
def erase_all(interview_id: str) -> None:
    erasure.erase_all(uuid.UUID(interview_id))


@job("interviews.recount")
def recount(position_id: str) -> None:
    people_counts.recount(uuid.UUID(position_id))


@periodic("interviews.remind", minutes=5)
def remind() -> None:
    reminders.send_due_reminders()


@periodic("interviews.remind_of_requests", minutes=5)
def remind_of_requests() -> None:
    request_reminders.remind_of_requests()


@periodic("interviews.make_up", minutes=1)
def make_up() -> None:
    deadline.make_up_for_outages()


@periodic("interviews.expire", minutes=5)
def expire() -> None:
    expiry.expire_due()


@periodic("interviews.forget_lists", minutes=60)
def forget_lists() -> None:
    csv_import.forget_old_lists()


@periodic("interviews.end_previews", minutes=60)
def end_previews() -> None:
    previews.sweep_previews()
