"""The way a reviewer calibrates in the pages: what is shown when, and what stays closed until then."""

import json

import pytest
from django.test import Client

from bothways.interviews.models import Interview
from bothways.lib.ids import new_id
from bothways.positions.models import StageReviewer
from bothways.review.models import CalibrationRun, GoldAnswer, GoldRating, Scorecard
from tests.factories import Cast, make_submitted_interview
from tests.factories.calibrating import calibrate, make_calibrating, make_gold
from tests.factories.preparing import make_transcript
from tests.web.team.preparing import signed_in, url

PLANTED = "Quokkaverdict"


@pytest.fixture
def interview(cast: Cast) -> Interview:
    for place, value in ((1, 2), (2, 3), (3, 4)):
        make_gold(cast.ada, cast.kit_version, place, value, f"{PLANTED} because of what she did.")
    make_calibrating(cast.ada, cast.stage, cast.kit_version, ())
    return make_submitted_interview(cast.stage, cast.kit_version)


@pytest.fixture
def bo(cast: Cast) -> Client:
    return signed_in(cast.bo)


def begin(client: Client, cast: Cast) -> CalibrationRun:
    client.post(url(cast, "calibration-begin", cast.stage.id))
    return CalibrationRun.objects.latest("created_at")


def lock(client: Client, cast: Cast, rating: GoldRating, value: int):
    return client.post(url(cast, "calibration-rate", rating.run_id, rating.place), {"value": value, "note": ""})


def test_the_list_and_the_rounds_say_calibrate_first(cast: Cast, bo: Client, interview: Interview) -> None:
    page = bo.get(url(cast, "review-list")).content.decode()
    assert "Calibrate first" in page
    assert url(cast, "calibration-begin", cast.stage.id) in page
    assert "You have heard everybody" not in page
    assert interview.code_name not in page
    question = cast.kit_version.questions.first()
    round_ = bo.get(url(cast, "review-round", cast.stage.id, question.id))
    assert round_.headers["Location"] == url(cast, "calibration-begin", cast.stage.id)


def test_nothing_of_anybody_opens_before(cast: Cast, bo: Client, interview: Interview) -> None:
    answer = interview.answers.first()
    for address in (
        url(cast, "review-interview", interview.id),
        url(cast, "review-question", interview.id, 1),
        url(cast, "review-turn", interview.id, 1),
        url(cast, "review-overall", interview.id),
        url(cast, "review-media", answer.id),
        url(cast, "review-captions", answer.id),
    ):
        assert bo.get(address).status_code == 403, address
    refused = bo.get(url(cast, "review-question", interview.id, 1)).content.decode()
    assert "Calibrate first" in refused
    for name, subject in (("review-opened", answer.id), ("review-played", answer.id), ("review-pin", interview.id)):
        assert bo.post(url(cast, name, subject)).status_code == 403
    draft = {"question": str(answer.question_id), "value": 3, "note": "", "revision": 0}
    saved = bo.post(url(cast, "review-save", interview.id), json.dumps(draft), content_type="application/json")
    assert saved.status_code == 403
    assert saved.json()["error"]["words"].startswith("Calibrate first")
    assert not Scorecard.objects.exists()


def test_the_leads_rating_comes_after_ones_own_and_never_before(cast: Cast, bo: Client, interview: Interview) -> None:
    calibrate(cast.ines, cast.stage, 1, -1, 0)
    run = begin(bo, cast)
    first, second, third = run.ratings.select_related("gold__question")
    make_transcript(first.gold.recording)
    ines = [str(one.id) for one in GoldRating.objects.filter(run__member=cast.ines)]
    closed = [
        url(cast, "review-list"),
        url(cast, "calibration-begin", cast.stage.id),
        url(cast, "calibration-rate", run.id, 1),
        url(cast, "calibration-media", run.id, 1),
        url(cast, "calibration-captions", run.id, 1),
    ]
    for address in closed:
        answer = bo.get(address)
        assert answer.status_code == 200, address
        said = answer.content.decode() + str(answer.headers)
        assert [word for word in (PLANTED, "Ada", "the lead gave", *ines) if word in said] == [], address
    for address in (url(cast, "calibration-media", run.id, 2), url(cast, "calibration-captions", run.id, 2)):
        assert bo.get(address).status_code == 404, "not reached yet"
    ahead = bo.get(url(cast, "calibration-rate", run.id, 3))
    assert ahead.headers["Location"] == url(cast, "calibration-run", run.id)
    lead = first.gold.value
    assert lock(bo, cast, first, lead + 1).status_code == 302
    page = bo.get(url(cast, "calibration-rate", run.id, 1)).content.decode()
    assert f"You gave {lead + 1}, the lead gave {lead}: 1 step higher." in page
    assert PLANTED in page
    assert "Ada" not in page
    lock(bo, cast, first, lead)
    first.refresh_from_db()
    assert first.value == lead + 1
    for rating in (second, third):
        assert PLANTED not in bo.get(url(cast, "calibration-rate", run.id, rating.place)).content.decode()
        lock(bo, cast, rating, rating.gold.value)
    end = bo.get(url(cast, "calibration-run", run.id)).content.decode()
    assert "You have calibrated" in end
    assert "You tend to rate a little higher, which is close enough." in end
    assert "50 more answers" in end
    assert bo.get(url(cast, "review-question", interview.id, 1)).status_code == 200


