"""The recorder's endpoints: the contract, and no input that breaks them."""

import datetime as dt
import json
import re
import uuid

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bothways.interviews.models import Answer, Fault, Take
from bothways.media.actions.uploads import issue_upload
from bothways.media.models import RecordingState, Rendition
from bothways.media.store import get_store
from tests.interviews.taking_part import put_bytes, recorded, settled
from tests.media import samples
from tests.web.candidate.conftest import Visitor

HARD = examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def asked(**fields: object) -> dict:
    return {"client_key": str(uuid.uuid4()), "mime": "video/webm;codecs=vp9,opus", "kind": "video", **fields}


def test_the_whole_way_of_a_take(agreed: Visitor):
    sent = asked()
    response = agreed.send("questions/1/takes", sent)
    assert response.status_code == 201
    opened = response.json()
    assert set(opened) == {"take", "number", "takes_left", "upload", "take_url", "max_bytes"}
    assert (opened["number"], opened["takes_left"]) == (1, 2)
    assert opened["upload"]["url"].startswith("/u/")
    assert opened["take_url"] == agreed.url(f"questions/1/takes/{opened['take']}")

    take = Take.objects.get(id=opened["take"])
    put_bytes(take, b"spee")
    assert agreed.client.get(opened["take_url"]).json() == {
        "take": opened["take"], "number": 1, "state": "receiving", "offset": 4, "bytes": None, "duration_ms": None,
        "chosen": False, "playback": None, "failure": None, "finished": False, "device": sent["client_key"],
        "safe_ms": None, "findings": [], "measuring": False, "takes_left": 2,
        "segments": [
            {"number": 1, "offset": 4, "bytes": None, "duration_ms": None, "key": sent["client_key"], "closed": False}
        ],
    }  # fmt: skip

    finish = f"questions/1/takes/{take.id}/finish"
    finished = agreed.send(finish, {"bytes": 6, "duration_ms": 2000, "mime": "video/webm"})
    assert (finished.status_code, finished.json()["bytes"], finished.json()["chosen"]) == (200, 6, True)

    put_bytes(take, b"speech")
    agreed.client.post(
        f"{opened['take_url']}/finish", {"bytes": 6, "duration_ms": 2000}, content_type="application/json"
    )
    assert agreed.client.get(opened["take_url"]).json()["state"] == "received"

    settled(take)
    Rendition.objects.create(
        organization=take.organization,
        recording=take.recording,
        kind="playable",
        mime="video/webm",
        size=6,
        store_key="k",
    )
    ready = agreed.client.get(opened["take_url"]).json()
    assert (ready["state"], ready["duration_ms"], ready["playback"]["mime"]) == ("ready", 30_000, "video/webm")
    assert ready["playback"]["url"].startswith("/d/")


def test_a_failed_take_says_why_and_may_be_repeated(agreed: Visitor):
    take = recorded(agreed.interview, state=RecordingState.FAILED)
    said = agreed.get(f"questions/1/takes/{take.id}").json()
    assert said["state"] == "failed"
    assert said["failure"]["code"] == "nothing_playable"
    assert "Record again" in said["failure"]["words"]
    assert agreed.send("questions/1/takes", asked()).json()["takes_left"] == 2


def test_asking_twice_opens_one(agreed: Visitor):
    same = asked()
    first, again = (agreed.send("questions/1/takes", same) for _ in range(2))
    assert first.json()["take"] == again.json()["take"]
    assert Take.objects.count() == 1


def test_refusals_have_words(dee: Visitor):
    response = dee.send("questions/1/takes", asked())
    assert response.status_code == 409
    assert response.json()["error"]["code"] == "no_consent"
    assert "consent" in response.json()["error"]["words"]


@pytest.mark.parametrize("place", ["0", "5", "9", "99999999999999999999999"])
def test_a_question_that_is_not_there(agreed: Visitor, place):
    response = agreed.send(f"questions/{place}/takes", asked())
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_here")
    assert agreed.get(f"questions/{place}/").status_code == 404


def test_choosing_changes_what_the_team_will_see(agreed: Visitor):
    recorded(agreed.interview)
    second = recorded(agreed.interview)
    response = agreed.send(f"questions/1/takes/{second.id}/choose", {})
    assert response.json()["chosen"] is True
    assert Answer.objects.get().chosen_take_id == second.id


