"""Background work of conversations: each job loads nothing and decides nothing, it calls a verb."""

from bothways.conversations.actions import clips, effort, erasure, feedback, follow_ups, overdue, promises
from bothways.work.registry import periodic


@periodic("conversations.watch_promises", minutes=5)
def watch_promises() -> None:
    promises.watch_promises()


@periodic("conversations.watch_inquiries", minutes=5)
def watch_inquiries() -> None:
    overdue.watch_inquiries()


@periodic("conversations.count_efforts", minutes=60)
def count_efforts() -> None:
    effort.keep_efforts()


@periodic("conversations.remind_of_follow_ups", minutes=30)
def remind_of_follow_ups() -> None:
    follow_ups.remind_of_follow_ups()


@periodic("conversations.clear_clips", minutes=6 * 60)
def clear_clips() -> None:
    clips.clear_unused()


@periodic("conversations.erase_due", minutes=6 * 60)
def erase_due() -> None:
    erasure.erase_due()


@periodic("conversations.send_feedback", minutes=5)
def send_feedback() -> None:
    feedback.send_due()
