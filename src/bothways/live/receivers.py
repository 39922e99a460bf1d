"""What live interviews do when something happens below them, and what they are asked."""

from typing import Any

from django.dispatch import receiver

from bothways.accounts.actors import system_actor
from bothways.interviews.models import Interview
from bothways.interviews.queries.inviting import asked_before_inviting
from bothways.lib.signals import about_to_remove
from bothways.live.actions.erasure import erase_recordings
from bothways.live.actions.slots import release
from bothways.live.queries.inviting import hours_are_missing

asked_before_inviting(hours_are_missing)


@receiver(about_to_remove, sender=Interview, dispatch_uid="live.recordings_erased")
def recordings_erased(sender: type, thing: Interview, **_: Any) -> None:
    erase_recordings(interview=thing)


@receiver(about_to_remove, sender=Interview, dispatch_uid="live.times_given_back")
def times_given_back(sender: type, thing: Interview, **_: Any) -> None:
    release(interview=thing, actor=system_actor(thing.organization_id))