def test_the_think_time_begins_once(agreed: Visitor):
    agreed.send("questions/1/thinking", {})
    since = Answer.objects.get().thinking_since
    agreed.send("questions/1/thinking", {})
    assert Answer.objects.get().thinking_since == since


def test_a_take_in_two_segments_from_two_devices(agreed: Visitor):
    opened = agreed.send("questions/1/takes", asked()).json()
    take = Take.objects.get(id=opened["take"])
    put_bytes(take, b"speech")
    path = f"questions/1/takes/{take.id}"
    second = {"number": 2, "mime": "video/webm", "key": str(uuid.uuid4())}
    first_answer, again = (agreed.send(f"{path}/segments", second) for _ in range(2))
    assert (first_answer.status_code, again.status_code) == (201, 201)
    segment = again.json()
    assert set(segment) == {"number", "upload", "max_bytes"}
    assert segment["upload"]["url"] == first_answer.json()["upload"]["url"] != opened["upload"]["url"]
    stranger = agreed.send(f"{path}/segments", {**second, "key": str(uuid.uuid4())})
    assert (stranger.status_code, stranger.json()["error"]["code"]) == (409, "segment_taken")
    put_segment(take, 2, b"more")
    ends = [{"number": 1, "bytes": None}, {"number": 2, "bytes": 4, "duration_ms": 900}]
    for _ in range(2):
        finished = agreed.send(f"{path}/finish", {"duration_ms": 2900, "segments": ends})
        assert finished.status_code == 200
    said = finished.json()
    assert (said["state"], said["finished"], said["offset"], said["bytes"]) == ("received", True, 10, 10)
    assert [(one["bytes"], one["closed"]) for one in said["segments"]] == [(6, True), (4, False)]
    late = agreed.send(f"{path}/segments", {"number": 3, "mime": "video/webm", "key": str(uuid.uuid4())})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "taken_over")
    assert "another device" in late.json()["error"]["words"]


def put_segment(take: Take, number: int, content: bytes) -> None:
    upload = take.recording.uploads.get(segment=number)
    with get_store().write_at(upload.store_key, 0) as writer:
        writer.write(content)
        writer.sync()


def test_what_the_page_hands_to_the_recorder_has_the_segments(agreed: Visitor):
    take = recorded(agreed.interview)
    config = config_of(agreed)
    assert [one["number"] for one in config["takes"][0]["segments"]] == [1]
    assert config["takes"][0]["device"] == str(take.client_key)


