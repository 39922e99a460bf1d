"""The mail that brings a guest their link."""

from django.conf import settings
from django.urls import reverse

from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message
from bothways.review.models import Share


def send_link(*, share: Share, token: str, sender: str) -> Message:
    """Mail the link to the guest. It says how many interviews there are, and nothing about whom they are with.

    Belongs into the transaction of the verb that made the token.
    """
    return send_message(
        organization=share.organization,
        kind="review.share",
        to_email=share.email,
        to_name=share.recipient,
        language=share.organization.language,
        context={
            "share": share,
            "sender": sender,
            "position": share.stage.position,
            "interviews": share.shared.filter(closed_at=None).count(),
        },
        links={"page": settings.BASE_URL + reverse("public:share", args=[token])},
        about=share,
    )
