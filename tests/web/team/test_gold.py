"""Calibration as who leads sees it: the calls of the recorder, the rating and its words, the switch, letting in."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from bothways.media.models import Recording, RecordingState
from bothways.positions.models import StageReviewer
from bothways.review.models import GoldAnswer
from tests.factories import Cast
from tests.factories.calibrating import calibrate, make_calibrating, make_gold
from tests.factories.preparing import make_renditions
from tests.web.team.preparing import signed_in, url


@pytest.fixture
def rafael(cast: Cast) -> Client:
    return signed_in(cast.rafael)


def send(client: Client, address: str, body: object = None):
    return client.post(address, json.dumps(body or {}), content_type="application/json")


def test_the_recorder_makes_one_and_leads_on_to_its_rating(cast: Cast, rafael: Client) -> None:
    question = cast.kit_version.questions.first()
    page = rafael.get(url(cast, "gold-record", question.id)).content.decode()
    assert "bw-prompt-recorder" in page and "bw-prompt-file" in page
    asked = {"client_key": str(uuid4()), "mime": "video/webm", "kind": "video"}
    opened = send(rafael, url(cast, "gold-open", question.id), asked).json()
    assert set(opened) == {"take", "number", "takes_left", "upload", "take_url", "max_bytes"}
    take = opened["take_url"]
    state = rafael.get(take).json()
    assert (state["state"], state["chosen"], state["number"]) == ("receiving", False, 1)
    assert set(state) == {
        *("take", "number", "state", "offset", "bytes", "duration_ms", "chosen", "playback", "failure"),
    }
    assert send(rafael, f"{take}/choose").status_code == 409
    assert send(rafael, f"{take}/finish", {"bytes": "many"}).status_code == 409
    assert send(rafael, f"{take}/finish", {"bytes": 5}).json()["bytes"] == 5
    assert send(rafael, f"{take}/choose").json()["chosen"]
    kept = rafael.get(url(cast, "gold-kept", question.id))
    gold = GoldAnswer.objects.get()
    assert kept.headers["Location"] == url(cast, "gold-edit", gold.id)
    early = rafael.post(kept.headers["Location"], {"value": 3, "words": "Some of it."})
    assert early.status_code == 422
    assert "cannot be played yet" in early.content.decode()
    Recording.objects.filter(id=gold.recording_id).update(state=RecordingState.READY, duration_ms=9000)
    make_renditions(gold.recording)
    for wrong in ({"words": "x"}, {"value": 3}, {"value": 7, "words": "x"}):
        assert rafael.post(kept.headers["Location"], wrong).status_code == 422
    saved = rafael.post(kept.headers["Location"], {"value": 3, "words": "Some of it."})
    assert saved.headers["Location"] == url(cast, "gold-list", cast.stage.id)
    assert "1 gold answer is ready." in rafael.get(saved.headers["Location"]).content.decode()
    again = rafael.get(url(cast, "gold-kept", question.id))
    assert again.headers["Location"] == url(cast, "gold-record", question.id)
    for wrong in ({}, {**asked, "client_key": "x"}):
        assert send(rafael, url(cast, "gold-open", question.id), wrong).status_code == 409
    for member in (cast.ada, cast.bo, cast.cleo):
        assert signed_in(member).get(take).status_code in (403, 404)


def test_the_switch_says_what_is_missing(cast: Cast, rafael: Client) -> None:
    for place in (1, 2):
        make_gold(cast.ada, cast.kit_version, place)
    turned = rafael.post(url(cast, "gold-switch", cast.stage.id), {"to": "on"}, follow=True).content.decode()
    assert "Calibration needs 3 gold answers that are rated; there are 2." in turned
    make_gold(cast.ada, cast.kit_version, 3)
    rafael.post(url(cast, "gold-switch", cast.stage.id), {"to": "on"})
    cast.stage.refresh_from_db()
    assert cast.stage.calibration
    assert "Calibration: on" in rafael.get(url(cast, "stages-list", cast.position.id)).content.decode()
    assert "Calibration is on" in rafael.get(url(cast, "stages-edit", cast.stage.id)).content.decode()
    gold = GoldAnswer.objects.first()
    kept = rafael.post(url(cast, "gold-retire", gold.id), follow=True).content.decode()
    assert "Make another one first" in kept
    rafael.post(url(cast, "gold-switch", cast.stage.id), {"to": "off"})
    rafael.post(url(cast, "gold-retire", gold.id))
    assert not GoldAnswer.objects.filter(id=gold.id).exists()


def test_saving_the_rules_of_a_step_leaves_calibration_on(cast: Cast, rafael: Client) -> None:
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    given = {
        **{"name": "Talk", "kind": "recorded", "kit": cast.stage.kit_id, "window_days": 7, "reply_days": 10},
        **{"raters_wanted": 2, "is_blind": "on", "review_order": "questions", "reviewers": [cast.bo.id]},
    }
    assert rafael.post(url(cast, "stages-edit", cast.stage.id), given).status_code == 302
    cast.stage.refresh_from_db()
    assert (cast.stage.name, cast.stage.calibration) == ("Talk", True)


def test_who_stands_where_and_nobodys_ratings(cast: Cast, rafael: Client) -> None:
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    run = calibrate(cast.ines, cast.stage, 1, -1, 0)
    run.ratings.update(note="Zorillanote")
    page = rafael.get(url(cast, "gold-list", cast.stage.id)).content.decode()
    assert "passed on" in page and "valid until" in page and "not yet" in page
    assert "Zorillanote" not in page
    let_in = url(cast, "gold-let-in", cast.stage.id, cast.bo.id)
    assert rafael.post(let_in, {"reason": " "}).status_code == 422
    rafael.post(let_in, {"reason": "Has led these talks for years."})
    page = rafael.get(url(cast, "gold-list", cast.stage.id)).content.decode()
    assert "let in by Rafael Moreno" in page and "Has led these talks for years." in page
    refused = rafael.post(url(cast, "gold-let-in", cast.stage.id, cast.audrey.id), {"reason": "Please."})
    assert refused.status_code == 422


def test_a_lead_who_rates_too_reads_no_rating_before_their_own(cast: Cast, rafael: Client) -> None:
    golds = [make_gold(cast.ada, cast.kit_version, place, place + 1, "Quokkaverdict") for place in (1, 2, 3)]
    make_calibrating(cast.ada, cast.stage, cast.kit_version, ())
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    for address in (url(cast, "gold-list", cast.stage.id), *(url(cast, "gold-edit", gold.id) for gold in golds)):
        page = rafael.get(address)
        assert page.status_code == 200
        assert "Quokkaverdict" not in page.content.decode()
    changed = rafael.post(url(cast, "gold-edit", golds[0].id), {"value": 1, "words": "x"})
    assert changed.status_code == 422
    assert "Quokkaverdict" not in changed.content.decode()
    calibrate(cast.rafael, cast.stage)
    assert "Quokkaverdict" in rafael.get(url(cast, "gold-edit", golds[0].id)).content.decode()


def test_the_page_costs_a_fixed_number_of_queries(cast: Cast, rafael: Client, django_assert_num_queries) -> None:
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    calibrate(cast.ines, cast.stage)
    rafael.get(url(cast, "gold-list", cast.stage.id))
    with django_assert_num_queries(16):
        rafael.get(url(cast, "gold-list", cast.stage.id))
    for place in (1, 2, 3, 4):
        make_gold(cast.ada, cast.kit_version, place)
    calibrate(cast.bo, cast.stage)
    with django_assert_num_queries(16):
        rafael.get(url(cast, "gold-list", cast.stage.id))
