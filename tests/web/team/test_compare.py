"""The table of a stage, and up to four people side by side."""

import re

import pytest
from django.test import Client

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from bothways.review.models import Shortlisted
from tests.factories import Cast, make_submitted_interview, make_written_answer
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


def side(cast: Cast, *interviews: Interview, question: int = 1) -> str:
    return address(cast, f"side/?question={question}" + "".join(f"&with={one.id}" for one in interviews))


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_cell_says_mean_raters_and_distance(cast, rafael, interview):
    page = words(rafael.get(address(cast)))
    assert "3.5 differ by 2" in page
    assert "1 advance, 1 decline third rater wanted" in page
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.bo, other, (0, 0, 0, 0))
    page = words(rafael.get(address(cast)))
    assert "not enough evidence" in page and "1 missing" in page and "0 of 1 competencies" in page


def test_heads_sort_by_links_and_say_so(cast, rafael, interview):
    page = rafael.get(address(cast)).content.decode()
    assert page.count("aria-sort=") == 1 and 'aria-sort="descending"' in page
    turned = re.search(r'aria-sort="descending"><a href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "sort=mean" in turned and "way=up" in turned
    assert 'aria-sort="ascending"' in rafael.get(address(cast, turned)).content.decode()
    assert rafael.get(address(cast, "?sort=nonsense&way=up&after=%00&version=x&q=%00")).status_code == 200


def test_filters_are_a_plain_form_that_keeps_what_is_asked(cast, rafael, interview):
    make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    page = rafael.get(address(cast, "?recommended=decline&sort=q1&way=up"))
    assert "One person of 2" in words(page)
    assert '<option value="decline" selected>' in page.content.decode()
    assert "Nobody is left" in words(rafael.get(address(cast, "?shortlisted=1")))


def test_pages_follow_one_another(cast, rafael, interview, monkeypatch):
    monkeypatch.setattr("bothways.review.queries.heat.page.__defaults__", (1,))
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    page = rafael.get(address(cast)).content.decode()
    onward = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert interview.code_name in page and other.code_name not in page
    page = rafael.get(address(cast, onward)).content.decode()
    assert other.code_name in page and interview.code_name not in page and 'rel="next"' not in page


def test_side_by_side_says_each_value_in_words(cast, rafael, interview):
    assert "2 raters: 2 and 4, they differ by 2" in words(rafael.get(side(cast, interview, question=2)))
    assert "1 rater: 3, 1 found not enough evidence" in words(rafael.get(side(cast, interview, question=3)))


def test_side_by_side_has_every_note_and_the_recommendation_apart(cast, rafael, interview):
    page = words(rafael.get(side(cast, interview)))
    assert "Bo Osei heard 4 Bo Osei , 4" in page and "Inês Carvalho heard 5 Inês Carvalho , 5" in page
    assert "Bo Osei : advance . Bo Osei thinks" in page
    assert "Inês Carvalho : decline . Inês Carvalho thinks" in page


def test_another_question_keeps_the_people(cast, rafael, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    page = rafael.get(side(cast, other, interview)).content.decode()
    assert f"?question=3&version=1&with={other.id}&with={interview.id}" in page.replace("&amp;", "&")


def test_those_who_are_ticked_go_side_by_side_four_at_most(cast, rafael, interview):
    people = [make_submitted_interview(cast.stage, cast.kit_version, f"P{n} X") for n in range(5)]
    answer = rafael.post(address(cast, "chosen/"), {"with": [one.id for one in people], "do": "side"}, follow=True)
    page = answer.content.decode()
    assert "Four at most stand side by side." in words(answer)
    assert [one.code_name in page for one in people] == [True, True, True, True, False]
    answer = rafael.post(address(cast, "chosen/"), {"with": ["x", ""], "do": "side"}, follow=True)
    assert "Tick the people first" in words(answer)


def test_the_page_says_what_counts_when_several_play(cast, rafael, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    for answer in [*interview.answers.all(), *other.answers.all()]:
        make_renditions(answer.chosen_take.recording)
    page = rafael.get(side(cast, interview, other))
    assert "only that one counts as watched" in words(page) and page.content.decode().count("<bw-player") == 2
    assert "only that one counts" not in words(rafael.get(side(cast, interview)))


def test_what_was_written_is_read_in_its_place(cast, rafael, interview):
    question = cast.kit_version.questions.get(place=1)
    interview.answers.filter(question=question).delete()
    make_written_answer(interview, question, text="I rang her first.")
    page = rafael.get(side(cast, interview)).content.decode()
    assert "I rang her first." in page and "<bw-reader" in page


def test_names_are_hidden_until_somebody_asks_and_that_is_written_down(cast, rafael, interview):
    for page in (address(cast), side(cast, interview)):
        assert "Xanthippe" not in rafael.get(page).content.decode()
    answer = rafael.post(address(cast, f"names/{interview.id}/"), {"back": "sort=q1&way=up"}, follow=True)
    assert "sort=q1" in answer.redirect_chain[0][0] and answer.redirect_chain[0][0].endswith(f"#row-{interview.id}")
    assert "Xanthippe Rarebird" in answer.content.decode()
    assert AuditEntry.objects.filter(verb="interview.name_shown", actor_id=str(cast.rafael.id)).count() == 1
    rafael.force_login(cast.ada.user)
    assert "Xanthippe" not in rafael.get(address(cast)).content.decode()


def test_looking_does_not_reveal(cast, rafael, interview):
    assert rafael.get(address(cast, f"names/{interview.id}/")).status_code == 405


def test_a_way_back_leads_nowhere_else(cast, rafael, interview):
    for back in ("https://example.org/", "//example.org", "sort=q1&version=²&after=x"):
        answer = rafael.post(address(cast, f"shortlist/{interview.id}/"), {"shortlist": "on", "back": back})
        assert answer["Location"].startswith(address(cast))


def test_the_shortlist_is_one_for_the_team_and_written_down(cast, rafael, interview):
    mark = address(cast, f"shortlist/{interview.id}/")
    for _twice in range(2):
        rafael.post(mark, {"shortlist": "on"})
    assert Shortlisted.objects.get().member == cast.rafael
    assert AuditEntry.objects.filter(verb="interview.shortlisted").count() == 1
    for member in (cast.ada, cast.bo, cast.audrey):
        rafael.force_login(member.user)
        assert interview.code_name in words(rafael.get(address(cast, "?shortlisted=1")))
    rafael.force_login(cast.ada.user)
    rafael.post(mark, {"shortlist": "off"})
    assert not Shortlisted.objects.exists()
    assert AuditEntry.objects.filter(verb="interview.unshortlisted", actor_id=str(cast.ada.id)).count() == 1
    for member in (cast.bo, cast.audrey):
        rafael.force_login(member.user)
        assert rafael.post(mark, {"shortlist": "on"}).status_code == 403


def test_who_rates_marks_nobody_before_their_own_scorecard(cast, rafael, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    cast.stage.reviewers.create(organization=cast.organization, member=cast.rafael)
    assert rafael.post(address(cast, f"shortlist/{other.id}/"), {"shortlist": "on"}).status_code == 403
    rate(cast.rafael, other, (3, 3, 3, 3))
    assert rafael.post(address(cast, f"shortlist/{other.id}/"), {"shortlist": "on"}).status_code == 302


def test_a_reviewer_reads_of_a_closed_row_only_that_it_is_closed(cast, client, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, other, (1, 1, 1, 1), recommendation="decline")
    client.force_login(cast.bo.user)
    answer = client.get(address(cast))
    page = answer.content.decode()
    closed = page[page.index(f'id="row-{other.id}"') :].split("</tr>")[0]
    assert other.code_name in closed and "After yours" in closed
    assert "data-level" not in closed and "decline" not in closed and "checkbox" not in closed
    assert "One opens for you when your own scorecard is in." in words(answer)
    beside = client.get(side(cast, interview, other))
    assert other.code_name not in beside.content.decode() and "One more is not shown" in words(beside)


def test_an_auditor_reads_the_figures_and_nothing_that_plays_or_acts(cast, client, interview):
    for answer in interview.answers.select_related("chosen_take__recording"):
        make_renditions(answer.chosen_take.recording)
    client.force_login(cast.audrey.user)
    for page in (address(cast), side(cast, interview)):
        page = client.get(page).content.decode()
        assert "differ by" in page or "2 raters" in page
        assert "/d/" not in page and f"{cast.organization.slug}/review/" not in page
        assert "Show name" not in page and ">Decide<" not in page and "Decline them" not in page
    assert client.post(address(cast, f"names/{interview.id}/")).status_code == 403


def test_outsiders_find_nothing(cast, client, interview):
    client.force_login(cast.cleo.user)
    assert client.get(address(cast)).status_code == 404
    assert client.get(side(cast, interview)).status_code == 404
    foreign = f"/team/{cast.other_organization.slug}/compare/{cast.stage.id}/"
    assert client.get(foreign).status_code == 404
    for rest in (f"names/{interview.id}/", f"shortlist/{interview.id}/", "chosen/", "several/decline/"):
        assert client.post(foreign + rest, {"with": interview.id, "do": "side"}).status_code == 404


def test_before_anything_is_in_the_page_says_so(cast, rafael):
    assert "Nobody in this stage has sent answers yet." in words(rafael.get(address(cast)))
    assert "Tick up to four people in the table first." in words(rafael.get(address(cast, "side/")))
    make_submitted_interview(cast.stage, cast.kit_version)
    page = words(rafael.get(address(cast)))
    assert "One person waits for the first scorecard." in page and "Waits for the first scorecard." in page


def test_queries_do_not_grow_with_the_table(cast, rafael, interview, django_assert_max_num_queries):
    for number in range(8):
        person = make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
        rate(cast.bo, person, (3, 4, 5, 1))
    with django_assert_max_num_queries(16):
        rafael.get(address(cast))
    for number in range(8):
        rate(cast.bo, make_submitted_interview(cast.stage, cast.kit_version, f"Q{number} X"), (3, 4, 5, 1))
    with django_assert_max_num_queries(16):
        rafael.get(address(cast))


def test_no_face_stands_beside_a_code_name(cast, rafael, interview):
    for answer in interview.answers.select_related("chosen_take__recording"):
        make_renditions(answer.chosen_take.recording)
    assert "/d/" not in rafael.get(address(cast)).content.decode()
    assert "poster=" not in rafael.get(side(cast, interview)).content.decode()
    rafael.post(address(cast, f"names/{interview.id}/"))
    assert rafael.get(side(cast, interview)).content.decode().count("poster=") == 1


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
