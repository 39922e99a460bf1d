"""Fills and looks into the data of the product in which tests/journeys/test_live_talk.py talks. Run as a program.

BOTHWAYS_DATA_DIR=… python -m tests.journeys.talk_room fill|come|made
"""

import datetime as dt
import json
import sys
import time
from typing import Any

import django

django.setup()

from django.db.models import F  # noqa: E402  Models can be imported once Django is set up.
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bothways.accounts.models import Member  # noqa: E402
from bothways.lib.ids import new_id  # noqa: E402
from bothways.live.models import Composition, Host, Leg, ParticipantKind, Slot  # noqa: E402
from bothways.media.models import RenditionKind  # noqa: E402
from bothways.positions.models import StageKind  # noqa: E402
from bothways.review.actions.pinned_notes import Pin, pin_note  # noqa: E402
from bothways.work.models import Job  # noqa: E402
from tests.factories import Cast, make_kit_version, make_stage, make_submitted_interview  # noqa: E402
from tests.factories.scheduling import give_hours  # noqa: E402
from tests.migrated import migrate  # noqa: E402

QUESTIONS = 2
ALWAYS = [[(dt.time(0), dt.time(23, 45))]] * 7


def fill() -> dict[str, Any]:
    """Dee has recorded her answers, and Bo has marked a moment in one; behind them is a live step, which Bo hosts."""
    migrate()
    cast = Cast()
    recorded = make_submitted_interview(cast.stage, cast.kit_version)
    pin_note(
        actor=cast.actor(cast.bo),
        interview=recorded,
        question_id=recorded.kit_version.questions.get(place=2).id,
        client_key=new_id(),
        pin=Pin(start_ms=1000, end_ms=None, text="Ask what she did then", quote=None),
    )
    make_stage(
        cast.position,
        make_kit_version(cast.ada, questions=QUESTIONS),
        (cast.bo, cast.ines),
        kind=StageKind.LIVE,
        name="A talk",
    )
    give_hours(cast.bo, weekly=ALWAYS)
    return {
        "slug": cast.organization.slug,
        "recorded": str(recorded.id),
        "email": recorded.application.candidate.email,
        "sessions": {
            name: _session(member)
            for name, member in {"ada": cast.ada, "rafael": cast.rafael, "bo": cast.bo, "ines": cast.ines}.items()
        },
    }


def come() -> None:
    """The time of the only talk is now."""
    slot = Slot.objects.get()
    early = slot.starts_at - timezone.now()
    Slot.objects.update(starts_at=F("starts_at") - early, ends_at=F("ends_at") - early)
    Host.objects.update(busy_from=F("busy_from") - early, busy_until=F("busy_until") - early)


def made() -> dict[str, Any]:
    """What became of the talk, once all of it is put together."""
    unfinished = Job.objects.filter(name__in=("live.put_together", "live.compose"), ended_at=None)
    while unfinished.exists() or not Composition.objects.exists():
        time.sleep(0.2)
    return {
        "compositions": [_composition(one) for one in Composition.objects.order_by("question__place")],
        "legs": [_leg(leg) for leg in Leg.objects.select_related("participant", "recording").order_by("started_at")],
    }


def _composition(one: Composition) -> dict[str, Any]:
    job = Job.objects.get(name="live.compose", key=f"composition:{one.id}")
    return {
        "place": one.question.place if one.question else None,
        "state": one.state,
        "missing": one.missing,
        "starts_s": one.starts_at.timestamp(),
        "stretches": one.stretches,
        "duration_ms": one.recording.duration_ms if one.recording else None,
        "path": _key(one.recording) if one.recording else None,
        "took_s": (job.ended_at - job.started_at).total_seconds(),
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "is_candidate": leg.participant.kind == ParticipantKind.CANDIDATE,
        "started_s": leg.started_at.timestamp() if leg.started_at else None,
        "error_ms": leg.clock_error_ms,
        "duration_ms": leg.recording.duration_ms,
        "bytes": leg.recording.size,
        "path": _key(leg.recording),
    }


def _key(recording: Any) -> str:
    return recording.renditions.get(kind=RenditionKind.PLAYABLE).store_key


def _session(member: Member) -> str:
    client = Client()
    client.force_login(member.user)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    json.dump({"fill": fill, "come": come, "made": made}[sys.argv[1]](), sys.stdout)
