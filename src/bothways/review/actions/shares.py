"""Showing one interview to somebody without an account: made, opened and revoked, each written down."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor, guest_actor
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused, require
from bothways.lib.person_text import normalized_name
from bothways.lib.tokens import digest, new_token
from bothways.review.models import Share
from bothways.review.models.share import LONGEST_RECIPIENT, MOST_DAYS, MOST_VIEWS
from bothways.review.policies import may_see_scorecards, may_share
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.shares import can_be_opened

SHOWS = ("answers", "transcript", "scorecards", "notes", "name")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a share shows of an interview. Text goes with answers, notes go with scorecards."""

    answers: bool = False
    transcript: bool = False
    scorecards: bool = False
    notes: bool = False
    name: bool = False


@transaction.atomic
def make_share(
    *, actor: Actor, interview: Interview, recipient: str, shown: Shown, days: int, most_views: int, is_involved: bool
) -> tuple[Share, str]:
    """A link for one person, with its secret token, which is told this once and kept as a digest only.

    `is_involved`: the member confirms that this person takes part in the selection, which is what candidates have
    agreed to.

    Raises:
        Refused: `recipient`, `nothing_shown`, `days`, `views`, `not_involved`; `name_hidden` for a name that the
            member has not seen themselves; `closed` for scorecards that are closed to them.
    """
    require(may_share(actor, interview), _("Owners and recruiters share answers that were sent."))
    recipient = normalized_name(recipient)
    _require_sensible(recipient, shown, days, most_views)
    if not is_involved:
        raise Refused(
            "not_involved",
            _("Candidates agreed that people who take part in this selection watch. Confirm that this person does."),
        )
    if shown.scorecards and not may_see_scorecards(actor, interview):
        raise Refused(
            "closed", _("You rate in this stage: hand in your own scorecard before you share those of others.")
        )
    if shown.name and _is_name_hidden(actor, interview):
        raise Refused("name_hidden", _("The name is hidden from you, too. Show it to yourself first, or leave it out."))
    token = new_token()
    share = Share.objects.create(
        organization_id=interview.organization_id,
        interview=interview,
        made_by_id=actor.id,
        recipient=recipient,
        token_digest=digest(token),
        shows_answers=shown.answers,
        shows_transcript=shown.answers and shown.transcript,
        shows_scorecards=shown.scorecards,
        shows_notes=shown.scorecards and shown.notes,
        shows_name=shown.name,
        expires_at=timezone.now() + dt.timedelta(days=days),
        most_views=most_views,
    )
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="share.made",
        thing=share,
        detail={
            "interview": str(interview.id),
            "shows": [what for what in SHOWS if getattr(share, f"shows_{what}")],
            "until": share.expires_at,
            "most_views": most_views,
        },
    )
    return share, token


@transaction.atomic
def view_share(*, share: Share) -> bool:
    """Count that the guest opens it now. Of two who come at the same time for the last view, one gets it.

    Returns whether there was a view left, and the share lives.
    """
    now = timezone.now()
    counted = (
        can_be_opened()
        .filter(id=share.id)
        .update(views=F("views") + 1, first_viewed_at=Coalesce(F("first_viewed_at"), now), last_viewed_at=now)
    )
    if counted:
        share.refresh_from_db(fields=["views"])
        audit.record(
            organization=share.organization,
            actor=guest_actor(share_id=share.id, name=share.recipient, organization_id=share.organization_id),
            verb="share.viewed",
            thing=share,
            detail={"interview": str(share.interview_id), "view": share.views},
        )
    return bool(counted)


@transaction.atomic
def revoke_share(*, actor: Actor, share: Share) -> None:
    """Nothing is shown by it any more, also on a page that is open. Revoking twice changes nothing."""
    require(may_share(actor, share.interview), _("Owners and recruiters share answers that were sent."))
    if Share.objects.filter(id=share.id, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record(
            organization=share.organization,
            actor=actor,
            verb="share.revoked",
            thing=share,
            detail={"interview": str(share.interview_id)},
        )


def _require_sensible(recipient: str, shown: Shown, days: int, most_views: int) -> None:
    if not recipient or len(recipient) > LONGEST_RECIPIENT:
        words = _("Write for whom it is, in at most %(most)s characters. The name stands on what they see.")
        raise Refused("recipient", words % {"most": LONGEST_RECIPIENT})
    if not shown.answers and not shown.scorecards:
        raise Refused("nothing_shown", _("Choose what to show: the answers, the scorecards, or both."))
    if not 1 <= days <= MOST_DAYS:
        raise Refused("days", _("A link works for 1 to %(most)s days.") % {"most": MOST_DAYS})
    if not 1 <= most_views <= MOST_VIEWS:
        raise Refused("views", _("A link can be opened 1 to %(most)s times.") % {"most": MOST_VIEWS})


def _is_name_hidden(actor: Actor, interview: Interview) -> bool:
    shown = with_shown_name(Interview.objects.filter(id=interview.id), actor.id, after_decision=True)
    return shown.values_list("name_hidden", flat=True).get()
