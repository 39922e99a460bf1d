"""A candidate would rather talk to a person, or needs a change: asked, answered, handed over.

Why is never asked and is no condition of anything. While a request is open, the interview's clock stands still.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.actions.clock import start_clock, stop_clock
from bothways.interviews.actions.invitations import give_days
from bothways.interviews.actions.request_letters import tell_candidate, tell_owner
from bothways.interviews.models import ChangeMade, Interview, InterviewState, Request, RequestKind
from bothways.interviews.policies import may_answer_request, may_own_request, may_take_part
from bothways.interviews.queries.requests import MOST_A_DAY, answer_due, owner_for
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths


@transaction.atomic
def ask(*, interview: Interview, kind: str, actor: Actor, words: str = "", phone: str = "") -> Request | None:
    """Ask a person. The same again while it is open is the same request; a preview asks nobody and gives None.

    Raises:
        Refused: `asked_often`, when three were asked within a day; `too_long`.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    if interview.application_id is None:
        return None
    interview = _locked(interview)
    asked = Request(
        organization=interview.organization,
        interview=interview,
        kind=RequestKind(kind),
        words=words.strip(),
        phone=phone.strip(),
        owner=owner_for(interview),
        due=answer_due(interview.organization),
    )
    require_lengths(asked)
    earlier = Request.objects.filter(interview=interview)
    same = earlier.filter(kind=kind, words=asked.words, phone=asked.phone, answered_at=None).first()
    if same is not None:
        return same
    if earlier.filter(created_at__gt=timezone.now() - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(
            "asked_often", _("We have your three messages of today. They are safe, and a person writes back.")
        )
    asked.save()
    stopped = stop_clock(interview)
    _log(actor, asked, "request.asked", kind=asked.kind, due=asked.due, owner=asked.owner_id, clock_stopped=stopped)
    tell_owner(request=asked, word="request")
    tell_candidate(request=asked, word="request_received")
    return asked


@transaction.atomic
def answer(
    *,
    actor: Actor,
    request: Request,
    message: str,
    changed: str = "",
    days: int | None = None,
    talk_at: dt.datetime | None = None,
) -> Request:
    """Answer the candidate, who reads it in a mail and on their page. The clock goes on, with the time added.

    `changed` says what became of a request for a change; `days` go with more days; `talk_at` is a moment agreed on.

    Raises:
        Refused: `answered` by somebody before, `withdrawn`, `no_message`, `nothing_chosen`, `bad_days`, `bad_time`, or
            `cannot_extend` because nothing is left to answer.
    """
    require(may_answer_request(actor, request), _("Your role does not include answering candidates."))
    interview = _locked(request.interview)
    request = _open(request, interview)
    request.message, request.changed, request.talk_at = message.strip(), changed, talk_at
    _check_answer(request)
    request.days = days if changed == ChangeMade.MORE_DAYS else None
    request.answered_at, request.answered_by_id = timezone.now(), actor.id
    require_lengths(request)
    request.save()
    stood = dt.timedelta(0)
    is_last = not Request.objects.filter(interview=interview, answered_at=None).exists()
    if is_last and interview.clock_stopped_at is not None:
        stood = start_clock(interview)
    if request.changed == ChangeMade.MORE_DAYS:
        give_days(actor=actor, interview=interview, days=days or 0)
    _log(
        actor,
        request,
        "request.answered",
        kind=request.kind,
        changed=request.changed,
        deadline=interview.deadline,
        stood_still_s=round(stood.total_seconds()),
    )
    tell_candidate(request=request, word="request_answered")
    return request


@transaction.atomic
def hand_over(*, actor: Actor, request: Request, to: Member) -> Request:
    """Let somebody else owe the answer, by the same day. They get a mail. To the one who owes it already: no change.

    Raises:
        Refused: `answered`, `withdrawn`, or `cannot_own` for somebody who may not answer.
    """
    require(may_answer_request(actor, request), _("Your role does not include answering candidates."))
    request = _open(request, _locked(request.interview))
    if request.owner_id == to.id:
        return request
    if not may_own_request(to, request):
        raise Refused(
            "cannot_own",
            _("%(name)s cannot answer candidates. Choose an owner or a recruiter.") % {"name": to.user.name},
        )
    before = request.owner_id
    request.owner, request.reminded_at = to, None
    request.save(update_fields=["owner", "reminded_at"])
    _log(actor, request, "request.handed_over", **{"from": before, "to": to.id})
    if to.id != actor.id:
        tell_owner(request=request, word="request_handed_over", by=actor.name)
    return request


def _check_answer(request: Request) -> None:
    if not request.message:
        raise Refused("no_message", _("Write the answer, in a sentence or two. The candidate waits for your words."))
    if request.kind == RequestKind.CHANGE and request.changed not in ChangeMade.values:
        raise Refused("nothing_chosen", _("Say what changes, so that the candidate knows where they stand."))
    if request.kind == RequestKind.PERSON and request.changed:
        raise Refused("nothing_chosen", _("Nothing was asked to be changed here. Write to the candidate instead."))
    if request.talk_at is not None and request.talk_at <= timezone.now():
        raise Refused("bad_time", _("The time you agreed on lies in the past. Check the day and the hour."))


def _locked(interview: Interview) -> Interview:
    """The interview as it is now, held until the transaction ends: its clock is moved by one at a time."""
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "organization", "application__candidate", "position__replies_by__user", "stage__organization",
        "stage__position__replies_by__user", "kit_version__welcome_by__user",
    )  # fmt: skip
    return rows.get(id=interview.id, organization=interview.organization_id)


def _open(request: Request, interview: Interview) -> Request:
    """The request as it is now, while it can still be answered."""
    rows = Request.objects.select_related("owner__user", "answered_by__user")
    request = rows.get(id=request.id, organization=interview.organization_id)
    request.interview, request.organization = interview, interview.organization
    if request.answered_by is not None:
        raise Refused(
            "answered",
            _("%(name)s has answered this already. Your words were not sent.")
            % {"name": request.answered_by.user.name},
        )
    if interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This person takes part no more, so nobody waits for this answer."))
    return request


def _log(actor: Actor, request: Request, verb: str, **detail: Any) -> None:
    """Entries stand at the interview, whose history tells them. What somebody wrote is not in them."""
    audit.record(
        organization=request.organization,
        actor=actor,
        verb=verb,
        thing=request.interview,
        detail={"request": request.id, **detail},
    )
