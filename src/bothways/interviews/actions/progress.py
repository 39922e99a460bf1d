"""What a candidate does with the interview as a whole: open it, take more days, send it, take it back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.closed import refuse_closed
from bothways.interviews.actions.deadline import keep_uploads_open
from bothways.interviews.actions.receipt import send_receipt
from bothways.interviews.actions.state import change_state, state_before_expiry
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.answers import unready_places
from bothways.interviews.queries.consent_words import listed, recording_days
from bothways.interviews.queries.promise import promised_day, rating_day
from bothways.interviews.queries.window import accepts_begun_takes, extension, extensions_left
from bothways.lib.errors import Refused, require
from bothways.lib.signals import raters_changed
from bothways.positions.actions.candidates import withdraw_application
from bothways.work.actions.jobs import enqueue


def mark_opened(*, interview: Interview, actor: Actor) -> bool:
    """The candidate has seen the page. True for the first time."""
    if interview.state != InterviewState.INVITED:
        return False
    return change_state(interview=interview, to=InterviewState.OPENED, actor=actor)


@transaction.atomic
def extend(*, interview: Interview, seen_deadline: dt.datetime, actor: Actor) -> bool:
    """Three more days, taken by the candidate. False when the deadline is no longer the one they saw: a second press.

    After the deadline the days count from it, too, and an interview that had expired goes on where it was.

    Raises:
        Refused: no extension is left.
    """
    interview = _locked(interview, actor)
    if interview.deadline != seen_deadline:
        return False
    if not extensions_left(interview):
        raise Refused(
            "no_extension_left",
            _("You have taken more days twice already. Write to the person who invited you if you need more time."),
        )
    interview.deadline += extension()
    interview.own_extensions += 1
    interview.last_day_reminded_at = None
    interview.save(update_fields=["deadline", "own_extensions", "last_day_reminded_at"])
    keep_uploads_open(interview=interview)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="interview.extended",
        thing=interview,
        detail={"deadline": interview.deadline, "own": interview.own_extensions},
    )
    if interview.state == InterviewState.EXPIRED:
        change_state(interview=interview, to=state_before_expiry(interview), actor=actor)
    return True


@transaction.atomic
def submit(*, interview: Interview, actor: Actor) -> bool:
    """Send all answers. From now on the team may watch, and the day of the reply is promised. False if sent before.

    Raises:
        Refused: an answer is missing or not ready yet, or the interview is closed.
    """
    interview = _locked(interview, actor)
    if interview.state == InterviewState.SUBMITTED:
        return False
    if not accepts_begun_takes(interview):
        raise refuse_closed(interview)
    places = unready_places(interview)
    if places:
        raise Refused("not_ready", _missing_words(places))
    promise = {"reply_by": promised_day(interview), "rate_by": rating_day(interview)}
    if not change_state(interview=interview, to=InterviewState.SUBMITTED, actor=actor, fields=promise):
        return False
    enqueue(name="interviews.erase_unchosen", **_job_about(interview))
    if not interview.is_preview:
        send_receipt(interview=interview)
        raters_changed.send(Interview, thing=interview)
    return True


@transaction.atomic
def withdraw(*, interview: Interview, actor: Actor) -> bool:
    """The candidate takes part no more. False if that was so already.

    What was never sent is deleted at once. What was sent is watched no more, and is deleted when the organization's
    retention profile, counted from today, says so.
    """
    interview = _locked(interview, actor)
    was_sent = interview.state == InterviewState.SUBMITTED
    if not change_state(interview=interview, to=InterviewState.WITHDRAWN, actor=actor, detail={"by": "candidate"}):
        return False
    if interview.application_id:
        withdraw_application(application=interview.application)
    delay = dt.timedelta(days=recording_days(interview)) if was_sent else dt.timedelta(0)
    enqueue(name="interviews.erase_all", delay=delay, **_job_about(interview))
    return True


def _locked(interview: Interview, actor: Actor) -> Interview:
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    rows = Interview.objects.select_related("organization", "stage", "position", "application__candidate")
    return rows.select_for_update(of=("self",)).get(id=interview.id, organization=interview.organization_id)


def _missing_words(places: list[int]) -> str:
    return ngettext(
        "Answer %(places)s is not ready yet. Everything you recorded is safe. Look at that answer, then send.",
        "Answers %(places)s are not ready yet. Everything you recorded is safe. Look at these answers, then send.",
        len(places),
    ) % {"places": listed([str(place) for place in places])}


def _job_about(interview: Interview) -> dict[str, Any]:
    return {
        "organization_id": interview.organization_id,
        "key": f"interview:{interview.id}",
        "payload": {"interview_id": str(interview.id)},
    }
