"""Another day by which a candidate hears."""

import datetime as dt

from bothways.interviews.models import Interview


def renew_promise(*, interview: Interview, day: dt.date) -> None:
    """Set the day by which the candidate hears, inside the transaction of the verb that tells them."""
    interview.reply_by = day
    interview.save(update_fields=["reply_by"])
