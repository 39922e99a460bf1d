"""The organization's own questions, kept for the next kit."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization
from bothways.kits.actions.drafts import require_change
from bothways.kits.actions.wording import Wording, copied, put_onto
from bothways.kits.models import LibraryQuestion, Question
from bothways.kits.policies import may_prepare
from bothways.lib.errors import Refused, require


@transaction.atomic
def keep_question(*, actor: Actor, question: Question) -> LibraryQuestion:
    """Keep a copy of a kit's question, of whichever version. The same words are kept once.

    Raises:
        Refused: `question_empty` while it has no words.
    """
    require_change(actor, question)
    if not question.text.strip():
        raise Refused("question_empty", _("Write the question first, then keep it in the library."))
    same = LibraryQuestion.objects.filter(organization=question.organization, text=question.text).first()
    kept = same or LibraryQuestion(organization=question.organization)
    for name, value in copied(question).items():
        setattr(kept, name, value)
    kept.save()
    record(organization=question.organization, actor=actor, verb="library.question_kept", thing=kept)
    return kept


@transaction.atomic
def add_kept_question(*, actor: Actor, organization: Organization, wording: Wording) -> LibraryQuestion:
    """Write a question for the library without a kit."""
    require(may_prepare(actor, organization), _("Only owners and recruiters fill the library."))
    kept = LibraryQuestion(organization=organization)
    _write(kept, wording)
    record(organization=organization, actor=actor, verb="library.question_kept", thing=kept)
    return kept


@transaction.atomic
def edit_kept_question(*, actor: Actor, kept: LibraryQuestion, wording: Wording) -> LibraryQuestion:
    """Change the kept question. Kits that took it over keep their own copy."""
    require_change(actor, kept)
    held = LibraryQuestion.objects.select_for_update().get(id=kept.id)
    _write(held, wording)
    record(organization=held.organization, actor=actor, verb="library.question_changed", thing=held)
    return held


@transaction.atomic
def remove_kept_question(*, actor: Actor, kept: LibraryQuestion) -> None:
    """Take a question out of the library. Kits that took it over keep their own copy."""
    require_change(actor, kept)
    record(organization=kept.organization, actor=actor, verb="library.question_removed", thing=kept)
    LibraryQuestion.objects.filter(id=kept.id).delete()


def _write(kept: LibraryQuestion, wording: Wording) -> None:
    put_onto(kept, wording)
    if not kept.text:
        raise Refused("question_empty", _("A question in the library needs words."))
    kept.save()
