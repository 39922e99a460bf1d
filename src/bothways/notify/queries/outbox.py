"""The outbox: every mail of an organization with its text and what became of it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bothways.accounts.models import Organization
from bothways.notify.models import Message

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """`older` is the last message shown when there are more, else None."""

    messages: list[Message]
    older: Message | None


def outbox_page(
    organization: Organization, *, before: tuple[dt.datetime, uuid.UUID] | None = None, size: int = PAGE_SIZE
) -> OutboxPage:
    """The newest mails, or those older than the moment and identifier in `before`. Bodies are not loaded."""
    found = messages(organization).defer("body_text", "body_html", "sealed_links").order_by("-created_at", "-id")
    if before is not None:
        at, id_ = before
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=id_))
    rows = list(found[: size + 1])
    return OutboxPage(rows[:size], rows[size - 1] if len(rows) > size else None)


def messages(organization: Organization) -> QuerySet[Message]:
    return Message.objects.filter(organization=organization)
