"""How many of those who sent answers in a stage nobody has watched, and whether that holds the next batch back."""

import math
from dataclasses import dataclass

from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.inviting import Obstacle
from bothways.positions.models import Stage
from bothways.positions.queries.stages import with_reviewers
from bothways.review.models import Coverage
from bothways.review.queries.coverage import NEEDED_SHARE, all_required
from bothways.review.queries.decisions import undecided
from bothways.review.queries.readiness import listed

FEW = 4
"""So many unwatched hold up nothing: a share of a handful says little, and they are watched in an hour."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Of those whose answers are still here: how many sent, and how many wait with an answer that nobody watched."""

    sent: int
    unwatched: int


def batch_of(stage: Stage) -> Batch:
    """Who is decided about waits for nobody, watched or not. Two queries."""
    required = all_required().filter(interview=OuterRef("pk"))
    sent = Interview.objects.filter(stage=stage, state=InterviewState.SUBMITTED, is_preview=False)
    waiting = undecided(stage.organization_id).filter(stage=stage)
    unwatched = waiting.filter(Exists(required.filter(~Exists(_enough().filter(answer=OuterRef("pk"))))))
    return Batch(sent=sent.filter(Exists(required)).count(), unwatched=unwatched.count())


def still_to_watch(batch: Batch, share: int) -> int:
    """How many more must be watched before the next batch; 0 when it can go out. `share` is in percent."""
    of_share = math.ceil(share * batch.sent / 100) - (batch.sent - batch.unwatched)
    return max(0, min(of_share, batch.unwatched - FEW))


def unwatched_obstacle(stage: Stage) -> Obstacle | None:
    """Why several people cannot be invited to this stage right now, if so. Three queries at most."""
    if not stage.watched_share:
        return None
    batch = batch_of(stage)
    more = still_to_watch(batch, stage.watched_share)
    return Obstacle("unwatched", _words(stage, batch, more)) if more else None


def _words(stage: Stage, batch: Batch, more: int) -> str:
    standing = ngettext(
        "%(unwatched)d of %(sent)d person who sent answers in “%(stage)s” waits with an answer nobody has watched.",
        "%(unwatched)d of %(sent)d people who sent answers in “%(stage)s” wait with an answer nobody has watched.",
        batch.sent,
    ) % {"unwatched": batch.unwatched, "sent": batch.sent, "stage": stage.name}
    then = ngettext(
        "When %(more)d more is watched, several people can be invited at once again.",
        "When %(more)d more are watched, several people can be invited at once again.",
        more,
    ) % {"more": more}
    [reviewers] = [one.reviewers.all() for one in Stage.objects.filter(id=stage.id).prefetch_related(with_reviewers())]
    names = [reviewer.member.user.name for reviewer in reviewers if reviewer.member.is_active]
    watchers = _("Those who rate in this step can watch: %(names)s.") % {"names": listed(names)} if names else ""
    return " ".join(filter(None, [standing, then, watchers, _("Single people can be invited by hand meanwhile.")]))


def _enough() -> QuerySet[Coverage]:
    """What members have played or read of what was chosen, where it counts as watched."""
    played = Q(recording=F("answer__chosen_take__recording"), covered_ms__gte=_needed("recording__duration_ms"))
    read = Q(written=F("answer__chosen_written"), covered_ms__gte=_needed("written__reading_ms"))
    return Coverage.objects.filter(played | read, covered_ms__gt=0)


def _needed(length: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(length) * NEEDED_SHARE, output_field=FloatField())
