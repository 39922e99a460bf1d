"""Mail: written now, inside the caller's transaction; sent by a job; kept in the outbox where no mail server is set."""

import datetime as dt
import json
import re
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template import loader
from django.utils import timezone, translation

from bothways.lib.sealing import seal, unseal
from bothways.notify.calendars import attach_calendar, unfolded
from bothways.notify.models import Message, MessageState
from bothways.work.actions.jobs import call_off, enqueue
from bothways.work.models import Job, JobState

PERMANENT_SMTP_CODES = range(500, 600)
GIVEN_UP_WITHIN = dt.timedelta(days=2)
_PLACEHOLDER = re.compile(r"\[\[(\w+)\]\]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's words. The subject is one line of at most 250 characters."""

    subject: str
    text: str
    html: str


@transaction.atomic
def send_message(
    *,
    organization: Model,
    kind: str,
    to_email: str,
    to_name: str,
    language: str,
    context: dict[str, Any],
    links: dict[str, str] | None = None,
    about: Model | None = None,
    calendar: bytes = b"",
) -> Message:
    """Write a mail from the templates `mail/<area>/<word>.{subject.txt,body.txt,body.html}` for kind `<area>.<word>`.

    `links` are secret addresses. Templates write them as `{{ links.name }}`; the row keeps placeholders, and the
    addresses lie sealed beside it until the mail is out. `calendar` is an iCalendar file with a METHOD, which may name
    links as `[[name]]`.
    """
    letter = rendered(
        organization=organization, kind=kind, to_name=to_name, language=language, context=context, links=links or {}
    )
    return _keep(
        organization=organization,
        kind=kind,
        to_email=to_email,
        to_name=to_name,
        language=language,
        subject=letter.subject,
        body_text=letter.text,
        body_html=letter.html,
        calendar=unfolded(calendar),
        sealed_links=seal(json.dumps(links)) if links else "",
        about_kind=about._meta.label_lower if about else "",
        about_id=str(about.pk) if about else "",
    )


def rendered(
    *, organization: Model, kind: str, to_name: str, language: str, context: dict[str, Any], links: Iterable[str]
) -> Letter:
    """The words of a mail, with placeholders where its secret links go."""
    area, word = kind.split(".")
    placeholders = {name: f"[[{name}]]" for name in links}
    full_context = {**context, "organization": organization, "links": placeholders, "to_name": to_name}
    with translation.override(language):
        subject, text, html = (
            loader.render_to_string(f"mail/{area}/{word}.{part}", full_context).strip()
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Letter(" ".join(subject.split())[:250], text, html)


def _keep(*, organization: Model, **fields: str) -> Message:
    state = MessageState.WAITING if settings.SENDS_MAIL else MessageState.KEPT
    message = Message.objects.create(organization=organization, state=state, **fields)
    if settings.SENDS_MAIL:
        enqueue(
            organization_id=organization.id,
            name="notify.deliver",
            key=f"message:{message.id}",
            payload={"message_id": str(message.id)},
        )
    return message


def deliver(message_id: str) -> None:
    """Hand a waiting mail to the mail server, once. Secret links are forgotten as soon as it is out."""
    message = Message.objects.get(id=message_id)
    if message.state != MessageState.WAITING:
        return
    text, html = with_links(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[f'"{message.to_name.replace(chr(34), "")}" <{message.to_email}>' if message.to_name else message.to_email],
        headers={"Message-ID": f"<{message.id}@{settings.BASE_URL.rpartition('//')[2].partition(':')[0]}>"},
    )
    if html:
        mail.attach_alternative(html, "text/html")
    if message.calendar:
        attach_calendar(mail, filled(message, message.calendar))
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        if code not in PERMANENT_SMTP_CODES:
            raise
        _settle(message, MessageState.FAILED, str(error))
    else:
        _settle(message, MessageState.SENT, "", sent_at=timezone.now(), sealed_links="")


@transaction.atomic
def stop_message(message: Message) -> bool:
    """Keep a mail from leaving. False when it is too late: it was tried before, and may have arrived."""
    if not call_off(name="notify.deliver", key=f"message:{message.id}"):
        return False
    _settle(message, MessageState.STOPPED, "", sealed_links="")
    return True


def with_links(message: Message) -> tuple[str, str]:
    """Text and HTML of a mail with its secret links in place; a link that was forgotten stands as an ellipsis."""
    return filled(message, message.body_text), filled(message, message.body_html)


def filled(message: Message, body: str) -> str:
    """A part of a mail with its secret links in place."""
    links = json.loads(unseal(message.sealed_links)) if message.sealed_links else {}
    return _PLACEHOLDER.sub(lambda found: links.get(found[1], "…"), body)


def _settle(message: Message, state: str, error: str, **more: dt.datetime | str | None) -> None:
    Message.objects.filter(id=message.id, state=MessageState.WAITING).update(state=state, error=error[:2000], **more)


def wait_again(message_id: str) -> None:
    """A mail that was given up waits to be sent, because somebody wants it tried once more."""
    Message.objects.filter(id=message_id, state=MessageState.FAILED).update(state=MessageState.WAITING, error="")


def give_up(now: dt.datetime | None = None) -> int:
    """Mark as failed what still waits though its last try is over, so that the outbox tells the truth."""
    tried = Job.objects.filter(name="notify.deliver", state=JobState.FAILED).exclude(error="")
    count = 0
    for job in tried.filter(ended_at__gt=(now or timezone.now()) - GIVEN_UP_WITHIN):
        waiting = Message.objects.filter(id=job.payload["message_id"], state=MessageState.WAITING)
        count += waiting.update(state=MessageState.FAILED, error=job.error.strip().rpartition("\n")[2][:2000])
    return count
