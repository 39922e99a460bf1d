"""One person's line to a room: what its page is told, and what goes to the others."""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from bothways.lib.errors import Refused
from bothways.live.queries.people import Person
from bothways.live.transports import transport
from bothways.web.live.access import Entry

Result = TypeVar("Result")

LEFT, REPLACED, NOT_ALLOWED, ENDED, FLOODING, TOO_LARGE = 1000, 4001, 4003, 4004, 4008, 4009
OVER = ("ended", "over", "decided", "no_time")


class Line(AsyncWebsocketConsumer):
    """`people` are those whom this page was told of, by their id, and `knocking` those who wait before the door.
    `changes` counts what was told of people, so that a look that took longer than a change does not undo it."""

    entry: Entry
    me: Person | None = None

    def begin(self) -> None:
        self.connection = uuid.uuid4()
        self.people: dict[str, dict[str, Any]] = {}
        self.knocking: set[str] = set()
        self.changes = 0
        self.hosts: list[dict[str, Any]] | None = None
        self.recording: dict[str, Any] | None = None
        self.caps: dict[str, int] | None = None
        self.is_resumed = False
        self.is_over = False

    async def ask(self, function: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
        """Call what asks the database, in one of several threads. Words and times there are as this person reads
        them, because a thread takes over the language and the zone of whoever calls."""
        return await database_sync_to_async(function, thread_sensitive=False)(*arguments, **named)

    # To this page

    async def tell(self, kind: str, **body: Any) -> None:
        await self.tell_text(json.dumps({"type": kind, **body}))

    async def tell_text(self, text: str) -> None:
        if not self.is_over:
            await self.send(text_data=text)

    async def end(self, code: int) -> None:
        if not self.is_over:
            self.is_over = True
            await self.close(code)

    async def turn_away(self, refused: Refused) -> None:
        """Say why, and close."""
        if refused.code in ("removed", "ended"):
            await self.tell(refused.code, words=refused.words)
        else:
            await self.tell("refused", code=refused.code, words=refused.words)
        await self.end(ENDED if refused.code in OVER else NOT_ALLOWED)

    async def tell_waiting(self, people: list[Person]) -> None:
        """Before the door: that they wait, and which hosts are there. Again when that has changed."""
        hosts = [{"name": one.name, "title": one.title} for one in people if one.is_host and one.is_in]
        if hosts != self.hosts and self.me:
            self.hosts = hosts
            await self.tell("waiting", you=self.me.as_json(), hosts=hosts)

    async def tell_joined(self, person: dict[str, Any]) -> None:
        self.knocking.discard(person["id"])
        known = self.people.get(person["id"])
        if known is None or known["epoch"] != person["epoch"]:
            self.people[person["id"]] = person
            self.changes += 1
            await self.tell("join", person=person)
            await self.tell_caps()

    async def tell_knock(self, person: dict[str, Any]) -> None:
        if self.me and self.me.is_host and person["id"] not in self.knocking:
            self.knocking.add(person["id"])
            self.changes += 1
            await self.tell("knock", participant=person)

    async def tell_captions(self, participant_id: str, *, reads: bool, captioned: bool) -> None:
        """Who reads along, and whose words may stand there."""
        told = {"reads": reads, "captioned": captioned}
        if self.me and participant_id == str(self.me.id):
            self.me = replace(self.me, **told)
        elif participant_id in self.people and not told.items() <= self.people[participant_id].items():
            self.people[participant_id] |= told
            self.changes += 1
        else:
            return
        await self.tell("captions", **{"from": participant_id}, **told)

    async def tell_left(self, participant_id: str) -> None:
        if participant_id in self.people or participant_id in self.knocking:
            self.people.pop(participant_id, None)
            self.knocking.discard(participant_id)
            self.changes += 1
            await self.tell("leave", id=participant_id)
            await self.tell_caps()

    async def tell_caps(self) -> None:
        caps = transport.caps(len(self.people) + 1)
        if caps != self.caps:
            self.caps = caps
            await self.tell("caps", **caps)

    async def tell_recording(self, state: dict[str, Any] | None) -> None:
        if state != self.recording:
            self.recording = state
            await self.tell("recording", **(state or {}))

    # To the others, wherever their lines end

    @property
    def room_group(self) -> str:
        return f"live.{self.entry.room.id.hex}"

    def seat_group(self, participant_id: uuid.UUID) -> str:
        """Of somebody in this room; of anybody else it is nobody's."""
        return f"{self.room_group}.{participant_id.hex}"

    async def publish(self, kind: str, *, to: str = "all", but_me: bool = False, **body: Any) -> None:
        """To the pages of `all` in the room, or of its `host` or `candidate` only."""
        but = str(self.me.id) if but_me and self.me else ""
        # As text: what somebody sent may hold what the layer between processes cannot write.
        await self.to_room("room.told", to=to, but=but, text=json.dumps({"type": kind, **body}))

    async def to_room(self, event: str, **fields: Any) -> None:
        await self.channel_layer.group_send(self.room_group, {"type": event, **fields})

    async def to_seat(self, participant_id: uuid.UUID, text: str) -> None:
        """To one person in this room. No query: who waits or is elsewhere has no seat here."""
        event = {"type": "room.told", "to": "all", "but": "", "text": text}
        await self.channel_layer.group_send(self.seat_group(participant_id), event)
