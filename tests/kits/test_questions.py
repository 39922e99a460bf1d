"""Writing, ordering and keeping questions."""

import pytest
from django.db import IntegrityError, transaction

from bothways.kits.actions.library import (
    add_kept_question,
    edit_kept_question,
    keep_question,
    remove_kept_question,
)
from bothways.kits.actions.questions import (
    add_from_library,
    add_question,
    duplicate_question,
    edit_question,
    move_question,
    remove_question,
)
from bothways.kits.actions.wording import Wording
from bothways.kits.models import MOST_QUESTIONS, Competency, KitVersion, LibraryQuestion, Question
from bothways.kits.queries.library import competency_names, kept_questions
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_recording


@pytest.fixture
def draft(cast: Cast) -> KitVersion:
    version = make_draft(cast.ada, starter="empty")
    for word in ("one", "two", "three", "four"):
        add_question(actor=cast.actor(cast.ada), version=version, wording=Wording(text=word))
    return version


def order(version: KitVersion) -> list[tuple[int, str]]:
    return list(version.questions.order_by("place").values_list("place", "text"))


def test_a_new_question_stands_last_and_is_asked_by_whoever_welcomes(cast: Cast, draft: KitVersion) -> None:
    question = add_question(actor=cast.actor(cast.rafael), version=draft)
    assert question.place == 5 and question.asker == cast.ada
    assert (question.answer_limit_s, question.takes_allowed, question.think_limit_s) == (180, 3, None)


def test_eight_questions_are_the_most(cast: Cast, draft: KitVersion) -> None:
    for _ in range(MOST_QUESTIONS - 4):
        add_question(actor=cast.actor(cast.ada), version=draft)
    for one_more in (
        lambda: add_question(actor=cast.actor(cast.ada), version=draft),
        lambda: duplicate_question(actor=cast.actor(cast.ada), question=draft.questions.get(place=1)),
    ):
        with pytest.raises(Refused, match="questions_too_many"):
            one_more()
    assert draft.questions.count() == MOST_QUESTIONS


@pytest.mark.parametrize(
    ("place", "by", "words"),
    [
        (1, 1, "two one three four"),
        (4, -1, "one two four three"),
        (1, -1, "one two three four"),
        (4, 1, "one two three four"),
        (2, 99, "one three four two"),
        (3, -99, "three one two four"),
    ],
)
def test_a_question_moves_and_the_places_stay_without_gaps(
    cast: Cast, draft: KitVersion, place: int, by: int, words: str
) -> None:
    move_question(actor=cast.actor(cast.ada), question=draft.questions.get(place=place), by=by)
    assert order(draft) == list(enumerate(words.split(), start=1))


def test_removing_closes_the_gap(cast: Cast, draft: KitVersion) -> None:
    remove_question(actor=cast.actor(cast.ada), question=draft.questions.get(place=2))
    assert order(draft) == [(1, "one"), (2, "three"), (3, "four")]


def test_a_copy_stands_right_behind(cast: Cast, draft: KitVersion) -> None:
    question = draft.questions.get(place=2)
    question.prompt = make_recording(cast.ada)
    question.save()
    twin = duplicate_question(actor=cast.actor(cast.ada), question=question)
    assert [text for _, text in order(draft)] == ["one", "two", "two", "three", "four"]
    assert twin.place == 3 and twin.prompt == question.prompt


