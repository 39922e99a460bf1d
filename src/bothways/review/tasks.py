"""Background work of reviewing."""

from bothways.review.actions import retention
from bothways.work.registry import periodic


@periodic("review.erase_due", minutes=360)
def erase_due() -> None:
    retention.erase_due()
