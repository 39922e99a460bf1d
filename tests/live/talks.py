"""A talk that was recorded: its room, who was in it, and sides with real sound and pictures."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from bothways.interviews.models import Interview, InterviewKind, InterviewState
from bothways.lib.ids import new_id
from bothways.live.actions.legs import finish_leg, open_leg, place_leg
from bothways.live.models import (
    Asking,
    Leg,
    Participant,
    ParticipantKind,
    RecordingConsent,
    RecordingPeriod,
    Room,
)
from bothways.media.queries.uploads import uploads_of
from bothways.media.store import get_store
from tests.factories import Cast, make_interview
from tests.media.talk import make_side


class Talk:
    """Dee and Bo in a room since a minute ago, both have said yes, and the recording runs."""

    def __init__(self, cast: Cast, *hosts) -> None:
        self.cast = cast
        self.interview: Interview = make_interview(
            cast.stage, cast.kit_version, kind=InterviewKind.LIVE, state=InterviewState.STARTED
        )
        self.room = Room.objects.create(organization=cast.organization, interview=self.interview)
        self.starts_at = timezone.now() - dt.timedelta(minutes=1)
        self.dee = self.comes("Dee Okafor", ParticipantKind.CANDIDATE)
        self.bo = self.comes("Bo Lindqvist", ParticipantKind.HOST, cast.bo)
        self.period = self.records(0)

    def comes(self, name: str, kind: str, member=None, agrees: bool = True) -> Participant:
        who = Participant.objects.create(
            organization=self.cast.organization,
            room=self.room,
            kind=kind,
            member=member,
            name=name,
            admitted_at=self.starts_at,
            seen_at=timezone.now(),
        )
        if agrees:
            RecordingConsent.objects.create(
                organization=self.cast.organization, participant=who, text_version="1", given_at=self.starts_at
            )
        return who

    def records(self, second: float, until: float | None = None) -> RecordingPeriod:
        return RecordingPeriod.objects.create(
            organization=self.cast.organization,
            room=self.room,
            started_at=self.at(second),
            stopped_at=self.at(until) if until else None,
        )

    def asks(self, place: int | None, second: float) -> None:
        Asking.objects.create(
            organization=self.cast.organization,
            room=self.room,
            question=self.interview.kit_version.questions.get(place=place) if place else None,
            asked_by=self.bo,
            asked_at=self.at(second),
        )

    def at(self, second: float) -> dt.datetime:
        return self.starts_at + dt.timedelta(seconds=second)

    def open(self, who: Participant, **fields):
        asked = {"period_id": self.period.id, "client_key": new_id(), "kind": "video", "mime": "video/mp4", **fields}
        return open_leg(participant=who, **asked)

    def sends(
        self, who: Participant, folder: Path, *, second: float, lasts: float, finish=True, path: Path | None = None
    ) -> Leg:
        """Record from `second` of the talk on and send all of it, be it `path`; without `finish` the page is closed
        before."""
        if path is None:
            path = make_side(folder / f"{new_id()}.mp4", starts=second, seconds=lasts, frames=10, size=(180, 90))
        leg = self.open(who).leg
        place_leg(leg=leg, started_at=self.at(second), clock_error_ms=1, clock_rate_ppm=0)
        with get_store().write_at(uploads_of(leg.recording)[0].store_key, 0) as writer:
            writer.write(path.read_bytes())
            writer.sync()
        if finish:
            finish_leg(leg=leg, size=path.stat().st_size, duration_ms=round(lasts * 1000))
        return leg

    def ends(self, second: float) -> None:
        """As the room ends it."""
        RecordingPeriod.objects.filter(room=self.room, stopped_at=None).update(stopped_at=self.at(second))
        Room.objects.filter(id=self.room.id).update(ended_at=self.at(second))
        Interview.objects.filter(id=self.interview.id).update(
            state=InterviewState.SUBMITTED, submitted_at=timezone.now()
        )
        self.room.refresh_from_db()
        self.interview.refresh_from_db()
