"""What must stand before anybody can be invited to a stage. A room above that knows more says so where it starts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bothways.interviews.models import Interview
from bothways.kits.models import KitVersion
from bothways.kits.queries.versions import current_version
from bothways.lib.errors import Refused
from bothways.positions.models import PositionState, Stage, StageReviewer


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nobody can be invited right now: `code` for programs, `words` for people."""

    code: str
    words: str


MoreObstacles = Callable[[Stage], Obstacle | None]

_ASKED: dict[str, MoreObstacles] = {}


def asked_before_inviting(more: MoreObstacles) -> MoreObstacles:
    """Let this function be asked, too, whether people can be invited to a stage that lacks nothing known here."""
    _ASKED[f"{more.__module__}.{more.__qualname__}"] = more
    return more


def obstacle(stage: Stage) -> Obstacle | None:
    """The first thing that is missing, or None when people can be invited. Three queries for a recorded stage."""
    if stage.position.state == PositionState.CLOSED:
        return Obstacle("position_closed", _("This position is closed. Open it again to invite people."))
    if stage.position.invitations_held_at is not None:
        return Obstacle(
            "promise_broken",
            _(
                "People in this position wait for a reply that was promised to them. Nobody new is invited until they "
                "have it."
            ),
        )
    if stage.kit is None:
        return Obstacle("no_kit", _("This stage has no kit yet. Choose one, so that there are questions to answer."))
    if version_of(stage) is None:
        return Obstacle(
            "kit_not_published", _("The kit of this stage is not published yet. Publish it, then invite people.")
        )
    if not StageReviewer.objects.filter(stage=stage, member__is_active=True).exists():
        return Obstacle(
            "no_reviewers",
            _("Nobody rates in this stage yet. Name at least one person, because candidates read who will watch."),
        )
    return next((found for more in _ASKED.values() if (found := more(stage)) is not None), None)


def version_of(stage: Stage) -> KitVersion | None:
    """The kit version of a stage: the one that people in it have met, so that everybody in it meets the same; until
    the first of them, the current one of its kit. At most two queries.
    """
    if stage.kit is None:
        return None
    # Any of them will do, and asking for an order would sort a very long list.
    met = Interview.objects.filter(stage=stage, is_preview=False).select_related("kit_version")[:1]
    return met[0].kit_version if met else current_version(stage.kit)


def version_to_invite_with(stage: Stage) -> KitVersion:
    """The kit version that new invitations use.

    Raises:
        Refused: something is missing; see `obstacle`.
    """
    missing = obstacle(stage)
    if missing is not None:
        raise Refused(missing.code, missing.words)
    version = version_of(stage)
    assert version is not None
    return version
