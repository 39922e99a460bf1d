"""Writing, ordering and dropping the questions of a draft."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.kits.actions.drafts import locked_draft
from bothways.kits.actions.wording import Wording, copied, put_onto
from bothways.kits.models import MOST_QUESTIONS, KitVersion, LibraryQuestion, Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.signals import about_to_remove


@transaction.atomic
def add_question(*, actor: Actor, version: KitVersion, wording: Wording | None = None) -> Question:
    """Put a question at the end, empty where nothing is given; the one who welcomes asks it at first."""
    draft = locked_draft(actor, version)
    question = Question(organization=draft.organization, kit_version=draft, place=_free_place(draft))
    put_onto(question, wording or Wording(asker=draft.welcome_by))
    question.save()
    _changed(actor, draft, "question.added", question)
    return question


@transaction.atomic
def add_from_library(*, actor: Actor, version: KitVersion, kept: LibraryQuestion) -> Question:
    """Put a copy of a kept question at the end, its prompt included."""
    draft = locked_draft(actor, version)
    if kept.organization_id != draft.organization_id:
        raise NotAllowed("not_allowed", _("This question is not in your library."))
    question = Question.objects.create(
        organization=draft.organization, kit_version=draft, place=_free_place(draft), **copied(kept)
    )
    _changed(actor, draft, "question.added", question)
    return question


@transaction.atomic
def duplicate_question(*, actor: Actor, question: Question) -> Question:
    """Put a copy right behind the question."""
    draft = locked_draft(actor, question.kit_version)
    question.refresh_from_db()
    place = _free_place(draft)
    twin = Question.objects.create(organization=draft.organization, kit_version=draft, place=place, **copied(question))
    ids = _ids_in_order(draft)
    ids.remove(twin.id)
    ids.insert(ids.index(question.id) + 1, twin.id)
    _put_in_order(draft, ids)
    twin.refresh_from_db()
    _changed(actor, draft, "question.added", twin)
    return twin


@transaction.atomic
def edit_question(*, actor: Actor, question: Question, wording: Wording) -> Question:
    """Write a question anew. Its prompt and its place stay."""
    draft = locked_draft(actor, question.kit_version)
    held = Question.objects.select_for_update().get(id=question.id)
    put_onto(held, wording)
    held.save()
    _changed(actor, draft, "question.changed", held)
    return held


@transaction.atomic
def move_question(*, actor: Actor, question: Question, by: int) -> Question:
    """Move a question `by` places, negative towards the beginning. At either end it stays."""
    draft = locked_draft(actor, question.kit_version)
    ids = _ids_in_order(draft)
    place = ids.index(question.id)
    ids.insert(max(0, min(place + by, len(ids) - 1)), ids.pop(place))
    _put_in_order(draft, ids)
    question.refresh_from_db()
    _changed(actor, draft, "question.moved", question)
    return question


@transaction.atomic
def remove_question(*, actor: Actor, question: Question) -> None:
    """Take a question out of the draft. Earlier versions keep theirs."""
    draft = locked_draft(actor, question.kit_version)
    about_to_remove.send(Question, thing=question)
    _changed(actor, draft, "question.removed", question)
    Question.objects.filter(id=question.id).delete()
    _put_in_order(draft, _ids_in_order(draft))


def _free_place(draft: KitVersion) -> int:
    count = draft.questions.count()
    if count >= MOST_QUESTIONS:
        words = _("%(most)d questions are the most. Remove one before you add another.")
        raise Refused("questions_too_many", words % {"most": MOST_QUESTIONS})
    return count + 1


def _ids_in_order(draft: KitVersion) -> list:
    return list(draft.questions.order_by("place").values_list("id", flat=True))


def _put_in_order(draft: KitVersion, ids: list) -> None:
    """Number the questions 1, 2, 3 … in this order. First out of the way, because no two may ever share a place."""
    draft.questions.update(place=F("place") + 1000)
    for place, question_id in enumerate(ids, start=1):
        Question.objects.filter(id=question_id).update(place=place)


def _changed(actor: Actor, draft: KitVersion, verb: str, question: Question) -> None:
    KitVersion.objects.filter(id=draft.id).update(updated_at=timezone.now())
    detail = {"version": str(draft.id), "place": question.place}
    record(organization=draft.organization, actor=actor, verb=verb, thing=question, detail=detail)
