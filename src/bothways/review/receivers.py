"""What reviewing does when something happens below it, and what it is asked from there."""

from typing import Any

from django.dispatch import receiver

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.interviews.queries.batches import asked_before_a_batch
from bothways.lib.signals import raters_changed
from bothways.positions.models import Assigning, Stage
from bothways.review.actions.assigning import ask_for_member, ask_to_assign
from bothways.review.queries.unwatched import unwatched_obstacle

asked_before_a_batch(unwatched_obstacle)


@receiver(raters_changed, dispatch_uid="review.raters_changed")
def share_out_anew(sender: type, thing: Any, **_: Any) -> None:
    if isinstance(thing, Interview) and thing.stage.assignment == Assigning.BY_RULE:
        ask_to_assign(thing.stage)
    elif isinstance(thing, Stage):
        ask_to_assign(thing)
    elif isinstance(thing, Member):
        ask_for_member(thing)
