"""What a page needs to join a talk that goes on: what was written, what is asked, whether it is recorded."""

import datetime as dt
import uuid
from typing import Any

from bothways.live.models import Asking, LiveRules, RecordingPeriod, Room, RoomMessage
from bothways.positions.models import Stage

MOST_MESSAGES = 200


def rules_of(stage: Stage) -> LiveRules:
    """How live interviews of this stage are held; the defaults where nobody has said. One query."""
    own = LiveRules.objects.filter(stage=stage).first()
    return own or LiveRules(organization_id=stage.organization_id, stage=stage)


def messages_of(room: Room) -> list[dict[str, Any]]:
    """The newest messages, oldest first, as pages get them. One query."""
    newest = RoomMessage.objects.filter(room=room).select_related("participant").order_by("-created_at", "-id")
    return [message_json(message) for message in reversed(newest[:MOST_MESSAGES])]


def message_json(message: RoomMessage) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "from": str(message.participant_id),
        "name": message.participant.name,
        "text": message.text,
        "at_ms": _ms(message.created_at),
    }


def asked_in(room: Room) -> dict[str, Any] | None:
    """The question that is being answered. One query."""
    newest = Asking.objects.filter(room=room).select_related("question").order_by("-asked_at", "-id").first()
    return asking_json(newest) if newest and newest.question else None


def asking_json(asking: Asking) -> dict[str, Any]:
    question = asking.question
    return {
        "question": str(question.id) if question else None,
        "text": question.text if question else "",
        "at_ms": _ms(asking.asked_at),
    }


def running_period(room_id: uuid.UUID) -> RecordingPeriod | None:
    """The stretch that is being recorded now. One query."""
    return RecordingPeriod.objects.filter(room=room_id, stopped_at__isnull=True).first()


def recording_state(room_id: uuid.UUID) -> dict[str, Any] | None:
    """As pages get it: what is recorded, or what was and why not any more; None before the first time. One query."""
    newest = RecordingPeriod.objects.filter(room=room_id).order_by("-started_at", "-id").first()
    if newest is None:
        return None
    if newest.stopped_at is None:
        return {"period": str(newest.id), "started_ms": _ms(newest.started_at)}
    return {"stopped": str(newest.id), "why": newest.why_stopped}


def _ms(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)
