"""Showing interviews to somebody without an account: made, changed, sent again and revoked, each written down."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.lib.person_text import normalized_email, normalized_name
from bothways.lib.tokens import digest, new_token
from bothways.review.actions.share_letters import send_link
from bothways.review.models import NameShown, Share, SharedInterview
from bothways.review.models.share import LONGEST_RECIPIENT, MOST_DAYS, MOST_INTERVIEWS, MOST_VIEWS
from bothways.review.policies import may_change_share, may_see_scorecards, may_share
from bothways.review.queries.identity import with_shown_name

_NAMES = list(NameShown)
"""From less to more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a share shows of an interview, and whether its guest may `comment`. Text and comments go with answers, notes
    go with scorecards; `comments` are those of others."""

    answers: bool = False
    transcript: bool = False
    scorecards: bool = False
    notes: bool = False
    comment: bool = False
    comments: bool = False
    name: NameShown = NameShown.NONE

    @classmethod
    def of(cls, share: Share) -> "Shown":
        return cls(
            share.shows_answers,
            share.shows_transcript,
            share.shows_scorecards,
            share.shows_notes,
            share.lets_comment,
            share.shows_comments,
            NameShown(share.name_shown),
        )

    @property
    def columns(self) -> dict[str, bool | str]:
        return {
            "shows_answers": self.answers,
            "shows_transcript": self.answers and self.transcript,
            "shows_scorecards": self.scorecards,
            "shows_notes": self.scorecards and self.notes,
            "lets_comment": self.answers and self.comment,
            "shows_comments": self.answers and self.comments,
            "name_shown": self.name,
        }

    @property
    def words(self) -> list[str]:
        """What is shown, for the audit log."""
        told = [field.name for field in fields(self) if field.name != "name" and getattr(self, field.name)]
        return told if self.name == NameShown.NONE else [*told, f"name:{self.name}"]


@transaction.atomic
def make_share(
    *,
    actor: Actor,
    interviews: Sequence[Interview],
    recipient: str,
    shown: Shown,
    days: int,
    most_views: int,
    is_involved: bool,
    email: str = "",
    places: Sequence[int] = (),
) -> tuple[Share, str]:
    """A link for one person to interviews of one stage, with its secret token, of which only a digest is kept.

    With an `email` it is mailed there, else whoever made it passes it on. `places` are the shown questions, none: all.
    `is_involved`: the member confirms that this person takes part in the selection, which is what candidates have
    agreed to.

    Raises:
        Refused: `recipient`, `email`, `interviews`, `places`, `nothing_shown`, `days`, `views`, `not_involved`;
            `name_hidden` for a name that the member has not seen themselves; `closed` for scorecards that are closed
            to them.
    """
    _require_interviews(interviews)
    for interview in interviews:
        require(may_share(actor, interview), _("Owners and recruiters share answers that were sent."))
    recipient, email = normalized_name(recipient), normalized_email(email)
    _require_person(recipient, email)
    _require_sensible(interviews[0], shown, places)
    _require_days(days)
    _require_views(most_views, 0)
    if not is_involved:
        raise Refused(
            "not_involved",
            _("Candidates agreed that people who take part in this selection watch. Confirm that this person does."),
        )
    _require_own_sight(actor, interviews, shown)
    token = new_token()
    share = Share.objects.create(
        organization_id=actor.organization_id,
        stage_id=interviews[0].stage_id,
        made_by_id=actor.id,
        recipient=recipient,
        email=email,
        token_digest=digest(token),
        places=sorted(set(places)),
        expires_at=timezone.now() + dt.timedelta(days=days),
        most_views=most_views,
        **shown.columns,
    )
    SharedInterview.objects.bulk_create(
        SharedInterview(organization_id=actor.organization_id, share=share, interview=interview)
        for interview in interviews
    )
    _record(actor, share, "share.made", _scope_detail(share, shown, [interview.id for interview in interviews]))
    if email:
        send_link(share=share, token=token, sender=actor.name)
    return share, token


@transaction.atomic
def change_share(
    *,
    actor: Actor,
    share: Share,
    interviews: Sequence[uuid.UUID],
    shown: Shown,
    most_views: int,
    places: Sequence[int] = (),
    days: int | None = None,
) -> Share:
    """Show less or more by a link that is out, at once; with `days`, that long from now.

    `interviews` are those of the share that it goes on showing; one that was taken out can come back. What is shown
    already may stay, also where this member does not see it themselves; what is new, they must see.

    Raises:
        Refused: as `make_share`, and `revoked`, because what was closed stays closed.
    """
    require(may_change_share(actor, share), _("Owners and recruiters share answers that were sent."))
    share = Share.objects.select_for_update().select_related("organization").get(id=share.id)
    if share.revoked_at is not None:
        raise Refused("revoked", _("This link was closed, and stays so. Nothing was changed. Make a new one instead."))
    rows = list(share.shared.select_related("interview").order_by("id"))
    kept = [row.interview for row in rows if row.interview_id in set(interviews)]
    _require_interviews(kept)
    _require_sensible(kept[0], shown, places)
    if days is not None:
        _require_days(days)
        share.expires_at = timezone.now() + dt.timedelta(days=days)
    _require_views(most_views, share.views)
    _require_own_sight(actor, kept, _more(Shown.of(share), shown))
    back = [row.interview for row in rows if row.closed_at is not None and row.interview in kept]
    _require_own_sight(actor, back, shown)
    for name, value in shown.columns.items():
        setattr(share, name, value)
    share.places, share.most_views = sorted(set(places)), most_views
    share.save()
    ids = [interview.id for interview in kept]
    share.shared.filter(interview__in=ids).update(closed_at=None)
    share.shared.filter(closed_at=None).exclude(interview__in=ids).update(closed_at=timezone.now())
    _record(actor, share, "share.changed", _scope_detail(share, shown, ids))
    return share


@transaction.atomic
def renew_share(*, actor: Actor, share: Share, mails: bool) -> str:
    """A new token for a link that was lost. The old one opens nothing from now on. With `mails` it goes out once more.

    Raises:
        Refused: `revoked`, `no_email`.
    """
    require(may_change_share(actor, share), _("Owners and recruiters share answers that were sent."))
    share = Share.objects.select_for_update().select_related("organization", "stage__position").get(id=share.id)
    if share.revoked_at is not None:
        raise Refused("revoked", _("This link was closed, and stays so. Nothing was changed. Make a new one instead."))
    if mails and not share.email:
        raise Refused("no_email", _("There is no address to send it to. Make a new link to copy instead."))
    token = new_token()
    share.token_digest = digest(token)
    share.save(update_fields=["token_digest"])
    _record(actor, share, "share.renewed", {"mailed": mails})
    if mails:
        send_link(share=share, token=token, sender=actor.name)
    return token


@transaction.atomic
def revoke_share(*, actor: Actor, share: Share) -> None:
    """Nothing is shown by it any more, also on a page that is open. Revoking twice changes nothing."""
    require(may_change_share(actor, share), _("Owners and recruiters share answers that were sent."))
    if Share.objects.filter(id=share.id, revoked_at=None).update(revoked_at=timezone.now()):
        _record(actor, share, "share.revoked", {"interviews": [str(row.interview_id) for row in share.shared.all()]})


def _record(actor: Actor, share: Share, verb: str, detail: dict) -> None:
    audit.record(organization=share.organization, actor=actor, verb=verb, thing=share, detail=detail)


def _scope_detail(share: Share, shown: Shown, interviews: list[uuid.UUID]) -> dict:
    return {
        "interviews": sorted(str(one) for one in interviews),
        "questions": share.places or "all",
        "shows": shown.words,
        "until": share.expires_at,
        "most_views": share.most_views,
    }


def _more(before: Shown, after: Shown) -> Shown:
    """What `after` shows that `before` did not."""
    return Shown(
        scorecards=after.scorecards and not before.scorecards,
        notes=after.notes and not before.notes,
        comments=after.comments and not before.comments,
        name=after.name if _NAMES.index(after.name) > _NAMES.index(before.name) else NameShown.NONE,
    )


def _require_interviews(interviews: Sequence[Interview]) -> None:
    if not 1 <= len(interviews) <= MOST_INTERVIEWS:
        words = _("A link shows 1 to %(most)s interviews. Choose which.")
        raise Refused("interviews", words % {"most": MOST_INTERVIEWS})
    if len({(interview.stage_id, interview.kit_version_id) for interview in interviews}) > 1:
        raise Refused(
            "interviews",
            _("A link shows people of one stage who were asked the same questions. Make a link for each group."),
        )


def _require_person(recipient: str, email: str) -> None:
    if not recipient or len(recipient) > LONGEST_RECIPIENT:
        words = _("Write for whom it is, in at most %(most)s characters. The name stands on what they see.")
        raise Refused("recipient", words % {"most": LONGEST_RECIPIENT})
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Refused("email", _("This is no address that mail can go to. Nothing was sent.")) from None


def _require_sensible(interview: Interview, shown: Shown, places: Sequence[int]) -> None:
    if not shown.answers and not shown.scorecards:
        raise Refused("nothing_shown", _("Choose what to show: the answers, the scorecards, or both."))
    asked = Question.objects.filter(kit_version=interview.kit_version_id, place__in=places)
    if asked.count() != len(set(places)):
        raise Refused("places", _("One of the questions is not part of this kit. Nothing was changed. Choose again."))


def _require_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Refused("days", _("A link works for 1 to %(most)s days.") % {"most": MOST_DAYS})


def _require_views(most_views: int, views: int) -> None:
    if not max(1, views) <= most_views <= MOST_VIEWS:
        words = _("A link can be opened %(least)s to %(most)s times.")
        raise Refused("views", words % {"least": max(1, views), "most": MOST_VIEWS})


def _require_own_sight(actor: Actor, interviews: Sequence[Interview], shown: Shown) -> None:
    """Nobody passes on what they do not see themselves."""
    if shown.scorecards or shown.notes or shown.comments:
        for interview in interviews:
            if not may_see_scorecards(actor, interview):
                raise Refused(
                    "closed", _("You rate in this stage: hand in your own scorecard before you share those of others.")
                )
    if shown.name != NameShown.NONE:
        own = Interview.objects.filter(id__in=[interview.id for interview in interviews])
        if with_shown_name(own, actor.id, after_decision=True).filter(name_hidden=True).exists():
            raise Refused(
                "name_hidden", _("The name is hidden from you, too. Show it to yourself first, or leave it out.")
            )
