"""Links that open one interview. Each mail carries its own, so that one can be revoked and the others stay."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bothways.interviews.models import AccessToken, Interview
from bothways.lib.tokens import digest, new_token

LINK_LIFE = dt.timedelta(days=400)
"""The link outlives the deadline by far: the status page, the reply and the own recordings stay behind it."""


@transaction.atomic
def issue_link(*, interview: Interview, purpose: str) -> str:
    """A new address of the candidate's page. `purpose` tells the mail that carries it, for example "invitation"."""
    token = new_token()
    AccessToken.objects.create(
        organization_id=interview.organization_id,
        interview=interview,
        token_digest=digest(token),
        purpose=purpose,
        expires_at=timezone.now() + LINK_LIFE,
    )
    return settings.BASE_URL + reverse("candidate:landing", args=[token])
