"""Closing a position: nobody in it is left without an outcome."""

from django.db import transaction
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.conversations.queries.closing import left_in
from bothways.interviews.actions.invitations import withdraw
from bothways.lib.errors import Refused
from bothways.positions.actions.positions import close_position, require_change
from bothways.positions.models import Position


@transaction.atomic
def close_with_outcomes(*, actor: Actor, position: Position, takes_back: bool = False) -> Position:
    """Close a position whose people have all heard. Who is still answering may finish and still gets the promised
    reply, or with `takes_back` gets a letter that their invitation is taken back.

    Raises:
        Refused: `undecided` while somebody who sent answers has no outcome.
    """
    require_change(actor, position)
    Position.objects.select_for_update().get(id=position.id)
    left = left_in(position)
    if left.undecided:
        raise Refused(
            "undecided",
            ngettext(
                "%(n)d person sent answers and has no outcome yet. Decide about them first; the position stays open.",
                "%(n)d people sent answers and have no outcome yet. Decide about them first; the position stays open.",
                left.undecided,
            )
            % {"n": left.undecided},
        )
    if takes_back:
        for interview in left.unfinished:
            withdraw(actor=actor, interview=interview)
    return close_position(actor=actor, position=position)
