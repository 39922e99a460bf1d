"""Reading along in a talk, and keeping one's own words out of it. What is said is kept nowhere."""

import uuid

from django.utils.translation import gettext as _

from bothways.lib.errors import Refused
from bothways.live.models import Participant, Room
from bothways.media.actions.captions import can_caption


def read_captions(*, room: Room, participant_id: uuid.UUID, on: bool) -> None:
    """Somebody wants to read what is said, or not any more. One query.

    Raises:
        Refused: `no_captions`, this server does not put this language into words.
    """
    if on and not can_caption(room.interview.kit_version.language):
        raise Refused("no_captions", _("This server cannot put this talk into words."))
    Participant.objects.filter(room=room, id=participant_id).update(reads_captions=on)


def let_caption(*, room: Room, participant_id: uuid.UUID, yes: bool) -> None:
    """Whether somebody's own words may be put into text. One query."""
    Participant.objects.filter(room=room, id=participant_id).update(is_captioned=yes)
