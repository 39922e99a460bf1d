"""The gate of every change to what is asked on video."""

from django.utils import timezone

from bothways.accounts.actors import Actor
from bothways.kits.actions.drafts import locked_draft, require_change
from bothways.kits.models import KitVersion, LibraryQuestion, Question
from bothways.kits.queries.subjects import Subject


def locked_subject(actor: Actor, subject: Subject) -> Subject:
    """The subject as it is now, held until the transaction ends, if it may change at all.

    Raises:
        NotAllowed: the actor does not prepare kits here.
        Refused: `not_a_draft`.
    """
    if isinstance(subject, KitVersion):
        return locked_draft(actor, subject)
    if isinstance(subject, Question):
        locked_draft(actor, subject.kit_version)
        return Question.objects.select_for_update().select_related("kit_version").get(id=subject.id)
    require_change(actor, subject)
    return LibraryQuestion.objects.select_for_update().get(id=subject.id)


def keep_subject(subject: Subject) -> None:
    """Save the subject, and note in the draft that it has changed."""
    subject.save()
    if isinstance(subject, Question):
        KitVersion.objects.filter(id=subject.kit_version_id).update(updated_at=timezone.now())
