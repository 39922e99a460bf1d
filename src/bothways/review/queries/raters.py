"""The one rule of who rates what. Work list, rounds, search, table, readiness and every policy ask here.

A reviewer of the stage who does not know the candidate rates an interview: each one where everybody rates everybody;
where interviews are shared out, what was assigned to them, and what they have handed in.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Role
from bothways.interviews.models import Interview
from bothways.lib.has import IS_SET, Has
from bothways.positions.models import Application, Assigning, BlindLevel, StageReviewer
from bothways.positions.queries.stages import RATING_ROLES
from bothways.review.models import Assignment, ConflictOfInterest, Scorecard, Summary


@dataclass(frozen=True, slots=True)
class OwnStages:
    """The stages in which a member is a reviewer. What is so in none of them need not be asked of each interview."""

    ids: tuple[uuid.UUID, ...]
    any_calibrates: bool
    any_hides_words: bool
    any_shares_out: bool


def is_rater(actor: Actor, stage_id: uuid.UUID | None) -> bool:
    """Whether this member is a reviewer of the stage. One query."""
    if not actor.is_member:
        return False
    return StageReviewer.objects.filter(
        organization=actor.organization_id, stage=stage_id, member=actor.id, member__is_active=True
    ).exists()


def sees_without_rating(actor: Actor) -> bool:
    """Who prepares, decides or audits sees what was given in a stage where they do not rate; a reviewer does not."""
    return actor.has_role(Role.OWNER, Role.RECRUITER, Role.AUDITOR)


def own_stages(member: Actor | Member) -> QuerySet[StageReviewer]:
    """The stages in which this member is a reviewer, as `stage`."""
    return StageReviewer.objects.filter(
        organization=member.organization_id,
        member=member.id,
        member__is_active=True,
        member__role__in=RATING_ROLES,
    )


def look_up_own_stages(member: Actor | Member) -> OwnStages:
    """One query, and those that are given what it found become simpler by more than it costs."""
    rows = own_stages(member).values_list(
        "stage", "stage__calibration", "stage__blind_level", "stage__assignment", named=True
    )
    return OwnStages(
        ids=tuple(row.stage for row in rows),
        any_calibrates=any(row.stage__calibration for row in rows),
        any_hides_words=any(row.stage__blind_level == BlindLevel.TEXT for row in rows),
        any_shares_out=any(row.stage__assignment != Assigning.EVERYBODY for row in rows),
    )


def in_own_stages(member: Actor | Member, stages: OwnStages | None = None) -> QuerySet[Interview]:
    """Interviews of the stages in which this member is a reviewer, in whatever state; no previews."""
    ids = own_stages(member).values("stage") if stages is None else stages.ids
    return Interview.objects.filter(organization=member.organization_id, stage__in=ids, is_preview=False)


def rated_by(member: Actor | Member) -> QuerySet[Interview]:
    """What this member rates, be it sent or not."""
    return in_own_stages(member).filter(_asked_of(member) | handed_in_by(member), unknown_to(member))


def still_rated_by(member: Actor | Member, stages: OwnStages | None = None) -> QuerySet[Interview]:
    """What of it they have not handed in. That comes first, because it leaves the fewest."""
    open_ = in_own_stages(member, stages).filter(~handed_in_by(member), unknown_to(member))
    return open_.filter(_asked_of(member)) if stages is None or stages.any_shares_out else open_


def _asked_of(member: Actor | Member) -> Q:
    return Q(stage__assignment=Assigning.EVERYBODY) | Q(assigned_to(member))


def assigned_to(member: Actor | Member) -> Has:
    """Of an interview: it was assigned to this member, and not taken away again."""
    return Has(Assignment, interview=F("pk"), member=member.id, ended_at=None)


def begun_by(member: Actor | Member) -> Has:
    """Of an interview: there is a scorecard of this member, handed in or not."""
    return Has(Scorecard, interview=F("pk"), member=member.id)


def handed_in_by(member: Actor | Member) -> Has:
    return Has(Scorecard, interview=F("pk"), member=member.id, submitted_at=IS_SET)


def joined_scorecard(member: Actor | Member) -> FilteredRelation:
    """Of an interview, joined: this member's scorecard, handed in or not. For what is read of thousands."""
    return FilteredRelation("scorecards", condition=Q(scorecards__member=member.id))


