"""What is heard of a recording, in a file that holds nothing else: no picture, no word about who, when or with what."""

from pathlib import Path
from typing import Any

import av

from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.opening import open_media, sound_of
from bothways.media.steps.universal import UNIVERSAL_OPTIONS, carry_over


def make_voice(source: Path, folder: Path) -> dict[str, Any]:
    """Write `folder`/voice.m4a: AAC in an MP4 with its index in front. AAC is copied, other sound encoded."""
    target = folder / "voice.m4a"
    with open_media(source) as incoming:
        sound = sound_of(incoming)
        if sound is None:
            raise MediaFailure(NOTHING_PLAYABLE, "there is no sound to hear")
        with av.open(str(target), "w", format="mp4", options=UNIVERSAL_OPTIONS) as outgoing:
            carry_over(incoming, [sound], outgoing)
    return {"name": target.name}
