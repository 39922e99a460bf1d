"""What becomes of a mail that was just written, said truthfully."""

from django.conf import settings
from django.utils.translation import gettext as _

from bothways.notify.models import Message
from bothways.work.models import Job, JobState


def never_tried(message: Message) -> bool:
    """Whether a mail still waits for its first try, so that it can be stopped. One query."""
    key = f"message:{message.id}"
    return Job.objects.filter(name="notify.deliver", key=key, state=JobState.WAITING, attempts=0).exists()


def sending_words() -> str:
    """A sentence for whoever has just caused a mail."""
    if settings.SENDS_MAIL:
        return _("The mail is on its way.")
    return _("The mail waits in the outbox, because no mail server is set.")
