"""Talking about an answer: comments in threads, for those who may see the scorecards."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Answer, Interview
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.review.actions.notices import tell, tell_of_new_mentions
from bothways.review.mentions import Person, mentioned
from bothways.review.models import Comment, CommentWording, Mention
from bothways.review.models.comment import LONGEST_COMMENT
from bothways.review.policies import may_comment, may_edit_comment, may_withdraw_comment
from bothways.review.queries.talking import talkers


@dataclass(frozen=True, slots=True)
class Place:
    """What a comment is about. Without a question it is the interview as a whole.

    Times are milliseconds of the recording; without `until_ms` it is one moment, without both the whole answer.
    """

    question_id: uuid.UUID | None = None
    at_ms: int | None = None
    until_ms: int | None = None


@transaction.atomic
def write_comment(
    *,
    actor: Actor,
    interview: Interview,
    words: str,
    client_key: uuid.UUID,
    place: Place | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Say something about an answer, or reply to a comment that begins a thread. Sending it twice writes it once.

    A reply stands where its parent stands; it has a `place` only for a stretch of the same answer. Who is named by
    "@name" is mentioned and told of it; a guest knows nobody's name here and mentions nobody.

    Raises:
        Refused: `words` for nothing or too much; `question` for a foreign one; `parent` for one that is of another
            place or itself a reply; `outside`, `end`, `no_recording` for times; `key` for one that is somebody else's;
            `unclear` where a name fits several people.
    """
    place = place or Place(question_id=parent.question_id if parent else None)
    allowed = may_comment(actor, interview, place.question_id)
    require(allowed, _("Comments are for those whose own ratings are in."))
    words = _fitting(words)
    _require_fitting_parent(interview, place, parent)
    _require_fitting_place(interview, place)
    Interview.objects.select_for_update().get(id=interview.id)
    standing = Comment.objects.filter(interview=interview, client_key=client_key).first()
    if standing is not None:
        return _own(actor, standing)
    meant = _meant(actor, interview, words)
    comment = Comment.objects.create(
        organization_id=interview.organization_id,
        interview=interview,
        question_id=place.question_id,
        parent=parent,
        member_id=actor.id if actor.is_member else None,
        share_id=None if actor.is_member else actor.id,
        client_key=client_key,
        at_ms=place.at_ms,
        until_ms=place.until_ms,
        words=words,
    )
    _mention(comment, meant)
    tell(comment, meant, timezone.now())
    _record(actor, comment, "comment.written")
    return comment


@transaction.atomic
def edit_comment(*, actor: Actor, comment: Comment, words: str) -> Comment:
    """Say it in other words. How it read before is kept; the same words again change nothing.

    Raises:
        Refused: `words` for nothing or too much, `withdrawn` for one that was taken back, `unclear` as in writing.
    """
    require(may_edit_comment(actor, comment), _("Only who wrote a comment changes it."))
    words = _fitting(words)
    comment = _locked(comment)
    if comment.withdrawn_at:
        raise Refused("withdrawn", _("This comment was withdrawn, so it cannot be changed. Write a new one."))
    if comment.words == words:
        return comment
    meant = _meant(actor, comment.interview, words)
    CommentWording.objects.create(organization_id=comment.organization_id, comment=comment, words=comment.words)
    comment.words, comment.edited_at = words, timezone.now()
    comment.save(update_fields=["words", "edited_at"])
    comment.mentions.exclude(member__in=meant).delete()
    _mention(comment, meant - set(comment.mentions.values_list("member_id", flat=True)))
    tell_of_new_mentions(comment, meant, timezone.now())
    _record(actor, comment, "comment.edited")
    return comment


@transaction.atomic
def withdraw_comment(*, actor: Actor, comment: Comment) -> Comment:
    """Take it back: its words and all earlier ones go, its place and the replies stay. Nobody is told of it any more.

    Twice is harmless.
    """
    require(may_withdraw_comment(actor, comment), _("Who wrote a comment withdraws it, or an owner."))
    comment = _locked(comment)
    if comment.withdrawn_at:
        return comment
    comment.words, comment.withdrawn_at = "", timezone.now()
    comment.save(update_fields=["words", "withdrawn_at"])
    comment.wordings.all().delete()
    comment.mentions.all().delete()
    comment.notices.all().delete()
    _record(actor, comment, "comment.withdrawn")
    return comment


