"""How a room stands, read in one go for one line."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from bothways.interviews.models import Interview
from bothways.live.actions.consents import settle_recording
from bothways.live.actions.participants import enter, keep_seat
from bothways.live.queries.people import Person, person_of, present_in
from bothways.live.queries.talk import asked_in, messages_of, recording_state, rules_of
from bothways.live.transports import transport
from bothways.web.live.access import Entry


@dataclass(frozen=True, slots=True)
class Seen:
    """`is_seated` is false when another connection has taken over the seat."""

    is_seated: bool
    people: list[Person]
    recording: dict[str, Any] | None


def take_seat(entry: Entry, epoch: str, connection: uuid.UUID) -> tuple[Person, bool]:
    """The seat, and whether its page had been there before and only its line was gone."""
    seat, is_resumed = enter(room=entry.room, actor=entry.actor, epoch=epoch, connection=connection)
    return person_of(seat.id), is_resumed


def look_around(entry: Entry, me: Person, connection: uuid.UUID, since_s: float, with_other_side: bool) -> Seen:
    """Keep the seat, and see who is there. Three queries."""
    is_seated = keep_seat(
        participant_id=me.id, connection=connection, together_s=round(since_s) if with_other_side else 0
    )
    return Seen(is_seated, present_in(entry.room.id), recording_state(entry.room.id))


def settled(entry: Entry) -> dict[str, Any] | None:
    """Begin or stop the recording as it has to be, and how it stands then."""
    settle_recording(room=entry.room)
    return recording_state(entry.room.id)


def welcome(entry: Entry, me: Person, people: list[Person]) -> dict[str, Any]:
    """All that a page needs to join the talk, but for the people."""
    shows_asked = me.is_host or shows_questions(entry.room.interview)
    return {
        "you": me.as_json(),
        "people": [one.as_json() for one in people],
        "ice": transport.join_info(me.id, entry.slot.ends_at),
        "caps": transport.caps(len(people) + 1),
        "chat": messages_of(entry.room),
        "asked": asked_in(entry.room) if shows_asked else None,
        "recording": recording_state(entry.room.id),
        "asks_to_record": entry.room.asks_to_record,
        "ends_ms": ms(entry.slot.ends_at),
    }


def shows_questions(interview: Interview) -> bool:
    """Whether the candidate reads each question as it is asked."""
    return rules_of(interview.stage).shows_questions


def ms(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)
