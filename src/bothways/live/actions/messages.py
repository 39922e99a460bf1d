"""Writing to everybody in the room."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.lib.errors import Refused
from bothways.live.models import LONGEST_MESSAGE, Participant, Room, RoomMessage


@transaction.atomic
def write_message(
    *, room: Room, participant: Participant, client_key: uuid.UUID, text: str
) -> tuple[RoomMessage, bool]:
    """Keep a message, and whether it is new: sending twice with one key says it once.

    Raises:
        Refused: `empty` or `too_long`.
    """
    text = text.strip()
    if not text:
        raise Refused("empty", _("There is nothing in this message yet."))
    if len(text) > LONGEST_MESSAGE:
        words = _("A message may have %(most)s characters. Send it in parts; nothing is lost.")
        raise Refused("too_long", words % {"most": LONGEST_MESSAGE})
    return RoomMessage.objects.select_related("participant").get_or_create(
        organization_id=room.organization_id,
        room=room,
        client_key=client_key,
        defaults={"participant": participant, "text": text},
    )
