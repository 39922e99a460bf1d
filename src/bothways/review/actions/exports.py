"""What leaves the product is written down first: by whom, of what, and how much."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.interviews.policies import may_see_people
from bothways.interviews.queries.people import Asked, count
from bothways.lib.errors import require
from bothways.positions.models import Position, Stage
from bothways.review.policies import may_compare, may_see_scorecards
from bothways.review.queries.rating_lines import count_ratings


@transaction.atomic
def export_ratings(*, actor: Actor, stage: Stage, file_kind: str) -> int:
    """Write down that this member takes the ratings of a stage with them. Returns how many they may see.

    `file_kind` is "csv" or "xlsx". Only what `rating_lines` then reads for the same member is in the file.
    """
    require(may_compare(actor, stage.position), _("You may not compare in this position."))
    rows = count_ratings(actor, stage)
    audit.record(
        organization=stage.organization,
        actor=actor,
        verb="ratings.exported",
        thing=stage,
        detail={"file": file_kind, "rows": rows},
    )
    return rows


@transaction.atomic
def export_people(*, actor: Actor, position: Position, asked: Asked) -> int:
    """Write down that this member takes a list of people with them. Returns how many are in it.

    What was searched for is a name as a rule, so that only the state stands in the audit log.
    """
    require(may_see_people(actor, position), _("Your role does not include the names of candidates."))
    rows = count(position, asked)
    audit.record(
        organization=position.organization,
        actor=actor,
        verb="people.exported",
        thing=position,
        detail={"file": "csv", "rows": rows, "state": asked.state, "searched": bool(asked.words)},
    )
    return rows


@transaction.atomic
def export_progress(*, actor: Actor, stage: Stage) -> None:
    """Write down that this member takes along how far the people of a stage have come. Nobody's name is in it."""
    require(may_see_people(actor, stage.position), _("Your role does not include the names of candidates."))
    audit.record(
        organization=stage.organization, actor=actor, verb="progress.exported", thing=stage, detail={"file": "csv"}
    )


@transaction.atomic
def export_scorecards(*, actor: Actor, interview: Interview) -> None:
    """Write down that this member takes the scorecards of one interview with them, as a PDF."""
    require(
        may_see_scorecards(actor, interview),
        _("Scorecards are shown to you when your own is handed in, or when you run the selection."),
    )
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="scorecards.exported",
        thing=interview,
        detail={"file": "pdf", "rows": interview.scorecards.filter(submitted_at__isnull=False).count()},
    )
