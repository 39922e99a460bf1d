"""Whom candidates of a kit version meet."""

import uuid

from django.db.models import Exists, OuterRef, Q

from bothways.kits.models import Captions, KitVersion, Question
from bothways.media.models import Recording


def is_met(version_id: uuid.UUID, recording: Recording) -> bool:
    """Whether the recording asks or welcomes in this version, aloud or in sign language. At most two queries."""
    asks = Question.objects.filter(Q(prompt=recording) | Q(sign=recording), kit_version=version_id)
    welcomes = KitVersion.objects.filter(Q(welcome_prompt=recording) | Q(welcome_sign=recording), id=version_id)
    return asks.exists() or welcomes.exists()


def captions_met(version_id: uuid.UUID, captions_id: uuid.UUID) -> Captions | None:
    """These captions, if they stand under a recording of this version and somebody has read them. One query."""
    used = Q(Exists(Question.objects.filter(kit_version=version_id, captions=OuterRef("id")))) | Q(
        Exists(KitVersion.objects.filter(id=version_id, welcome_captions=OuterRef("id")))
    )
    return Captions.objects.filter(used, id=captions_id, reviewed_at__isnull=False).first()
