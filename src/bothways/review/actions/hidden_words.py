"""Saying which words raters do not read, where they read text only: added, allowed, checked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.spoken_texts import keep_spoken_texts_of
from bothways.interviews.models import HiddenWords, Interview, MaskKind
from bothways.interviews.queries.hidden_words import masks_now, texts_of, wording
from bothways.lib.errors import Refused, require
from bothways.lib.masking import LONGEST_MASK, Mask
from bothways.review.policies import may_hide_words

MOST_ADDED = 200


@transaction.atomic
def hide_words(*, actor: Actor, interview: Interview, words: str, kind: str) -> HiddenWords:
    """Hide these words wherever they stand in the interview. Until somebody checks it, raters read nothing of it.

    Raises:
        Refused: `words` for none or too many letters, `kind`, `many`.
    """
    row = _locked(actor, interview)
    mask = Mask(" ".join(words.split()), kind)
    if not mask.key or len(mask.words) > LONGEST_MASK:
        raise Refused(
            "words",
            _("Mark or write the words to hide, at most %(most)d letters. Nothing was changed.")
            % {"most": LONGEST_MASK},
        )
    if kind not in MaskKind.values:
        raise Refused("kind", _("Pick what kind of word it is. Nothing was changed."))
    if len(row.added) >= MOST_ADDED:
        raise Refused("many", _("%(most)d are the most. Nothing was changed.") % {"most": MOST_ADDED})
    row.kept = [key for key in row.kept if key != mask.key]
    row.added = [one for one in row.added if Mask(*one).key != mask.key] + [[mask.words, mask.kind]]
    return _changed(actor, row, "interview.words_hidden")


@transaction.atomic
def show_words(*, actor: Actor, interview: Interview, words: str) -> HiddenWords:
    """Let raters read these words after all, once somebody has checked it."""
    row = _locked(actor, interview)
    key = Mask(words, "").key
    row.added = [one for one in row.added if Mask(*one).key != key]
    if key and key not in row.kept:
        row.kept = [*row.kept, key]
    return _changed(actor, row, "interview.words_shown")


@transaction.atomic
def check_hidden_words(*, actor: Actor, interview: Interview, seen: str) -> HiddenWords:
    """A person has read it and finds that it tells nobody who it is. From now on it can be rated.

    Raises:
        Refused: `changed` when another text or other masks stand there than `seen` says (`wording`).
    """
    row = _locked(actor, interview)
    texts = texts_of(interview)
    masks = masks_now(interview, row, texts)
    if wording(texts, masks) != seen:
        raise Refused(
            "changed", _("The text or what is hidden has changed meanwhile. Read it once more, then check it.")
        )
    row.masks = [[mask.words, mask.kind] for mask in masks]
    row.checked_by_id, row.checked_at = actor.id, timezone.now()
    row.save()
    keep_spoken_texts_of(interview)
    audit.record(organization=interview.organization, actor=actor, verb="interview.words_checked", thing=interview)
    return row


@transaction.atomic
def release_files(*, actor: Actor, interview: Interview) -> HiddenWords:
    """Let raters open the files of this interview. Nobody can mask them."""
    row = _locked(actor, interview)
    if row.files_released_at is None:
        row.files_released_at = timezone.now()
        row.save()
        audit.record(organization=interview.organization, actor=actor, verb="interview.files_released", thing=interview)
    return row


def _locked(actor: Actor, interview: Interview) -> HiddenWords:
    require(
        may_hide_words(actor, interview),
        _("Owners and recruiters do this, but nobody who still has to rate the same answers."),
    )
    Interview.objects.select_for_update(of=("self",)).get(id=interview.id)
    row, _is_new = HiddenWords.objects.get_or_create(
        interview=interview, defaults={"organization_id": interview.organization_id}
    )
    return row


def _changed(actor: Actor, row: HiddenWords, verb: str) -> HiddenWords:
    row.checked_by, row.checked_at = None, None
    row.save()
    keep_spoken_texts_of(row.interview)
    audit.record(organization=row.organization, actor=actor, verb=verb, thing=row.interview)
    return row
