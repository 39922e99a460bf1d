"""What must stand before anybody is invited to talk live."""

from django.utils.translation import gettext as _

from bothways.interviews.queries.consent_words import listed
from bothways.interviews.queries.inviting import Obstacle
from bothways.live.queries.openings import missing_hours
from bothways.positions.models import Stage, StageKind


def hours_are_missing(stage: Stage) -> Obstacle | None:
    """Nobody is asked to pick a time where there is none to pick."""
    if stage.kind != StageKind.LIVE:
        return None
    missing = missing_hours(stage)
    if not missing:
        return None
    words = _("Candidates pick a time, and these hosts have not said yet when they are free: %(names)s.")
    return Obstacle("no_hours", words % {"names": listed([member.user.name for member in missing])})
