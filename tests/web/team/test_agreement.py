"""The page of agreement and the page of one rater's numbers: who reads what, and in which words."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from bothways.positions.models import StageReviewer
from bothways.review.agreement.figures import Figure
from bothways.review.models import Scorecard
from bothways.web.team.agreement_words import alpha_words, icc_words, interval_words, needed_words, number
from bothways.work.actions import jobs
from bothways.work.models import Job
from tests.factories import Cast, make_member
from tests.factories.agreeing import hand_in, harder, make, rated_stage, sent_interviews, usual
from tests.factories.review import rate


def address(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/agreement/{cast.stage.id}/{rest}"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def read(client: Client, cast: Cast, member, rest: str = "") -> str:
    client.force_login(member.user)
    answer = client.get(address(cast, rest))
    assert answer.status_code == 200
    return words(answer)


def test_numbers_stand_with_their_interval_and_words(cast, client):
    rated_stage(cast)
    page = read(client, cast, cast.rafael)
    assert "Candidates: 12 rated twice or more" in page
    assert re.search(r"One rating, by whomever ICC\(1,1\) 0\.\d\d \w+( to \w+)? 0\.\d\d to [01]\.\d\d", page)
    for name in ("ICC(1,2)", "ICC(2,1)", "ICC(2,2)", "Krippendorff’s alpha, ordinal"):
        assert name in page
    assert re.search(r"For 0\.8 you need \d raters?", page)
    assert "Bo Osei and Inês Carvalho" in page
    assert "from 24 scorecards" in page


def test_under_ten_there_are_words_and_no_numbers(cast, client):
    rated_stage(cast, 9)
    page = read(client, cast, cast.rafael)
    assert page.count("Too few to judge: 9 have two ratings, and 10 are the least.") == 6
    assert not re.search(r"[01]\.\d\d to", page) and "For 0.8 you need" not in page
    drift = read(client, cast, cast.rafael, f"{cast.bo.id}/")
    assert "Too few to judge: 9 interviews have two numbers or more" in drift


def test_always_the_same_is_told_in_words(cast, client):
    interviews = sent_interviews(cast, 12)
    for member in (cast.bo, cast.ines):
        hand_in(member, interviews, lambda at, place: 3)
    make(cast)
    page = read(client, cast, cast.rafael)
    assert page.count("Every rating is the same. It looks like agreement, but it cannot be told from habit.") == 6
    drift = read(client, cast, cast.rafael, f"{cast.bo.id}/")
    assert "hardly tell candidates apart" in drift and "cannot be told" in drift


def test_one_rater_alone_and_nobody_at_all(cast, client):
    assert "Figures stand here soon after scorecards are handed in." in read(client, cast, cast.rafael)
    interviews = sent_interviews(cast, 12)
    assert "Figures stand here soon after scorecards are handed in." in read(client, cast, cast.rafael)
    hand_in(cast.bo, interviews, usual)
    make(cast)
    page = read(client, cast, cast.rafael)
    assert "Nothing here has two ratings yet, so nothing can be said." in page
    assert "No two people have rated the same candidate yet." in page


def test_the_page_follows_what_is_handed_in(cast, client):
    [interview] = sent_interviews(cast, 1)
    rate(cast.bo, interview, (3, 4, 5, 2))
    assert "Their figures are worked out now" in read(client, cast, cast.rafael)
    Job.objects.update(due_at=timezone.now())
    jobs.run_all_due()
    assert "from one scorecard that was in by then" in read(client, cast, cast.rafael)
    rate(cast.ines, interview, (3, 4, 5, 2))
    page = read(client, cast, cast.rafael)
    assert "Newer ones are being counted in" in page and "from one scorecard" in page


def test_a_reviewer_sees_what_is_made_of_the_own_scorecards(cast, client):
    client.force_login(cast.bo.user)
    assert client.get(address(cast)).status_code == 403
    third = make_member(cast.organization, "Tove Third", "reviewer")
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=third)
    interviews = rated_stage(cast)
    page = read(client, cast, cast.bo)
    assert "You beside each other rater" in page and "Inês Carvalho" in page
    assert "The whole interview" not in page and "Question by question" not in page
    client.force_login(third.user)
    assert client.get(address(cast)).status_code == 403
    hand_in(third, interviews[:2], harder)
    make(cast)
    assert "Too few to judge: 2 have two ratings" in read(client, cast, third)
    assert "Tove Third" in read(client, cast, cast.bo)


def test_a_recruiter_who_rates_first_hands_in(cast, client):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    interviews = rated_stage(cast)
    client.force_login(cast.rafael.user)
    assert client.get(address(cast)).status_code == 403
    hand_in(cast.rafael, interviews[:-1], usual)
    make(cast)
    page = read(client, cast, cast.rafael)
    assert "interviews wait for your scorecard" in page and "Bo Osei and Inês Carvalho" not in page
    assert client.get(address(cast, f"{cast.bo.id}/")).status_code == 403
    hand_in(cast.rafael, interviews[-1:], usual)
    assert "Bo Osei and Inês Carvalho" in read(client, cast, cast.rafael)
    assert "Harder" in read(client, cast, cast.rafael, f"{cast.ines.id}/")


def test_an_auditor_reads_agreement_and_no_single_rater(cast, client):
    rated_stage(cast)
    page = read(client, cast, cast.audrey)
    assert "The whole interview" in page and "One rater’s numbers" not in page
    assert client.get(address(cast, f"{cast.bo.id}/")).status_code == 403


def test_outsiders_find_nothing(cast, client):
    rated_stage(cast)
    client.force_login(cast.cleo.user)
    foreign = f"/team/{cast.other_organization.slug}/agreement/{cast.stage.id}/"
    for there in (address(cast), address(cast, f"{cast.bo.id}/"), foreign, f"{foreign}{cast.bo.id}/"):
        assert client.get(there).status_code == 404
    client.force_login(cast.rafael.user)
    assert client.get(address(cast, f"{cast.cleo.id}/")).status_code == 404


def test_each_rater_reads_only_the_own_numbers(cast, client):
    rated_stage(cast)
    page = read(client, cast, cast.ines, f"{cast.ines.id}/")
    assert "Your ratings" in page and "Harder than others on the same answers by 0.5 points, on 48 answers." in page
    assert "Bo Osei" not in page
    assert client.get(address(cast, f"{cast.bo.id}/")).status_code == 403


def test_who_leads_reads_one_rater_at_a_time_without_a_list(cast, client):
    rated_stage(cast)
    page = read(client, cast, cast.ada, f"{cast.bo.id}/")
    assert "Ratings by Bo Osei" in page and "Milder than others on the same answers by 0.5 points" in page
    assert "Inês" not in page
    assert re.search(r"on average, with a standard deviation of \d\.\d", page)
    assert re.search(r"5 \d+ \d+ %", page)


def test_the_order_of_rating_is_told(cast, client):
    interviews = sent_interviews(cast, 12)
    hand_in(cast.bo, interviews, lambda at, place: 5 - at // 4)
    make(cast)
    page = read(client, cast, cast.bo, f"{cast.bo.id}/")
    assert "the first third got 5.0 on average, the last third 3.0" in page
    assert "Two questions correlate at 1.00 on average. That is a lot" in page


def test_a_draft_of_others_changes_nothing(cast, client):
    interviews = rated_stage(cast)
    before = read(client, cast, cast.rafael)
    Scorecard.objects.filter(interview=interviews[0], member=cast.ines).update(submitted_at=None)
    make(cast)
    assert "Candidates: 11 rated twice or more" in read(client, cast, cast.rafael)
    assert "Candidates: 12 rated twice or more" in before


def test_queries_do_not_grow(cast, client, django_assert_max_num_queries):
    rated_stage(cast)
    more = [make_member(cast.organization, f"Rater {number}", "reviewer") for number in range(4)]
    client.force_login(cast.rafael.user)
    client.get(address(cast))
    with django_assert_max_num_queries(16) as few:
        client.get(address(cast))
    interviews = sent_interviews(cast, 30)
    for member in more:
        hand_in(member, interviews, usual)
    make(cast)
    with django_assert_max_num_queries(len(few)):
        answer = client.get(address(cast))
    assert "Rater 3" in words(answer)
    with django_assert_max_num_queries(16):
        client.get(address(cast, f"{cast.bo.id}/"))


def test_both_pages_are_linked(cast, client):
    rated_stage(cast)
    client.force_login(cast.rafael.user)
    stages = client.get(f"/team/{cast.organization.slug}/positions/{cast.position.id}/stages/", follow=True)
    compare = client.get(f"/team/{cast.organization.slug}/compare/{cast.stage.id}/")
    for page in (stages, compare):
        assert address(cast) in page.content.decode()
    assert address(cast, f"{cast.bo.id}/") in client.get(address(cast)).content.decode()


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(0.6, 0.41, 0.77), ("0.60", "0.41 to 0.77", "poor to good")),
        (Figure(0.95, 0.9, 0.99), ("0.95", "0.90 to 0.99", "excellent")),
        (Figure(0.5, 0.5, 0.749), ("0.50", "0.50 to 0.75", "moderate")),
        (Figure(-0.2, -0.5, 0.1), ("below 0", "below 0 to 0.10", "poor")),
        (Figure(0.0, None, None), ("0.00", "no interval: too little differs", "poor")),
    ],
)
def test_words_belong_to_the_interval(figure, expected):
    assert (number(figure.value), interval_words(figure), icc_words(figure)) == expected


def test_alpha_has_the_words_of_its_lower_end():
    assert alpha_words(Figure(0.9, 0.8, 0.95)) == "good enough to rely on"
    assert alpha_words(Figure(0.9, 0.7, 0.95)) == "for tentative conclusions"
    assert alpha_words(Figure(0.9, 0.6, 0.95)) == "too low to rely on"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(0.5, 0.4, 0.6), "4 raters; it may be from 3 to 6"),
        (Figure(0.8, 0.8, 0.8), "1 rater"),
        (Figure(0.3, -0.1, 0.6), "10 raters; it may be 3, or more than 20"),
        (Figure(0.05, None, None), "more than 20 raters"),
        (Figure(-0.1, -0.3, 0.2), "More raters would not help: they agree no better than by chance."),
    ],
)
def test_how_many_raters_are_told_with_what_is_open(figure, expected):
    assert needed_words(figure) == expected
