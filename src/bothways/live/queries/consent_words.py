"""What people in a room agree to when they let a talk be recorded. Whoever changes the words changes the version."""

from django.utils.translation import gettext as _

CONSENT_VERSION = "live-2026-11"


def consent_words(days: int) -> list[str]:
    """The sentences beside the button, for everybody the same. `days` is how long recordings are kept."""
    return [
        _("Your picture and your voice in this talk are recorded, once everybody in the room has said yes."),
        _("The team that decides can watch it again. It is kept for %(days)s days and then deleted.") % {"days": days},
        _("You can say no, now or at any time later: then nothing more is recorded, and the talk goes on."),
    ]
