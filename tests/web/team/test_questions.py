"""Writing questions in the page."""

import pytest

from bothways.kits.actions.versions import publish
from bothways.kits.models import MOST_QUESTIONS, KitVersion, LibraryQuestion, Question
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_ready_draft
from tests.web.team.preparing import signed_in, url

HTMX = {"HX-Request": "true"}


@pytest.fixture
def version(cast: Cast) -> KitVersion:
    return make_draft(cast.ada)


def given(**changes: str) -> dict[str, str]:
    usual = {"text": "What now?", "competency": "Judgement", "answer_limit_s": "120", "takes_allowed": "3"}
    return {**usual, "anchor_1": "a", "anchor_3": "b", "anchor_5": "c", "reason": "Short is enough.", **changes}


def test_a_question_is_saved_while_it_is_written(cast: Cast, version: KitVersion) -> None:
    client, question = signed_in(cast.rafael), version.questions.get(place=2)
    address = url(cast, "questions-edit", question.id)
    answer = client.post(address, given(asker=str(cast.ines.id), think_limit_s="120"), headers=HTMX)
    assert answer.status_code == 200 and "draft, saved" in answer.content.decode()
    question.refresh_from_db()
    assert (question.text, question.answer_limit_s, question.think_limit_s) == ("What now?", 120, 120)
    assert question.asker == cast.ines and question.competency.name == "Judgement"
    assert client.post(address, given(text="Then what?")).status_code == 302
    question.refresh_from_db()
    assert question.text == "Then what?" and question.think_limit_s is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_limit_s": "5"},
        {"answer_limit_s": "99999999999999999999"},
        {"answer_limit_s": ""},
        {"takes_allowed": "0"},
        {"think_limit_s": "-1"},
        {"asker": "' or 1=1"},
        {"text": "x" * 601},
        {"competency": "x" * 81},
    ],
)
def test_hostile_input_is_refused_and_nothing_is_lost(cast: Cast, version: KitVersion, wrong: dict[str, str]) -> None:
    question = version.questions.get(place=1)
    before = question.text
    answer = signed_in(cast.ada).post(url(cast, "questions-edit", question.id), given(**wrong), headers=HTMX)
    assert answer.status_code == 422 and "Not saved yet" in answer.content.decode()
    question.refresh_from_db()
    assert question.text == before


def test_markup_in_a_question_is_only_text(cast: Cast, version: KitVersion) -> None:
    client, question = signed_in(cast.ada), version.questions.get(place=1)
    evil = "<script>alert(1)</script>"
    client.post(url(cast, "questions-edit", question.id), given(text=evil, competency=evil, anchor_1=evil))
    for address in (url(cast, "kits-edit", version.kit_id), url(cast, "questions-edit", question.id)):
        page = client.get(address).content.decode()
        assert evil not in page and "&lt;script&gt;" in page


def test_asker_of_another_organization_is_no_choice(cast: Cast, version: KitVersion) -> None:
    question = version.questions.get(place=1)
    answer = signed_in(cast.ada).post(url(cast, "questions-edit", question.id), given(asker=str(cast.cleo.id)))
    assert answer.status_code == 422


def test_a_setting_that_the_form_does_not_offer_is_kept(cast: Cast, version: KitVersion) -> None:
    question = version.questions.get(place=1)
    Question.objects.filter(id=question.id).update(answer_limit_s=77)
    page = signed_in(cast.ada).get(url(cast, "questions-edit", question.id)).content.decode()
    assert '<option value="77" selected>1 minute 17 seconds</option>' in page


