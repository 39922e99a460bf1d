"""Scorecards side by side."""

import re

import pytest
from django.test import Client

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from tests.factories import Cast, make_submitted_interview
from tests.factories.preparing import make_renditions
from tests.factories.review import rate


@pytest.fixture
def interview(cast: Cast) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0), recommendation="decline")
    return interview


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/compare/{cast.stage.id}/{rest}"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_cells_say_mean_raters_and_distance(cast, rafael, interview):
    page = words(rafael.get(address(cast)))
    assert "4.5 2 raters" in page
    assert "3.0 differ by 2" in page
    assert "3.0 1 rater " in page
    assert "not enough evidence" in page


def test_side_by_side_says_each_value_in_words(cast, rafael, interview):
    page = words(rafael.get(address(cast, "?question=2")))
    assert "2 raters: 2 and 4, they differ by 2" in page
    page = words(rafael.get(address(cast, "?question=3")))
    assert "1 rater: 3, 1 found not enough evidence" in page


def test_the_recommendation_stands_apart(cast, rafael, interview):
    page = words(rafael.get(address(cast)))
    assert "Bo Osei : advance . Bo Osei thinks" in page
    assert "Inês Carvalho : decline . Inês Carvalho thinks" in page


def test_names_are_hidden_until_somebody_asks_and_that_is_written_down(cast, rafael, interview):
    assert "Xanthippe" not in rafael.get(address(cast)).content.decode()
    answer = rafael.post(address(cast, f"names/{interview.id}/"), follow=True)
    assert "Xanthippe Rarebird" in answer.content.decode()
    assert AuditEntry.objects.filter(verb="interview.name_shown", actor_id=str(cast.rafael.id)).count() == 1
    rafael.force_login(cast.ada.user)
    assert "Xanthippe" not in rafael.get(address(cast)).content.decode()


def test_looking_does_not_reveal(cast, rafael, interview):
    assert rafael.get(address(cast, f"names/{interview.id}/")).status_code == 405


def test_a_reviewer_compares_what_they_have_rated(cast, client, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, other, (1, 1, 1, 1))
    client.force_login(cast.bo.user)
    answer = client.get(address(cast))
    assert interview.code_name in answer.content.decode()
    assert other.code_name not in answer.content.decode()
    assert "One opens for you when your own scorecard is in." in words(answer)


def test_an_auditor_reads_the_figures_and_nothing_that_plays_or_acts(cast, client, interview):
    client.force_login(cast.audrey.user)
    page = client.get(address(cast)).content.decode()
    assert "differ by 2" in page
    assert "/d/" not in page and f"{cast.organization.slug}/review/" not in page and "/decisions/" in page
    assert "Show name" not in page and ">Decide<" not in page
    assert client.post(address(cast, f"names/{interview.id}/")).status_code == 403


def test_outsiders_find_nothing(cast, client, interview):
    client.force_login(cast.cleo.user)
    assert client.get(address(cast)).status_code == 404
    foreign = f"/team/{cast.other_organization.slug}/compare/{cast.stage.id}/"
    assert client.get(foreign).status_code == 404
    assert client.post(f"{foreign}names/{interview.id}/").status_code == 404


def test_before_anything_is_in_the_page_says_so(cast, rafael):
    assert "Nobody in this stage has sent answers yet." in words(rafael.get(address(cast)))
    make_submitted_interview(cast.stage, cast.kit_version)
    assert "One interview is here and waits for its first scorecard." in words(rafael.get(address(cast)))


def test_queries_do_not_grow_with_the_table(cast, rafael, interview, django_assert_max_num_queries):
    for number in range(8):
        person = make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
        rate(cast.bo, person, (3, 4, 5, 1))
    with django_assert_max_num_queries(32):
        rafael.get(address(cast))
    for number in range(8):
        rate(cast.bo, make_submitted_interview(cast.stage, cast.kit_version, f"Q{number} X"), (3, 4, 5, 1))
    with django_assert_max_num_queries(32):
        rafael.get(address(cast))


def test_no_face_stands_beside_a_code_name(cast, rafael, interview):
    for answer in interview.answers.select_related("chosen_take__recording"):
        make_renditions(answer.chosen_take.recording)
    assert "/d/" not in rafael.get(address(cast)).content.decode()
    shown = rafael.post(address(cast, f"names/{interview.id}/"), follow=True).content.decode()
    assert len(re.findall(r'<img src="/d/', shown)) == 1


def test_lists_of_those_who_rate_carry_no_media_at_all(cast, client, interview):
    for answer in interview.answers.select_related("chosen_take__recording"):
        make_renditions(answer.chosen_take.recording)
    waiting = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Second")
    make_renditions(waiting.answers.first().chosen_take.recording)
    client.force_login(cast.bo.user)
    for rest in ("", "review/", f"compare/{cast.stage.id}/"):
        page = client.get(f"/team/{cast.organization.slug}/{rest}", follow=True).content.decode()
        assert "/d/" not in page, rest
        assert "poster" not in page, rest