def test_another_device_is_told_how_much_of_a_begun_take_has_arrived(agreed: Visitor):
    opened = agreed.send("questions/1/takes", asked()).json()
    take = Take.objects.get(id=opened["take"])
    data = samples.FIREFOX_WEBM.read_bytes()
    put_bytes(take, data[: len(data) // 2])
    agreed.send(f"questions/1/takes/{take.id}/segments", {"number": 2, "mime": "video/webm"})
    put_segment(take, 2, data)
    [told] = config_of(agreed)["takes"]
    assert told["state"] == "receiving"
    assert 8_059 + 3_000 < told["safe_ms"] < 8_059 + 5_000


@pytest.mark.parametrize("path", ["questions/1/", "questions/", "review/"])
def test_pages_cost_the_same_for_any_number_of_takes_and_segments(agreed: Visitor, path):
    def queries() -> int:
        agreed.get(path)
        with CaptureQueriesContext(connection) as asked_for:
            assert agreed.get(path).status_code == 200
        return len(asked_for)

    recorded(agreed.interview)
    with_one = queries()
    for _ in range(2):
        take = recorded(agreed.interview)
        for number in range(2, 6):
            later = take.recording.uploads.get(segment=1).expires_at
            issue_upload(recording=take.recording, segment=number, max_bytes=10, expires_at=later)
    assert queries() == with_one


def config_of(agreed: Visitor) -> dict:
    page = agreed.get("questions/1/").content.decode()
    found = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page)
    return next(config for config in map(json.loads, found) if "takes_url" in config)


def test_a_fault_makes_the_take_free_and_is_kept_for_the_administrator(agreed: Visitor):
    opened = agreed.send("questions/1/takes", asked()).json()
    assert opened["takes_left"] == 2
    path = f"questions/1/takes/{opened['take']}/fault"
    said = {"code": "interrupted", "detail": "track muted", "segment": 1}
    for _ in range(2):
        response = agreed.client.post(
            agreed.url(path), said, content_type="application/json", headers={"User-Agent": "Zebra/7"}
        )
        assert (response.status_code, response.json()) == (200, {"takes_left": 3, "words": None})
    fault = Fault.objects.get()
    assert (fault.code, fault.detail, fault.browser, fault.segment) == ("interrupted", "track muted", "Zebra/7", 1)


def test_a_fault_on_the_last_day_says_until_when_there_is_time(agreed: Visitor):
    opened = agreed.send("questions/1/takes", asked()).json()
    with time_machine.travel(agreed.interview.deadline - dt.timedelta(hours=1), tick=False):
        said = agreed.send(f"questions/1/takes/{opened['take']}/fault", {"code": "tab_lost"}).json()
    assert "you have more time: you can answer until" in said["words"]


@pytest.mark.parametrize("code", ["", "UPPER", "x" * 40, "with space", 7, None, "<b>"])
def test_a_fault_needs_a_name(agreed: Visitor, code):
    take = recorded(agreed.interview)
    response = agreed.send(f"questions/1/takes/{take.id}/fault", {"code": code})
    assert (response.status_code, response.json()["error"]["code"]) == (409, "bad_request")


def test_the_line_is_measured_and_nothing_is_kept(agreed: Visitor):
    def measure(size: int) -> HttpResponse:
        return agreed.client.post(agreed.url("uplink"), b"x" * size, content_type="application/octet-stream")

    assert measure(300_000).json() == {"bytes": 300_000}
    assert measure(512 * 1024).json() == {"bytes": 512 * 1024}
    assert measure(0).json() == {"bytes": 0}
    too_large = measure(512 * 1024 + 1)
    assert (too_large.status_code, too_large.json()["error"]["code"]) == (413, "too_large")
    statuses = [measure(1).status_code for _ in range(70)]
    assert statuses[0] == 200 and statuses[-1] == 429


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(
    ["client_key", "mime", "kind", "bytes", "duration_ms", "number", "key", "segments", "code", "detail", "segment"]
)


@HARD
@given(body=st.dictionaries(fields, json_values) | json_values)
def test_no_json_breaks_an_endpoint(agreed: Visitor, body):
    take = Take.objects.first() or recorded(agreed.interview)
    of_take = [f"takes/{take.id}/{word}" for word in ("finish", "choose", "segments", "fault")]
    for path in ("takes", *of_take, "thinking"):
        response = agreed.send(f"questions/1/{path}", json.dumps(body))
        assert response.status_code in (200, 201, 409), response.content


ends = st.fixed_dictionaries(
    {"number": st.integers(-1, 60) | json_values, "bytes": st.none() | st.integers() | json_values},
    optional={"duration_ms": json_values},
)


@HARD
@given(segments=st.lists(ends | json_values, max_size=60), duration=st.none() | st.integers())
def test_no_list_of_segments_breaks_the_finish(agreed: Visitor, segments, duration):
    take = Take.objects.first() or recorded(agreed.interview)
    body = json.dumps({"segments": segments, "duration_ms": duration})
    response = agreed.send(f"questions/1/takes/{take.id}/finish", body)
    assert response.status_code in (200, 409), response.content


@HARD
@given(body=st.binary(max_size=200))
def test_no_bytes_break_an_endpoint(agreed: Visitor, body):
    response = agreed.send("questions/1/takes", body)
    assert (response.status_code, response.json()["error"]["code"]) == (409, "bad_request")


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, '{"client_key": "\\ud800"}', "1e999", "9" * 10_000, '{"bytes": 1e400}', ""],
    ids=["deep", "surrogate", "infinity", "long number", "overflow", "nothing"],
)
def test_hand_made_bodies(agreed: Visitor, body):
    assert agreed.send("questions/1/takes", body).status_code == 409


@pytest.mark.parametrize(
    "mime", ["text/html", "video/webm\nX-Evil: 1", "video/\ud800", "", "x" * 200, "video/webm\x00", "image/png"]
)
def test_only_sound_and_picture(agreed: Visitor, mime):
    response = agreed.send("questions/1/takes", json.dumps(asked(mime=mime)))
    assert response.json()["error"]["code"] == "bad_request"
