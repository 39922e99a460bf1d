"""What the interviews do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from bothways.interviews.actions.previews import let_go
from bothways.interviews.actions.spoken_texts import keep_spoken_text
from bothways.kits.models import KitVersion, Question
from bothways.lib.signals import about_to_remove, words_changed
from bothways.media.models import Transcript
from bothways.positions.models import Stage


@receiver(about_to_remove, dispatch_uid="interviews.previews_let_go")
def previews_let_go(sender: type, thing: Any, **_: Any) -> None:
    if isinstance(thing, Question | KitVersion | Stage):
        let_go(thing)


@receiver(words_changed, dispatch_uid="interviews.spoken_texts")
def spoken_text_follows(sender: type, transcript: Transcript, **_: Any) -> None:
    keep_spoken_text(transcript=transcript)
