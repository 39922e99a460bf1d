"""A link that anybody may use to take part in a stage. Who does gets a personal link by mail, and only by mail."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, system_actor
from bothways.interviews.actions.invitations import checked_email, checked_name, locked_stage, open_interview
from bothways.interviews.actions.letters import send_letter
from bothways.interviews.models import UNFINISHED, Interview, OpenLink, Origin
from bothways.interviews.policies import may_invite
from bothways.interviews.queries.batches import require_batch
from bothways.interviews.queries.inviting import version_to_invite_with
from bothways.interviews.queries.open_links import has_lapsed
from bothways.interviews.queries.window import is_over
from bothways.lib.errors import Refused, require
from bothways.lib.sealing import seal
from bothways.lib.tokens import digest, new_token
from bothways.lib.zones import end_of_day
from bothways.positions.actions.candidates import get_or_create_candidate
from bothways.positions.models import Stage

MOST_DAYS = 365


@transaction.atomic
def create_open_link(*, actor: Actor, stage: Stage, days: int | None = None) -> OpenLink:
    """A new open link for a stage; the one before, if there is one, closes. `days` empty means until it is closed.

    Raises:
        Refused: `bad_days`, or what stands in the way of any invitation or of a batch.
    """
    require(may_invite(actor, stage), _("Your role does not include inviting people."))
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Refused("bad_days", _("Give between 1 and %(most)d days.") % {"most": MOST_DAYS})
    stage = locked_stage(stage)
    version_to_invite_with(stage)
    require_batch(stage)
    now = timezone.now()
    OpenLink.objects.filter(stage=stage, closed_at=None).update(closed_at=now)
    token = new_token()
    link = OpenLink.objects.create(
        organization=stage.organization,
        stage=stage,
        token_digest=digest(token),
        sealed_token=seal(token),
        created_by_id=actor.id,
        expires_at=end_of_day(now, days, stage.organization.time_zone) if days else None,
    )
    record(
        organization=stage.organization,
        actor=actor,
        verb="open_link.created",
        thing=link,
        detail={"stage": stage.id, "until": link.expires_at},
    )
    return link


@transaction.atomic
def close_open_link(*, actor: Actor, open_link: OpenLink) -> None:
    """Nobody new comes in by this link. Who is in goes on by their personal link. Closing twice changes nothing."""
    require(may_invite(actor, open_link.stage), _("Your role does not include inviting people."))
    if OpenLink.objects.filter(id=open_link.id, closed_at=None).update(closed_at=timezone.now()):
        record(organization=open_link.organization, actor=actor, verb="open_link.closed", thing=open_link)


@transaction.atomic
def come_in(*, open_link: OpenLink, name: str, email: str, language: str) -> None:
    """Somebody asks to take part: mail them their personal link. What is answered never tells who is known.

    Who is in the stage already gets a fresh link to their own page; a name typed here never changes a known one.

    Raises:
        Refused: `bad_name`, `bad_email`, or the link takes nobody in any more.
    """
    name, email = checked_name(name), checked_email(email)
    stage = locked_stage(open_link.stage)
    if not OpenLink.objects.filter(id=open_link.id, closed_at=None).exists() or has_lapsed(open_link):
        raise Refused("link_closed", _("This link takes nobody in any more."))
    version = version_to_invite_with(stage)
    candidate = get_or_create_candidate(
        organization=stage.organization, name=name, email=email, language=language or version.language
    )
    actor = system_actor(stage.organization_id)
    known = _known(stage, candidate.id)
    if known is not None:
        can_answer = known.state in UNFINISHED and not is_over(known)
        send_letter(interview=known, word="invitation" if can_answer else "your_page")
        record(organization=stage.organization, actor=actor, verb="interview.link_asked_for", thing=known)
        return
    interview = open_interview(
        actor=actor, stage=stage, version=version, candidate=candidate, origin=Origin.OPEN_LINK, language=language
    )
    send_letter(interview=interview, word="invitation")


def _known(stage: Stage, candidate_id: uuid.UUID) -> Interview | None:
    rows = Interview.objects.select_related("organization", "application__candidate", "stage", "kit_version")
    return rows.filter(stage=stage, application__candidate=candidate_id, is_preview=False).first()
