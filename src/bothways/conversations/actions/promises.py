"""The promise clock: reminding who answers for a reply, and being honest with the candidate when none has come."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Member, Organization
from bothways.conversations.models import BrokenPromise, PromiseReminder
from bothways.conversations.queries import promises
from bothways.conversations.queries.promises import FIRST_REMINDER, LAST_REMINDER, RENEWED_DAYS, Due
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.promise import renew_promise
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Interview
from bothways.interviews.queries.requests import local_day
from bothways.lib.working_days import add_working_days
from bothways.lib.zones import is_morning
from bothways.notify.actions.messages import send_message
from bothways.positions.actions.holding import hold_invitations, release_invitations
from bothways.positions.models import Position
from bothways.review.queries.decisions import undecided

AT_ONCE = 200
"""So many letters in one transaction, because others wait for it."""


def watch_promises() -> None:
    """Everything that is due by the clock: in the morning of each organization, and never twice."""
    now = timezone.now()
    for organization in promises.organizations_with_promises(now):
        if is_morning(organization.time_zone, now):
            _watch(organization)
    for position in promises.held_and_answered():
        release_invitations(actor=system_actor(position.organization_id), position=position)


@transaction.atomic
def remind_of_promise(*, organization: Organization, due: Due, days_before: int) -> int:
    """One mail about everybody who hears by this day, to who answers for it; on the last, to who leads them, too.

    Returns of how many people it reminded; 0 when another worker was first, or all have their reply.
    """
    position = _locked(organization, due)
    told = PromiseReminder.objects.filter(interview__in=due.interviews, promised=due.day, days_before__lte=days_before)
    waiting = _still_waiting(organization, due).exclude(id__in=told.values("interview"))
    PromiseReminder.objects.bulk_create(
        PromiseReminder(organization=organization, interview=interview, promised=due.day, days_before=days_before)
        for interview in waiting
    )
    if waiting:
        owner = promises.who_answers(position)
        people = [owner, *promises.leads_of(owner)] if days_before == LAST_REMINDER else [owner]
        _tell_team("promise_near", position, people, day=due.day, people=len(waiting), owner=owner.user.name)
    return len(waiting)


@transaction.atomic
def break_promises(*, organization: Organization, due: Due) -> int:
    """Tell everybody whose day has passed that it was not kept, and by when they hear now; hold new invitations.

    Returns how many were told; 0 when another worker was first, or all have their reply.
    """
    position = _locked(organization, due)
    waiting = list(_still_waiting(organization, due))
    day = add_working_days(local_day(organization), RENEWED_DAYS, organization.country)
    for interview in waiting:
        BrokenPromise.objects.create(organization=organization, interview=interview, promised=due.day, renewed=day)
        renew_promise(interview=interview, day=day)
        _tell_candidate(interview, position, due.day, day)
        record(
            organization=organization,
            actor=system_actor(organization.id),
            verb="promise.broken",
            thing=interview,
            detail={"promised": due.day, "renewed": day},
        )
    if waiting:
        hold_invitations(actor=system_actor(organization.id), position=position)
        owner = promises.who_answers(position)
        told = [owner, *promises.leads_of(owner)]
        _tell_team(
            "promise_broken_team", position, told, day=due.day, people=len(waiting), owner=owner.user.name, renewed=day
        )
    return len(waiting)


def _watch(organization: Organization) -> None:
    for due in _parts(promises.passed(organization)):
        break_promises(organization=organization, due=due)
    # The last reminder stands for the first, where that was never sent: nobody gets two mails in one minute.
    for days_before in (LAST_REMINDER, FIRST_REMINDER):
        for due in _parts(promises.to_remind_of(organization, days_before)):
            remind_of_promise(organization=organization, due=due, days_before=days_before)


def _parts(dues: Iterable[Due]) -> Iterator[Due]:
    for due in dues:
        for start in range(0, len(due.interviews), AT_ONCE):
            yield Due(due.position_id, due.day, due.interviews[start : start + AT_ONCE])


def _locked(organization: Organization, due: Due) -> Position:
    """The position, held so that two workers go one after the other."""
    Position.objects.select_for_update().get(organization=organization, id=due.position_id)
    people = Position.objects.select_related("organization", "replies_by__user", "replies_by__lead__user")
    return people.get(id=due.position_id)


def _still_waiting(organization: Organization, due: Due) -> QuerySet[Interview]:
    related = ("organization", "stage", "position", "application__candidate")
    rows = undecided(organization).filter(id__in=due.interviews, reply_by=due.day)
    return rows.select_related(*related).order_by("id")


def _tell_candidate(interview: Interview, position: Position, promised: dt.date, renewed: dt.date) -> None:
    candidate = interview.application.candidate
    send_message(
        organization=interview.organization,
        kind="conversations.promise_broken",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "position": position,
            "promised": promised,
            "renewed": renewed,
            "responsible": promises.who_answers(position),
        },
        links=links_to(issue_link(interview=interview, purpose="promise_broken")),
        about=interview,
    )


def _tell_team(word: str, position: Position, members: Iterable[Member], **words: dt.date | int | str) -> None:
    """Numbers and days only: who waits stands behind the link, under the name that each of them may read."""
    path = reverse("team:promises-position", args=[position.organization.slug, position.id])
    for member in members:
        send_message(
            organization=position.organization,
            kind=f"conversations.{word}",
            to_email=member.user.email,
            to_name=member.user.name,
            language=member.user.language,
            context={"position": position, "page": settings.BASE_URL + path, **words},
            about=position,
        )