def test_questions_are_added_moved_copied_kept_and_removed_by_buttons(cast: Cast, version: KitVersion) -> None:
    client = signed_in(cast.rafael)
    answer = client.post(url(cast, "questions-add", version.kit_id))
    added = version.questions.get(place=5)
    assert answer["Location"] == url(cast, "questions-edit", added.id)
    answer = client.post(url(cast, "questions-move", added.id), {"to": "up"})
    assert answer["Location"].endswith(f"#q-{added.id}")
    added.refresh_from_db()
    assert added.place == 4
    first = version.questions.get(place=1)
    client.post(url(cast, "questions-duplicate", first.id))
    assert [question.text for question in version.questions.all()[:2]] == [first.text] * 2
    client.post(url(cast, "questions-keep", first.id))
    assert LibraryQuestion.objects.get().text == first.text
    page = client.post(url(cast, "questions-keep", added.id), follow=True).content.decode()
    assert "Write the question first" in page
    client.post(url(cast, "questions-remove", first.id))
    assert version.questions.count() == 5


def test_the_ninth_question_is_refused_in_words(cast: Cast, version: KitVersion) -> None:
    client = signed_in(cast.ada)
    for _ in range(MOST_QUESTIONS - 4):
        client.post(url(cast, "questions-add", version.kit_id))
    page = client.post(url(cast, "questions-add", version.kit_id), follow=True).content.decode()
    assert "8 questions are the most" in page and version.questions.count() == MOST_QUESTIONS


def test_a_published_question_is_not_written_on(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    question = version.questions.get(place=1)
    client, address = signed_in(cast.ada), url(cast, "questions-edit", question.id)
    page_was_open = client.get(address).status_code
    publish(actor=cast.actor(cast.rafael), version=version)
    answer = client.post(address, given(text="Too late?"), headers=HTMX)
    assert page_was_open == 200 and answer.status_code == 422
    assert "is published and stays as it is" in answer.content.decode()
    assert client.get(address)["Location"] == url(cast, "kits-edit", version.kit_id)
    assert client.post(url(cast, "questions-remove", question.id)).status_code == 409
    question.refresh_from_db()
    assert question.text != "Too late?"


@pytest.mark.parametrize("name", ["questions-move", "questions-duplicate", "questions-remove", "questions-keep"])
def test_others_get_404_and_raters_403(cast: Cast, version: KitVersion, name: str) -> None:
    question = version.questions.get(place=1)
    assert signed_in(cast.cleo).post(url(cast, name, question.id)).status_code == 404
    assert signed_in(cast.bo).post(url(cast, name, question.id)).status_code == 403
    theirs = make_draft(cast.cleo).questions.get(place=1)
    assert signed_in(cast.ada).post(url(cast, name, theirs.id)).status_code == 404
    assert version.questions.count() == 4


def test_a_question_may_ask_for_a_choice_or_a_number(cast: Cast) -> None:
    question = make_draft(cast.ada).questions.get(place=1)
    client, address = signed_in(cast.ada), url(cast, "questions-edit", question.id)
    usual = {"text": "Which shifts?", "answer_limit_s": "180", "takes_allowed": "3"}
    choice = {**usual, "answer_kind": "choice", "options": "Early\r\nLate\r\n\r\n", "picks_several": "on"}
    assert client.post(address, choice).status_code == 302
    question.refresh_from_db()
    assert (question.answer_kind, question.options, question.picks_several) == ("choice", ["Early", "Late"], True)
    page = client.get(address).content.decode()
    assert ">\nEarly\nLate</textarea>" in page or ">Early\nLate</textarea>" in page
    kit = client.get(url(cast, "kits-edit", question.kit_version.kit_id)).content.decode()
    assert "choose all that fit" in kit and '<li dir="auto">Early</li>' in kit
    number = {**usual, "answer_kind": "number", "unit": "hours", "number_min": "7.5", "number_max": "40"}
    client.post(address, number)
    question.refresh_from_db()
    assert (question.answer_kind, question.unit, str(question.number_min)) == ("number", "hours", "7.5000")
    assert 'value="7.5"' in client.get(address).content.decode()
    assert client.post(address, {**number, "number_min": "many"}).status_code == 422
    assert client.post(address, {**usual, "answer_kind": "essay"}).status_code == 422
