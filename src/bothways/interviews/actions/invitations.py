"""Asking somebody to take part, and what can be done with an invitation afterwards."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.interviews.actions.deadline import keep_uploads_open
from bothways.interviews.actions.letters import send_letter
from bothways.interviews.actions.state import change_state, state_before_expiry
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.code_names import free_names
from bothways.interviews.models import (
    EXTENSION_DAYS,
    UNFINISHED,
    Interview,
    InterviewState,
    Origin,
    PersonWord,
)
from bothways.interviews.policies import may_invite, may_manage_invitation
from bothways.interviews.queries.inviting import version_to_invite_with
from bothways.interviews.queries.person_words import words_of
from bothways.interviews.queries.window import clock, is_over
from bothways.kits.actions.versions import freeze
from bothways.kits.models import KitVersion
from bothways.lib.errors import Refused, require
from bothways.lib.person_text import normalized_email, normalized_name
from bothways.lib.zones import end_of_day
from bothways.positions.actions.candidates import (
    get_or_create_application,
    get_or_create_candidate,
    withdraw_application,
)
from bothways.positions.models import Candidate, Stage
from bothways.work.actions.jobs import enqueue

MOST_EXTENSION_DAYS = 60


@transaction.atomic
def invite(*, actor: Actor, stage: Stage, name: str, email: str, language: str = "") -> Interview:
    """Ask one person to take part in a stage: their interview, their link and the mail, all or nothing.

    `language` is that of the mails and pages; empty means the kit's.

    Raises:
        Refused: `bad_name`, `bad_email`, `already_invited`, or what stands in the way of any invitation.
    """
    require(may_invite(actor, stage), _("Your role does not include inviting people."))
    stage = locked_stage(stage)
    version = version_to_invite_with(stage)
    candidate = get_or_create_candidate(
        organization=stage.organization,
        name=checked_name(name),
        email=checked_email(email),
        language=language or version.language,
    )
    interview = open_interview(
        actor=actor, stage=stage, version=version, candidate=candidate, origin=Origin.SINGLE, language=language
    )
    send_letter(interview=interview, word="invitation")
    return interview


@transaction.atomic
def open_interview(
    *, actor: Actor, stage: Stage, version: KitVersion, candidate: Candidate, origin: Origin, language: str = ""
) -> Interview:
    """The interview of a candidate in a locked stage, with everything but the mail.

    Raises:
        Refused: `already_invited`.
    """
    application = get_or_create_application(candidate=candidate, stage=stage)
    if Interview.objects.filter(application=application, stage=stage, is_preview=False).exists():
        raise Refused(
            "already_invited",
            _("%(name)s has been invited to this stage before. You can send the link again from the list of people.")
            % {"name": candidate.name},
        )
    in_stage = Interview.objects.filter(stage=stage, is_preview=False)
    names = free_names(
        lambda some: in_stage.filter(code_name__in=some).values_list("code_name", flat=True), in_stage.count()
    )
    interview = Interview.objects.create(
        organization=stage.organization,
        application=application,
        position=stage.position,
        stage=stage,
        kit_version=version,
        origin=origin,
        kind=stage.kind,
        code_name=next(names),
        language=language or candidate.language,
        invited_by_id=actor.id if actor.is_member else None,
        deadline=first_deadline(stage),
    )
    PersonWord.objects.bulk_create(
        PersonWord(organization=stage.organization, position=stage.position, interview=interview, word=word)
        for word in sorted(words_of(candidate.name, candidate.email))
    )
    freeze(actor=actor, kit_version=version)
    record(
        organization=stage.organization,
        actor=actor,
        verb="interview.invited",
        thing=interview,
        detail={"origin": origin, "stage": stage.id, "kit_version": version.id, "deadline": interview.deadline},
    )
    return interview


@transaction.atomic
def resend(*, actor: Actor, interview: Interview) -> Interview:
    """Send the invitation once more, with a fresh link. Links that were sent before stay good.

    Raises:
        Refused: `not_open`, when nothing can be answered any more.
    """
    interview = _managed(actor, interview)
    if interview.state not in UNFINISHED or is_over(interview):
        raise Refused(
            "not_open",
            _("%(name)s cannot answer at the moment, so the link was not sent. Give more days first, if time is up.")
            % {"name": interview.application.candidate.name},
        )
    send_letter(interview=interview, word="invitation")
    record(organization=interview.organization, actor=actor, verb="interview.resent", thing=interview)
    return interview


@transaction.atomic
def extend(*, actor: Actor, interview: Interview, days: int = EXTENSION_DAYS) -> Interview:
    """Give somebody more days, from the deadline on, or from today when it has passed. They get a mail.

    Raises:
        Refused: `bad_days`, or `cannot_extend` for answers that are sent or an invitation that was taken back.
    """
    interview = _managed(actor, interview)
    give_days(actor=actor, interview=interview, days=days)
    send_letter(interview=interview, word="extended")
    return interview


def give_days(*, actor: Actor, interview: Interview, days: int) -> None:
    """More days for a locked interview, without a mail. Whoever calls has asked who may, and tells the candidate.

    Raises:
        Refused: `bad_days`, or `cannot_extend`.
    """
    name = interview.application.candidate.name
    if not 1 <= days <= MOST_EXTENSION_DAYS:
        raise Refused("bad_days", _("Give between 1 and %(most)d days.") % {"most": MOST_EXTENSION_DAYS})
    if interview.state not in (*UNFINISHED, InterviewState.EXPIRED):
        raise Refused("cannot_extend", _("%(name)s needs no more days: nothing is left to answer.") % {"name": name})
    before = interview.deadline
    start = max(before, clock(interview))
    interview.deadline = end_of_day(start, days, interview.organization.time_zone)
    interview.last_day_reminded_at = None
    interview.save(update_fields=["deadline", "last_day_reminded_at"])
    keep_uploads_open(interview=interview)
    record(
        organization=interview.organization,
        actor=actor,
        verb="interview.extended",
        thing=interview,
        detail={"from": before, "deadline": interview.deadline, "days": days},
    )
    if interview.state == InterviewState.EXPIRED:
        change_state(interview=interview, to=state_before_expiry(interview), actor=actor)


@transaction.atomic
def withdraw(*, actor: Actor, interview: Interview) -> Interview:
    """Take an invitation back. The candidate gets a mail, and their page says so. What was never sent is deleted.

    Raises:
        Refused: `already_sent`, because somebody who sent answers is owed a decision; `already_withdrawn`.
    """
    interview = _managed(actor, interview)
    name = interview.application.candidate.name
    if interview.state == InterviewState.SUBMITTED:
        raise Refused(
            "already_sent",
            _("%(name)s has sent answers and is waiting for a reply. Decide about them instead.") % {"name": name},
        )
    if not change_state(interview=interview, to=InterviewState.WITHDRAWN, actor=actor, detail={"by": "organization"}):
        raise Refused("already_withdrawn", _("The invitation of %(name)s was taken back before.") % {"name": name})
    withdraw_application(application=interview.application)
    enqueue(
        organization_id=interview.organization_id,
        name="interviews.erase_all",
        key=f"interview:{interview.id}",
        payload={"interview_id": str(interview.id)},
    )
    send_letter(interview=interview, word="withdrawn")
    return interview


@transaction.atomic
def take_back_unbegun(*, actor: Actor, interview: Interview) -> None:
    """End an invitation that nobody has begun to answer, without a mail: whoever calls tells the candidate, and the
    application goes on elsewhere. `invite_again` brings it back.

    Raises:
        Refused: `begun`, when the first answer was begun meanwhile.
    """
    interview = _managed(actor, interview)
    is_unbegun = interview.started_at is None and interview.state != InterviewState.SUBMITTED
    if not is_unbegun or not change_state(
        interview=interview, to=InterviewState.WITHDRAWN, actor=actor, detail={"by": "organization"}
    ):
        raise Refused(
            "begun",
            _("The interview in “%(stage)s” has been begun meanwhile. Nothing was changed.")
            % {"stage": interview.stage.name},
        )


@transaction.atomic
def invite_again(*, actor: Actor, interview: Interview) -> Interview:
    """Bring an invitation back that was taken back before it was begun: the whole window again, and a new mail.

    Raises:
        Refused: `not_withdrawn`, or what stands in the way of any invitation.
    """
    stage = locked_stage(interview.stage)
    version_to_invite_with(stage)
    interview = _managed(actor, interview)
    fields = {"deadline": first_deadline(stage), "withdrawn_at": None, "opened_at": None}
    fields |= {"half_reminded_at": None, "last_day_reminded_at": None}
    if interview.state != InterviewState.WITHDRAWN or not change_state(
        interview=interview, to=InterviewState.INVITED, actor=actor, fields=fields
    ):
        raise Refused("not_withdrawn", _("This invitation was not taken back, so it still stands."))
    send_letter(interview=interview, word="invitation")
    return interview


@transaction.atomic
def copy_link(*, actor: Actor, interview: Interview) -> str:
    """A new personal link, to hand over in another way than by mail. It is shown once and not kept.

    Raises:
        Refused: `withdrawn`.
    """
    interview = _managed(actor, interview)
    if interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This invitation was taken back, so there is no link to give."))
    link = issue_link(interview=interview, purpose="copied")
    record(organization=interview.organization, actor=actor, verb="interview.link_copied", thing=interview)
    return link


def locked_stage(stage: Stage) -> Stage:
    """The stage as it stands now, kept from others until the end of the transaction.

    Whoever invites holds it, so that a code name is not given twice and nobody is invited twice at once.
    """
    rows = Stage.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "position__replies_by__user", "kit").get(
        id=stage.id, organization=stage.organization_id
    )


def first_deadline(stage: Stage) -> dt.datetime:
    """When the window of somebody who is invited now ends: late in the evening of its last day."""
    return end_of_day(timezone.now(), stage.window_days, stage.organization.time_zone)


def _managed(actor: Actor, interview: Interview) -> Interview:
    require(may_manage_invitation(actor, interview), _("Your role does not include inviting people."))
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "organization", "application__candidate", "stage__organization", "stage__position__replies_by__user",
        "kit_version__welcome_by__user",
    )  # fmt: skip
    return rows.get(id=interview.id, organization=interview.organization_id)


def checked_name(name: str) -> str:
    name = normalized_name(name)
    if not name or len(name) > Candidate._meta.get_field("name").max_length:
        raise Refused("bad_name", _("A name needs 1 to 160 letters."))
    return name


def checked_email(email: str) -> str:
    email = normalized_email(email)
    try:
        validate_email(email)
        Candidate._meta.get_field("email").run_validators(email)
    except ValidationError:
        raise Refused("bad_email", _("“%(email)s” is not an e-mail address.") % {"email": email}) from None
    return email
