"""The rating room, candidate by candidate: what a reviewer reads, keeps and hands in."""

import json
import re

import pytest
from django.test import Client

from bothways.interviews.models import Interview
from bothways.media.models import Rendition
from bothways.positions.models import ReviewOrder
from bothways.review.models import Coverage, Rating, Scorecard
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def interview(cast: Cast) -> Interview:
    cast.stage.review_order = ReviewOrder.CANDIDATES
    cast.stage.save()
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    for answer in interview.answers.select_related("chosen_take__recording"):
        for kind, mime in (("playable", "video/webm"), ("poster", "image/jpeg"), ("peaks", "application/json")):
            Rendition.objects.create(
                organization=cast.organization,
                recording=answer.chosen_take.recording,
                kind=kind,
                mime=mime,
                size=10,
                store_key=f"{cast.organization.id}/{answer.chosen_take.recording_id}/{kind}",
            )
    return interview


@pytest.fixture
def bo(cast: Cast, client: Client) -> Client:
    client.force_login(cast.bo.user)
    return client


def base(cast: Cast) -> str:
    return f"/team/{cast.organization.slug}"


def room(cast: Cast, interview: Interview, rest: str = "") -> str:
    return f"{base(cast)}/review/{interview.id}/{rest}"


def save(client: Client, cast: Cast, interview: Interview, **draft):
    return client.post(room(cast, interview, "save/"), json.dumps(draft), content_type="application/json")


def reachable(client: Client, cast: Cast, interview: Interview) -> list[str]:
    """Every body and header that a reviewer gets on the way through the work list and the room."""
    addresses = [
        f"{base(cast)}/review/",
        *(room(cast, interview, rest) for rest in ("1/", "2/", "3/", "4/", "overall/")),
        f"{base(cast)}/compare/{cast.stage.id}/",
        f"{base(cast)}/compare/{cast.stage.id}/side/?with={interview.id}",
    ]
    answers = [client.get(address) for address in addresses]
    for answer in interview.answers.all():
        answers.append(client.get(f"{base(cast)}/review/answers/{answer.id}/media/"))
        answers.append(client.post(f"{base(cast)}/review/answers/{answer.id}/opened/"))
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content.decode() + str(answer.headers) for answer in answers]


def test_blind_means_that_the_name_is_in_nothing_that_is_sent(cast, bo, interview):
    candidate = interview.application.candidate
    planted = [
        candidate.name,
        "Xanthippe",
        "Rarebird",
        candidate.email,
        str(candidate.id),
        str(interview.application_id),
    ]
    for body in reachable(bo, cast, interview):
        assert [rare for rare in planted if rare.lower() in body.lower()] == []
    assert interview.code_name in bo.get(room(cast, interview, "1/")).content.decode()


def test_others_ratings_are_in_nothing_before_ones_own_are_in(cast, bo, interview):
    scorecard = rate(cast.ines, interview, (1, 5, 1, 5), recommendation="decline")
    scorecard.ratings.update(note="zyzzyva heard something")
    Scorecard.objects.filter(id=scorecard.id).update(note="zyzzyva thinks")
    for body in reachable(bo, cast, interview):
        assert "zyzzyva" not in body
        assert "Inês" not in body
    rate(cast.bo, interview, (3, 3, 3, 3))
    assert "zyzzyva" in bo.get(f"{base(cast)}/compare/{cast.stage.id}/side/?with={interview.id}").content.decode()


def test_names_are_shown_where_the_stage_is_not_blind(cast, bo, interview):
    cast.stage.blind_level = "nothing"
    cast.stage.save()
    assert "Xanthippe Rarebird" in bo.get(f"{base(cast)}/review/").content.decode()
    assert "Xanthippe Rarebird" in bo.get(room(cast, interview, "1/")).content.decode()


def test_the_work_list_counts_in_the_bar_and_is_empty_in_words(cast, bo, interview):
    page = bo.get(f"{base(cast)}/review/").content.decode()
    assert "One interview waits for you." in page
    assert re.search(r'To rate</span><span class="count">1</span>', page)
    rate(cast.bo, interview, (3, 3, 3, 3))
    page = bo.get(f"{base(cast)}/review/").content.decode()
    assert "You have heard everybody" in page


def test_the_room_opens_where_one_left_off(cast, bo, interview):
    first, *_others = cast.kit_version.questions.all()
    save(bo, cast, interview, question=str(first.id), value=4, note="", revision=0)
    assert bo.get(room(cast, interview)).url == room(cast, interview, "2/")
    rate(cast.bo, interview, (3, 3, 3, 3))
    assert bo.get(room(cast, interview)).url == room(cast, interview, "overall/")


def test_question_and_anchors_stand_beside_the_player(cast, bo, interview):
    page = bo.get(room(cast, interview, "2/")).content.decode()
    for words in ("Question number 2?", "Nothing of it.", "Some of it.", "All of it.", "Judgement", "<bw-player"):
        assert words in page
    assert len(re.findall(r'name="value" value="[0-5]"', page)) == 6


def test_each_keystroke_is_acknowledged_with_its_revision(cast, bo, interview):
    question = cast.kit_version.questions.first()
    answer = save(bo, cast, interview, question=str(question.id), value=4, note="Says it", revision=0)
    assert answer.json() == {"value": 4, "note": "Says it", "revision": 1}
    answer = save(bo, cast, interview, question=str(question.id), value=0, note="Says it", revision=1)
    assert answer.json() == {"value": 0, "note": "Says it", "revision": 2}
    assert Rating.objects.get().not_enough_evidence
    page = bo.get(room(cast, interview, "1/")).content.decode()
    assert "Says it</textarea>" in page
    assert re.search(r'value="0" checked', page)


