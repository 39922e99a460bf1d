"""What the conversations do when something happens below them, and what they are asked from there."""

from typing import Any

from django.dispatch import receiver

from bothways.conversations.actions.erasure import erase_inquiries
from bothways.conversations.queries.follow_ups import unheard_words, who_is_unheard
from bothways.conversations.queries.inquiries import unanswered_words, who_waits
from bothways.interviews.models import Interview
from bothways.lib.signals import about_to_remove
from bothways.review.queries.answers_owed import asked_before_declining

asked_before_declining(who_waits, unanswered_words)
asked_before_declining(who_is_unheard, unheard_words)


@receiver(about_to_remove, dispatch_uid="conversations.inquiries_erased")
def inquiries_erased(sender: type, thing: Any, **_: Any) -> None:
    if isinstance(thing, Interview):
        erase_inquiries(interview=thing)
