"""What becomes of a mail that was just written, said truthfully."""

from django.conf import settings
from django.utils.translation import gettext as _


def sending_words() -> str:
    """A sentence for whoever has just caused a mail."""
    if settings.SENDS_MAIL:
        return _("The mail is on its way.")
    return _("The mail waits in the outbox, because no mail server is set.")
