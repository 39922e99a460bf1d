"""Notes at a second, on the pages: kept by script or by a plain form, shown to others once their own is in."""

import json
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bothways.interviews.models import Interview
from bothways.media.models import Rendition
from bothways.review.actions.pinned_notes import Pin, Quote, pin_note
from bothways.review.models import PinnedNote
from bothways.web.team.pins import shown_when, when_of
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate
from tests.factories.speaking import say

KEY = "6f1c3b2e-0d53-4a4f-9a55-3a8a1c0c7f10"


@pytest.fixture
def interview(cast: Cast) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    for answer in interview.answers.select_related("chosen_take__recording"):
        recording = answer.chosen_take.recording
        recording.duration_ms = 90_000
        recording.save()
        Rendition.objects.create(
            organization=cast.organization,
            recording=recording,
            kind="playable",
            mime="video/webm",
            size=10,
            store_key=f"{cast.organization.id}/{recording.id}/playable",
        )
    return interview


@pytest.fixture
def bo(cast: Cast, client: Client) -> Client:
    client.force_login(cast.bo.user)
    return client


def address(cast: Cast, interview: Interview, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/review/{interview.id}/{rest}"


def side(cast: Cast, *interviews: Interview) -> str:
    chosen = "".join(f"&with={one.id}" for one in interviews)
    return f"/team/{cast.organization.slug}/compare/{cast.stage.id}/side/?question=1{chosen}"


def question_of(interview: Interview):
    return interview.kit_version.questions.first()


def sent(interview: Interview, **more) -> dict:
    facts = {"start_ms": 42_000, "end_ms": None, "text": "", "quote": None, "removed": False, "revision": 0}
    return {"question": str(question_of(interview).id), "key": KEY, **facts, **more}


def save(client: Client, cast: Cast, interview: Interview, body):
    raw = body if isinstance(body, str) else json.dumps(body)
    return client.post(address(cast, interview, "pin/"), raw, content_type="application/json")


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pin(
    cast: Cast, member, interview: Interview, text: str, quote: Quote | None = None, at: int = 42_000, end: int = 65_000
) -> PinnedNote:
    return pin_note(
        actor=cast.actor(member),
        interview=interview,
        question_id=question_of(interview).id,
        client_key=uuid.uuid4(),
        pin=Pin(at, end, text, quote),
    )


def test_each_keystroke_is_acknowledged_and_stands_on_the_page(cast, bo, interview):
    answer = save(bo, cast, interview, sent(interview, text="Tells her", end_ms=65_000))
    assert answer.json() == {
        "start_ms": 42_000, "end_ms": 65_000, "text": "Tells her", "quote": None, "removed": False, "revision": 1
    }  # fmt: skip
    answer = save(bo, cast, interview, sent(interview, text="Tells her first", end_ms=65_000, revision=1))
    assert answer.json()["revision"] == 2
    page = bo.get(address(cast, interview, "1/")).content.decode()
    assert "Tells her first</textarea>" in page and "0:42–1:05" in page and 'href="?at=42"' in page
    assert "Tells her" not in bo.get(address(cast, interview, "2/")).content.decode()


def test_a_removed_note_is_gone_and_removing_twice_is_fine(cast, bo, interview):
    save(bo, cast, interview, sent(interview, text="x"))
    for _ in range(2):
        assert save(bo, cast, interview, sent(interview, removed=True, revision=1)).json()["removed"]
    assert KEY not in bo.get(address(cast, interview, "1/")).content.decode()
    never = save(bo, cast, interview, sent(interview, key=str(uuid.uuid4()), removed=True))
    assert never.json() == {"removed": True, "revision": 0}


def test_an_overtaken_draft_gets_what_stands(cast, bo, interview):
    save(bo, cast, interview, sent(interview, text="newer"))
    answer = save(bo, cast, interview, sent(interview, text="older"))
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "overtaken"
    assert (answer.json()["current"]["text"], answer.json()["current"]["revision"]) == ("newer", 1)


def test_a_rule_answers_with_its_words(cast, bo, interview):
    answer = save(bo, cast, interview, sent(interview, start_ms=95_000))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "outside")
    assert "1:30 long" in answer.json()["error"]["words"]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", "1", "[" * 100_000, {"key": "x"}, {"start_ms": "1"}, {"start_ms": 1.5}, {"start_ms": True},
     {"start_ms": None}, {"end_ms": "x"}, {"text": None}, {"text": "a\x00b"}, {"text": "\ud800"}, {"revision": 1e999},
     {"quote": "x"}, {"quote": {"text": "x"}}, {"quote": {"text": 1, "start_ms": 1, "end_ms": 2}}, {"question": 7}],
)  # fmt: skip
def test_what_no_page_sends_is_answered_in_words(cast, bo, interview, body):
    if isinstance(body, dict) and body:
        body = sent(interview, **body)
    answer = save(bo, cast, interview, body)
    assert answer.status_code == 400
    assert "Load the page again" in answer.json()["error"]["words"]
    assert not PinnedNote.objects.exists()


