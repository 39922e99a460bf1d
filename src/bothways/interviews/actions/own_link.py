"""A fresh link to the own address, to go on with another device."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.interviews.actions.letters import send_letter
from bothways.interviews.models import AccessToken, Interview
from bothways.interviews.policies import may_take_part
from bothways.lib.errors import Refused, require
from bothways.notify.models import Message

WORD = "another_device"
MOST_AN_HOUR = 3


@transaction.atomic
def mail_own_link(*, interview: Interview, actor: Actor) -> Message | None:
    """Mail the candidate a fresh link to their page. Only to the address that is known; a preview sends nothing.

    Raises:
        Refused: `asked_often`, when three went out within an hour.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    if interview.application_id is None:
        return None
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "organization", "application__candidate", "stage__organization", "stage__position__replies_by__user",
        "kit_version__welcome_by__user",
    )  # fmt: skip
    interview = rows.get(id=interview.id, organization=interview.organization_id)
    since = timezone.now() - dt.timedelta(hours=1)
    sent = AccessToken.objects.filter(interview=interview, purpose=WORD, created_at__gt=since)
    if sent.count() >= MOST_AN_HOUR:
        raise Refused(
            "asked_often",
            _("Three mails with your link are on their way. Look into your mailbox, also into the folder for spam."),
        )
    message = send_letter(interview=interview, word=WORD)
    record(organization=interview.organization, actor=actor, verb="interview.link_mailed", thing=interview)
    return message
