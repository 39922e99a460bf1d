"""Answers that all candidates of a position read."""

import uuid

from django.db.models import QuerySet

from bothways.accounts.models import Organization
from bothways.conversations.models import Inquiry, PublishedAnswer
from bothways.interviews.models import Interview
from bothways.media.models import Recording
from bothways.positions.models import Position

MOST_PUBLISHED = 20
"""More than this nobody reads before an interview."""


def published_of(position: Position | None) -> list[PublishedAnswer]:
    """What candidates of a position read, in order. Two queries at most."""
    return list(_of(position).prefetch_related("recording__renditions")) if position else []


def published_answer(organization: Organization, published_id: uuid.UUID) -> PublishedAnswer | None:
    rows = PublishedAnswer.objects.select_related("organization", "position", "recording", "published_by__user")
    return rows.filter(organization=organization, id=published_id).first()


def published_from(inquiry: Inquiry) -> PublishedAnswer | None:
    """What was published of an inquiry, if anything. One query."""
    return PublishedAnswer.objects.filter(organization=inquiry.organization_id, inquiry=inquiry).first()


def is_published_to(interview: Interview, recording: Recording) -> bool:
    """Whether every candidate of this interview's position may play it. One query."""
    if interview.position_id is None:
        return False
    return PublishedAnswer.objects.filter(position=interview.position_id, recording=recording).exists()


def _of(position: Position) -> QuerySet[PublishedAnswer]:
    rows = PublishedAnswer.objects.filter(organization=position.organization_id, position=position)
    return rows.select_related("recording", "published_by__user").order_by("place", "id")
