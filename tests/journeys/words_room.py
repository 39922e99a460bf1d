"""What a product has heard in a candidate's only take. Run as a program; waits until the words are settled.

BOTHWAYS_DATA_DIR=… python -m tests.journeys.words_room <the token of the candidate's link>
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from bothways.interviews.models import AccessToken, Take  # noqa: E402  Models can be imported once Django is set up.
from bothways.lib.tokens import digest  # noqa: E402
from bothways.media.models import RenditionKind, Transcript, TranscriptState  # noqa: E402


def main(token: str) -> dict[str, Any]:
    link = AccessToken.objects.get(token_digest=digest(token))
    recording = Take.objects.select_related("recording").get(answer__interview=link.interview).recording
    while not (settled := Transcript.objects.filter(recording=recording).exclude(state=TranscriptState.WAITING)):
        time.sleep(0.2)
    transcript = settled.get()
    return {
        "state": transcript.state,
        "engine": transcript.engine,
        "utterances": transcript.machine,
        "playable": recording.renditions.get(kind=RenditionKind.PLAYABLE).store_key,
    }


if __name__ == "__main__":
    json.dump(main(sys.argv[1]), sys.stdout)