def test_a_competency_is_reused_by_its_name(cast: Cast, draft: KitVersion) -> None:
    actor, question = cast.actor(cast.ada), draft.questions.get(place=1)
    edit_question(actor=actor, question=question, wording=Wording(text="?", competency="Clear and kind"))
    other = draft.questions.get(place=2)
    edit_question(actor=actor, question=other, wording=Wording(text="?", competency="  clear  and KIND "))
    assert draft.questions.get(place=2).competency == draft.questions.get(place=1).competency
    assert Competency.objects.filter(organization=cast.organization, name__iexact="clear and kind").count() == 1
    edit_question(actor=actor, question=other, wording=Wording(text="?"))
    assert draft.questions.get(place=2).competency is None
    assert "Clear and kind" in competency_names(cast.organization)
    assert "Clear and kind" not in competency_names(cast.other_organization)


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        (Wording(answer_limit_s=14), "question_invalid"),
        (Wording(answer_limit_s=601), "question_invalid"),
        (Wording(think_limit_s=59), "question_invalid"),
        (Wording(think_limit_s=3601), "question_invalid"),
        (Wording(takes_allowed=0), "question_invalid"),
        (Wording(takes_allowed=11), "question_invalid"),
        (Wording(text="x" * 601), "too_long"),
        (Wording(competency="x" * 81), "too_long"),
        (Wording(anchor_5="x" * 601), "too_long"),
        (Wording(reason="x" * 301), "too_long"),
    ],
)
def test_a_setting_out_of_bounds_is_refused_in_words(
    cast: Cast, draft: KitVersion, wording: Wording, code: str
) -> None:
    question = draft.questions.get(place=1)
    with pytest.raises(Refused) as refused:
        edit_question(actor=cast.actor(cast.ada), question=question, wording=wording)
    assert refused.value.code == code and refused.value.words
    question.refresh_from_db()
    assert question.text == "one"


@pytest.mark.parametrize("limits", [{"answer_limit_s": 5}, {"think_limit_s": 5}, {"takes_allowed": 0}])
def test_the_database_keeps_the_bounds_too(cast: Cast, draft: KitVersion, limits: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(kit_version=draft).update(**limits)


def test_nobody_of_another_organization_asks(cast: Cast, draft: KitVersion) -> None:
    with pytest.raises(Refused, match="not_a_member"):
        edit_question(
            actor=cast.actor(cast.ada), question=draft.questions.get(place=1), wording=Wording(asker=cast.cleo)
        )


def test_a_kept_question_is_used_with_its_prompt_and_kept_once(cast: Cast, draft: KitVersion) -> None:
    actor, question = cast.actor(cast.rafael), draft.questions.get(place=3)
    question.prompt, question.anchor_1 = make_recording(cast.ada), "Nothing."
    question.save()
    kept = keep_question(actor=actor, question=question)
    assert keep_question(actor=actor, question=question) == kept
    used = add_from_library(actor=actor, version=draft, kept=kept)
    assert (used.place, used.text, used.anchor_1, used.prompt) == (5, "three", "Nothing.", question.prompt)
    edit_kept_question(actor=actor, kept=kept, wording=Wording(text="Changed?"))
    used.refresh_from_db()
    assert used.text == "three"
    remove_kept_question(actor=actor, kept=kept)
    assert not LibraryQuestion.objects.exists() and Question.objects.filter(id=used.id).exists()


def test_an_empty_question_is_not_kept(cast: Cast, draft: KitVersion) -> None:
    actor = cast.actor(cast.ada)
    with pytest.raises(Refused, match="question_empty"):
        keep_question(actor=actor, question=add_question(actor=actor, version=draft))
    with pytest.raises(Refused, match="question_empty"):
        add_kept_question(actor=actor, organization=cast.organization, wording=Wording(text="  "))


def test_the_library_of_others_stays_closed(cast: Cast, draft: KitVersion) -> None:
    theirs = add_kept_question(
        actor=cast.actor(cast.cleo), organization=cast.other_organization, wording=Wording(text="Theirs?")
    )
    actor = cast.actor(cast.ada)
    for reach in (
        lambda: add_from_library(actor=actor, version=draft, kept=theirs),
        lambda: edit_kept_question(actor=actor, kept=theirs, wording=Wording(text="Ours?")),
        lambda: remove_kept_question(actor=actor, kept=theirs),
        lambda: keep_question(actor=cast.actor(cast.cleo), question=draft.questions.get(place=1)),
    ):
        with pytest.raises(NotAllowed):
            reach()
    assert list(kept_questions(cast.organization)) == []


def test_search_finds_every_word_in_question_or_competency(cast: Cast) -> None:
    actor = cast.actor(cast.ada)
    for text, competency in (("Tell us about bad news", "Clear and kind"), ("A leak, for the third time", "Judgement")):
        add_kept_question(
            actor=actor, organization=cast.organization, wording=Wording(text=text, competency=competency)
        )
    assert [kept.text for kept in kept_questions(cast.organization, "kind NEWS")] == ["Tell us about bad news"]
    assert not kept_questions(cast.organization, "kind leak")
    assert kept_questions(cast.organization, "%").count() == 0