def form(**more) -> dict:
    return {"key": KEY, "revision": "0", "when": "0:42", "text": "Tells her first", **more}


def test_the_form_works_without_scripts(cast, bo, interview):
    to = address(cast, interview, "1/pin/")
    for _ in range(2):
        assert bo.post(to, form(when="0:42 - 1:05")).url == address(cast, interview, "1/#pinned-title")
    note = PinnedNote.objects.get()
    assert (note.start_ms, note.end_ms, note.text) == (42_000, 65_000, "Tells her first")
    bo.post(to, form(text="Tells her first, calmly", when="0:41", revision="1"))
    note.refresh_from_db()
    assert (note.start_ms, note.end_ms, note.text) == (41_000, None, "Tells her first, calmly")
    bo.post(to, form(when="", revision="2", remove="1"))
    note.refresh_from_db()
    assert note.removed_at


def test_who_leaves_the_time_alone_keeps_it_to_the_millisecond_and_the_quote(cast, bo, interview):
    say(interview, 1, "I rang her first.")
    note = pin(cast, cast.bo, interview, "before", Quote("rang her", 42_300, 43_100), at=42_300)
    data = form(key=str(note.client_key), revision="1", when="0:42–1:05", text="after")
    bo.post(address(cast, interview, "1/pin/"), data)
    note.refresh_from_db()
    assert (note.start_ms, note.end_ms, note.text, note.quote) == (42_300, 65_000, "after", "rang her")


@pytest.mark.parametrize(
    ("data", "said"),
    [({"when": "soon"}, "Write the time as 0:42"), ({"when": "0:42-"}, "Write the time as 0:42"),
     ({"when": "0:75"}, "Write the time as 0:42"), ({"when": "9:00"}, "1:30 long"),
     ({"when": "1:05-0:42"}, "A stretch ends after it begins"), ({"text": "x" * 2001}, "2000"),
     ({"key": "no"}, "needs another look")],
)  # fmt: skip
def test_what_is_wrong_comes_back_with_a_reason_and_every_word(cast, bo, interview, data, said):
    answer = bo.post(address(cast, interview, "1/pin/"), form(**data))
    assert answer.status_code == 422
    assert said in words(answer) and form(**data)["text"] in answer.content.decode()
    assert not PinnedNote.objects.exists()


def test_an_old_form_overwrites_nothing(cast, bo, interview):
    save(bo, cast, interview, sent(interview, text="from the phone"))
    answer = bo.post(address(cast, interview, "1/pin/"), form(text="from an old page"))
    assert answer.status_code == 422 and "Nothing was overwritten" in words(answer)
    assert PinnedNote.objects.get().text == "from the phone"


