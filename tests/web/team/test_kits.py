"""Kits in the page: beginning, writing the words around, publishing, versions."""

import pytest

from bothways.kits.actions.versions import freeze
from bothways.kits.models import Kit, KitVersion, KitVersionState, Question
from bothways.kits.queries.versions import draft_of
from tests.factories import Cast, make_interview, make_kit_version
from tests.factories.preparing import make_draft, make_ready_draft
from tests.web.team.preparing import signed_in, url

HTMX = {"HX-Request": "true"}


def test_a_kit_begins_with_a_starter_and_serves_its_step(cast: Cast) -> None:
    client = signed_in(cast.rafael)
    address = f"{url(cast, 'kits-new')}?stage={cast.stage.id}"
    assert 'value="Tenant support adviser"' in client.get(address).content.decode()
    answer = client.post(address, {"name": "Advisers", "starter": "customers", "welcome_by": cast.ada.id}, follow=True)
    kit = Kit.objects.get(name="Advisers")
    cast.stage.refresh_from_db()
    assert cast.stage.kit == kit and draft_of(kit).questions.count() == 4
    page = answer.content.decode()
    assert "somebody bad news" in page and "Welcome, from Ada Lindqvist" in page and "4 things are left" in page


@pytest.mark.parametrize("wrong", [{"name": ""}, {"starter": "../../etc"}, {"welcome_by": "1"}, {"name": "x" * 121}])
def test_a_wrong_beginning_makes_no_kit(cast: Cast, wrong: dict[str, str]) -> None:
    answer = signed_in(cast.ada).post(url(cast, "kits-new"), {"name": "Advisers", "starter": "any", **wrong})
    assert answer.status_code == 422 and not Kit.objects.filter(name="Advisers").exists()


