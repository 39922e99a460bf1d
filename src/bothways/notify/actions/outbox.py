"""Reading a mail in the outbox."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.policies import may_read_outbox
from bothways.lib.errors import require
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message


@transaction.atomic
def read_message(*, actor: Actor, message: Message) -> str:
    """The text of a mail as its reader gets it, secret links included. Reading such a link is an audit entry."""
    require(may_read_outbox(actor, message.organization), _("Only an owner reads the outbox."))
    if message.sealed_links:
        record(organization=message.organization, actor=actor, verb="message.links_read", thing=message)
    text, _html = with_links(message)
    return text
