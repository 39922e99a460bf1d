"""The library in the page."""

import pytest

from bothways.kits.actions.library import add_kept_question
from bothways.kits.actions.wording import Wording
from bothways.kits.models import LibraryQuestion
from tests.factories import Cast
from tests.factories.preparing import make_draft
from tests.web.team.preparing import signed_in, url

QUESTION = {"text": "What did you learn last?", "answer_limit_s": "180", "takes_allowed": "3"}


@pytest.fixture
def kept(cast: Cast) -> LibraryQuestion:
    wording = Wording(text="Tell us about bad news", competency="Clear and kind")
    return add_kept_question(actor=cast.actor(cast.ada), organization=cast.organization, wording=wording)


def test_an_empty_library_says_how_it_fills(cast: Cast) -> None:
    assert "Your library is empty" in signed_in(cast.rafael).get(url(cast, "library-list")).content.decode()


def test_questions_are_written_found_changed_and_removed(cast: Cast, kept: LibraryQuestion) -> None:
    client = signed_in(cast.rafael)
    page = client.post(url(cast, "library-new"), QUESTION, follow=True).content.decode()
    assert "What did you learn last?" in page and "Tell us about bad news" in page
    found = client.get(url(cast, "library-list"), {"q": "kind"}).content.decode()
    assert "Tell us about bad news" in found and "What did you learn last?" not in found
    assert "Nothing in the library" in client.get(url(cast, "library-list"), {"q": "zebra"}).content.decode()
    client.post(url(cast, "library-edit", kept.id), {**QUESTION, "text": "Changed?"})
    kept.refresh_from_db()
    assert kept.text == "Changed?"
    client.post(url(cast, "library-remove", kept.id))
    assert not LibraryQuestion.objects.filter(id=kept.id).exists()


def test_a_question_without_words_is_not_kept(cast: Cast) -> None:
    answer = signed_in(cast.ada).post(url(cast, "library-new"), {**QUESTION, "text": "  "})
    assert answer.status_code == 422 and not LibraryQuestion.objects.exists()


def test_a_kept_question_is_put_into_the_kit_one_came_from(cast: Cast, kept: LibraryQuestion) -> None:
    version, client = make_draft(cast.ada), signed_in(cast.rafael)
    page = client.get(url(cast, "library-list"), {"kit": version.kit_id}).content.decode()
    assert url(cast, "library-use", kept.id, version.kit_id) in page
    client.post(url(cast, "library-use", kept.id, version.kit_id))
    assert version.questions.get(place=5).text == kept.text
    page = client.post(url(cast, "library-use", kept.id, cast.kit_version.kit_id), follow=True).content.decode()
    assert "This kit has no draft" in page


def test_the_library_of_others_stays_closed(cast: Cast, kept: LibraryQuestion) -> None:
    cleo = signed_in(cast.cleo)
    own = make_draft(cast.cleo)
    assert cleo.get(url(cast, "library-list")).status_code == 404
    stolen = f"/team/{cast.other_organization.slug}/library/{kept.id}"
    assert cleo.get(f"{stolen}/").status_code == 404
    assert cleo.post(f"{stolen}/use/{own.kit_id}/").status_code == 404
    assert signed_in(cast.bo).get(url(cast, "library-list")).status_code == 200
    assert signed_in(cast.bo).post(url(cast, "library-remove", kept.id)).status_code == 403


def test_a_long_library_costs_the_same(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(15):
        wording = Wording(text=f"Question {number}?", competency=f"Thing {number}", asker=cast.ada)
        add_kept_question(actor=cast.actor(cast.ada), organization=cast.organization, wording=wording)
    client = signed_in(cast.ada)
    with django_assert_max_num_queries(14):
        client.get(url(cast, "library-list"))
