"""A socket of a room from its first moment to its last."""

import asyncio
import contextlib
import logging
import time
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bothways.lib.errors import NotAllowed, Refused
from bothways.live.queries.people import Person, present_in
from bothways.web.live import snapshots
from bothways.web.live.access import Entry, open_entry
from bothways.web.live.bodies import read_body, word
from bothways.web.live.captions import LARGEST_SOUND, SECOND, Cutter, ear, sound_of_a_page
from bothways.web.live.coming import come_in, settle
from bothways.web.live.limits import LARGEST, all_messages, kept_messages
from bothways.web.live.line import ENDED, FLOODING, NOT_ALLOWED, REPLACED, TOO_LARGE, Line
from bothways.web.live.messages import HANDLERS
from bothways.web.live.origin import is_own_origin

logger = logging.getLogger(__name__)

BEAT_S = 5.0

Event = dict[str, Any]


class RoomSocket(Line):
    async def connect(self) -> None:
        self.begin()
        self.beating: asyncio.Task[None] | None = None
        self.all_messages, self.kept_messages = all_messages(), kept_messages()
        self.sound, self.cutter = sound_of_a_page(), Cutter()
        self.hearing: set[asyncio.Task[None]] = set()
        await self.accept()
        try:
            if not is_own_origin(self.scope["headers"]):
                raise NotAllowed("foreign_page", _("This page may not open a talk of this server."))
            self.entry = await self.ask(self._open_entry)
        except Refused as refused:
            await self.turn_away(refused)
            return
        translation.activate(self.entry.language)
        timezone.activate(ZoneInfo(self.entry.zone))
        self.beating = asyncio.create_task(self._keep_beating())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_over:
            return
        if len(text_data or "") > LARGEST or len(bytes_data or b"") > LARGEST_SOUND:
            await self.end(TOO_LARGE)
        elif not self.all_messages.take():
            await self.end(FLOODING)
        elif text_data is None:
            self._listen(bytes_data or b"")
        else:
            try:
                await self._handle(read_body(text_data))
            except Refused as refused:
                await self.tell("refused", code=refused.code, words=refused.words)
            except DatabaseError:
                logger.warning("The database did not take a message of a room.", exc_info=True)
                await self.tell("refused", code="try_again", words=_("This was not kept. Try it again in a moment."))

    async def disconnect(self, code: int) -> None:
        self.is_over = True
        if self.beating:
            self.beating.cancel()
        if self.me:
            await self.channel_layer.group_discard(self.room_group, self.channel_name)
            await self.channel_layer.group_discard(self.seat_group(self.me.id), self.channel_name)

    async def _handle(self, body: dict[str, Any]) -> None:
        if self.me is None:
            if body["type"] != "hello":
                raise Refused("no_hello", _("Your browser has not said yet who is there. Reload the page."))
            await self._hello(word(body, "epoch"))
            return
        handler = HANDLERS.get(body["type"])
        if handler is None:
            raise Refused("unknown", _("Your browser sent something we do not know. Reload the page."))
        if handler.is_inside and not self.me.is_in:
            raise NotAllowed("not_in", _("You are in the waiting room. A host lets you in."))
        if handler.is_for_hosts and not self.me.is_host:
            raise NotAllowed("not_allowed", _("Only hosts do this."))
        if handler.is_kept and not self.kept_messages.take():
            raise Refused("too_many", _("That was too much at once, and the last of it was not kept. Wait a little."))
        await handler.run(self, body)

    # What is said, for those who read along

    def _listen(self, sound: bytes) -> None:
        """What nobody reads is not heard, and more than anybody can say is left out."""
        if not self._is_captioned() or len(sound) % 2 or not self.sound.take(len(sound) / SECOND):
            self.cutter.forget()
            return
        piece = self.cutter.take(sound)
        if piece:
            task = asyncio.create_task(self._put_into_words(piece))
            self.hearing.add(task)
            task.add_done_callback(self.hearing.discard)

    def _is_captioned(self) -> bool:
        me = self.me
        return (
            me is not None
            and me.is_in
            and me.captioned
            and (me.reads or any(one["reads"] for one in self.people.values()))
        )

    async def _put_into_words(self, piece: bytes) -> None:
        assert self.me
        text = await ear.hear(piece, self.entry.room.interview.kit_version.language)
        # Whoever has taken their words back meanwhile is not quoted.
        if text != "" and self._is_captioned():
            await self.to_room("room.said", participant=str(self.me.id), text=text)

    async def _hello(self, epoch: str) -> None:
        try:
            me, self.is_resumed = await self.ask(snapshots.take_seat, self.entry, epoch, self.connection)
        except Refused as refused:
            await self.turn_away(refused)
            return
        self.me = me
        await self.channel_layer.group_add(self.room_group, self.channel_name)
        await self.to_room("room.replaced", participant=str(me.id), connection=str(self.connection))
        if me.is_in:
            await come_in(self)
        else:
            await self.tell_waiting(await self.ask(present_in, self.entry.room.id))
            await self.to_room("room.knocked", person=me.as_json())

    # Each few seconds: still allowed, still the newest connection; and whoever is gone is gone

    async def _keep_beating(self) -> None:
        at = time.monotonic()
        while not self.is_over:
            await asyncio.sleep(BEAT_S)
            since, at = time.monotonic() - at, time.monotonic()
            with contextlib.suppress(DatabaseError):
                await self._beat(min(since, 2 * BEAT_S))

    async def _beat(self, since_s: float) -> None:
        before = self.changes
        try:
            self.entry = await self.ask(self._still_open)
            if self.me is None:
                return
            seen = await self.ask(
                snapshots.look_around, self.entry, self.me, self.connection, since_s, self._has_company()
            )
        except Refused as refused:
            await self.turn_away(refused)
            return
        mine = next((one for one in seen.people if one.id == self.me.id), None)
        if mine is None or not seen.is_seated:
            await self.end(NOT_ALLOWED if seen.is_seated else REPLACED)
        elif not mine.is_in:
            await self.tell_waiting(seen.people)
        elif not self.me.is_in:
            await come_in(self)
        else:
            await self.tell_recording(seen.recording)
            if before == self.changes:
                await self._compare(seen.people)

    async def _compare(self, people: list[Person]) -> None:
        """Tell the page who came or went without a word, as when a machine lost its line."""
        here = {str(one.id) for one in people}
        gone = [one for one in (*self.people, *self.knocking) if one not in here]
        for one in gone:
            await self.tell_left(one)
        for person in people:
            if self.me and person.id != self.me.id:
                await (self.tell_joined(person.as_json()) if person.is_in else self.tell_knock(person.as_json()))
                await self.tell_captions(str(person.id), reads=person.reads, captioned=person.captioned)
        if gone:
            await settle(self)

    def _has_company(self) -> bool:
        """Whether somebody of the other side is in the room, too."""
        return self.me is not None and any(one["kind"] != self.me.kind for one in self.people.values())

    def _open_entry(self) -> Entry:
        return open_entry(uuid.UUID(self.scope["room_id"]), self.scope["user"], self.scope["ticket"])

    def _still_open(self) -> Entry:
        session = self.scope["session"]
        if not self.scope["ticket"] and not session.exists(session.session_key):
            raise NotAllowed("signed_out", _("You are signed out. Sign in, and open the talk again."))
        return self._open_entry()

    # What comes from other lines of the room

    async def room_told(self, event: Event) -> None:
        assert self.me
        if self.me.is_in and event["to"] in ("all", self.me.kind) and event["but"] != str(self.me.id):
            await self.tell_text(event["text"])

    async def room_replaced(self, event: Event) -> None:
        if self._is_me(event) and event["connection"] != str(self.connection):
            await self.end(REPLACED)

    async def room_knocked(self, event: Event) -> None:
        if self.me and self.me.is_in:
            await self.tell_knock(event["person"])

    async def room_admitted(self, event: Event) -> None:
        if self._is_me(event) and self.me and not self.me.is_in:
            await come_in(self)

    async def room_joined(self, event: Event) -> None:
        assert self.me
        if self.me.is_in and event["person"]["id"] != str(self.me.id):
            before = self.changes
            await self.tell_joined(event["person"])
            if event["is_resumed"] and before == self.changes:
                # What was sent to them while their line was cut did not arrive.
                await self.tell("back", id=event["person"]["id"])
        elif not self.me.is_in:
            await self.tell_waiting(await self.ask(present_in, self.entry.room.id))

    async def room_left(self, event: Event) -> None:
        await self.tell_left(event["participant"])

    async def room_captions(self, event: Event) -> None:
        await self.tell_captions(event["participant"], reads=event["reads"], captioned=event["captioned"])
        if event["reads"]:
            ear.wake()
        if not self._is_captioned():
            self.cutter.forget()

    async def room_said(self, event: Event) -> None:
        """`text` is None where words are missing."""
        if self.me and self.me.is_in and self.me.reads:
            await self.tell("said", **{"from": event["participant"]}, text=event["text"])

    async def room_removed(self, event: Event) -> None:
        if self._is_me(event):
            await self.tell("removed", words=_("A host has taken you out of this talk."))
            await self.end(NOT_ALLOWED)
        else:
            await self.tell_left(event["participant"])

    async def room_recording(self, event: Event) -> None:
        if self.me and self.me.is_in:
            await self.tell_recording(event["state"])

    async def room_ended(self, event: Event) -> None:
        await self.tell("ended")
        await self.end(ENDED)

    def _is_me(self, event: Event) -> bool:
        return self.me is not None and event["participant"] == str(self.me.id)
