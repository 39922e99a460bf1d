"""Saying yes or no to being recorded, and what follows: the server alone decides when a talk is recorded."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor, system_actor
from bothways.lib.errors import Refused, require
from bothways.live.actions.legs import end_legs
from bothways.live.actions.locking import locked
from bothways.live.models import Participant, RecordingConsent, RecordingPeriod, Room
from bothways.live.policies import may_host
from bothways.live.queries.consent_words import CONSENT_VERSION
from bothways.live.queries.people import present, with_consent
from bothways.live.queries.talk import running_period


@transaction.atomic
def say_yes(*, room: Room, actor: Actor, participant: Participant, text_version: str) -> bool:
    """Keep that somebody agreed to these words. False if they had before.

    Raises:
        Refused: `other_words`: they read words that are no longer the ones.
    """
    room = locked(room)
    if text_version != CONSENT_VERSION:
        raise Refused("other_words", _("What you agree to has changed. Reload the page, read it, and say yes then."))
    if _standing(participant).exists():
        return False
    RecordingConsent.objects.create(
        organization_id=room.organization_id,
        participant=participant,
        text_version=text_version,
        given_at=timezone.now(),
    )
    _log(room, actor, "recording.consent_given", {"participant": participant.id, "text": text_version})
    return True


@transaction.atomic
def say_no(*, room: Room, actor: Actor, participant: Participant) -> bool:
    """Take a yes back, at any time. False where there was none."""
    room = locked(room)
    taken = _standing(participant).update(withdrawn_at=timezone.now())
    if taken:
        end_legs(participant=participant)
        _log(room, actor, "recording.consent_withdrawn", {"participant": participant.id})
    return bool(taken)


@transaction.atomic
def wish_to_record(*, room: Room, actor: Actor, wish: bool) -> bool:
    """A host wants the talk recorded, or not any more. False if that was so already."""
    room = locked(room)
    require(may_host(actor, room.interview), _("Only hosts record a talk."))
    if room.asks_to_record == wish:
        return False
    room.asks_to_record = wish
    room.save(update_fields=["asks_to_record"])
    _log(room, actor, "recording.asked_for" if wish else "recording.not_asked_for", {})
    return True


@transaction.atomic
def settle_recording(*, room: Room) -> RecordingPeriod | None:
    """Begin or stop, as the rule says now: a host wants it, somebody is there, and everybody who is in the room has
    said yes. What runs afterwards, or None.

    Called after everything that may change one of these.
    """
    room = locked(room)
    running = running_period(room.id)
    why_not = _why_not(room)
    if running and why_not:
        stop(room=room, period=running, why=why_not)
        return None
    if running or why_not:
        return running
    period = RecordingPeriod.objects.create(organization_id=room.organization_id, room=room, started_at=timezone.now())
    _log(room, system_actor(room.organization_id), "recording.started", {"period": period.id})
    return period


def stop(*, room: Room, period: RecordingPeriod, why: str) -> None:
    """Inside the transaction of a verb: `why` is `host`, `consent`, `empty` or `ended`."""
    period.stopped_at, period.why_stopped = timezone.now(), why
    period.save(update_fields=["stopped_at", "why_stopped"])
    _log(room, system_actor(room.organization_id), "recording.stopped", {"period": period.id, "why": why})


def _why_not(room: Room) -> str:
    if room.ended_at is not None:
        return "ended"
    if not room.asks_to_record:
        return "host"
    inside = [one.has_said_yes for one in with_consent(present(room.id)) if one.admitted_at]  # type: ignore[attr-defined]
    if not inside:
        return "empty"
    return "" if all(inside) else "consent"


def _standing(participant: Participant) -> QuerySet[RecordingConsent]:
    return RecordingConsent.objects.filter(participant=participant, withdrawn_at__isnull=True)


def _log(room: Room, actor: Actor, verb: str, detail: dict[str, object]) -> None:
    audit.record(organization=room.organization, actor=actor, verb=verb, thing=room, detail=detail)
