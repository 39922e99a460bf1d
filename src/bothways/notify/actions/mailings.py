"""The same letter to many people: rendered once, kept as one mail each."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.html import escape

from bothways.lib.many_rows import insert_objects
from bothways.lib.sealing import seal
from bothways.notify.actions.messages import rendered
from bothways.notify.models import Message, MessageState
from bothways.work.actions.jobs import enqueue_many


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the letter. `links` are this person's secret addresses; all recipients have the same names of links."""

    email: str
    name: str
    links: dict[str, str]
    about: Model


def letters_to_many(
    *, organization: Model, kind: str, language: str, context: dict[str, Any], recipients: list[Recipient]
) -> list[Message]:
    """One unsaved mail a person. Rendering happens once, with a mark in the place of the name.

    Takes no database: prepare the mails before the transaction, keep them with `keep_many` inside of it.
    """
    if not recipients:
        return []
    mark = f"\ue000{secrets.token_hex(8)}\ue001"
    letter = rendered(
        organization=organization,
        kind=kind,
        to_name=mark,
        language=language,
        context=context,
        links=recipients[0].links,
    )
    state = MessageState.WAITING if settings.SENDS_MAIL else MessageState.KEPT
    return [
        Message(
            organization_id=organization.pk,
            state=state,
            kind=kind,
            to_email=recipient.email,
            to_name=recipient.name,
            language=language,
            subject=letter.subject.replace(mark, recipient.name)[:250],
            body_text=letter.text.replace(mark, recipient.name),
            body_html=letter.html.replace(mark, escape(recipient.name)),
            sealed_links=seal(json.dumps(recipient.links)),
            about_kind=recipient.about._meta.label_lower,
            about_id=str(recipient.about.pk),
        )
        for recipient in recipients
    ]


@transaction.atomic
def keep_many(messages: Iterable[Message]) -> None:
    """Store mails of one organization inside the caller's transaction, and ask for their delivery."""
    kept = list(messages)
    insert_objects(Message, kept)
    if settings.SENDS_MAIL and kept:
        enqueue_many(
            organization_id=kept[0].organization_id,
            name="notify.deliver",
            work={f"message:{message.id}": {"message_id": str(message.id)} for message in kept},
        )
