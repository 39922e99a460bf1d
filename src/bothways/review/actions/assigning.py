"""Assignments as the rule has them: who left gives theirs back, who came back gets them again, who is missing is
picked. Doing it again changes nothing."""

import datetime as dt
import uuid
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Member, Role
from bothways.interviews.models import Interview
from bothways.lib.ids import new_id
from bothways.lib.working_days import add_working_days
from bothways.positions.models import Assigning, Stage, StageReviewer
from bothways.positions.queries.stages import RATING_ROLES
from bothways.review.assigning import ToAssign, share_out
from bothways.review.models import Assignment, AssignmentEnd, AssignmentReason, ConflictOfInterest, Scorecard, Summary
from bothways.review.queries.assigning import (
    OnIt,
    lacking,
    on_it,
    open_assignments,
    reviewers_with_load,
    reviewing_members,
    times_together,
)
from bothways.review.queries.raters import known_to
from bothways.work.actions.jobs import enqueue

AT_ONCE = 500
"""Interviews that are shared out in one transaction."""

RECRUITS = (Role.OWNER, Role.RECRUITER)


def ask_to_assign(stage: Stage) -> None:
    """Share out what a stage has, in a job, so that nobody who sends answers or saves a form waits for it.

    Each asking is a job of its own: one that is running may be past what has just changed.
    """
    enqueue(
        organization_id=stage.organization_id,
        name="review.assign",
        key=f"{stage.id}:{new_id()}",
        payload={"stage_id": str(stage.id)},
    )


def ask_for_member(member: Member) -> None:
    """Who left or came back, or speaks another language now: every stage in which they review is asked anew."""
    for reviewer in StageReviewer.objects.filter(member=member).select_related("stage"):
        ask_to_assign(reviewer.stage)


def assign_left_over() -> int:
    """What no job was asked for: each stage that shares out, or in which two disagree."""
    apart = Summary.objects.filter(interview__stage=OuterRef("pk"), needs_third=True)
    stages = Stage.objects.filter(~Q(assignment=Assigning.EVERYBODY) | Exists(apart))
    return sum(assign_stage(stage_id=id_) for id_ in stages.values_list("id", flat=True))


def assign_stage(*, stage_id: uuid.UUID) -> int:
    """Bring a whole stage up to the rule. Returns how many were picked."""
    with transaction.atomic():
        stage = locked_stage(stage_id)
        if stage is None:
            return 0
        _end_of_who_left(stage)
        _give_back(stage)
        _keep_what_is_begun(stage)
    picked, after = 0, None
    if stage.assignment == Assigning.BY_HAND:
        return 0
    while True:
        with transaction.atomic():
            stage = locked_stage(stage_id)
            if stage is None:
                return picked
            rows = lacking(stage).select_related("organization").order_by("id")
            batch = list((rows.filter(id__gt=after) if after else rows)[:AT_ONCE])
            picked += fill(stage, batch)
        if len(batch) < AT_ONCE:
            return picked
        after = batch[-1].id


def assign_third(interview: Interview, stage: Stage) -> None:
    """Two disagree: pick a third at once, in the transaction that found it. Nobody if there is nobody.

    The stage is locked by the caller. At once, because an interview that leaves a work list and comes back tells why.
    """
    if stage.assignment != Assigning.BY_HAND:
        fill(stage, list(lacking(stage).filter(id=interview.id).select_related("organization")))


def locked_stage(stage_id: uuid.UUID) -> Stage | None:
    """Whoever assigns in a stage holds its row, so that two at once do not pick by the same figures."""
    return Stage.objects.select_for_update(no_key=True).filter(id=stage_id).first()


def fill(stage: Stage, interviews: list[Interview]) -> int:
    """Pick whoever is missing on these interviews, which carry `missing`. The stage is locked."""
    members = reviewing_members(stage) if interviews else []
    if not members:
        return 0
    ids = [interview.id for interview in interviews]
    present, known = on_it(ids), known_to(ids)
    asked = [_to_assign(stage, interview, present[interview.id], known, members) for interview in interviews]
    by_id = {interview.id: interview for interview in interviews}
    picked = share_out(reviewers_with_load(stage, members), asked, times_together(stage))
    for interview_id, member_id in picked:
        put_on(by_id[interview_id], member_id, **_why(by_id[interview_id], present[interview_id], member_id))
    if picked:
        audit.record(
            organization=stage.organization,
            actor=system_actor(stage.organization_id),
            verb="assignments.made",
            thing=stage,
            detail={"interviews": [[str(interview), str(member)] for interview, member in picked]},
        )
    return len(picked)


def put_on(
    interview: Interview,
    member_id: uuid.UUID,
    *,
    reason: AssignmentReason,
    made_by: uuid.UUID | None = None,
    instead_of: uuid.UUID | None = None,
) -> Assignment:
    """The row of this pair, standing from now on; due some working days from today, never after the promised reply."""
    assignment, _is_new = Assignment.objects.update_or_create(
        organization_id=interview.organization_id,
        interview=interview,
        member_id=member_id,
        defaults={
            "reason": reason,
            "made_by_id": made_by,
            "instead_of_id": instead_of,
            "due_on": _due_on(interview),
            "ended_at": None,
            "end": "",
        },
    )
    return assignment