def _fitting(words: str) -> str:
    words = words.strip()
    if not words:
        raise Refused("words", _("Write what you want to say. Nothing was sent."))
    if len(words) > LONGEST_COMMENT:
        raise Refused(
            "words",
            _("A comment can have %(most)s characters. Yours is longer; it stands here still, and nothing was sent.")
            % {"most": LONGEST_COMMENT},
        )
    return words


def _require_fitting_parent(interview: Interview, place: Place, parent: Comment | None) -> None:
    if parent is None:
        return
    if parent.interview_id != interview.id or parent.question_id != place.question_id or parent.parent_id:
        raise Refused("parent", _("This comment cannot be answered here. Your words are kept; write them anew."))


def _require_fitting_place(interview: Interview, place: Place) -> None:
    """As notes are pinned: in the recording, the end after the start."""
    if place.question_id is None:
        if place.at_ms is not None or place.until_ms is not None:
            raise Refused("question", _("A time belongs to one answer. Nothing was sent."))
        return
    if not Question.objects.filter(id=place.question_id, kit_version=interview.kit_version_id).exists():
        raise Refused("question", _("This question does not belong to this interview."))
    if place.at_ms is None:
        if place.until_ms is not None:
            raise Refused("end", _("A stretch has a beginning, too. Your words are kept here; mend the times."))
        return
    if place.until_ms is not None and place.until_ms <= place.at_ms:
        raise Refused("end", _("A stretch ends after it begins. Your words are kept here; mend the times."))
    length = _length_ms(interview, place.question_id)
    if length is None:
        raise Refused("no_recording", _("There is no recording here that has times. Leave them out."))
    if not 0 <= place.at_ms <= length or (place.until_ms or 0) > length:
        raise Refused("outside", _("This time is not in the recording. Your words are kept here; mend the times."))


def _length_ms(interview: Interview, question_id: uuid.UUID) -> int | None:
    """In whole seconds, because times are typed so."""
    answers = Answer.objects.filter(interview=interview, question=question_id)
    length = answers.values_list("chosen_take__recording__duration_ms", flat=True).first()
    return -(-length // 1000) * 1000 if length else None


def _meant(actor: Actor, interview: Interview, words: str) -> set[uuid.UUID]:
    """The members who are mentioned, without the writer."""
    if not actor.is_member or "@" not in words:
        return set()
    found = mentioned(
        words, [Person(one.member.id, one.member.user.name, one.member.user.email) for one in talkers(interview)]
    )
    for typed, people in found.unclear:
        raise Refused(
            "unclear",
            _(
                "“@%(name)s” fits more than one person here. Write the whole name or the mail address: %(people)s. "
                "Your words are kept, and nothing was sent."
            )
            % {"name": typed, "people": ", ".join(f"{person.name} ({person.email})" for person in people)},
        )
    return {person.id for person in found.people} - {actor.id}


def _mention(comment: Comment, members: set[uuid.UUID]) -> None:
    Mention.objects.bulk_create(
        Mention(organization_id=comment.organization_id, comment=comment, member_id=member) for member in members
    )


def _own(actor: Actor, comment: Comment) -> Comment:
    if actor.id not in (comment.member_id, comment.share_id):
        raise Refused("key", _("This form was used by somebody else. Load the page again; nothing was sent."))
    return comment


def _locked(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("interview", "organization")
    return rows.get(id=comment.id)


def _record(actor: Actor, comment: Comment, verb: str) -> None:
    # Not the words, nor the place: who still has to rate may be able to read the audit log.
    audit.record(
        organization=comment.organization,
        actor=actor,
        verb=verb,
        thing=comment,
        detail={"interview": comment.interview_id},
    )
