"""A good answer for all candidates of the position: edited, without names, in an order, and taken back at any time."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.conversations.models import Inquiry, InquiryState, PublishedAnswer
from bothways.conversations.policies import Sight, may_change_published, may_publish, sight_of
from bothways.conversations.queries.published import MOST_PUBLISHED, published_from
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths
from bothways.media.actions.erasure import erase_recording
from bothways.positions.models import Position


@transaction.atomic
def publish_answer(
    *, actor: Actor, inquiry: Inquiry, question: str, answer: str, with_recording: bool, names_nobody: bool
) -> PublishedAnswer:
    """Show it to everybody who applies for the position. No mail goes out. Doing it again gives what is there.

    Raises:
        Refused: `not_answered`, `names` (nobody has confirmed that it names nobody), `no_question`, `no_answer`,
            `no_recording`, `too_many`, `too_long`.
    """
    require(may_publish(actor, inquiry), _("Your role does not include publishing this answer."))
    position = Position.objects.select_for_update().get(id=inquiry.interview.position_id)
    inquiry = Inquiry.objects.select_related("organization", "interview", "reply").get(id=inquiry.id)
    if existing := published_from(inquiry):
        return existing
    if inquiry.state != InquiryState.ANSWERED:
        raise Refused("not_answered", _("Answer the question first. Then you can publish it."))
    if with_recording and (inquiry.reply is None or sight_of(actor, inquiry) != Sight.ALL):
        raise Refused("no_recording", _("There is no recording that you can publish. Write the answer."))
    _require_nameless(names_nobody)
    places = list(PublishedAnswer.objects.filter(position=position).values_list("place", flat=True))
    if len(places) >= MOST_PUBLISHED:
        words = ngettext(
            "%(count)d answer is published, which is the most. Take one back first.",
            "%(count)d answers are published, which is the most. Take one back first.",
            MOST_PUBLISHED,
        )
        raise Refused("too_many", words % {"count": MOST_PUBLISHED})
    published = PublishedAnswer(
        organization=inquiry.organization,
        position=position,
        inquiry=inquiry,
        place=max(places, default=0) + 1,
        recording=inquiry.reply if with_recording else None,
        published_by_id=actor.id,
    )
    _write(published, question, answer)
    _log(actor, published, "answer.published", recorded=with_recording)
    return published


@transaction.atomic
def change_published(
    *, actor: Actor, published: PublishedAnswer, question: str, answer: str, names_nobody: bool
) -> PublishedAnswer:
    """Say it in other words. A recording stays as it is.

    Raises:
        Refused: `names`, `no_question`, `no_answer`, `too_long`.
    """
    published = _held(actor, published)
    _require_nameless(names_nobody)
    _write(published, question, answer)
    _log(actor, published, "answer.republished")
    return published


@transaction.atomic
def move_published(*, actor: Actor, published: PublishedAnswer, up: bool) -> None:
    """Change places with the one before or behind it; at an end nothing changes."""
    published = _held(actor, published)
    others = PublishedAnswer.objects.filter(position=published.position_id)
    others = others.filter(place__lt=published.place) if up else others.filter(place__gt=published.place)
    other = others.order_by("-place" if up else "place").first()
    if other is None:
        return
    published.place, other.place = other.place, published.place
    for one in (published, other):
        one.save(update_fields=["place"])
    _log(actor, published, "answer.moved")


@transaction.atomic
def take_back(*, actor: Actor, published: PublishedAnswer) -> None:
    """No candidate reads it any more. Its recording goes where no inquiry has it."""
    published = _held(actor, published)
    _log(actor, published, "answer.taken_back")
    recording = published.recording
    published.delete()
    if recording is not None and not Inquiry.objects.filter(reply=recording).exists():
        erase_recording(recording=recording)


def _held(actor: Actor, published: PublishedAnswer) -> PublishedAnswer:
    """As it is now, with the order of its position held.

    Raises:
        Refused: `gone`, somebody has taken it back.
    """
    require(may_change_published(actor, published), _("Your role does not include changing this answer."))
    Position.objects.select_for_update().get(id=published.position_id)
    found = PublishedAnswer.objects.select_related("organization", "recording").filter(id=published.id).first()
    if found is None:
        raise Refused("gone", _("Somebody has taken this answer back. Nothing was changed."))
    return found


def _write(published: PublishedAnswer, question: str, answer: str) -> None:
    published.question, published.answer = question.strip(), answer.strip()
    if not published.question:
        raise Refused("no_question", _("Write the question as everybody should read it."))
    if not published.answer and published.recording_id is None:
        raise Refused("no_answer", _("Write the answer as everybody should read it."))
    require_lengths(published)
    published.save()


def _require_nameless(names_nobody: bool) -> None:
    if not names_nobody:
        raise Refused("names", _("Read it once more, and confirm that it names nobody. Nothing was published."))


def _log(actor: Actor, published: PublishedAnswer, verb: str, **detail: object) -> None:
    """At the published answer, not at the interview: the log must not tell who asked either."""
    audit.record(organization=published.organization, actor=actor, verb=verb, thing=published, detail=detail)