def test_what_is_missing_is_listed_with_links_to_its_fields(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    second, third = version.questions.get(place=2), version.questions.get(place=3)
    Question.objects.filter(id=second.id).update(anchor_5="")
    Question.objects.filter(id=third.id).update(prompt=None)
    client = signed_in(cast.rafael)
    page = client.get(url(cast, "kits-edit", version.kit_id)).content.decode()
    assert f'href="{url(cast, "questions-edit", second.id)}#id_anchor_5">Question 2 has no anchor for 5.' in page
    assert f'href="{url(cast, "prompts-record", "question", third.id)}">Question 3 has no person asking.' in page
    assert "2 things are left." in page and 'aria-disabled="true" aria-describedby="left"' in page
    assert 'id="id_anchor_5"' in client.get(url(cast, "questions-edit", second.id)).content.decode()
    refused = client.post(url(cast, "kits-publish", version.kit_id), follow=True).content.decode()
    assert "cannot be published yet" in refused
    version.refresh_from_db()
    assert version.state == KitVersionState.DRAFT


def test_a_complete_draft_is_published_and_the_next_one_begun_and_dropped(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    client = signed_in(cast.rafael)
    page = client.post(url(cast, "kits-publish", version.kit_id), follow=True).content.decode()
    assert "Version 1 is published" in page and "Begin a new version" in page and "Add a question" not in page
    page = client.post(url(cast, "kits-draft", version.kit_id), follow=True).content.decode()
    assert "version 2, draft" in page and "Invitations use version 1" in page
    assert "version 1, published" in client.get(url(cast, "kits-version", version.kit_id, 1)).content.decode()
    client.post(url(cast, "kits-discard", version.kit_id))
    assert version.kit.versions.count() == 1


def test_a_frozen_version_tells_how_many_people_were_asked_with_it(cast: Cast) -> None:
    for number in range(3):
        make_interview(cast.stage, cast.kit_version, f"Candidate {number}")
    freeze(actor=cast.actor(cast.ada), kit_version=cast.kit_version)
    client, kit_id = signed_in(cast.ada), cast.kit_version.kit_id
    assert "Frozen: 3 people were asked with it" in client.get(url(cast, "kits-edit", kit_id)).content.decode()
    page = client.post(url(cast, "kits-draft", kit_id), follow=True).content.decode()
    assert "Version 1 is in use and frozen: 3 people" in page


def test_words_are_saved_while_they_are_written(cast: Cast) -> None:
    version = make_draft(cast.ada)
    client, address = signed_in(cast.rafael), url(cast, "kits-words", version.kit_id)
    given = {"welcome_text": "مرحبا", "welcome_by": cast.ines.id, "closing_text": "Bye.", "language": "ar"}
    answer = client.post(address, given, headers=HTMX)
    assert (
        answer.status_code == 200
        and "draft, saved" in answer.content.decode()
        and "<html" not in answer.content.decode()
    )
    version.refresh_from_db()
    assert (version.welcome_text, version.welcome_by, version.language) == ("مرحبا", cast.ines, "ar")
    wrong = client.post(address, {**given, "language": "tlh", "welcome_text": "lost?"}, headers=HTMX)
    assert wrong.status_code == 422 and "Not saved yet" in wrong.content.decode()
    version.refresh_from_db()
    assert version.welcome_text == "مرحبا"
    assert client.post(address, given).status_code == 302


def test_words_of_a_published_kit_stay(cast: Cast) -> None:
    answer = signed_in(cast.ada).post(url(cast, "kits-words", cast.kit_version.kit_id), {"welcome_text": "x"})
    assert answer.status_code == 409
    cast.kit_version.refresh_from_db()
    assert cast.kit_version.welcome_text == "I lead the team you would join."


def test_a_kit_is_renamed(cast: Cast) -> None:
    client, address = signed_in(cast.ada), url(cast, "kits-rename", cast.kit_version.kit_id)
    assert client.post(address, {"name": ""}).status_code == 422
    client.post(address, {"name": "José Luis Fernández de la Vega Ruiz"})
    assert "José Luis" in client.get(url(cast, "kits-list")).content.decode()


def test_the_minutes_and_the_warning_for_many_questions(cast: Cast) -> None:
    client = signed_in(cast.ada)
    page = client.get(url(cast, "kits-edit", cast.kit_version.kit_id)).content.decode()
    assert "<b>18</b>" in page and "12 to answer" in page and "More than six" not in page
    many = make_kit_version(cast.ada, questions=7, state=KitVersionState.DRAFT)
    page = client.get(url(cast, "kits-edit", many.kit_id)).content.decode()
    assert "More than six questions" in page and 'class="fill" width="100%"' in page


def test_pages_cost_the_same_for_any_number(cast: Cast, django_assert_max_num_queries) -> None:
    version = make_ready_draft(cast.ada)
    for number in range(6):
        make_ready_draft(cast.ada, f"Kit {number}")
    client = signed_in(cast.ada)
    with django_assert_max_num_queries(14):
        client.get(url(cast, "kits-list"))
    with django_assert_max_num_queries(18):
        assert client.get(url(cast, "kits-edit", version.kit_id)).status_code == 200


def test_raters_and_auditors_read_and_change_nothing(cast: Cast) -> None:
    version = make_draft(cast.ada)
    for member in (cast.bo, cast.audrey):
        client = signed_in(member)
        page = client.get(url(cast, "kits-edit", version.kit_id)).content.decode()
        assert "somebody bad news" in page
        for tool in ("Add a question", "Publish version", "questions-move", "See it as a candidate", "Rename"):
            assert tool not in page
        for name in ("kits-publish", "kits-draft", "kits-discard"):
            assert client.post(url(cast, name, version.kit_id)).status_code == 403


def test_the_set_up_of_a_position_is_named_to_raters_without_a_link(cast: Cast) -> None:
    link = url(cast, "stages-list", cast.position.id)
    for member, opens in ((cast.rafael, True), (cast.audrey, True), (cast.bo, False)):
        page = signed_in(member).get(url(cast, "kits-edit", cast.kit_version.kit_id)).content.decode()
        assert cast.position.title in page and (f'href="{link}"' in page) is opens


@pytest.mark.parametrize("name", ["kits-edit", "kits-words", "kits-rename"])
def test_others_get_404(cast: Cast, name: str) -> None:
    version = make_draft(cast.cleo)
    assert signed_in(cast.ada).get(url(cast, name, version.kit_id)).status_code == 404
    assert signed_in(cast.cleo).get(url(cast, name, cast.kit_version.kit_id)).status_code == 404
    assert KitVersion.objects.get(id=version.id).state == KitVersionState.DRAFT
