"""Background work of live interviews: each job loads nothing and decides nothing, it calls a verb."""

import uuid

from bothways.live.actions import busy_calendars, compositions, erasure, missed, rooms, talk_reminders
from bothways.work.models import Lane
from bothways.work.registry import job, periodic


@periodic("live.end_lapsed", minutes=10)
def end_lapsed() -> None:
    rooms.end_lapsed_talks()


@job("live.put_together")
def put_together(room_id: str) -> None:
    compositions.put_together(room_id=room_id)


@job("live.compose", lane=Lane.MEDIA, before_retry=compositions.wait_again)
def compose(composition_id: str) -> None:
    compositions.make_composition(composition_id=composition_id)


@periodic("live.erase_due", minutes=6 * 60)
def erase_due() -> None:
    erasure.erase_due()


@job("live.read_calendar")
def read_calendar(calendar_id: str) -> None:
    busy_calendars.read_calendar(uuid.UUID(calendar_id))


@periodic("live.read_calendars", minutes=5)
def read_calendars() -> None:
    busy_calendars.read_due_calendars()


@periodic("live.ask_what_became", minutes=5)
def ask_what_became() -> None:
    missed.ask_what_became()


@periodic("live.tell_of_waiting", minutes=1)
def tell_of_waiting() -> None:
    missed.tell_of_waiting()


@periodic("live.remind", minutes=5)
def remind() -> None:
    talk_reminders.remind_of_talks()
