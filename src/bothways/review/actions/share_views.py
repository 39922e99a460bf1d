"""What a guest does with a share: opens it, and one of its interviews."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor, guest_actor
from bothways.review.models import Share, SharedInterview
from bothways.review.queries.shares import can_be_opened, open_rows


def actor_of(share: Share) -> Actor:
    """The guest, under the name that was given when the share was made."""
    return guest_actor(share_id=share.id, name=share.recipient, organization_id=share.organization_id)


@transaction.atomic
def view_share(*, share: Share) -> bool:
    """Count that the guest opens it now. Of two who come at the same time for the last view, one gets it.

    Returns whether there was a view left, and the share lives.
    """
    now = timezone.now()
    Share.objects.select_for_update().filter(id=share.id).first()
    counted = (
        can_be_opened()
        .filter(id=share.id)
        .update(views=F("views") + 1, first_viewed_at=Coalesce(F("first_viewed_at"), now), last_viewed_at=now)
    )
    if counted:
        share.refresh_from_db(fields=["views"])
        audit.record(
            organization=share.organization,
            actor=actor_of(share),
            verb="share.viewed",
            thing=share,
            detail={"view": share.views},
        )
    return bool(counted)


@transaction.atomic
def open_interview(*, share: Share, row: SharedInterview) -> None:
    """The guest has an interview before them. Where answers are shown, the candidate is told; the first time is
    written to the audit log."""
    now = timezone.now()
    is_first = row.last_opened_at is None
    opened = {"first_opened_at": Coalesce(F("first_opened_at"), now)} if share.shows_answers else {}
    open_rows().filter(id=row.id).update(last_opened_at=now, **opened)
    if is_first:
        audit.record(
            organization=share.organization,
            actor=actor_of(share),
            verb="share.interview_opened",
            thing=share,
            detail={"interview": str(row.interview_id)},
        )
