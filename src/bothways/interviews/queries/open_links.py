"""Finding open links: by their stage for recruiters, by their token for everybody else."""

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bothways.interviews.models import Interview, OpenLink, Origin
from bothways.lib.sealing import unseal
from bothways.lib.tokens import digest
from bothways.positions.models import PositionState, Stage


def open_link_of(stage: Stage) -> OpenLink | None:
    """The stage's link that was not closed; its last day may be over."""
    return OpenLink.objects.filter(stage=stage, closed_at=None).first()


def taking_in(token: str) -> OpenLink | None:
    """The link with this token, while it takes people in."""
    rows = OpenLink.objects.select_related("organization", "stage__position__replies_by__user", "stage__kit")
    return (
        rows.filter(token_digest=digest(token), closed_at=None, stage__position__state=PositionState.OPEN)
        .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
        .first()
    )


def address_of(open_link: OpenLink) -> str:
    """What is copied, printed and drawn as a QR code."""
    return settings.BASE_URL + reverse("public:open_link", args=[unseal(open_link.sealed_token)])


def came_in(open_link: OpenLink) -> int:
    """How many came by the stage's open links since this one was made."""
    came = Interview.objects.filter(stage=open_link.stage_id, origin=Origin.OPEN_LINK, is_preview=False)
    return came.filter(created_at__gte=open_link.created_at).count()


def has_lapsed(open_link: OpenLink, now: dt.datetime | None = None) -> bool:
    """Whether its last day is over."""
    return open_link.expires_at is not None and open_link.expires_at <= (now or timezone.now())