def known_by(member: Actor | Member) -> QuerySet[ConflictOfInterest, uuid.UUID]:
    """The candidates whom this member knows."""
    return ConflictOfInterest.objects.filter(member=member.id).values_list("candidate_id", flat=True)


def unknown_to(member: Actor | Member) -> Q:
    """Of an interview: this member does not know the candidate. Looked up once, not for each interview anew."""
    return ~Q(application__in=Application.objects.filter(candidate__in=known_by(member)).values("id"))


def enough_handed_in(**more: bool) -> Has:
    """Of an interview: as many scorecards are in as its stage wants. `more` names what else its summary says."""
    return Has(Summary, interview=F("pk"), raters__gte=F("stage__raters_wanted"), **more)


def done_without(member: Actor | Member) -> Q:
    """Of an interview of a stage where everybody rates everybody: others have rated it enough, and this member has not
    begun and is not asked to. It leaves the work list; whoever opens it may still rate it."""
    return (
        Q(stage__assignment=Assigning.EVERYBODY)
        & Q(enough_handed_in())
        & ~Q(begun_by(member))
        & ~Q(assigned_to(member))
    )


def opened_without(member: Actor) -> Q:
    """Of an interview of a stage in which this member is a reviewer: they see what was given without a scorecard of
    their own, because somebody else rated it and nobody is looked for any more. Never somebody who knows the candidate.
    """
    if not member.may_recruit:
        return Q(pk__in=[])
    return (
        ~Q(stage__assignment=Assigning.EVERYBODY)
        & Q(enough_handed_in(needs_third=False))
        & ~Q(assigned_to(member))
        & unknown_to(member)
    )


def knows(actor: Actor, interview: Interview) -> bool:
    """Whether this member knows the candidate of the interview. One query."""
    return ConflictOfInterest.objects.filter(member=actor.id, candidate__applications=interview.application_id).exists()


def raters_of(
    interviews: Collection[Interview], known: Collection[tuple[uuid.UUID, uuid.UUID]]
) -> dict[uuid.UUID, list[Member]]:
    """Who rates each of some interviews whose stage is loaded, in the order in which they became reviewers of it.

    `known` is what `known_to` says of them. Two queries, however many.
    """
    ids = [interview.id for interview in interviews]
    reviewers: dict[uuid.UUID, list[Member]] = {}
    named = StageReviewer.objects.filter(
        stage__in={interview.stage_id for interview in interviews},
        member__is_active=True,
        member__role__in=RATING_ROLES,
    )
    for reviewer in named.select_related("member__user").order_by("created_at", "id"):
        reviewers.setdefault(reviewer.stage_id, []).append(reviewer.member)
    asked = Assignment.objects.filter(interview__in=ids, ended_at__isnull=True).values_list("interview", "member")
    done = Scorecard.objects.filter(interview__in=ids, submitted_at__isnull=False).values_list("interview", "member")
    picked = set(asked.order_by().union(done.order_by()))
    return {
        interview.id: [
            member
            for member in reviewers.get(interview.stage_id, [])
            if (interview.id, member.id) not in known
            and (interview.stage.assignment == Assigning.EVERYBODY or (interview.id, member.id) in picked)
        ]
        for interview in interviews
    }


def known_to(interviews: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Pairs of interview and member who knows its candidate. One query."""
    known = ConflictOfInterest.objects.filter(candidate__applications__interviews__in=interviews)
    return set(known.annotate(of=F("candidate__applications__interviews")).values_list("of", "member"))