def test_not_yet_is_said_in_words(cast: Cast, bo: Client, interview: Interview) -> None:
    run = begin(bo, cast)
    for rating in run.ratings.select_related("gold"):
        lock(bo, cast, rating, rating.gold.value + 1)
    page = bo.get(url(cast, "calibration-run", run.id)).content.decode()
    assert "Not yet close enough" in page
    assert "You tend to rate higher than the lead." in page
    assert "Once more" in page
    assert "Calibrate first" in bo.get(url(cast, "review-list")).content.decode()
    past = bo.get(url(cast, "calibration-begin", cast.stage.id)).content.decode()
    assert "not yet" in past
    assert url(cast, "calibration-run", run.id) in past


def test_a_rating_is_kept_at_each_keystroke_and_wants_a_value(cast: Cast, bo: Client, interview: Interview) -> None:
    run = begin(bo, cast)
    rating = run.ratings.first()
    sent = {"question": str(rating.id), "value": 4, "note": "Clear.", "revision": 0}
    address = url(cast, "calibration-save", run.id)
    saved = bo.post(address, json.dumps(sent), content_type="application/json")
    assert saved.json() == {"value": 4, "note": "Clear.", "revision": 1}
    other = bo.post(address, json.dumps({**sent, "value": 2}), content_type="application/json")
    assert (other.status_code, other.json()["current"]["value"]) == (409, 4)
    for wrong in ({}, {**sent, "question": "x"}, {**sent, "value": "many"}, {**sent, "revision": None}, []):
        assert bo.post(address, json.dumps(wrong), content_type="application/json").status_code == 400
    strange = bo.post(address, json.dumps({**sent, "question": str(new_id())}), content_type="application/json")
    assert strange.status_code == 409
    empty = bo.post(url(cast, "calibration-rate", run.id, 1), {"note": ""})
    assert empty.status_code == 422
    assert "Give a number from 1 to 5 first" in empty.content.decode()


def test_a_run_is_nobody_elses(cast: Cast, bo: Client, interview: Interview) -> None:
    run = begin(bo, cast)
    for member in (cast.ines, cast.ada, cast.rafael, cast.cleo):
        client = signed_in(member)
        assert client.get(url(cast, "calibration-run", run.id)).status_code == 404
        assert client.get(url(cast, "calibration-rate", run.id, 1)).status_code == 404
    assert signed_in(cast.audrey).get(url(cast, "calibration-run", run.id)).status_code == 403


def test_who_made_them_is_told_why_they_cannot_begin(cast: Cast, interview: Interview) -> None:
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    page = signed_in(cast.ada).post(url(cast, "calibration-begin", cast.stage.id))
    assert page.status_code == 422
    assert "somebody else made" in page.content.decode()
    assert not CalibrationRun.objects.exists()


def test_it_warns_before_it_ends(cast: Cast, bo: Client, interview: Interview) -> None:
    calibrate(cast.bo, cast.stage)
    assert "Calibrate again now" not in bo.get(url(cast, "review-list")).content.decode()
    for _ in range(10):
        other = make_submitted_interview(cast.stage, cast.kit_version)
        for question in cast.kit_version.questions.all():
            draft = {"question": str(question.id), "value": 3, "note": "", "revision": 0}
            bo.post(url(cast, "review-save", other.id), json.dumps(draft), content_type="application/json")
    page = bo.get(url(cast, "review-list")).content.decode()
    assert "Calibration holds for 10 more answers" in page
    assert "Calibrate again now" in page


def test_the_recording_of_a_gold_answer_that_is_gone_leaves_the_words(
    cast: Cast, bo: Client, interview: Interview
) -> None:
    run = calibrate(cast.bo, cast.stage)
    GoldAnswer.objects.update(recording=None)
    page = bo.get(url(cast, "calibration-rate", run.id, 1)).content.decode()
    assert "This recording is gone" in page
    assert PLANTED in page


def test_pages_cost_a_fixed_number_of_queries(
    cast: Cast, bo: Client, interview: Interview, django_assert_num_queries
) -> None:
    run = begin(bo, cast)
    bo.get(url(cast, "calibration-rate", run.id, 1))
    with django_assert_num_queries(10):
        bo.get(url(cast, "calibration-rate", run.id, 1))
    calibrate_rest(bo, cast, run)
    with django_assert_num_queries(10):
        bo.get(url(cast, "calibration-run", run.id))
    with django_assert_num_queries(11):
        bo.get(url(cast, "calibration-begin", cast.stage.id))


def calibrate_rest(client: Client, cast: Cast, run: CalibrationRun) -> None:
    for rating in run.ratings.select_related("gold"):
        lock(client, cast, rating, rating.gold.value)