def test_others_pins_are_in_nothing_before_ones_own_are_in(cast, client, interview):
    say(interview, 1, "Then I rang Quizzaciously.")
    rare = ("zyzzyva", "quizzaciously")
    pin(cast, cast.bo, interview, "zyzzyva heard", Quote("Quizzaciously.", 300, 900))
    PinnedNote.objects.update(quote="quizzaciously planted")
    rate(cast.bo, interview, (1, 5, 1, 5))
    client.force_login(cast.ines.user)
    team = f"/team/{cast.organization.slug}"
    addresses = [
        f"{team}/", f"{team}/review/", f"{team}/compare/{cast.stage.id}/", side(cast, interview),
        *(address(cast, interview, rest) for rest in ("1/", "2/", "3/", "4/", "overall/", "1/change/")),
    ]  # fmt: skip
    for one in addresses:
        answer = client.get(one, follow=True)
        body = answer.content.decode().replace("Quizzaciously.", "")
        assert [word for word in rare if word in body] == [], one
    kept = save(client, cast, interview, sent(interview, text="my own"))
    assert not any(word in kept.content.decode() for word in rare)
    rate(cast.ines, interview, (3, 3, 3, 3))
    page = client.get(side(cast, interview)).content.decode()
    assert all(word in page for word in rare)
    assert f'href="{address(cast, interview, "1/")}?at=42"' in page


def test_an_auditor_reads_notes_without_a_way_to_the_player(cast, client, interview):
    pin(cast, cast.bo, interview, "zyzzyva")
    rate(cast.bo, interview, (1, 5, 1, 5))
    client.force_login(cast.audrey.user)
    page = client.get(side(cast, interview)).content.decode()
    assert "zyzzyva" in page and "0:42–1:05" in page and "?at=" not in page


