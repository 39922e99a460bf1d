"""Question by question in the rating room: from the work list through everybody to handing in."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from bothways.interviews.models import Interview
from bothways.positions.models import ReviewOrder
from bothways.review.models import Rating, Scorecard
from tests.factories import Cast, make_kit_version, make_stage, make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def people(cast: Cast) -> list[Interview]:
    return [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe{n} Rarebird{n}") for n in range(4)]


@pytest.fixture
def bo(cast: Cast, client: Client) -> Client:
    client.force_login(cast.bo.user)
    return client


def question(cast, place=1):
    return cast.kit_version.questions.get(place=place)


def address(cast, name, *arguments):
    return reverse(f"team:{name}", args=[cast.organization.slug, *arguments])


def round_of(cast, place=1):
    return address(cast, "review-round", cast.stage.id, question(cast, place).id)


def walk(client, cast, place=1, value="3"):
    """Rates a question for everybody without scripts; gives the addresses of the turns and the last page."""
    turns, page = [], client.get(round_of(cast, place), follow=True)
    while page.redirect_chain and page.redirect_chain[-1][0].endswith("/turn/"):
        turns.append(page.redirect_chain[-1][0])
        page = client.post(turns[-1], {"value": value, "note": "heard"}, follow=True)
    return turns, page.content.decode()


def test_one_question_for_everybody_then_the_next(cast, bo, people):
    turns, done = walk(bo, cast)
    assert len(turns) == len(set(turns)) == 4
    assert all(turn.endswith("/1/turn/") for turn in turns)
    assert Rating.objects.filter(question=question(cast), value=3, scorecard__member=cast.bo).count() == 4
    assert "Question 1 is done" in done
    assert round_of(cast, 2) in done and "Next is question 2, 4 answers" in done
    assert walk(bo, cast)[0] == []


def test_the_order_is_another_for_another_reviewer_or_question(cast, client):
    for number in range(16):
        make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
    ways = []
    for member in (cast.bo, cast.ines):
        client.force_login(member.user)
        for place in (1, 2):
            ways.append([turn.split("/")[-4] for turn in walk(client, cast, place)[0]])
    assert len({tuple(way) for way in ways}) == 4
    assert all(sorted(way) == sorted(ways[0]) for way in ways)


def test_at_the_end_everybody_is_recommended_and_handed_in_together(cast, bo, people):
    for place in (1, 2, 3, 4):
        _turns, done = walk(bo, cast, place)
    hand_in = address(cast, "review-hand-in", cast.stage.id)
    assert hand_in in done and "4 scorecards only miss your recommendation" in done
    first, second, third, fourth = people
    page = bo.post(
        hand_in,
        {
            f"recommendation-{first.id}": "advance", f"note-{first.id}": "Clear",
            f"recommendation-{second.id}": "hold", f"note-{third.id}": "To think about",
        },
        follow=True,
    )  # fmt: skip
    assert "2 scorecards are handed in." in page.content.decode()
    assert "To think about" in page.content.decode()
    scorecards = {one.interview_id: one for one in Scorecard.objects.filter(member=cast.bo)}
    assert scorecards[first.id].submitted_at and scorecards[first.id].note == "Clear"
    assert scorecards[second.id].recommendation == "hold" and scorecards[second.id].submitted_at
    assert not scorecards[third.id].submitted_at and scorecards[third.id].note == "To think about"
    page = bo.post(hand_in, {f"recommendation-{one.id}": "decline" for one in (third, fourth)}, follow=True)
    assert "You have heard everybody" in page.content.decode()


def test_a_refused_row_stays_with_words_and_the_others_go(cast, bo, people):
    for place in (1, 2, 3, 4):
        walk(bo, cast, place)
    hand_in = address(cast, "review-hand-in", cast.stage.id)
    data = {f"recommendation-{people[0].id}": "advance", f"recommendation-{people[1].id}": "applaud"}
    page = bo.post(hand_in, data)
    assert page.status_code == 422
    assert "A recommendation is to advance, to hold or to decline." in page.content.decode()
    assert Scorecard.objects.filter(submitted_at__isnull=False).get().interview == people[0]
    nothing = bo.post(hand_in, {"recommendation-x": "advance", "note-": "", f"note-{people[2].id}": "y" * 5001})
    assert nothing.status_code == 422 and "A note can have 5000 characters" in nothing.content.decode()
    assert "Nothing was handed in" in bo.post(hand_in, {}, follow=True).content.decode()


def test_what_is_not_complete_or_not_ones_own_is_not_handed_in(cast, bo, people):
    walk(bo, cast, 1)
    other = make_submitted_interview(make_stage(cast.position, cast.kit_version, (cast.ines,)), cast.kit_version, "K O")
    hand_in = address(cast, "review-hand-in", cast.stage.id)
    bo.post(hand_in, {f"recommendation-{one.id}": "advance" for one in (*people, other)})
    assert not Scorecard.objects.filter(submitted_at__isnull=False).exists()
    assert not Scorecard.objects.filter(interview=other).exists()
    assert "Nothing to hand in yet" in bo.get(hand_in).content.decode()


def test_the_work_list_says_what_is_next_and_what_is_left(cast, bo, people):
    page = bo.get(address(cast, "review-list")).content.decode()
    assert "Begin with question 1" in page and "4 interviews wait for you." in page
    walk(bo, cast, 1)
    page = bo.get(address(cast, "review-list")).content.decode()
    assert "Go on with question 2" in page and "4 of 4" in page and "0 of 4" in page
    assert people[0].code_name not in page
    for place in (2, 3, 4):
        walk(bo, cast, place)
    page = bo.get(address(cast, "review-list")).content.decode()
    assert "Recommend and hand in" in page and "4 scorecards only miss your recommendation" in page


def test_candidate_by_candidate_opens_when_ones_own_ratings_are_in(cast, bo, people):
    heron = people[0]
    room = address(cast, "review-interview", heron.id)
    assert bo.get(room).url == address(cast, "review-turn", heron.id, 1)
    page = bo.get(f"{room}2/").content.decode()
    assert " data-turn" in page and f"{room}3/" not in page
    for place in (1, 2, 3, 4):
        walk(bo, cast, place)
    assert bo.get(room).url == f"{room}overall/"
    page = bo.get(f"{room}2/").content.decode()
    assert " data-turn" not in page and f"{room}3/" in page


def test_a_stage_can_be_candidate_by_candidate_from_the_start(cast, bo, people):
    cast.stage.review_order = ReviewOrder.CANDIDATES
    cast.stage.save()
    room = address(cast, "review-interview", people[0].id)
    assert bo.get(room).url == f"{room}1/"
    assert bo.post(f"{room}1/", {"value": "4", "note": ""}).url == f"{room}2/"
    page = bo.get(address(cast, "review-list")).content.decode()
    assert f"Go on with {people[0].code_name}" in page and "question by question instead" in page
    assert bo.get(round_of(cast)).status_code == 302


def test_who_does_not_rate_goes_candidate_by_candidate(cast, client, people):
    client.force_login(cast.rafael.user)
    room = address(cast, "review-interview", people[0].id)
    assert client.get(room).url == f"{room}1/"
    page = client.get(f"{room}1/").content.decode()
    assert " data-turn" not in page and f"{room}2/" in page


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("rafael", 403), ("audrey", 403), ("cleo", 404)])
def test_only_who_rates_here_comes_in(cast, client, people, who, status):
    client.force_login(getattr(cast, who).user)
    for there in (
        round_of(cast),
        address(cast, "review-turn", people[0].id, 1),
        address(cast, "review-hand-in", cast.stage.id),
    ):
        assert client.get(there).status_code == status
    handed = client.post(address(cast, "review-hand-in", cast.stage.id), {f"recommendation-{people[0].id}": "advance"})
    assert handed.status_code == status


def test_a_reviewer_of_another_stage_stays_outside(cast, bo, people):
    other = make_stage(cast.position, cast.kit_version, (cast.ines,))
    kim = make_submitted_interview(other, cast.kit_version, "Kim Other")
    assert bo.get(address(cast, "review-round", other.id, question(cast).id)).status_code == 403
    assert bo.get(address(cast, "review-turn", kim.id, 1)).status_code == 403
    assert bo.get(address(cast, "review-hand-in", other.id)).status_code == 403
    foreign = make_kit_version(cast.ada).questions.get(place=1)
    assert bo.get(address(cast, "review-round", cast.stage.id, foreign.id)).status_code == 404
    assert bo.get(address(cast, "review-turn", people[0].id, 9)).status_code == 404


def test_blind_and_independent_in_everything_that_is_sent(cast, bo, people):
    scorecard = rate(cast.ines, people[0], (1, 5, 1, 5), recommendation="decline")
    scorecard.ratings.update(note="zyzzyva heard something")
    bodies = [bo.get(address(cast, "review-list"))]
    for place in (1, 2, 3, 4):
        turns, _done = walk(bo, cast, place)
        bodies += [bo.get(turn) for turn in turns] + [bo.get(round_of(cast, place))]
    bodies += [bo.get(address(cast, "review-list")), bo.get(address(cast, "review-hand-in", cast.stage.id))]
    assert {body.status_code for body in bodies} == {200}
    planted = ["xanthippe", "rarebird", "zyzzyva", "inês"]
    planted += [str(one.application_id) for one in people] + [str(one.application.candidate_id) for one in people]
    for body in bodies:
        sent = body.content.decode().lower() + str(body.headers).lower()
        assert [rare for rare in planted if rare in sent] == []
    assert people[0].code_name in bodies[-1].content.decode()


def test_a_page_leads_to_the_next_answer_and_to_the_one_before(cast, bo, people):
    turns, _done = walk(bo, cast)
    Scorecard.objects.all().delete()
    for at, turn in enumerate(turns):
        page = bo.get(turn).content.decode()
        after = re.search(r'data-after="([^"]+)"', page)
        before = re.search(r'href="([^"]+)" data-go="before"', page)
        assert (after and after[1]) == (turns[at + 1] if at < 3 else None)
        assert (before and before[1]) == (turns[at - 1] if at else None)
        assert f"answer {at + 1} of 4" in page
        assert ('data-next="' + (turns[at + 1] if at < 3 else round_of(cast))) in page


def test_a_fixed_number_of_queries(cast, bo, people, django_assert_max_num_queries, django_assert_num_queries):
    turn = bo.get(round_of(cast)).url
    bo.get(turn)
    with django_assert_num_queries(20):
        bo.get(turn)
    with django_assert_num_queries(13):
        bo.get(address(cast, "review-list"))
    for number in range(9):
        make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
    with django_assert_num_queries(20):
        bo.get(turn)
    with django_assert_num_queries(13):
        bo.get(address(cast, "review-list"))
    with django_assert_max_num_queries(17):
        bo.get(round_of(cast))


def test_the_order_is_set_in_the_step(cast, client):
    client.force_login(cast.rafael.user)
    there = address(cast, "stages-edit", cast.stage.id)
    data = {
        "name": "Recorded interview", "kind": "recorded", "kit": str(cast.kit_version.kit_id), "window_days": 7,
        "reply_days": 10, "raters_wanted": 2, "blind_level": "identity", "reviewers": [str(cast.bo.id)], "reason": "",
    }  # fmt: skip
    assert client.post(there, {**data, "review_order": "candidates"}).status_code == 302
    cast.stage.refresh_from_db()
    assert cast.stage.review_order == ReviewOrder.CANDIDATES
    assert 'value="candidates" checked' in client.get(there).content.decode()
    assert client.post(there, {**data, "review_order": "alphabet"}).status_code == 422
    assert client.post(there, data).status_code == 302
    cast.stage.refresh_from_db()
    assert cast.stage.review_order == ReviewOrder.QUESTIONS


def test_saving_by_script_counts_in_the_round(cast, bo, people):
    turn = bo.get(round_of(cast)).url
    interview_id = turn.split("/")[-4]
    draft = {"question": str(question(cast).id), "value": 5, "note": "", "revision": 0}
    saved = bo.post(address(cast, "review-save", interview_id), json.dumps(draft), content_type="application/json")
    assert saved.status_code == 200
    assert bo.get(round_of(cast)).url != turn
