"""Gold answers: acted and recorded, kept, rated by the lead, retired, cleared away."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor, system_actor
from bothways.kits.models import Kit, Question
from bothways.lib.errors import Refused, require
from bothways.media.actions.erasure import erase_recording
from bothways.media.actions.recordings import create_recording
from bothways.media.actions.uploads import declare_length, issue_upload
from bothways.media.models import MediaKind, RecordingState
from bothways.review.calibration import ANSWERS
from bothways.review.models import GoldAnswer
from bothways.review.policies import may_lead_calibration
from bothways.review.queries.gold import calibrating_stages, may_have_gold, ready_gold, shows_rating

LONGEST_GOLD_S = 180
"""Three of them with everything around them take less than 15 minutes."""

GRACE_MS = 20_000
"""As a recorder that stops late; a file may be a little longer than it says."""

MAX_BYTES = 300 * 1024 * 1024
UPLOAD_LIFE = dt.timedelta(hours=24)
KEPT_UNUSED = dt.timedelta(days=7)
KEPT_RETIRED = dt.timedelta(days=90)
LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class OpenedGold:
    """A try that waits for its bytes. The token opens the upload and is said only here."""

    gold: GoldAnswer
    number: int
    upload_id: uuid.UUID
    token: str
    max_bytes: int


@transaction.atomic
def open_gold(*, actor: Actor, question: Question, client_key: uuid.UUID, kind: str, mime: str) -> OpenedGold:
    """Make room for one more try. The same `client_key` gives the same one, with a new token.

    Raises:
        Refused: `not_media` for another type of file, `no_gold_here` for a question that may still change, or that is
            answered otherwise than with a recording.
    """
    _require_lead(actor, question)
    if not may_have_gold(question):
        words = _("A gold answer needs a question of a published version that people answer with a recording.")
        raise Refused("no_gold_here", words)
    is_media = mime.startswith(("video/", "audio/")) and mime.isprintable() and len(mime) <= 120
    if kind not in MediaKind.values or not is_media:
        raise Refused("not_media", _("Only video or audio can be used. Choose another file, or record it here."))
    gold = GoldAnswer.objects.filter(question=question, client_key=client_key).select_related("recording").first()
    if gold is None:
        recording = create_recording(
            organization=question.organization, kind=kind, declared_mime=mime, language=question.kit_version.language
        )
        gold = GoldAnswer.objects.create(
            organization=question.organization,
            question=question,
            client_key=client_key,
            recording=recording,
            made_by_id=actor.id,
        )
        _record(actor, gold, "gold.opened", kind=kind)
    max_bytes = min(MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    upload, token = issue_upload(recording=gold.recording, max_bytes=max_bytes, expires_at=timezone.now() + UPLOAD_LIFE)
    number = GoldAnswer.objects.filter(question=question, made_by=actor.id, id__lte=gold.id).count()
    return OpenedGold(gold, number, upload.id, token, upload.max_bytes)


@transaction.atomic
def finish_gold(*, actor: Actor, gold: GoldAnswer, size: int) -> GoldAnswer:
    """The device says that it has `size` bytes and nothing follows. Saying it again changes nothing.

    Raises:
        Refused: another size was said before, or it is too large.
    """
    _require_lead(actor, gold)
    declare_length(upload_id=gold.recording.uploads.get().id, length=size)
    if GoldAnswer.objects.filter(id=gold.id, finished_at=None).update(finished_at=timezone.now()):
        _record(actor, gold, "gold.finished", bytes=size)
    gold.refresh_from_db()
    return gold


@transaction.atomic
def keep_gold(*, actor: Actor, gold: GoldAnswer) -> GoldAnswer:
    """This try is to be a gold answer. It still wants its rating.

    Raises:
        Refused: `not_finished` while it is not complete, `gold_failed` where it cannot be played.
    """
    _require_lead(actor, gold)
    if gold.finished_at is None:
        raise Refused("not_finished", _("This recording has not arrived completely."))
    if gold.recording is None or gold.recording.state == RecordingState.FAILED:
        raise Refused("gold_failed", _("This recording cannot be played. Record it again, or choose another file."))
    if GoldAnswer.objects.filter(id=gold.id, kept_at=None).update(kept_at=timezone.now()):
        _record(actor, gold, "gold.kept")
    gold.refresh_from_db()
    return gold


@transaction.atomic
def rate_gold(*, actor: Actor, gold: GoldAnswer, value: int, words: str) -> GoldAnswer:
    """The lead's rating and why it fits. It may be changed until somebody meets the answer, and never after.

    Raises:
        Refused: `gold_in_use`, `gold_unseen` for a lead who calibrates on it themselves first, `gold_not_ready` while
            it cannot be played, `gold_too_long`, `value`, `words`.
    """
    _require_lead(actor, gold)
    held = GoldAnswer.objects.select_for_update(of=("self",)).select_related("recording", "question__kit_version")
    gold = held.get(id=gold.id)
    if not shows_rating(actor, gold):
        words = _("You rate with this kit yourself, so you meet this answer in your own calibration first.")
        raise Refused("gold_unseen", words)
    if gold.ratings.exists() or gold.retired_at:
        words = _("Somebody has met this gold answer, so it stays as it is. Make another one and retire this.")
        raise Refused("gold_in_use", words)
    if gold.kept_at is None or gold.recording is None or gold.recording.state != RecordingState.READY:
        words = _("The recording cannot be played yet. Wait a moment, then save once more.")
        raise Refused("gold_not_ready", words)
    if (gold.recording.duration_ms or 0) > LONGEST_GOLD_S * 1000 + GRACE_MS:
        words = _("A gold answer is at most %(n)d minutes long. Record a shorter one, or cut the file.")
        raise Refused("gold_too_long", words % {"n": LONGEST_GOLD_S // 60})
    if value not in range(1, 6):
        raise Refused("value", _("The rating of a gold answer is a whole number from 1 to 5."))
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        asked = _("Write why this rating fits, in at most %(most)d characters. Who rated it reads it afterwards.")
        raise Refused("words", asked % {"most": LONGEST_WORDS})
    gold.value, gold.words = value, words
    gold.save(update_fields=["value", "words"])
    _record(actor, gold, "gold.rated")
    return gold


@transaction.atomic
def retire_gold(*, actor: Actor, gold: GoldAnswer) -> None:
    """No new run takes it. Who is meeting it now can finish; what nobody has met is deleted at once.

    Raises:
        Refused: `gold_needed` where a stage with calibration would have too few left.
    """
    _require_lead(actor, gold)
    kit = Kit.objects.select_for_update().get(id=gold.question.kit_version.kit_id)
    ready = ready_gold(kit.id)
    if ready.filter(id=gold.id).exists() and ready.count() <= ANSWERS and calibrating_stages(kit.id).exists():
        words = _("Calibration needs %(n)d gold answers. Make another one first, or turn calibration off.")
        raise Refused("gold_needed", words % {"n": ANSWERS})
    _record(actor, gold, "gold.retired")
    if gold.ratings.exists():
        GoldAnswer.objects.filter(id=gold.id, retired_at=None).update(retired_at=timezone.now())
    else:
        _delete(gold)


def clear_gold() -> int:
    """Delete tries that nobody kept for a week, and recordings of what was retired long ago. Returns how many."""
    now = timezone.now()
    unkept = GoldAnswer.objects.filter(kept_at=None, created_at__lt=now - KEPT_UNUSED)
    retired = GoldAnswer.objects.filter(retired_at__lt=now - KEPT_RETIRED, recording__isnull=False)
    count = 0
    for gold in unkept.select_related("organization", "recording"):
        _clear(gold, _delete)
        count += 1
    for gold in retired.select_related("organization", "recording"):
        _clear(gold, _erase_recording)
        count += 1
    return count


@transaction.atomic
def _clear(gold: GoldAnswer, how: Callable[[GoldAnswer], None]) -> None:
    audit.record(
        organization=gold.organization, actor=system_actor(gold.organization_id), verb="gold.cleared", thing=gold
    )
    how(gold)


def _delete(gold: GoldAnswer) -> None:
    recording = gold.recording
    gold.delete()
    if recording:
        erase_recording(recording=recording)


def _erase_recording(gold: GoldAnswer) -> None:
    recording, gold.recording = gold.recording, None
    gold.save(update_fields=["recording"])
    erase_recording(recording=recording)


def _require_lead(actor: Actor, thing: Question | GoldAnswer) -> None:
    require(may_lead_calibration(actor, thing), _("Only owners and recruiters make gold answers."))


def _record(actor: Actor, gold: GoldAnswer, verb: str, **detail: object) -> None:
    audit.record(
        organization=gold.organization,
        actor=actor,
        verb=verb,
        thing=gold,
        detail={"question": gold.question_id, **detail},
    )