def test_pins_cost_one_query_however_many(cast, client, interview, django_assert_num_queries):
    people = [interview, *(make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X") for number in "123")]
    for person in people:
        pin(cast, cast.bo, person, "zyzzyva", at=5000, end=9000)
        rate(cast.bo, person, (1, 5, 1, 5))
    client.force_login(cast.rafael.user)
    with CaptureQueriesContext(connection) as with_notes:
        assert client.get(side(cast, *people)).content.decode().count("zyzzyva") == 4
    PinnedNote.objects.all().delete()
    with django_assert_num_queries(len(with_notes)):
        client.get(side(cast, *people))


def test_handed_in_notes_are_read_and_not_written(cast, bo, interview):
    pin(cast, cast.bo, interview, "Tells her first")
    rate(cast.bo, interview, (3, 3, 3, 3))
    page = bo.get(address(cast, interview, "1/")).content.decode()
    assert "Tells her first" in page and 'name="text"' not in page and 'name="note"' not in page
    assert save(bo, cast, interview, sent(interview, text="x")).json()["error"]["code"] == "locked"
    answer = bo.post(address(cast, interview, "1/pin/"), form())
    assert answer.status_code == 422 and "handed in" in words(answer)


def test_nobody_else_pins_here(cast, client, interview):
    for member, status in ((cast.ada, 403), (cast.rafael, 403), (cast.audrey, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        assert save(client, cast, interview, sent(interview)).status_code == status
        assert client.post(address(cast, interview, "1/pin/"), form()).status_code == status
        assert client.get(address(cast, interview, "1/change/")).status_code == status
    own = f"/team/{cast.other_organization.slug}/review/{interview.id}"
    for rest in ("pin/", "1/pin/", "1/change/"):
        assert client.post(f"{own}/{rest}", form()).status_code == 404
    assert not PinnedNote.objects.exists()


def test_notes_cost_the_same_however_many(cast, bo, interview, django_assert_num_queries):
    for number in range(5):
        pin(cast, cast.bo, interview, f"note {number}", at=number * 1000)
    bo.get(address(cast, interview, "1/"))
    with django_assert_num_queries(22):
        bo.get(address(cast, interview, "1/"))


@pytest.mark.parametrize(
    ("typed", "times"),
    [("0:42", (42_000, None)), (" 1:05-2:00 ", (65_000, 120_000)), ("0:00 – 0:01", (0, 1000)),
     ("٠:٤٢", (42_000, None)), ("42", None), ("0:60", None), ("-0:10", None), ("0:1", None), ("0:42-", None),
     ("0:42-0:43", (42_000, 43_000)), ("0:42-0:43-0:44", None), ("0:10-0:60", None), ("", None)],
)  # fmt: skip
def test_times_as_people_type_them(typed, times):
    assert when_of(typed) == times


def test_times_as_they_are_shown():
    assert shown_when(42_900, None) == "0:42"
    assert shown_when(42_900, 64_100) == "0:42–1:05"
    assert shown_when(3_600_000, None) == "60:00"


def change(client, cast, interview, **data):
    return client.post(address(cast, interview, "1/change/"), data)


def test_a_changed_rating_shows_both_values_and_the_reason_everywhere(cast, bo, interview):
    rate(cast.bo, interview, (4, 3, 3, 3))
    assert "Change this rating" in bo.get(address(cast, interview, "1/")).content.decode()
    assert "A 4 stands now" in words(bo.get(address(cast, interview, "1/change/")))
    answer = change(bo, cast, interview, value="3", reason="The second half says otherwise.")
    assert answer.url == address(cast, interview, "1/")
    says = "3, was 4: The second half says otherwise."
    for page in (address(cast, interview, "1/"), address(cast, interview, "overall/")):
        assert says in words(bo.get(page)), page
    bo.force_login(cast.rafael.user)
    page = words(bo.get(side(cast, interview)))
    assert says in page and "1 rater: 3" in page
    table = words(bo.get(f"/team/{cast.organization.slug}/compare/{cast.stage.id}/"))
    assert "3.0 1 rater, changed" in table and "as they were first handed in" in table


def test_a_third_is_wanted_by_what_was_handed_in_and_the_page_says_so(cast, bo, interview):
    rate(cast.bo, interview, (5, 3, 3, 3))
    rate(cast.ines, interview, (2, 3, 3, 3))
    told = "Counted with the ratings as they were first handed in."
    assert told not in words(bo.get(side(cast, interview)))
    change(bo, cast, interview, value="2", reason="The second half says otherwise.")
    page = words(bo.get(side(cast, interview)))
    assert "2 raters: 2 and 2, the same" in page and f"third rater wanted {told}" in page


def test_not_enough_evidence_changes_in_words(cast, bo, interview):
    rate(cast.bo, interview, (4, 3, 3, 3))
    change(bo, cast, interview, value="0", reason="It was the interviewer who said it.")
    change(bo, cast, interview, value="2", reason="A little of it was hers.")
    page = words(bo.get(address(cast, interview, "1/")))
    assert "“Not enough evidence”, was 4: It was the interviewer who said it." in page
    assert "2, was “not enough evidence”: A little of it was hers." in page


@pytest.mark.parametrize(
    ("data", "said"),
    [({}, "Pick the rating"), ({"value": "9", "reason": "x"}, "needs another look"),
     ({"value": "2", "reason": " "}, "Write why you change it"), ({"value": "4", "reason": "x"}, "stands already"),
     ({"value": "2", "reason": "x" * 2001}, "2000")],
)  # fmt: skip
def test_a_change_that_cannot_be_says_why_and_keeps_the_words(cast, bo, interview, data, said):
    rate(cast.bo, interview, (4, 3, 3, 3))
    answer = change(bo, cast, interview, **data)
    assert answer.status_code == 422 and said in words(answer)
    assert data.get("reason", "").strip() in answer.content.decode()


def test_before_handing_in_and_after_deciding_there_is_nothing_to_change(cast, bo, interview):
    assert bo.get(address(cast, interview, "1/change/")).url == address(cast, interview, "1/")
    rate(cast.bo, interview, (4, 3, 3, 3))
    interview.decisions.create(organization=cast.organization, outcome="decline", reason="x", decided_by=cast.ada)
    page = bo.get(address(cast, interview, "1/")).content.decode()
    assert "Change this rating" not in page and "cannot be changed any more" in page
    answer = change(bo, cast, interview, value="2", reason="too late")
    assert answer.status_code == 422 and "It is decided" in words(answer)
