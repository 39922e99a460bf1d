"""Background work of the outgoing mail."""

from bothways.notify.actions import messages
from bothways.work.registry import job, periodic


@job("notify.deliver", attempts=10, before_retry=messages.wait_again)
def deliver(message_id: str) -> None:
    messages.deliver(message_id)


@periodic("notify.give_up", minutes=10)
def give_up() -> None:
    messages.give_up()
