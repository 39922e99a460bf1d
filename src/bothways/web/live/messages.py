"""What each message of a page does. The first of all, `hello`, is in `socket.py`."""

import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bothways.live.actions import askings, consents, messages, participants, rooms
from bothways.live.actions.captions import let_caption, read_captions
from bothways.live.models import Participant
from bothways.live.queries.people import participant_in
from bothways.live.queries.talk import asking_json, message_json
from bothways.web.live import bodies, snapshots
from bothways.web.live.coming import settle
from bothways.web.live.line import LEFT, Line

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Handler:
    """`is_inside`: not from the waiting room. `is_kept`: it writes, so there may be few of it."""

    run: Callable[[Line, Body], Awaitable[None]]
    is_inside: bool = True
    is_for_hosts: bool = False
    is_kept: bool = True


async def signal(line: Line, body: Body) -> None:
    assert line.me
    told = {"type": "signal", "from": str(line.me.id), **bodies.signal(body)}
    await line.to_seat(bodies.identifier(body, "to"), json.dumps(told))


async def tell_time(line: Line, body: Body) -> None:
    await line.tell("time", c=bodies.number(body, "c"), s=time.time() * 1000)


async def media(line: Line, body: Body) -> None:
    assert line.me
    told = bodies.media(body)
    await line.ask(participants.say_media, participant_id=line.me.id, media=told)
    await line.publish("media", but_me=True, **{"from": str(line.me.id)}, **told)


async def chat(line: Line, body: Body) -> None:
    key, text = bodies.identifier(body, "key"), bodies.word(body, "text", bodies.LONGEST_TEXT)

    def write() -> tuple[Body, bool]:
        message, is_new = messages.write_message(
            room=line.entry.room, participant=_own(line), client_key=key, text=text
        )
        return message_json(message), is_new

    told, is_new = await line.ask(write)
    if is_new:
        await line.publish("chat", **told)
    else:
        await line.tell("chat", **told)


async def consent(line: Line, body: Body) -> None:
    assert line.me
    room, actor, yes = line.entry.room, line.entry.actor, bodies.flag(body, "yes")
    version = bodies.word(body, "text_version") if yes else ""

    def say() -> None:
        if yes:
            consents.say_yes(room=room, actor=actor, participant=_own(line), text_version=version)
        else:
            consents.say_no(room=room, actor=actor, participant=_own(line))

    await line.ask(say)
    await line.publish("consent", **{"from": str(line.me.id)}, yes=yes)
    await settle(line)


async def captions(line: Line, body: Body) -> None:
    assert line.me
    on = bodies.flag(body, "on")
    await line.ask(read_captions, room=line.entry.room, participant_id=line.me.id, on=on)
    await line.to_room("room.captions", participant=str(line.me.id), reads=on, captioned=line.me.captioned)


async def captioned(line: Line, body: Body) -> None:
    assert line.me
    yes = bodies.flag(body, "yes")
    await line.ask(let_caption, room=line.entry.room, participant_id=line.me.id, yes=yes)
    await line.to_room("room.captions", participant=str(line.me.id), reads=line.me.reads, captioned=yes)


async def admit(line: Line, body: Body) -> None:
    room, actor = line.entry.room, line.entry.actor
    wanted = bodies.word(body, "participant")
    found = await line.ask(lambda: _somebody(line, wanted))
    await line.ask(participants.admit, room=room, actor=actor, participant=found)
    await line.to_room("room.admitted", participant=str(found.id))


async def remove(line: Line, body: Body) -> None:
    room, actor = line.entry.room, line.entry.actor
    wanted = bodies.word(body, "participant")
    found = await line.ask(lambda: _somebody(line, wanted))
    await line.ask(participants.remove, room=room, actor=actor, participant=found)
    await line.to_room("room.removed", participant=str(found.id))
    await settle(line)


async def ask(line: Line, body: Body) -> None:
    room, actor = line.entry.room, line.entry.actor
    question_id = None if body.get("question") is None else bodies.identifier(body, "question")

    def mark() -> tuple[Body, bool]:
        asking = askings.ask(room=room, actor=actor, participant=_own(line), question_id=question_id)
        return asking_json(asking), snapshots.shows_questions(room.interview)

    told, is_shown = await line.ask(mark)
    await line.publish("ask", to="all" if is_shown else "host", **told)


async def record(line: Line, body: Body) -> None:
    wish = bodies.flag(body, "on")
    await line.ask(consents.wish_to_record, room=line.entry.room, actor=line.entry.actor, wish=wish)
    await settle(line)
    await line.publish("wish", on=wish)


async def end(line: Line, _body: Body) -> None:
    await line.ask(rooms.end_talk, room=line.entry.room, actor=line.entry.actor)
    await line.to_room("room.ended")


async def bye(line: Line, _body: Body) -> None:
    assert line.me
    await line.ask(participants.step_out, participant_id=line.me.id, connection=line.connection)
    await line.to_room("room.left", participant=str(line.me.id))
    await settle(line)
    await line.end(LEFT)


HANDLERS: dict[str, Handler] = {
    "signal": Handler(signal, is_kept=False),
    "time": Handler(tell_time, is_inside=False, is_kept=False),
    "media": Handler(media, is_inside=False),
    "chat": Handler(chat),
    "consent": Handler(consent),
    "captions": Handler(captions),
    "captioned": Handler(captioned),
    "admit": Handler(admit, is_for_hosts=True),
    "remove": Handler(remove, is_for_hosts=True),
    "ask": Handler(ask, is_for_hosts=True),
    "record": Handler(record, is_for_hosts=True),
    "end": Handler(end, is_for_hosts=True),
    "bye": Handler(bye, is_inside=False),
}


def _own(line: Line) -> Participant:
    assert line.me
    return Participant.objects.get(id=line.me.id)


def _somebody(line: Line, participant_id: str) -> Participant:
    found = participant_in(line.entry.room, participant_id)
    if found is None:
        raise bodies.not_understood()
    return found