def _due_on(interview: Interview) -> dt.date | None:
    """Where everybody rates everybody, a third has the same day as all: another one would be a mark."""
    if interview.stage.assignment == Assigning.EVERYBODY:
        return interview.rate_by
    organization = interview.organization
    today = timezone.now().astimezone(ZoneInfo(organization.time_zone)).date()
    due = add_working_days(today, interview.stage.rating_days, organization.country)
    return min(due, max(interview.reply_by, today)) if interview.reply_by else due


def end(assignments: Iterable[Assignment], why: AssignmentEnd) -> None:
    Assignment.objects.filter(id__in=[one.id for one in assignments]).update(ended_at=timezone.now(), end=why)


def _to_assign(
    stage: Stage, interview: Interview, present: OnIt, known: set[tuple[uuid.UUID, uuid.UUID]], members: list[Member]
) -> ToAssign:
    """Who took it away from somebody by hand meant it; who may have read what others gave rates no more."""
    barred = {member for of, member in known if of == interview.id} | present.handed_in
    barred |= {member for member, was in present.was.items() if was.end == AssignmentEnd.TAKEN}
    if stage.assignment == Assigning.BY_RULE and len(present.handed_in) >= stage.raters_wanted == 1:
        barred |= {member.id for member in members if member.role in RECRUITS}
    on_their_way = present.standing - present.handed_in
    return ToAssign(
        id=interview.id,
        language=interview.language,
        missing=interview.missing,
        on_it=tuple(sorted(present.handed_in | on_their_way)),
        barred=frozenset(barred),
    )


def _why(interview: Interview, present: OnIt, member_id: uuid.UUID) -> dict[str, object]:
    """A third where two disagree; otherwise instead of somebody who left, if that is why there is room."""
    if interview.wanted > interview.stage.raters_wanted or interview.stage.assignment == Assigning.EVERYBODY:
        return {"reason": AssignmentReason.THIRD}
    gone = [one.member_id for one in present.was.values() if one.end != AssignmentEnd.TAKEN]
    gone = [one for one in gone if one != member_id]
    if gone:
        return {"reason": AssignmentReason.INSTEAD, "instead_of": gone[-1]}
    return {"reason": AssignmentReason.RULE}


def _able(stage: Stage) -> Exists:
    """Of an assignment or a scorecard: its member is a reviewer of the stage."""
    return Exists(
        StageReviewer.objects.filter(
            stage=stage, member=OuterRef("member"), member__is_active=True, member__role__in=RATING_ROLES
        )
    )


def _conflict() -> Exists:
    return Exists(
        ConflictOfInterest.objects.filter(
            member=OuterRef("member"), candidate__applications=OuterRef("interview__application")
        )
    )


def _end_of_who_left(stage: Stage) -> None:
    open_ = open_assignments().filter(interview__stage=stage)
    end(open_.filter(_conflict()), AssignmentEnd.CONFLICT)
    end(open_.filter(~_able(stage)), AssignmentEnd.LEFT)


def _give_back(stage: Stage) -> None:
    """Who left with something begun and is back goes on where they were; who stood in and has not begun is let go."""
    begun = Scorecard.objects.filter(interview=OuterRef("interview"), member=OuterRef("member"))
    ended = Assignment.objects.filter(
        _able(stage), ~_conflict(), Exists(begun), interview__stage=stage, end=AssignmentEnd.LEFT
    )
    for assignment in ended.select_related("interview__stage", "interview__organization"):
        put_on(
            assignment.interview,
            assignment.member_id,
            reason=AssignmentReason(assignment.reason),
            made_by=assignment.made_by_id,
            instead_of=assignment.instead_of_id,
        )
        stands_in = open_assignments().filter(
            ~Exists(begun), interview=assignment.interview_id, instead_of=assignment.member_id
        )
        end(stands_in, AssignmentEnd.RETURNED)


def _keep_what_is_begun(stage: Stage) -> None:
    """A stage that shares out from now on: what somebody has begun or handed in is theirs."""
    if stage.assignment == Assigning.EVERYBODY:
        return
    there = Assignment.objects.filter(interview=OuterRef("interview"), member=OuterRef("member"))
    begun = Scorecard.objects.filter(
        _able(stage), ~_conflict(), ~Exists(there), Q(interview__is_preview=False), interview__stage=stage
    )
    Assignment.objects.bulk_create(
        Assignment(
            organization_id=scorecard.organization_id,
            interview=scorecard.interview,
            member_id=scorecard.member_id,
            reason=AssignmentReason.RULE,
            due_on=scorecard.interview.rate_by,
        )
        for scorecard in begun.select_related("interview")
    )