def test_an_overtaken_draft_gets_what_stands(cast, bo, interview):
    question = str(cast.kit_version.questions.first().id)
    save(bo, cast, interview, question=question, value=4, note="newer", revision=0)
    answer = save(bo, cast, interview, question=question, value=1, note="older", revision=0)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "overtaken"
    assert answer.json()["current"] == {"value": 4, "note": "newer", "revision": 1}


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"question": "x", "value": 1, "note": "", "revision": 0}', '{"note": "", "revision": 0}', "1"],
)
def test_what_no_page_sends_is_answered_in_words(cast, bo, interview, body):
    answer = bo.post(room(cast, interview, "save/"), body, content_type="application/json")
    assert answer.status_code == 400
    assert "Load the page again" in answer.json()["error"]["words"]


def test_the_form_works_without_scripts(cast, bo, interview):
    answer = bo.post(room(cast, interview, "1/"), {"value": "5", "note": "Stayed with her."})
    assert answer.url == room(cast, interview, "2/")
    assert Rating.objects.get().value == 5


def test_handing_in_says_what_is_missing_then_locks(cast, bo, interview):
    answer = bo.post(room(cast, interview, "overall/"), {"recommendation": "advance", "note": "Yes", "submit": "1"})
    assert answer.status_code == 422
    assert "question 1, 2, 3, 4 has no rating" in answer.content.decode()
    for question in cast.kit_version.questions.all():
        save(bo, cast, interview, question=str(question.id), value=3, note="", revision=0)
    answer = bo.post(
        room(cast, interview, "overall/"), {"recommendation": "advance", "note": "Yes", "submit": "1"}, follow=True
    )
    assert "is handed in" in answer.content.decode()
    page = bo.get(room(cast, interview, "1/")).content.decode()
    assert "A rating can still be changed, with a reason" in page and 'type="radio"' not in page
    question = cast.kit_version.questions.first()
    refused = save(bo, cast, interview, question=str(question.id), value=1, note="", revision=1)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "locked")


def test_later_keeps_the_recommendation_and_hands_nothing_in(cast, bo, interview):
    data = {"recommendation": "hold", "note": "Not sure", "later": "1"}
    answer = bo.post(room(cast, interview, "overall/"), data, follow=True)
    assert "is handed in" not in answer.content.decode()
    scorecard = Scorecard.objects.get()
    assert (scorecard.recommendation, scorecard.note, scorecard.submitted_at) == ("hold", "Not sure", None)


def test_a_player_opens_and_reports_and_reads_what_is_believed(cast, bo, interview):
    answer = interview.answers.first()
    address = f"{base(cast)}/review/answers/{answer.id}"
    assert bo.post(f"{address}/opened/").json() == {"share": 0.0, "is_enough": False, "spans": []}
    report = bo.post(f"{address}/played/", json.dumps({"spans": [[0, 30000]]}), content_type="application/json")
    assert report.json()["share"] < 0.2
    assert Coverage.objects.get().member == cast.bo


@pytest.mark.parametrize("spans", [None, "x", [[1]], [[0, "9"]], [[0, 1.5]], [[True, 2]], [[0, 1]] * 201])
def test_reports_of_another_shape_are_refused(cast, bo, interview, spans):
    answer = interview.answers.first()
    bo.post(f"{base(cast)}/review/answers/{answer.id}/opened/")
    report = bo.post(
        f"{base(cast)}/review/answers/{answer.id}/played/",
        json.dumps({"spans": spans}),
        content_type="application/json",
    )
    assert report.status_code == 400
    assert Coverage.objects.get().covered_ms == 0


def test_who_does_not_rate_watches_without_a_form(cast, client, interview):
    client.force_login(cast.rafael.user)
    page = client.get(room(cast, interview, "1/")).content.decode()
    assert "<bw-player" in page and 'type="radio"' not in page
    assert client.get(room(cast, interview, "overall/")).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("audrey", 403), ("cleo", 404)])
def test_auditors_and_outsiders_stay_outside(cast, client, interview, who, status):
    client.force_login(getattr(cast, who).user)
    answer = interview.answers.first()
    for address in (
        f"{base(cast)}/review/",
        room(cast, interview),
        room(cast, interview, "1/"),
        f"{base(cast)}/review/answers/{answer.id}/media/",
    ):
        assert client.get(address).status_code == status
    for address in (room(cast, interview, "save/"), f"{base(cast)}/review/answers/{answer.id}/opened/"):
        assert client.post(address, "{}", content_type="application/json").status_code == status


def test_ids_of_another_organization_are_not_found(cast, client, interview):
    client.force_login(cast.cleo.user)
    own = f"/team/{cast.other_organization.slug}"
    answer = interview.answers.first()
    for address in (f"{own}/review/{interview.id}/1/", f"{own}/review/answers/{answer.id}/media/"):
        assert client.get(address).status_code == 404


def test_the_room_asks_a_fixed_number_of_queries(cast, bo, interview, django_assert_num_queries):
    bo.get(room(cast, interview, "1/"))
    with django_assert_num_queries(16):
        bo.get(room(cast, interview, "1/"))
    for number in range(5):
        make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
    with django_assert_num_queries(16):
        bo.get(room(cast, interview, "1/"))
    with django_assert_num_queries(15):
        bo.get(f"{base(cast)}/review/")
